"""The money of one case: its sums, whether it can be paid now and who must do what, its payments, and its postings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.cases.models import Case
from doorleren.payments.access import PROPOSE, PROPOSE_RUN, VIEW_ACCOUNTS, VIEW_RUNS
from doorleren.payments.accounts import KINDS
from doorleren.payments.commands.leave_out import left_out_of
from doorleren.payments.models import PaymentLine, Posting
from doorleren.payments.models.run import PAID_FOR
from doorleren.payments.payable import Payee, owed_in, paid_next, stopped, waiting_elsewhere
from doorleren.payments.payees import account_in_force
from doorleren.payments.queries import accounts_of, last_events, lines_of_case
from doorleren.payments.too_much import paid_too_much
from doorleren.web.loan_words import loan_at, plan_shown
from doorleren.web.officer.asked import table, written_moment
from doorleren.web.officer.case_at_hand import AtHand, at_hand
from doorleren.web.officer.case_shown import money_shown
from doorleren.web.officer.official import page
from doorleren.web.officer.payment_advances import advances_shown
from doorleren.web.officer.payment_words import (
    Cells,
    amounts,
    done_words,
    happened,
    names_of,
    paid_for,
    postings,
    reasons,
)
from doorleren.web.officer.payments import address
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros
from doorleren.web.viewing import viewed


@page
@require_safe
def money(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the money of a case."""
    found = at_hand(request, reference)
    if isinstance(found, HttpResponse):
        return found
    return _page(request, found)


def _page(request: HttpRequest, found: AtHand) -> HttpResponse:
    case = found.case
    viewed(request, "case", case.pk)
    payee = paid_next(case)[1]
    posted, paid = _postings(case), _payments(found)
    return render(request, "officer/payment_case.html", {
        "reference": case.reference,
        "sums": money_shown(case, found.asking.today),
        "plan": plan_shown(loan_at(case, found.asking.today)),
        "payee": names_of([(payee.kind, payee.id)])[payee.kind, payee.id] if payee else "",
        "done": done_words(request.GET.get("done", "")),
        "too_much": _too_much(found),
        "standings": [_standing(found, one, cents, who) for one, cents, who in owed_in(case)],
        "account": _account(found, payee),
        "advances": advances_shown(found),
        "payments": paid,
        "left_out": _left_out(found),
        "postings": posted,
        "back": found.url,
        "trail": [
            {"url": reverse("officer-cases"), "label": _("Zaken")}, {"url": found.url, "label": case.reference},
            {"label": _("Geld")},
        ],
    })  # fmt: skip


def _too_much(found: AtHand) -> dict[str, str]:
    """Say what somebody paid too much; `url` for who may let it be paid back."""
    case = found.case
    cents = paid_too_much(case.pk)
    if not cents:
        return {}
    may = case.body_id in own_bodies(found.asking, PROPOSE_RUN)
    return {
        "text": _("Op deze zaak is %(amount)s te veel betaald aan ons.") % {"amount": euros(cents)},
        "url": reverse("officer-case-pay-back", args=[case.reference]) if may else "",
    }


def _standing(found: AtHand, what: str, owed: int, payee: Payee | None) -> dict[str, str]:
    """Say whether something that is owed can be paid now, and else why not."""
    case = found.case
    reason = stopped(case, what) or ("no_payee" if payee is None else None)
    if (
        reason is None
        and payee is not None
        and account_in_force(case.body_id, payee.kind, payee.id, found.asking.at) is None
    ):
        reason = "no_account"
    if reason is None and case.pk in waiting_elsewhere(case.body_id):
        reason = "waits_elsewhere"
    if reason is not None:
        told = {"amount": _named(what, owed), "why": reasons()[reason]}
        return {"kind": "warning", "text": _("%(amount)s is te betalen, maar dat kan nu niet: %(why)s.") % told}
    return {"kind": "info", "text": _("%(amount)s kan op de volgende betaalrun.") % {"amount": _named(what, owed)}}


def _named(what: str, cents: int) -> str:
    """Write an amount, with what it is of where that is not the grant."""
    return f"{euros(cents)} ({paid_for()[what]})" if what in paid_for() else euros(cents)


def _account(found: AtHand, payee: Payee | None) -> dict[str, str]:
    """Say how the account of the payee stands, for who may see accounts; where it is set, for who may propose one."""
    case, asking = found.case, found.asking
    if payee is None or case.body_id not in own_bodies(asking, VIEW_ACCOUNTS):
        return {}
    last = accounts_of(case.body_id, payee.kind, payee.id).first()
    if last is not None:
        return {"words": _("Bekijk de rekening van de ontvanger"), "url": reverse("officer-account", args=[last.pk])}
    if case.body_id in own_bodies(asking, PROPOSE):
        return {"words": _("Stel een rekening voor"), "url": reverse("officer-account-of-case", args=[case.reference])}
    return {}


def _payments(found: AtHand) -> dict[str, Any] | None:
    rows = list(lines_of_case(found.case.pk))
    if not rows:
        return None
    events, opens = last_events(rows), found.case.body_id in own_bodies(found.asking, VIEW_RUNS)
    columns = [_("Betaalrun"), _("Bedrag"), _("Stand"), _("Sinds"), _("Kenmerk bij de bank")]
    cells = [_payment(one, events, opens) for one in rows]
    return amounts("payments", _("Betalingen"), columns, cells, at=(1,))


def _left_out(found: AtHand) -> dict[str, Any] | None:
    """Describe when this case was left out of a run, by whom and why."""
    rows = left_out_of(found.case)
    if not rows:
        return None
    opens = found.case.body_id in own_bodies(found.asking, VIEW_RUNS)
    cells: Cells = []
    for one, reason in rows:
        name = _("Betaalrun %(number)s") % {"number": one.run_id}
        run: str | dict[str, Any] = {"text": name, "url": address(one.run)} if opens else name
        cells.append([written_moment(one.at), run, one.by.name, reason or _("vernietigd")])
    return table(
        "left-out", _("Uit een betaalrun gelaten"), [_("Wanneer"), _("Betaalrun"), _("Door wie"), _("Waarom")], cells
    )


def _payment(one: PaymentLine, events: dict[str, Any], opens: bool) -> list[str | dict[str, Any]]:
    event = events.get(one.end_to_end)
    said, tone = happened(event.event if event else "", event.reason if event else "")
    if event is None and one.run.withdrawn_at is not None:
        said, tone = _("de betaalrun is ingetrokken"), "quiet"
    name = _("Betaalrun %(number)s") % {"number": one.run_id}
    at = event.at if event else one.run.withdrawn_at or one.run.proposed_at
    return [
        {"text": name, "url": address(one.run)} if opens else name, euros(one.cents), {"text": said, "badge": tone},
        written_moment(at), one.end_to_end,
    ]  # fmt: skip


def _postings(case: Case) -> dict[str, Any] | None:
    """Describe every line of the ledger for a case, transaction by transaction: debit above zero, credit below."""
    rows = Posting.objects.filter(transaction__subject_kind__in=PAID_FOR, transaction__subject_id=str(case.pk))
    found = list(rows.select_related("transaction", "account").order_by("transaction__at", "transaction", "line"))
    if not found:
        return None
    words = postings(case.procedure)
    columns = [_("Boeking"), _("Wanneer"), _("Rekening in het grootboek"), _("Debet"), _("Credit")]
    cells = [
        [
            f"{one.transaction_id}-{one.line} {words.get(one.transaction.act, one.transaction.act)}",
            written_moment(one.transaction.at), in_language(KINDS[one.account.kind].texts),
            euros(one.cents) if one.cents > 0 else "-", euros(-one.cents) if one.cents < 0 else "-",
        ]
        for one in found
    ]  # fmt: skip
    return amounts("postings", _("Regels in het grootboek"), columns, cells, at=(3, 4))
