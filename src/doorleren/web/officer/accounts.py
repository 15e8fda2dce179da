"""Bank accounts of payees for officials: what asks for somebody, one payee with every account, confirming and withdrawing.

The number itself is shown only on the page of one account, to who may propose or confirm; each look is in the log of views.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.cases.models import Case
from doorleren.letters.models import Letter
from doorleren.payments.access import CONFIRM, PROPOSE, VIEW_ACCOUNTS, ensure_another, ensure_may
from doorleren.payments.commands.confirm_account import confirm_account, withdraw_account
from doorleren.payments.commands.release_run import PAYER
from doorleren.payments.commands.stop_account import stop_account
from doorleren.payments.models import PayeeAccount
from doorleren.payments.name_checks import DOUBTFUL
from doorleren.payments.payable import Payee, accounts_in_force, owed_by, payees_for
from doorleren.payments.payees import opened
from doorleren.payments.queries import accounts_of, waiting_accounts
from doorleren.payments.refusing import PaymentRefused
from doorleren.payments.telling import letter_of, letter_of_stop
from doorleren.people.access import NotAllowed
from doorleren.people.models import Body
from doorleren.people.national_number import NoKeys, keys
from doorleren.web.officer.asked import LARGEST_NUMBER, table, written_moment
from doorleren.web.officer.case_shown import sending
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.payment_words import Cells, done_words, names_of
from doorleren.web.officer.payments import why_refused
from doorleren.web.officer.roles import ask_again, led_back
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.viewing import viewed

SHOWN = 200
LONGEST_TYPED = 2000


@page
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """List what asks for somebody: proposals that wait, accounts that are not in use yet, payees of what is owed without one."""
    asking = official(request, VIEW_ACCOUNTS)
    mine = own_bodies(asking, VIEW_ACCOUNTS)
    waiting = list(waiting_accounts(mine)[:SHOWN])
    coming = PayeeAccount.objects.filter(body__in=mine, effective_at__gt=asking.at, stopped_at=None)
    soon = list(coming.select_related("body").order_by("effective_at")[:SHOWN])
    lacking = [row for one in sorted(mine) for row in _lacking(one, asking)]
    bodies = Body.objects.filter(pk__in=mine).order_by("name")
    if waiting or soon:
        viewed(request, "payee_account", *(row.pk for row in (*waiting, *soon)))
    if lacking:
        viewed(request, "payable_case", *(case.pk for case, _payee in lacking[:SHOWN]))
    return render(request, "officer/accounts.html", {
        "bodies": [_own(one, asking) for one in bodies],
        "waiting": _waiting(waiting, asking),
        "any_waiting": bool(waiting),
        "soon": _soon(soon),
        "any_soon": bool(soon),
        "lacking": _without(lacking[:SHOWN], proposes=bool(own_bodies(asking, PROPOSE))),
        "any_lacking": bool(lacking),
        "proposes": bool(own_bodies(asking, PROPOSE)),
        "done": done_words(request.GET.get("done", "")),
    })  # fmt: skip


@page
@require_safe
def one(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show an account: whose, how it stands, who must do what next, and every account of the same payee."""
    asking = official(request, VIEW_ACCOUNTS)
    return _page(request, asking, account_at_hand(asking, number_of, VIEW_ACCOUNTS))


@page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, number_of: int) -> HttpResponse:
    """Confirm an account that somebody else proposed; 48 hours later it may be paid on."""
    return _acted(request, number_of, CONFIRM, confirm_account, "account_confirmed")


@page
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number_of: int) -> HttpResponse:
    """Withdraw a proposal that nobody confirmed yet."""
    return _acted(request, number_of, PROPOSE, withdraw_account, "account_withdrawn")


@page
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, number_of: int) -> HttpResponse:
    """Stop an account within its 48 hours; POST: reason. It never comes into use, and the payee is told."""
    reason = request.POST.get("reason", "")[:LONGEST_TYPED]
    return _acted(request, number_of, PROPOSE, partial(stop_account, reason=reason), "account_stopped")


def _acted(
    request: HttpRequest, number_of: int, duty: str, act: Callable[..., PayeeAccount], done: str
) -> HttpResponse:
    """Do an act on an account and go back to its page, or show there why not; without POST only go there."""
    asking = ask_again(request, duty, {})
    if isinstance(asking, HttpResponse):
        return asking
    row = account_at_hand(asking, number_of, duty)
    if request.method != "POST":
        return led_back(address(row))
    try:
        made = act(row.pk, by=asking.who, at=asking.at)
    except (PaymentRefused, NoKeys) as fault:
        return _page(request, asking, row, why_refused(fault))
    return HttpResponseRedirect(f"{address(made)}?done={done}")


def account_at_hand(asking: Official, number_of: int, act: str) -> PayeeAccount:
    """Give an account at a body where one may do an act, that one may do it to. Raises Http404, NotAllowed."""
    rows = PayeeAccount.objects.filter(body__in=own_bodies(asking, act)).select_related(
        "body", "proposed_by", "confirmed_by", "stopped_by"
    )
    row = rows.filter(pk=min(number_of, LARGEST_NUMBER)).first()
    if row is None:
        raise Http404
    ensure_may(asking.who, act, row.body_id, row.payee_id, at=asking.at)
    return row


def address(row: PayeeAccount) -> str:
    """Give the address of an account."""
    return reverse("officer-account", args=[row.pk])


def payee_words(row: PayeeAccount) -> str:
    """Name the payee of an account."""
    key = (row.payee_kind, row.payee_id)
    named = names_of([key])[key]
    return _("%(name)s, om van te betalen") % {"name": named} if row.payee_kind == PAYER else named


def _page(request: HttpRequest, asking: Official, row: PayeeAccount, refused: str = "") -> HttpResponse:
    viewed(request, "payee_account", row.pk)
    every = list(accounts_of(row.body_id, row.payee_kind, row.payee_id)[:SHOWN])
    proposes, confirms = (row.body_id in own_bodies(asking, act) for act in (PROPOSE, CONFIRM))
    standing = _standing(row, every, asking.at)
    another = _another(asking, row)
    reads = (proposes or confirms) and row.destroyed_at is None
    waits = standing[0] == "waits"
    return render(request, "officer/account.html", {
        "row": row,
        "url": address(row),
        "payee": payee_words(row),
        "standing": {"words": _standings()[standing[0]][0], "tone": _standings()[standing[0]][1]},
        "next": _next(row, standing[0], another, confirms=confirms),
        "number": _number(row) if reads else None,
        "name_check": _name_checks()[row.name_check] if reads else "",
        "doubtful": waits and confirms and another and row.name_check in DOUBTFUL,
        "told": _told(row),
        "confirms": waits and confirms and another,
        "withdraws": waits and proposes,
        "stops": standing[0] == "soon" and proposes,
        "stopped_told": _sent(letter_of_stop(row)) if row.stopped_at and row.payee_kind != PAYER else "",
        "changes": proposes and not any(one.confirmed_at is None and one.withdrawn_at is None for one in every),
        "every": _every(every, asking.at),
        "refused": refused,
        "done": done_words(request.GET.get("done", "")) if not refused else "",
        "trail": [{"url": reverse("officer-accounts"), "label": _("Rekeningen")}, {"label": payee_words(row)}],
    }, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)  # fmt: skip


def _another(asking: Official, row: PayeeAccount) -> bool:
    """Say whether this official is another than who proposed, and it is not their own account."""
    try:
        ensure_another(asking.who, row)
    except NotAllowed:
        return False
    return True


def _standing(row: PayeeAccount, every: Sequence[PayeeAccount], at: datetime) -> tuple[str, datetime]:
    """Say how an account stands, and since or until when: waits, withdrawn, stopped, soon, in use, replaced by a later one, or destroyed."""
    if row.destroyed_at is not None:
        return "destroyed", row.destroyed_at
    if row.withdrawn_at is not None:
        return "withdrawn", row.withdrawn_at
    if row.effective_at is None:
        return "waits", row.proposed_at
    if row.stopped_at is not None:
        return "stopped", row.stopped_at
    if row.effective_at > at:
        return "soon", row.effective_at
    later = [
        (one.effective_at, one.pk)
        for one in every
        if one.effective_at is not None
        and one.effective_at <= at
        and one.stopped_at is None
        and one.destroyed_at is None
    ]
    return ("in_use" if max(later) == (row.effective_at, row.pk) else "replaced"), row.effective_at


def _name_checks() -> Mapping[str, str]:
    return {
        "absent": _("niet gecontroleerd: er is geen dienst voor aangesloten"), "match": _("de naam hoort bij de rekening"),
        "close": _("de naam lijkt op die van de rekening"), "no_match": _("de naam hoort niet bij de rekening"),
        "unknown": _("de dienst weet het niet"), "failed": _("de dienst gaf geen antwoord"),
    }  # fmt: skip


def _standings() -> Mapping[str, tuple[str, str]]:
    return {
        "waits": (_("wacht op een collega"), "maybe"), "withdrawn": (_("ingetrokken"), "quiet"),
        "stopped": (_("gestopt"), "quiet"),
        "soon": (_("bevestigd, nog niet in gebruik"), "maybe"), "in_use": (_("in gebruik"), "get"),
        "replaced": (_("vervangen door een latere"), "quiet"),
        "destroyed": (_("vernietigd"), "quiet"),
    }  # fmt: skip


def _next(row: PayeeAccount, standing: str, another: bool, *, confirms: bool) -> str:
    """Say who must do what now; nothing where nobody must."""
    if standing == "waits" and not another:
        return _("U stelde deze rekening voor, of zij is van uzelf. Een collega die betaalt, moet haar bevestigen.")
    if standing == "waits":
        if not confirms:
            return _("Een collega die betaalt, moet deze rekening bevestigen.")
        return _("Vergelijk het nummer en de naam met het bewijs. Klopt alles? Bevestig dan de rekening.")
    if standing == "soon" and row.effective_at is not None:
        return _(
            "Vanaf %(at)s kan op deze rekening worden betaald. Tot dan blijft een eerdere rekening in gebruik."
        ) % {"at": written_moment(row.effective_at)}
    return ""


def _number(row: PayeeAccount) -> dict[str, str]:
    """Give the number in groups of four, and the name; where it cannot be read, why."""
    try:
        told = opened(row, keys())
    except (PaymentRefused, NoKeys, ValueError) as fault:
        said = (
            why_refused(fault)
            if isinstance(fault, PaymentRefused | NoKeys)
            else _("Dit nummer kan niet worden gelezen.")
        )
        return {"wrong": said}
    return {"iban": " ".join(told.iban[place : place + 4] for place in range(0, len(told.iban), 4)), "name": told.name}


def _told(row: PayeeAccount) -> str:
    """Say whether the payee was told, by the way that was known before."""
    notice = getattr(row, "notice", None)
    if notice is None or row.payee_kind == PAYER:
        return ""
    return _sent(letter_of(notice))


def _sent(letter: Letter | None) -> str:
    if letter is None:
        return _("Nee: wij hebben geen zaak van deze ontvanger, en dus geen adres. Vertel het zelf.")
    told = sending(letter)
    return f"{told['status']}: {told['how']}"


def _own(body: Body, asking: Official) -> dict[str, Any]:
    """Say how the account stands that a body pays from."""
    every = list(accounts_of(body.pk, PAYER, str(body.pk))[:SHOWN])
    last = next((one for one in every if one.withdrawn_at is None and one.stopped_at is None), None)
    words = _standings()[_standing(last, every, asking.at)[0]] if last else (_("er is nog geen rekening"), "no")
    proposes = body.pk in own_bodies(asking, PROPOSE)
    return {
        "name": body.name, "words": words[0], "tone": words[1], "url": address(last) if last else "",
        "propose": reverse("officer-account-of-body", args=[body.pk]) if proposes and not last else "",
    }  # fmt: skip


def _waiting(rows: Sequence[PayeeAccount], asking: Official) -> dict[str, Any]:
    columns = [_("Van wie"), _("Instantie"), _("Voorgesteld"), _("Wie nu iets moet doen")]
    who = {True: _("een collega die betaalt"), False: _("u, of een andere collega die betaalt")}
    cells: Cells = [
        [{"text": payee_words(one), "url": address(one)}, one.body.name,
         f"{one.proposed_by.name}, {written_moment(one.proposed_at)}",
         who[not _another(asking, one) or one.body_id not in own_bodies(asking, CONFIRM)]]
        for one in rows
    ]  # fmt: skip
    return table("waiting", _("Wacht op bevestiging"), columns, cells)


def _soon(rows: Iterable[PayeeAccount]) -> dict[str, Any]:
    columns = [_("Van wie"), _("Instantie"), _("In gebruik vanaf")]
    cells: Cells = [[{"text": payee_words(one), "url": address(one)}, one.body.name, written_moment(one.effective_at or one.proposed_at)]
             for one in rows]  # fmt: skip
    return table("soon", _("Bevestigd, binnen 48 uur in gebruik"), columns, cells)


def _lacking(body: int, asking: Official) -> list[tuple[Case, Payee]]:
    """Give the cases of a body in which money is owed to somebody without an account that is in use, waits or comes."""
    owed = [one for rehearsal in (False, True) for one in owed_by(body, rehearsal=rehearsal)]
    payees = payees_for(one.subject for one in owed)
    asked = {(one.kind, one.id) for one in payees.values()}
    known = set(accounts_in_force(body, asked, asking.at))
    proposed = PayeeAccount.objects.filter(body=body, withdrawn_at=None, payee_id__in={id_ for _kind, id_ in asked})
    coming = Q(confirmed_at=None) | Q(effective_at__gt=asking.at, stopped_at=None)
    known |= set(proposed.filter(coming).values_list("payee_kind", "payee_id"))
    lacking = {
        (case, payee.kind, payee.id): payee
        for (case, _), payee in payees.items()
        if (payee.kind, payee.id) not in known
    }
    cases = Case.objects.in_bulk([case for case, *_ in lacking])
    return [(cases[case], lacking[case, kind, id_]) for case, kind, id_ in sorted(lacking)[:SHOWN] if case in cases]


def _without(rows: Sequence[tuple[Case, Payee]], *, proposes: bool) -> dict[str, Any]:
    names = names_of((payee.kind, payee.id) for _case, payee in rows)
    columns = [_("Zaak"), _("Aan wie"), _("Wat nu")]
    cells: Cells = []
    for case, payee in rows:
        todo: str | dict[str, Any] = _("een collega stelt een rekening voor")
        if proposes:
            form = reverse("officer-account-of-case", args=[case.reference])
            todo = {"text": _("Stel een rekening voor"), "url": form}
        money = reverse("officer-case-money", args=[case.reference])
        cells.append([{"text": case.reference, "url": money}, names[payee.kind, payee.id], todo])
    return table("lacking", _("Te betalen, maar zonder rekening"), columns, cells)


def _every(rows: Sequence[PayeeAccount], at: datetime) -> dict[str, Any]:
    columns = [_("Rekening"), _("Voorgesteld door"), _("Bevestigd door"), _("Stand")]
    cells: Cells = []
    for one in rows:
        standing, since = _standing(one, rows, at)
        words, tone = _standings()[standing]
        by = (
            f"{one.confirmed_by.name}, {written_moment(one.confirmed_at)}"
            if one.confirmed_by and one.confirmed_at
            else "-"
        )
        cells.append([
            {"text": _("Rekening %(number)s") % {"number": one.pk}, "url": address(one)},
            f"{one.proposed_by.name}, {written_moment(one.proposed_at)}", by,
            {"text": f"{words}, {written_moment(since)}", "badge": tone},
        ])  # fmt: skip
    return table("every", _("Alle rekeningen van deze ontvanger"), columns, cells)
