"""Giving one's own account number: what to fill in, a look at it, then it waits for an official; and taking it back."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from doorleren.core.refusals import ActRefused
from doorleren.payments.access import ensure_may_give
from doorleren.payments.commands.give_account import (
    give_own_account,
    own_waiting,
    payee_of,
    take_own_account_back,
)
from doorleren.payments.payees import LONGEST_NAME, account_in_force, checked_iban, checked_name
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.national_number import NoKeys
from doorleren.web.applicant.file.acting import not_now
from doorleren.web.applicant.file.doing import is_open
from doorleren.web.applicant.file.own import OwnFile, own_file
from doorleren.web.applicant.together import field
from doorleren.web.applicant.words import written_day
from doorleren.web.public.questions import in_language

FIELDS = ("iban", "name")
LONGEST_TYPED = 200


@never_cache
@sensitive_post_parameters(*FIELDS)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Show the form, or what was given and waits; with POST look it over (step check), give it (send) or take it back (undo)."""
    found = own_file(request, number, act=True)
    if not is_open(found, "give-account"):
        return not_now(request, found)
    ensure_may_give(found.own.who, payee_of(found.application), at=found.own.at)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    typed = {name: request.POST.get(name, "")[:LONGEST_TYPED].strip() for name in FIELDS}
    if step == "undo":
        return _done(request, found, "account_taken_back", typed)
    if step not in ("check", "send"):
        return _page(request, found, typed, {})
    errors = _errors(typed)
    if errors:
        return _page(request, found, typed, errors)
    return _done(request, found, "account_given", typed) if step == "send" else _page(request, found, typed, {}, True)


def _done(request: HttpRequest, found: OwnFile, done: str, typed: dict[str, str]) -> HttpResponse:
    number, by, at = found.application.pk, found.own.who, found.own.at
    try:
        if done == "account_given":
            give_own_account(number, typed["iban"], typed["name"], by=by, at=at)
        else:
            take_own_account_back(number, by=by, at=at)
    except (ActRefused, NoKeys) as refused:
        reason = (
            in_language(refused.texts) if isinstance(refused, ActRefused) else _("Dit kan nu niet. Probeer het later.")
        )
        return render(
            request, "applicant/refused.html", {"reason": reason, "back": found.url()}, status=HTTPStatus.CONFLICT
        )
    return HttpResponseRedirect(f"{found.url()}?done={done}")


def _errors(typed: dict[str, str]) -> dict[str, str]:
    errors = {}
    for name, check in (("iban", checked_iban), ("name", checked_name)):
        try:
            check(typed[name])
        except PaymentRefused as refused:
            errors[name] = in_language(refused.texts)
    return errors


def _page(
    request: HttpRequest, found: OwnFile, typed: dict[str, str], errors: dict[str, str], check: bool = False
) -> HttpResponse:  # fmt: skip
    payee, waits = payee_of(found.application), own_waiting(found.application, found.case)
    in_use = account_in_force(found.case.body_id, payee.kind, payee.id, found.own.at)
    fields = (
        field("iban", _("Uw rekeningnummer (IBAN)"), typed["iban"], error=errors.get("iban", ""),
              help_=_("Het staat op uw bankpas, bijvoorbeeld NL91 ABNA 0417 1643 00.")),
        field("name", _("Op welke naam staat de rekening?"), typed["name"], error=errors.get("name", ""),
              help_=_("Zoals op uw bankpas, hoogstens %(most)s tekens.") % {"most": LONGEST_NAME}),
    )  # fmt: skip
    return render(request, "applicant/file_give_account.html", {
        **found.frame(_("Geef uw rekeningnummer door")), "fields": fields, "check": check, **typed,
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "waits": written_day(waits.proposed_at) if waits else "", "own": bool(waits and waits.by_payee),
        "in_use": written_day(in_use.effective_at) if in_use and in_use.effective_at else "", "url": found.url("-give-account"),
    }, status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)  # fmt: skip
