"""Payments for officials: what a body owes, its payment runs and how each stands, one run with its payments, and its file."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.payments.access import (
    HAND_OVER,
    IMPORT,
    PROPOSE_RUN,
    RELEASE_RUN,
    VIEW_RUNS,
    barred_from,
    ensure_may_pay,
)
from doorleren.payments.commands.hand_over import file_of, hands_over
from doorleren.payments.commands.release_run import PAYER
from doorleren.payments.models import PayeeAccount, PaymentLine, PaymentRun
from doorleren.payments.payable import owed_by
from doorleren.payments.payees import account_in_force, opened
from doorleren.payments.practice import practice_bank
from doorleren.payments.queries import (
    came_back,
    entries_for_a_person,
    handed_over,
    last_events,
    runs_of,
    standing_of_run,
    tallies_of,
)
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.models import Body
from doorleren.people.national_number import NoKeys, keys
from doorleren.web.officer.asked import LARGEST_NUMBER, field, number, paging, written_day
from doorleren.web.officer.case_words import objection_runs
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.payment_words import (
    Cells,
    amounts,
    done_words,
    happened,
    names_of,
    once,
    paid_for,
    standings,
    ticked,
)
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros
from doorleren.web.viewing import viewed

ON_A_PAGE = 20
LINES_ON_A_PAGE = 100
MOST_COUNTED = 100


@page
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """List what the own bodies owe, what somebody must look at, and the payment runs, the newest first; GET: before."""
    asking = official(request, VIEW_RUNS)
    mine = own_bodies(asking, VIEW_RUNS)
    before = number(request.GET.get("before", ""))
    rows = runs_of(mine) if before is None else runs_of(mine).filter(pk__lt=before)
    found = list(rows[: ON_A_PAGE + 1])
    more, found = len(found) > ON_A_PAGE, found[:ON_A_PAGE]
    return render(request, "officer/payments.html", {
        "bodies": [_body(one, asking) for one in Body.objects.filter(pk__in=mine).order_by("name")],
        "runs": _runs(found),
        "any": bool(found),
        "done": done_words(request.GET.get("done", "")),
        **paging(request, "before", found[-1].pk if more else None),
    })  # fmt: skip


def _body(one: Body, asking: Official) -> dict[str, Any]:
    """Say what a body owes, and what of it asks for somebody now."""
    owed, practice = owed_by(one.pk, rehearsal=False), owed_by(one.pk, rehearsal=True)
    proposes = one.pk in own_bodies(asking, PROPOSE_RUN)
    waits = runs_of([one.pk]).filter(released_at=None, withdrawn_at=None).exclude(proposed_by=asking.who.person)
    return {
        "id": one.pk,
        "name": one.name,
        "cases": len({each.case for each in owed}),
        "owed": euros(sum(each.cents for each in owed)),
        "practice": len({each.case for each in practice}),
        "practice_cents": euros(sum(each.cents for each in practice)),
        "proposes": proposes,
        "no_account": account_in_force(one.pk, PAYER, str(one.pk), asking.at) is None,
        "look": entries_for_a_person(one.pk)[:MOST_COUNTED].count() + len(came_back([one.pk])),
        "releases": [_named(row) for row in waits[:ON_A_PAGE]] if one.pk in own_bodies(asking, RELEASE_RUN) else [],
    }


def _named(row: PaymentRun) -> dict[str, str]:
    return {"url": address(row), "words": _("Betaalrun %(number)s") % {"number": row.pk}}


def _runs(rows: Sequence[PaymentRun]) -> dict[str, Any]:
    numbers = [row.pk for row in rows]
    tallies, handed, words = tallies_of(numbers), handed_over(numbers), standings()
    columns = [_("Betaalrun"), _("Instantie"), _("Dag van betaling"), _("Betalingen"), _("Bedrag"), _("Stand")]
    cells: Cells = []
    for row in rows:
        said, tone = words[standing_of_run(row, tallies[row.pk], handed=row.pk in handed)]
        cells.append([
            {"text": _("Betaalrun %(number)s") % {"number": row.pk}, "url": address(row)}, row.body.name,
            written_day(row.pay_on), str(row.lines), euros(row.cents),
            {"text": said + (_(" (oefening)") if row.rehearsal else ""), "badge": tone or "quiet"},
        ])  # fmt: skip
    return amounts("runs", _("Betaalruns"), columns, cells, at=(3, 4))


@page
@require_safe
def one(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show a payment run: who did what, what must be done next and by whom, and its payments; GET: after (a place)."""
    asking = official(request, VIEW_RUNS)
    return run_page(request, asking, run_of(asking, number_of, VIEW_RUNS))


@page
@require_safe
def file(request: HttpRequest, number_of: int) -> HttpResponse:
    """Hand out the file for the bank, byte for byte as it was made at the release; who took it is in the log of views."""
    asking = official(request, HAND_OVER)
    row = run_of(asking, number_of, HAND_OVER)
    try:
        content = file_of(row.pk, by=asking.who, at=asking.at)
    except (PaymentRefused, NoKeys) as fault:
        return run_page(request, asking, row, refused=why_refused(fault))
    viewed(request, "payment_file", row.pk)
    reply = HttpResponse(content, content_type="application/xml")
    name = f"{row.message_id}.xml"
    reply["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    reply["X-Content-Type-Options"] = "nosniff"
    return reply


def run_of(asking: Official, number_of: int, act: str) -> PaymentRun:
    """Give a run of a body where one may do an act, that one may do it to. Raises Http404, NotAllowed."""
    rows = runs_of(own_bodies(asking, act))
    row: PaymentRun | None = rows.filter(pk=min(number_of, LARGEST_NUMBER)).first()
    if row is None:
        raise Http404
    ensure_may_pay(asking.who, act, row.body_id, row.pk, at=asking.at)
    return row


def address(row: PaymentRun) -> str:
    """Give the address of a run."""
    return reverse("officer-payment-run", args=[row.pk])


def leaving_out(given: str = "", error: str = "") -> dict[str, Any]:
    """Describe the field in which who leaves cases out of a run says why, for provider/field.html."""
    return field(
        "reason", "text", _("Waarom betaalt u de aangekruiste zaken nu niet?"), {"reason": given}, error=error,
        help=_("Nodig als u een zaak aankruist. Dit komt in het dossier. Hebt u een ernstig vermoeden? Schort dan de betaling op in de "
               "zaak: de aanvrager krijgt daar een brief over (Awb artikel 4:56)."),
    )  # fmt: skip


def why_refused(fault: PaymentRefused | NoKeys) -> str:
    """Say why it was not done."""
    if isinstance(fault, PaymentRefused):
        return in_language(fault.texts)
    return _("Deze site kan nu geen rekeningnummers lezen of bewaren: de sleutels ontbreken. Vraag de beheerder.")


def run_page(
    request: HttpRequest, asking: Official, row: PaymentRun, *, refused: str = "", chosen: frozenset[str] = frozenset(),
    reason: str = "", wrong_reason: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a run, with why an act was not done."""
    viewed(request, "payment_run", row.pk)
    tally, handed = tallies_of([row.pk])[row.pk], bool(handed_over([row.pk]))
    standing = standing_of_run(row, tally, handed=handed)
    after = number(request.GET.get("after", "")) or 0
    found = list(
        row.rows.filter(number__gt=after).select_related("case", "account").order_by("number")[: LINES_ON_A_PAGE + 1]
    )
    more, found = len(found) > LINES_ON_A_PAGE, found[:LINES_ON_A_PAGE]
    proposes = row.body_id in own_bodies(asking, PROPOSE_RUN)
    back = came_back([row.body_id]) if standing in ("partly_answered", "answered") else []
    words, tone = standings()[standing]
    hindered = _hindered(row, asking) if row.waits else ""
    return render(request, "officer/payment_run.html", {
        "row": row,
        "url": address(row),
        "standing": {"words": words, "tone": tone},
        "cents": euros(row.cents),
        "tally": tally,
        "next": hindered or _next(row, standing),
        "lines": _lines(found, ticks=row.waits and proposes, accounts=row.waits, chosen=chosen),
        "takes_out": row.waits and proposes and row.lines > 1,
        "reason": leaving_out(reason, wrong_reason),
        "withdraws": row.waits and proposes,
        "releases": row.waits and not hindered and row.body_id in own_bodies(asking, RELEASE_RUN),
        "file": tally.ordered > 0 and row.body_id in own_bodies(asking, HAND_OVER),
        "hands": standing == "released" and hands_over(row) and row.body_id in own_bodies(asking, HAND_OVER),
        "asks": handed and row.rehearsal and standing != "answered" and practice_bank() is not None and row.body_id in own_bodies(asking, IMPORT),
        "handed": handed,
        "back": [_returned(one) for one in back if one.run_id == row.pk],
        "again": proposes,
        "warning": objection_runs(asking.today) if row.waits and any(one.case.state == "objection" for one in found) else "",
        "refused": refused,
        "done": done_words(request.GET.get("done", "")) if not refused else "",
        "trail": [
            {"url": reverse("officer-payments"), "label": _("Betalingen")},
            {"label": _("Betaalrun %(number)s") % {"number": row.pk}},
        ],
        **paging(request, "after", found[-1].number if more else None),
    }, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)  # fmt: skip


def _next(row: PaymentRun, standing: str) -> str:
    """Say who must do what now; nothing where nobody must."""
    return {
        "waits": _("Een collega die betaalt, controleert de lijst en geeft haar vrij."),
        "released": _("Geef het bestand aan de bank.") if hands_over(row) else _("Dit is een oefening. Er gaat niets naar de bank."),
        "handed_over": _("Dit is een oefening. Laat de verzonnen bank antwoorden.") if row.rehearsal
        else _("Wacht op de bank. Lees haar antwoord in bij 'Antwoorden van de bank'."),
        "partly_answered": _("De bank heeft nog niet alles beantwoord. Lees haar volgende bestand in."),
        "nothing_ordered": _("Elke betaling is blijven liggen. Hieronder staat waarom."),
    }.get(standing, "")  # fmt: skip


def _hindered(row: PaymentRun, asking: Official) -> str:
    """Say why this official cannot release a run that waits; nothing where they can."""
    if row.proposed_by_id == asking.who.person:
        return _("U stelde deze betaalrun voor. Een collega moet hem vrijgeven.")
    cases = row.rows.values_list("case", flat=True)
    if barred_from(list(cases), (asking.who.person, row.proposed_by_id)):
        return _(
            "In een van deze zaken beoordeelde of besliste u, of wie dit voorstelde. Een andere collega moet dit doen."
        )
    return ""


def _lines(rows: Sequence[PaymentLine], *, ticks: bool, accounts: bool, chosen: frozenset[str]) -> dict[str, Any]:
    """Describe the payments; with `accounts` the last digits of each account, for who checks them before they are released."""
    events, names = last_events(rows), names_of((one.payee_kind, one.payee_id) for one in rows)
    remarks = any(_remark(one) for one in rows)
    cells: Cells = []
    for one in rows:
        event = events.get(one.end_to_end)
        said, tone = happened(event.event if event else "", event.reason if event else "")
        cells.append([
            {"text": one.case.reference, "url": reverse("officer-case-money", args=[one.case.reference])},
            names[one.payee_kind, one.payee_id], *([last_digits(one.account)] if accounts else []),
            euros(one.cents), {"text": said, "badge": tone},
            *([_remark(one) or "-"] if remarks else []),
        ])  # fmt: skip
    columns = [
        _("Zaak"), _("Aan wie"), *([_("Rekening eindigt op")] if accounts else []), _("Bedrag"), _("Stand"),
        *([_("Opmerking")] if remarks else []),
    ]  # fmt: skip
    made = amounts("lines", _("Betalingen"), columns, cells, at=(3 if accounts else 2,))
    if not ticks:
        return made
    words = [_("Haal %(reference)s eruit") % {"reference": one.case.reference} for one in rows]
    return ticked(made, "cases", once(one.case_id for one in rows), words, chosen)


def _remark(one: PaymentLine) -> str:
    """Say what a payment is of where that is not the grant, and whether an objection runs."""
    told = [paid_for()[one.what]] if one.what in paid_for() else []
    return "; ".join([*told, *([_("er loopt een bezwaar")] if one.case.state == "objection" else [])])


def last_digits(account: PayeeAccount) -> str:
    """Give the last four digits of an account number; a dash where it cannot be read any more."""
    try:
        return opened(account, keys()).iban[-4:]
    except (PaymentRefused, NoKeys, ValueError):
        return "-"


def _returned(one: PaymentLine) -> dict[str, str]:
    return {"id": one.end_to_end, "reference": one.case.reference, "amount": euros(one.cents)}
