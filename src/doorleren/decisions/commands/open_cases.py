"""Opening a case for each application that was submitted and has its place, or must be ranked before it gets one.

Pulled by the site; nothing below knows of it.

Ground: Awb 4:1 and 4:13, an application is decided on within a term that begins with its receipt or the end of its round.
"""

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from doorleren.applications.answers import track_of
from doorleren.applications.models import Application, EnteredFor
from doorleren.applications.recording import party
from doorleren.audit.acts import SITE
from doorleren.cases.commands.open_case import open_case
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import frameworks
from doorleren.cases.models import PROCEDURES, Case
from doorleren.cases.rules import FINAL
from doorleren.core.days import day_of
from doorleren.decisions.matters import KIND
from doorleren.rounds.models import Gate, Place, Round, Ticket, Withdrawal
from doorleren.rules.faults import SchemeFault
from doorleren.rules.handling import handled
from doorleren.schemes.queries import version_of

AT_ONCE = 500


def without_a_case(*, rehearsals: bool = False) -> QuerySet[Application]:
    """Give the applications that have a place, were not withdrawn and have no case yet, by number; of schemes that decide by law.

    Where a committee ranks, nobody has a place before it scored them: there the closing of the round is enough.
    """
    ticket = Ticket.objects.filter(round=OuterRef("round"), key=OuterRef("key"))
    placed = ticket.filter(Exists(Place.objects.filter(ticket=OuterRef("pk"))))
    there = Case.objects.filter(subject_kind=KIND, subject_id=Cast(OuterRef("pk"), CharField()))
    gone = Exists(Withdrawal.objects.filter(ticket=OuterRef("pk")))
    to_rank = Q(Exists(ticket.exclude(gone)), round__order="ranking", round__gate__closed_at__isnull=False)
    rows = Application.objects.filter(
        Q(Exists(placed.exclude(gone))) | to_rank,
        ~Exists(there),
        withdrawn_at__isnull=True,
        round__version__in=_of_law(),
    )
    rows = rows if rehearsals else rows.filter(round__rehearsal=False)
    return rows.select_related("round").order_by("pk")


def _of_law() -> list[int]:
    """Give the versions with rounds of which there can be cases: a known procedure, under a known framework."""
    return [one for one in Round.objects.values_list("version", flat=True).distinct() if _has_cases(one)]


def _has_cases(version: int) -> bool:
    try:
        found = version_of(version)
    except SchemeFault:  # kept for ever, but by an older engine: nothing can be said of it here
        return False
    return found.procedure in PROCEDURES and found.framework in frameworks()


def open_cases(*, at: datetime, most: int = AT_ONCE, rehearsals: bool = False) -> int:
    """Open cases for so many applications that have none, each in a transaction of its own; give how many.

    Doing it again, or twice at once, opens nothing twice. `rehearsals`: also of rounds to practise with (the demo).
    """
    found = list(without_a_case(rehearsals=rehearsals)[:most])
    entered = {one.application_id: one for one in EnteredFor.objects.filter(application__in=found)}
    rounds = {one.round_id for one in found}
    tickets = {(one.round_id, one.key): one
               for one in Ticket.objects.filter(round__in=rounds, key__in=[one.key for one in found])}  # fmt: skip
    closed = dict(Gate.objects.filter(round__in=rounds).values_list("round", "closed_at"))
    for one in found:
        _open(one, entered.get(one.pk), tickets[one.round_id, one.key], closed[one.round_id] or one.round.closes_at, at)
    return len(found)


def follow_withdrawals(*, at: datetime, most: int = AT_ONCE) -> int:
    """End the cases whose applicants withdrew what they had submitted, on the day that they did; give how many.

    Withdrawing is the applicant's own act (applications/commands/withdraw_application.py), and stops once it was decided on.
    """
    gone = Application.objects.filter(withdrawn_at__isnull=False).annotate(number=Cast("pk", CharField()))
    rows = Case.objects.filter(
        subject_kind=KIND, withdrawn_at__isnull=True, decided_at__isnull=True, forwarded_at__isnull=True
    )
    rows = rows.exclude(state__in=FINAL).filter(subject_id__in=gone.values("number")).order_by("pk")
    found = list(rows.values_list("pk", "subject_id")[:most])
    moments = dict(Application.objects.filter(pk__in=[int(one) for _, one in found]).values_list("pk", "withdrawn_at"))
    for case, subject in found:
        on = day_of(moments[int(subject)] or at)
        perform(case, "withdrawn", by=SITE, at=at, on=on)
    return len(found)


def _open(
    application: Application, entered: EnteredFor | None, ticket: Ticket, closed: datetime | None, at: datetime
) -> Case:
    """Open a case; `closed`: when the round was closed, else when it closes; None where nobody can tell yet."""
    round_ = application.round
    filed = day_of(ticket.arrived_at)
    version = version_of(round_.version_id)
    law = handled(version, track_of(application), frameworks()[version.framework], on=filed, cents=ticket.cents)
    until = day_of(closed) if closed and law.decide_from == "round_end" else None
    return open_case(
        round_.version_id, party(application), body=round_.body_id, by=SITE, at=at,
        received_on=filed if entered is None else min(filed, entered.received_on),
        round_ended_on=None if until is None else max(filed, until),
        decision_weeks=law.decide_within.weeks if law.decide_within else None,
        weeks_source=law.decide_within.source if law.decide_within else "",
        entered_by=None if entered is None else entered.entered_by_id,
    )  # fmt: skip
