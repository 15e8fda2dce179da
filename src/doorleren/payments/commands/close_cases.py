"""Closing by the site of cases in which nothing can follow any more. Ground: Archiefwet 1995, art. 3; retention counts from the closing.

A case rests for half a year first (QUIET): an objection that came too late and is excused (Awb 6:11) finds it open. What somebody
still has to look at keeps it open: a term, an appeal, a question, a suspended payment, money on its way, a debt, a letter that
did not go out or that came back. What was paid without a ground and cannot be asked back any more is no debt: it is taken off
as the case closes (`let_keep`). Each case in a transaction of its own, with the case locked; a second process that does the same does no harm.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

from doorleren.audit.acts import SITE, Party
from doorleren.cases.appeals import appeals_running
from doorleren.cases.commands.close_case import close_case
from doorleren.cases.given_days import lying_back
from doorleren.cases.locking import locked_case
from doorleren.cases.models import Case, Message
from doorleren.cases.models.message import MessageKind
from doorleren.cases.queries import acts_of, terms_of_case
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import stands
from doorleren.cases.stops import STOPS
from doorleren.core.days import day_of
from doorleren.core.looks import AT_ONCE, Looked, looked
from doorleren.decisions.checkable import checked_without_report
from doorleren.decisions.models import Decision
from doorleren.decisions.one_by_one import one_by_one
from doorleren.payments.balances import standing_of
from doorleren.payments.claims import asked_no_more
from doorleren.payments.commands.post import Event, post
from doorleren.payments.models import PaymentLine, Transaction
from doorleren.payments.models.run import PAID_FOR

QUIET = timedelta(weeks=26)
"""How long nothing happened in a case before the site closes it. Assumption of ours."""
OVER = ("settled", "refused", "left_out", "revoked", "withdrawn", "forwarded")
"""States in which nothing is left to decide on the application or the grant."""
MONEY_LEFT = ("reserved", "obligation", "advance", "payable", "in_transit", "suspense", "undue", "recoverable", "loan")
"""Accounts on which something stands while money can still go or come."""
SUBJECTS = PAID_FOR

Why = Literal["state", "recent", "term", "post", "appeal", "suspended", "question", "money", "ledger", "payment"]
"""Why a case stays open: its state, something happened lately, a term runs or waits for a letter, a letter came back and was
not sent again, an appeal runs, payment is suspended, a message has no answer or a check no report, money is left, a decision is not in the ledger, or it is on a payment run that waits."""


def close_quiet(
    now: Callable[[], datetime], *, after: int = 0, most: int = AT_ONCE, stopped: Callable[[], bool] = lambda: False
) -> Looked:
    """Close those of the next quiet cases in which nothing can follow any more. What goes wrong is said in the log."""
    rows = Case.objects.filter(state__in=OVER, last_act_at__lte=now() - QUIET, pk__gt=after).order_by("pk")
    found = list(rows.values_list("pk", flat=True)[:most])
    wrong = "case %s could not be closed"
    return looked(one_by_one(found, lambda case: _closed(case, now()), wrong=wrong, stopped=stopped), found, most)


def _closed(case: int, at: datetime) -> bool:
    if why_open(locked_case(case), at) is not None:
        return False
    _let_keep(case, at)
    close_case(case, by=SITE, at=at)
    return True


def _let_keep(case: int, at: datetime) -> None:
    """Take off what was not due and is asked no more, of a case that closes."""
    undue = standing_of("case", str(case)).amount("undue")
    if undue:
        before = Transaction.objects.filter(subject_kind="case", subject_id=str(case), act="let_keep").count()
        last = Decision.objects.filter(case=case).select_related("case").latest("number")
        key = f"let_keep/{case}/{before + 1}"
        post(Event("let_keep", Party("case", str(case)), undue, key, last.case.body_id, last.round_id), by=SITE, at=at)


def why_open(case: Case, at: datetime) -> Why | None:
    """Say why a case stays open at a moment; None where nothing can follow any more."""
    if case.state not in OVER:
        return "state"
    if case.last_act_at > at - QUIET:
        return "recent"
    return _terms_left(case, at) or _asks(case) or _money_left(case, day_of(at))


def _terms_left(case: Case, at: datetime) -> Why | None:
    today = day_of(at)
    for one in terms_of_case(case):
        over = one.ended_on is not None or (one.whose == "party" and one.last is not None and one.last < today)
        if not over:
            return "term"
    return "post" if case.post_returned_at and lying_back(acts_of(case.pk)) else None


def _asks(case: Case) -> Why | None:
    moments = moments_of(case)
    if appeals_running(case):
        return "appeal"
    suspended = STOPS["payments_suspended"]
    if stands(moments, suspended.by, suspended.until):
        return "suspended"
    asked = Message.objects.filter(case=case, kind=MessageKind.QUESTION, answered_by=None)
    return "question" if asked.exists() or checked_without_report(case) else None


def _money_left(case: Case, today: date) -> Why | None:
    for subject in SUBJECTS:
        standing = standing_of(subject, str(case.pk))
        left = {kind for kind in MONEY_LEFT if standing.amount(kind)}
        if left - {"undue"} or (left and not asked_no_more([case.pk], today)):
            return "money"
    if Decision.objects.filter(case=case, followed=None).exists():
        return "ledger"
    waits = PaymentLine.objects.filter(case=case, run__released_at=None, run__withdrawn_at=None)
    return "payment" if waits.exists() else None
