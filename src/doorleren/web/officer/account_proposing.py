"""Proposing the account of a payee: of whom a decision names, of a body itself, or another one for who has one already.

An application asks for no account number, so there is none to take over: it is typed from the proof, and another compares.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.audit.acts import Party
from doorleren.cases.models import Case
from doorleren.cases.queries import case_by_reference
from doorleren.cases.references import NotAReference
from doorleren.payments.access import PROPOSE, ensure_may
from doorleren.payments.commands.propose_account import LONGEST_REASON, propose_account
from doorleren.payments.commands.release_run import PAYER
from doorleren.payments.models.run import PAID_FOR
from doorleren.payments.payable import Payee, owed_in, payees_for
from doorleren.payments.payees import LONGEST_NAME, account_in_force
from doorleren.payments.queries import accounts_of
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.models import Body
from doorleren.people.national_number import NoKeys
from doorleren.web.officer.accounts import account_at_hand, address
from doorleren.web.officer.asked import LARGEST_NUMBER, field
from doorleren.web.officer.official import Official, page
from doorleren.web.officer.payment_words import names_of
from doorleren.web.officer.payments import why_refused
from doorleren.web.officer.roles import ask_again
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.questions import in_language
from doorleren.web.viewing import viewed

METHODS = ["GET", "HEAD", "POST"]
FIELDS = ("iban", "name", "reason")
LONGEST = 2000
DUTCH_LENGTH = 18


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose account is proposed, at which body; where one goes back to, and the case it is about where there is one."""

    body: int
    payee: Party
    back: str
    case: str = ""


@page
@require_http_methods(METHODS)
def find(request: HttpRequest) -> HttpResponse:
    """Lead from the reference of a case to the form for its payee; GET: case."""
    asking = ask_again(request, PROPOSE, {})
    if isinstance(asking, HttpResponse):
        return asking
    typed = request.GET.get("case", "")[:60].strip()
    wrong, errors = "", []
    if "case" in request.GET:
        found = _case(asking, typed)
        if found is not None and _payee(found) is not None:
            return HttpResponseRedirect(reverse("officer-account-of-case", args=[found.reference]))
        told = {"given": typed or _("niets")}
        wrong = (
            _("Dit is geen zaak van uw instantie. U vulde in: %(given)s. Een kenmerk is bijvoorbeeld K7M-9QXT.") % told
            if found is None
            else _("In deze zaak zegt nog geen besluit aan wie wordt betaald. U vulde in: %(given)s.") % told
        )
        errors = [{"name": "case", "text": wrong}]
    asked = field("case", "line", _("Van welke zaak?"), {"case": typed}, error=wrong, short=True, needed=True,
                  help=_("Het kenmerk, bijvoorbeeld K7M-9QXT."))  # fmt: skip
    return render(request, "officer/account_find.html", {
        "field": asked, "errors": errors, "trail": [*_trail(), {"label": _("Een rekening voorstellen")}],
    }, status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)  # fmt: skip


@page
@require_http_methods(METHODS)
def of_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose an account for whom the decision in a case names."""
    asking = ask_again(request, PROPOSE, {})
    if isinstance(asking, HttpResponse):
        return asking
    case = _case(asking, reference)
    payee = _payee(case) if case else None
    if case is None or payee is None:
        raise Http404
    back = reverse("officer-case-money", args=[case.reference])
    viewed(request, "payable_case", case.pk)
    return _form(request, asking, Whose(case.body_id, Party(payee.kind, payee.id), back, case.reference))


@page
@require_http_methods(METHODS)
def of_body(request: HttpRequest, number_of: int) -> HttpResponse:
    """Propose the account that a body pays from."""
    asking = ask_again(request, PROPOSE, {})
    if isinstance(asking, HttpResponse):
        return asking
    body = min(number_of, LARGEST_NUMBER)
    if body not in own_bodies(asking, PROPOSE):
        raise Http404
    return _form(request, asking, Whose(body, Party(PAYER, str(body)), reverse("officer-accounts")))


@page
@require_http_methods(METHODS)
def change(request: HttpRequest, number_of: int) -> HttpResponse:
    """Propose another account for a payee who had one proposed before."""
    asking = ask_again(request, PROPOSE, {})
    if isinstance(asking, HttpResponse):
        return asking
    row = account_at_hand(asking, number_of, PROPOSE)
    viewed(request, "payee_account", row.pk)
    return _form(request, asking, Whose(row.body_id, Party(row.payee_kind, row.payee_id), address(row)))


def _case(asking: Official, reference: str) -> Case | None:
    try:
        found = case_by_reference(reference)
    except (NotAReference, Case.DoesNotExist):
        return None
    return found if found.body_id in own_bodies(asking, PROPOSE) else None


def _payee(case: Case) -> Payee | None:
    """Give who is to be paid in a case now, first who has no account yet; else whom its decision names, or who was owed a penalty or refund."""
    owed = [payee for *_, payee in owed_in(case) if payee is not None]
    without = (one for one in owed if not accounts_of(case.body_id, one.kind, one.id).exists())
    rest = payees_for((case.pk, what) for what in PAID_FOR)
    return next(without, None) or next(iter([*owed, *rest.values()]), None)


def _form(request: HttpRequest, asking: Official, whose: Whose) -> HttpResponse:
    """Show the form; with POST propose what was typed. Nothing that was typed is repeated in an address or a refusal."""
    ensure_may(asking.who, PROPOSE, whose.body, whose.payee.id, at=asking.at)
    typed = {name: request.POST.get(name, "")[:LONGEST].strip() for name in FIELDS}
    errors: dict[str, str] = {}
    refused = ""
    if request.method == "POST":
        errors = {name: text for name, text in _needed().items() if not typed[name]}
        if not errors:
            try:
                made = propose_account(
                    whose.payee, typed["iban"], typed["name"], body=whose.body, reason=typed["reason"], by=asking.who,
                    at=asking.at,
                )  # fmt: skip
                return HttpResponseRedirect(f"{address(made)}?done=account_proposed")
            except PaymentRefused as fault:
                if fault.field in FIELDS:
                    errors[fault.field] = f"{in_language(fault.texts)} {_given(fault.field, typed)}".rstrip()
                else:
                    refused = in_language(fault.texts)
            except NoKeys as fault:
                refused = why_refused(fault)
    return _page(request, asking, whose, typed, errors, refused)


def _page(
    request: HttpRequest, asking: Official, whose: Whose, typed: dict[str, str], errors: dict[str, str], refused: str
) -> HttpResponse:  # fmt: skip
    key = (whose.payee.kind, whose.payee.id)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return render(request, "officer/account_propose.html", {
        "payee": names_of([key])[key],
        "payer": whose.payee.kind == PAYER,
        "body": Body.objects.get(pk=whose.body),
        "case": whose.case,
        "replaces": account_in_force(whose.body, *key, asking.at) is not None,
        "fields": [one | {"error": errors.get(one["name"], "")} for one in _fields(typed)],
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "refused": refused,
        "back": whose.back,
        "trail": [*_trail(), {"label": _("Een rekening voorstellen")}],
    }, status=status)  # fmt: skip


def _fields(typed: dict[str, str]) -> list[dict[str, Any]]:
    return [
        field("iban", "line", _("Rekeningnummer (IBAN)"), typed, needed=True,
              help=_("Neem het over van het bewijs, bijvoorbeeld NL91 ABNA 0417 1643 00.")),
        field("name", "line", _("Naam bij de rekening"), typed, needed=True,
              help=_("Zoals de bank die heeft, ten hoogste %(most)s tekens.") % {"most": LONGEST_NAME}),
        field("reason", "text", _("Waarom deze rekening?"), typed, needed=True,
              help=_("Uw collega leest dit. Schrijf op welk bewijs u zag, en geen rekeningnummer. Ten hoogste %(most)s tekens.")
              % {"most": LONGEST_REASON}),
    ]  # fmt: skip


def _given(name: str, typed: dict[str, str]) -> str:
    """Say how long what was typed is, beside what is allowed: the number itself is not repeated."""
    length = len(typed[name].replace(" ", ""))
    if name != "iban":
        return _("U vulde %(n)s tekens in.") % {"n": len(typed[name])}
    if length == DUTCH_LENGTH:
        return _("U vulde %(n)s tekens in. Dat aantal klopt, maar een teken niet.") % {"n": length}
    return _("U vulde %(n)s tekens in. Een Nederlands nummer heeft er 18.") % {"n": length}


def _needed() -> dict[str, str]:
    return {
        "iban": _("Vul het rekeningnummer in, bijvoorbeeld NL91 ABNA 0417 1643 00."),
        "name": _("Vul de naam bij de rekening in."),
        "reason": _("Vul in waarom u deze rekening voorstelt."),
    }


def _trail() -> list[dict[str, str]]:
    return [{"url": reverse("officer-accounts"), "label": _("Rekeningen")}]
