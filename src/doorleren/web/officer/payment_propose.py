"""Proposing a payment run: what can be paid now and what not, with the reason; what one leaves out; the preview; the proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.cases.models import Case
from doorleren.payments.access import PROPOSE_RUN, ensure_may_pay
from doorleren.payments.banking_days import is_banking_day, next_banking_day
from doorleren.payments.commands.leave_out import LONGEST_REASON, reason_of
from doorleren.payments.commands.propose_run import Ahead, propose_run, run_ahead
from doorleren.payments.models import PaymentLine
from doorleren.payments.payable import Reason, Subject, owed_by
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.models import Body
from doorleren.register.intake.faults import Misread
from doorleren.web.officer.asked import field as described
from doorleren.web.officer.asked import number, typed_day, written_day
from doorleren.web.officer.case_words import objection_runs
from doorleren.web.officer.official import Official, page
from doorleren.web.officer.payment_words import Cells, amounts, names_of, once, paid_for, reasons, ticked
from doorleren.web.officer.payments import address, leaving_out
from doorleren.web.officer.roles import ask_again
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros
from doorleren.web.viewing import viewed

SHOWN = 500
"""Payments that the page shows, each with a box to leave it out; a run may hold more."""


@dataclass(slots=True)
class Typed:
    """What was typed: the day, the cases that are left out, those that are paid although the account changed; and the faults."""

    day: str
    out: frozenset[int]
    accept: frozenset[int]
    seen: str = ""
    reason: str = ""
    pay_on: date | None = None
    errors: dict[str, str] = field(default_factory=dict)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose to pay; GET and POST: body, rehearsal; POST: pay_on, out, accept, seen, confirmed or change."""
    posted = request.method == "POST"
    told = request.POST if posted else request.GET
    keep = {name: told.get(name, "")[:20] for name in ("body", "rehearsal")}
    asking = ask_again(request, PROPOSE_RUN, keep)
    if isinstance(asking, HttpResponse):
        return asking
    body, rehearsal = _body(asking, keep["body"]), keep["rehearsal"] == "1"
    typed = _typed(request, asking)
    ahead = _ahead(body, rehearsal, typed, asking)
    if not posted or "change" in request.POST:
        typed.errors.clear()
        return _page(request, asking, body, rehearsal, typed, ahead)
    if not ahead.lines:
        typed.errors["out"] = _("Er blijft niets over om te betalen. Laat minder zaken weg.")
    if typed.errors or "confirmed" not in request.POST:
        return _page(request, asking, body, rehearsal, typed, ahead, preview=not typed.errors)
    try:
        made = propose_run(
            body.pk, pay_on=typed.pay_on or asking.today, by=asking.who, at=asking.at, accept=typed.accept,
            only=[one.case_id for one in ahead.lines], seen=typed.seen, rehearsal=rehearsal,
            out=typed.out, reason=typed.reason,
        )  # fmt: skip
    except PaymentRefused as refused:
        typed.errors[refused.field if refused.field in ("pay_on", "reason") else "out"] = in_language(refused.texts)
        return _page(request, asking, body, rehearsal, typed, ahead)
    return HttpResponseRedirect(f"{address(made.run)}?done=proposed")


def _body(asking: Official, given: str) -> Body:
    mine = own_bodies(asking, PROPOSE_RUN)
    chosen = next(iter(mine)) if not given and len(mine) == 1 else number(given)
    if chosen not in mine:
        raise Http404
    ensure_may_pay(asking.who, PROPOSE_RUN, chosen, at=asking.at)
    return Body.objects.get(pk=chosen)


def _typed(request: HttpRequest, asking: Official) -> Typed:
    told = request.POST
    typed = Typed(
        told.get("pay_on", next_banking_day(asking.today).strftime("%d-%m-%Y"))[:40].strip(), _numbers(request, "out"),
        _numbers(request, "accept"), told.get("seen", "")[:64], told.get("reason", "")[: LONGEST_REASON + 1].strip(),
    )  # fmt: skip
    try:
        typed.pay_on = typed_day(typed.day, asking.today)
    except Misread:
        typed.pay_on = None
    if typed.out:
        try:
            reason_of(typed.reason)
        except PaymentRefused as fault:
            typed.errors["reason"] = in_language(fault.texts)
    example = next_banking_day(asking.today).strftime("%d-%m-%Y")
    if typed.pay_on is None:
        typed.errors["pay_on"] = _("Vul een dag in, bijvoorbeeld %(day)s. U vulde in: %(given)s.") % {
            "day": example, "given": typed.day or _("niets"),
        }  # fmt: skip
    elif typed.pay_on < asking.today:
        typed.errors["pay_on"] = _("Kies vandaag of een latere dag. U vulde in: %(given)s.") % {
            "given": written_day(typed.pay_on)
        }
    elif not is_banking_day(typed.pay_on):
        typed.errors["pay_on"] = _("Op %(given)s voeren banken geen betalingen uit. De eerstvolgende dag is %(day)s.") % {
            "given": written_day(typed.pay_on), "day": written_day(next_banking_day(typed.pay_on)),
        }  # fmt: skip
    return typed


def _numbers(request: HttpRequest, name: str) -> frozenset[int]:
    return frozenset(found for one in request.POST.getlist(name) if (found := number(one)) is not None)


def _ahead(body: Body, rehearsal: bool, typed: Typed, asking: Official) -> Ahead:
    """Give what would be on the run with what was ticked."""
    whole = run_ahead(body.pk, by=asking.who, at=asking.at, accept=typed.accept, rehearsal=rehearsal)
    lines = [one for one in whole.lines if one.case_id not in typed.out]
    out: dict[Subject, Reason] = {
        (one.case_id, one.what): "taken_out" for one in whole.lines if one.case_id in typed.out
    }
    return Ahead(lines, {**whole.left, **out})


def _page(
    request: HttpRequest, asking: Official, body: Body, rehearsal: bool, typed: Typed, ahead: Ahead, *, preview: bool = False
) -> HttpResponse:  # fmt: skip
    viewed(request, "payable", body.pk)
    owed = {one.subject: one.cents for one in owed_by(body.pk, rehearsal=rehearsal)}
    left = {subject: reason for subject, reason in ahead.left.items() if reason != "taken_out"}
    out = [subject for subject, reason in ahead.left.items() if reason == "taken_out"]
    shown = [*list(left)[:SHOWN], *((one.case_id, one.what) for one in ahead.lines[:SHOWN]), *out[:SHOWN]]
    numbers = list(dict.fromkeys(case for case, _ in shown))
    if numbers:
        viewed(request, "payable_case", *numbers)
    cases = Case.objects.in_bulk(numbers)
    day = described(
        "pay_on", "line", _("Op welke dag betaalt de bank?"), {"pay_on": typed.day}, short=True, needed=True,
        help=_("Een dag waarop banken betalen, bijvoorbeeld %(day)s.") % {"day": next_banking_day(asking.today).strftime("%d-%m-%Y")},
        error=typed.errors.get("pay_on", ""),
    )  # fmt: skip
    return render(request, "officer/payment_propose.html", {
        "body": body,
        "rehearsal": rehearsal,
        "day": day,
        "reason": leaving_out(typed.reason, typed.errors.get("reason", "")),
        "why_out": typed.reason if out else "",
        "errors": [{"name": name, "text": text} for name, text in typed.errors.items()],
        "wrong_list": typed.errors.get("out", ""),
        "preview": preview,
        "on": written_day(typed.pay_on),
        "count": len(ahead.lines),
        "cents": euros(ahead.cents),
        "more": max(0, len(ahead.lines) - SHOWN),
        "warning": objection_runs(asking.today) if any(cases[one.case_id].state == "objection" for one in ahead.lines[:SHOWN]) else "",
        "lines": _payable(ahead, out, owed, cases, typed, ticks=not preview),
        "left": _left(left, owed, cases, typed, ticks=not preview),
        "any_left": bool(left),
        "left_count": len(left),
        "may_choose": bool(ahead.lines or out or "account_changed" in left.values()),
        "accepted": [one.case_id for one in ahead.lines if one.changed],
        "kept": {"out": sorted(typed.out), "accept": sorted(typed.accept)},
        "pay_on": typed.day,
        "seen": ahead.seen,
        "trail": [{"url": reverse("officer-payments"), "label": _("Betalingen")}, {"label": _("Een betaalrun voorstellen")}],
    }, status=HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.OK)  # fmt: skip


def _payable(
    ahead: Ahead, out: Sequence[Subject], owed: Mapping[Subject, int], cases: Mapping[int, Case], typed: Typed, *, ticks: bool
) -> dict[str, Any]:  # fmt: skip
    """Describe what is on the list; with boxes also what was just left out, so that it can be put back. A case is left out as a whole."""
    lines = list(ahead.lines[:SHOWN])
    names = names_of((one.payee_kind, one.payee_id) for one in lines)
    told = [
        (one.case_id, names[one.payee_kind, one.payee_id], one.cents, _remark(one, cases[one.case_id])) for one in lines
    ]
    if ticks:
        told += [(one[0], "-", owed.get(one, 0), reasons()["taken_out"]) for one in out[:SHOWN]]
    told.sort()
    columns = [_("Zaak"), _("Aan wie"), _("Bedrag"), _("Opmerking")]
    cells: Cells = [[_case(cases[case]), name, euros(cents), remark or "-"] for case, name, cents, remark in told]
    made = amounts("payable", _("Kan nu worden betaald"), columns, cells, at=(2,))
    if not ticks:
        return made
    words = [_("Laat %(reference)s weg") % {"reference": cases[case].reference} for case, *_rest in told]
    return ticked(made, "out", once(case for case, *_rest in told), words, {str(one) for one in typed.out})


def _remark(one: PaymentLine, case: Case) -> str:
    said = [paid_for()[one.what]] if one.what in paid_for() else []
    if one.changed:
        said.append(_("de rekening is veranderd; u betaalt toch"))
    if case.state == "objection":
        said.append(_("er loopt een bezwaar"))
    return "; ".join(said)


def _left(
    left: Mapping[Subject, Reason], owed: Mapping[Subject, int], cases: Mapping[int, Case], typed: Typed, *, ticks: bool
) -> dict[str, Any]:  # fmt: skip
    """Describe what cannot be paid now, each with its reason; a changed account can be accepted by a box."""
    told = sorted((one, reason) for one, reason in left.items() if one[0] in cases)[:SHOWN]
    columns = [_("Zaak"), _("Bedrag"), _("Waarom niet")]
    cells: Cells = [[_case(cases[one[0]]), euros(owed.get(one, 0)), _why(one[1], reason)] for one, reason in told]
    made = amounts("left", _("Kan nu niet worden betaald"), columns, cells, at=(1,))
    if not ticks:
        return made
    words = [_("Betaal %(reference)s toch") % {"reference": cases[one[0]].reference} for one, _reason in told]
    values = once(one[0] if reason == "account_changed" else None for one, reason in told)
    return ticked(made, "accept", values, words, {str(one) for one in typed.accept})


def _why(what: str, reason: Reason) -> str:
    """Say why something is not paid, after what it is where that is not the grant."""
    return f"{paid_for()[what]}: {reasons()[reason]}" if what in paid_for() else reasons()[reason]


def _case(one: Case) -> dict[str, Any]:
    return {"text": one.reference, "url": reverse("officer-case-money", args=[one.reference])}
