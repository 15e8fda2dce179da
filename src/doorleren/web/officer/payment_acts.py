"""Acts on payment runs: releasing, withdrawing, taking cases out, giving the file to the bank, paying again what came back.

Each is a POST from the page of the run; GET, where signing in again leads back to, shows that page.
"""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from doorleren.payments.access import HAND_OVER, IMPORT, PROPOSE_RUN, RELEASE_RUN
from doorleren.payments.commands.hand_over import file_of, hand_over
from doorleren.payments.commands.let_bank_answer import let_bank_answer
from doorleren.payments.commands.owe_again import owe_again
from doorleren.payments.commands.propose_run import withdraw_run
from doorleren.payments.commands.release_run import release_run
from doorleren.payments.commands.take_out import take_out
from doorleren.payments.models import PaymentRun
from doorleren.payments.practice import practice_bank
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.national_number import NoKeys
from doorleren.web.officer.asked import number
from doorleren.web.officer.official import Official, page
from doorleren.web.officer.payments import address, run_of, run_page, why_refused
from doorleren.web.officer.roles import ask_again, led_back

METHODS = ["GET", "HEAD", "POST"]
Act = Callable[[HttpRequest, PaymentRun, Official], PaymentRun]


@page
@require_http_methods(METHODS)
def release(request: HttpRequest, number_of: int) -> HttpResponse:
    """Release a run that a colleague proposed: every line is asked again, then ordered or left out, and the file is made."""
    return _done(request, number_of, RELEASE_RUN, "released", lambda request, row, asking: release_run(
        row.pk, by=asking.who, at=asking.at).run)  # fmt: skip


@page
@require_http_methods(METHODS)
def withdraw(request: HttpRequest, number_of: int) -> HttpResponse:
    """Withdraw a run that waits."""
    return _done(request, number_of, PROPOSE_RUN, "withdrawn", lambda request, row, asking: withdraw_run(
        row.pk, by=asking.who, at=asking.at))  # fmt: skip


@page
@require_http_methods(METHODS)
def without(request: HttpRequest, number_of: int) -> HttpResponse:
    """Take cases out of a run that waits; POST: cases (numbers), reason. The rest is a run of its own, that was just proposed."""
    return _done(request, number_of, PROPOSE_RUN, "taken_out", lambda request, row, asking: take_out(
        row.pk, _cases(request), request.POST.get("reason", ""), by=asking.who, at=asking.at).run)  # fmt: skip


@page
@require_http_methods(METHODS)
def hand(request: HttpRequest, number_of: int) -> HttpResponse:
    """Give the file of a run to the bank, once."""
    return _done(request, number_of, HAND_OVER, "handed", _hand)


@page
@require_http_methods(METHODS)
def answer(request: HttpRequest, number_of: int) -> HttpResponse:
    """Let the invented bank of a demo answer a rehearsal, and read in what it says; not found where there is no such bank."""
    if practice_bank() is None:
        raise Http404
    return _done(request, number_of, IMPORT, "practised", lambda request, row, asking: let_bank_answer(
        row.pk, by=asking.who, at=asking.at))  # fmt: skip


@page
@require_http_methods(METHODS)
def again(request: HttpRequest, number_of: int) -> HttpResponse:
    """Let a payment that came back be paid again; POST: payment (its id at the bank)."""
    return _done(request, number_of, PROPOSE_RUN, "again", _again)


def _done(request: HttpRequest, number_of: int, act: str, done: str, command: Act) -> HttpResponse:
    """Do an act and lead to the run that came of it, or show the run with why not."""
    asking = ask_again(request, act, {})
    if isinstance(asking, HttpResponse):
        return asking
    row = run_of(asking, number_of, act)
    if request.method != "POST":
        return led_back(address(row))
    try:
        made = command(request, row, asking)
    except (PaymentRefused, NoKeys) as fault:
        chosen, reason = frozenset(request.POST.getlist("cases")), request.POST.get("reason", "")
        wrong = why_refused(fault) if isinstance(fault, PaymentRefused) and fault.field == "reason" else ""
        return run_page(
            request, asking, row, refused=why_refused(fault), chosen=chosen, reason=reason, wrong_reason=wrong
        )
    return HttpResponseRedirect(f"{address(made)}?done={done}")


def _cases(request: HttpRequest) -> frozenset[int]:
    return frozenset(-1 if (read := number(one)) is None else read for one in request.POST.getlist("cases"))


def _hand(request: HttpRequest, row: PaymentRun, asking: Official) -> PaymentRun:
    hand_over(row.pk, file_of(row.pk, by=asking.who, at=asking.at), by=asking.who, at=asking.at)
    return row


def _again(request: HttpRequest, row: PaymentRun, asking: Official) -> PaymentRun:
    try:
        payment = UUID(hex=request.POST.get("payment", ""))
    except ValueError as fault:
        raise Http404 from fault
    if not row.rows.filter(pk=payment).exists():
        raise Http404
    owe_again(payment, by=asking.who, at=asking.at)
    return row
