"""Opening a case for each application that was submitted and has its place, or must be ranked before it gets one.

Pulled by the site; nothing below knows of it.

Ground: Awb 4:1 and 4:13, an application is decided on within a term that begins with its receipt or the end of its round.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import CharField
from django.db.models.functions import Cast

from doorleren.applications.answers import track_of
from doorleren.applications.models import Application, EnteredFor
from doorleren.applications.recording import party
from doorleren.audit.acts import SITE
from doorleren.cases.commands.open_case import ToOpen, open_many
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import frameworks
from doorleren.cases.models import Case
from doorleren.cases.rules import FINAL
from doorleren.core.days import day_of
from doorleren.decisions.matters import KIND
from doorleren.decisions.one_by_one import FAILED, one_by_one, tell
from doorleren.decisions.openings import Opening, Waits
from doorleren.rules.handling import handled
from doorleren.schemes.queries import version_of

AT_ONCE = 500
TOGETHER = 200
"""How many cases are opened in one transaction."""
WRONG = "no case could be opened for application %s"


def open_cases(
    *, at: datetime, most: int = AT_ONCE, rehearsals: bool = False, opening: Opening | None = None, only: int | None = None
) -> int:  # fmt: skip
    """Open cases for at least so many applications that have none, while there are; give how many.

    `opening` is how far who asks is (openings.py): who asks again and again keeps it. Doing it again, or twice at once, opens
    nothing twice. `rehearsals`: also of rounds to practise with (the demo). `only`: of one round (its number).
    """
    done, opening = 0, opening or Opening()
    for page in opening.pages(min(most, TOGETHER), rehearsals=rehearsals, only=only):
        done += _open(page.waits, at) if page.waits else 0
        opening.pass_on(page)
        if done >= most:
            break
    return done


def follow_withdrawals(*, at: datetime, most: int = AT_ONCE) -> int:
    """End the cases whose applicants withdrew what they had submitted, on the day that they did; give how many.

    Withdrawing is the applicant's own act (applications/commands/withdraw_application.py), and stops once it was decided on.
    """
    gone = Application.objects.filter(withdrawn_at__isnull=False).annotate(number=Cast("pk", CharField()))
    rows = Case.objects.filter(
        subject_kind=KIND, withdrawn_at__isnull=True, decided_at__isnull=True, forwarded_at__isnull=True
    )
    rows = rows.exclude(state__in=FINAL).filter(subject_id__in=gone.values("number")).order_by("pk")
    found = dict(rows.values_list("pk", "subject_id")[:most])
    moments = dict(Application.objects.filter(pk__in=map(int, found.values())).values_list("pk", "withdrawn_at"))
    return one_by_one(
        found,
        lambda case: perform(case, "withdrawn", by=SITE, at=at, on=day_of(moments[int(found[case])] or at)),
        wrong="case %s could not follow the withdrawal",
    )


def _open(some: Sequence[Waits], at: datetime) -> int:
    """Open cases together; where one cannot be, each on its own. One that cannot be opened is said in the log."""
    asked = list[ToOpen]()
    for one in some:
        try:
            asked.append(_asked(one))
        except FAILED as error:
            tell(WRONG, one.application.pk, error)
    try:
        return len(open_many(asked, at=at))
    except FAILED:
        alone = {int(one.subject.id): one for one in asked}
        return one_by_one(alone, lambda number: open_many((alone[number],), at=at), wrong=WRONG)


def _asked(waits: Waits) -> ToOpen:
    """Say which case is opened; the round's last day counts where it was closed, else where it closes, if that is known."""
    application, round_, entered = waits.application, waits.application.round, _entered(waits.application)
    filed = day_of(waits.ticket.arrived_at)
    version = version_of(round_.version_id)
    law = handled(version, track_of(application), frameworks()[version.framework], on=filed, cents=waits.ticket.cents)
    closed = waits.closed_at or round_.closes_at
    until = day_of(closed) if closed and law.decide_from == "round_end" else None
    return ToOpen(
        round_.version_id, party(application), round_.body_id,
        received_on=filed if entered is None else min(filed, entered.received_on),
        round_ended_on=None if until is None else max(filed, until),
        decision_weeks=law.decide_within.weeks if law.decide_within else None,
        weeks_source=law.decide_within.source if law.decide_within else "",
        entered_by=None if entered is None else entered.entered_by_id,
        decision_term=law.longer_decision,
    )  # fmt: skip


def _entered(application: Application) -> EnteredFor | None:
    return getattr(application, "entered_for", None)
