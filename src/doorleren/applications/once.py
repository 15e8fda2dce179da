"""Within what an application counts for somebody, as its scheme says, and what counts there already. Reads only.

A rehearsal counts for itself. Nothing ends a count by itself: whoever wants the next one looks whether the one before still
stands (docs/adr/0047-once-within-a-scheme.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from doorleren.applications.answers import track_of
from doorleren.applications.late_paper import is_late_paper
from doorleren.applications.models import Application, CountsFor, Over, Word
from doorleren.applications.parties import Named
from doorleren.applications.recording import KIND
from doorleren.applications.rules import filing_day
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.rounds.models import Round, Ticket
from doorleren.rules.once import REGION, is_counted, once_of, times_of
from doorleren.rules.versions import Once, Track, Version
from doorleren.schemes.queries import version_of

ENDS = ("granted_at", "partly_granted_at", "refused_at", "left_out_at", "revoked_at", "withdrawn_at", "forwarded_at")
GIVEN = frozenset(ENDS[:2])
TRAJECTORIES = "employer.trajectories_this_year"


@dataclass(frozen=True, slots=True)
class Scope:
    """Within what applications are counted for somebody, how often they may, and the rule that says so.

    `apart`: a round within it whose tickets hold it by themselves, so that what only stands ready there stops nobody in it.
    """

    name: str
    times: int
    once: Once
    apart: int | None = None


def scope_of(round_: Round, track: Track, version: Version, day: date) -> Scope | None:
    """Give within what an application by a track counts that is judged on a day; None where a round's tickets are enough."""
    once = once_of(track)
    if once is None or not is_counted(once):
        return None
    names = {"round": f"round {round_.pk}", "year": f"{version.id} {day.year}", "scheme": version.id}
    apart = round_.pk if once.who == REGION else None
    times = times_of(once, version, day)
    counted = replace(once, within="round") if round_.rehearsal else once
    return Scope(names[counted.within], times, counted, apart)


def scope_of_participants(offer: Application, today: date) -> Scope | None:
    """Give within what an enrolment in an application counts for its participant; None where the scheme does not say so."""
    track = track_of(offer)
    if track.once is None or track.once.who != "person":
        return None
    round_, version = offer.round, version_of(offer.round.version_id)
    return scope_of(round_, track, version, filing_day(round_.opens_at, round_.closes_at, today, version))


@dataclass(slots=True)
class Held:
    """What counts for somebody: which stand, which turn out to stand no longer and why, and how many there ever were."""

    standing: list[CountsFor] = field(default_factory=list)
    over: list[tuple[CountsFor, Over]] = field(default_factory=list)
    turns: int = 0

    def rows(self) -> list[CountsFor]:
        """Give all that were not ended: what stands, and what stands no longer without anybody having taken the turn."""
        return [*self.standing, *(row for row, _why in self.over)]


def held_by(scope: str, persons: Iterable[str], *, at: datetime) -> Mapping[str, Held]:
    """Give what counts within a scope for each of these keyed hashes for whom anything ever did."""
    ticket = Ticket.objects.filter(round=OuterRef("application__round"), key=OuterRef("application__key"))
    rows = list(
        CountsFor.objects.filter(scope=scope, person__in=list(persons))
        .select_related("application__round__gate", "enrolment__said", "no_more")
        .annotate(submitted=Exists(ticket), gone=Exists(ticket.filter(withdrawal__isnull=False)))
        .order_by("turn")
    )
    refused = _without_grant(one.application_id for one in rows)
    found: dict[str, Held] = {}
    for row in rows:
        held = found.setdefault(row.person, Held())
        held.turns += 1
        why = Over.REFUSED if row.application_id in refused else _over(row, at)
        ended = getattr(row, "no_more", None)
        if why is None and (ended is None or ended.reason == Over.REFUSED):  # an objection was upheld: it counts again
            held.standing.append(row)
        elif why is not None and ended is None:
            held.over.append((row, why))
    return found


def stands_undecided(application: int, *, at: datetime) -> bool:
    """Say whether an application counts for somebody and nobody decided on it yet."""
    rows = CountsFor.objects.filter(application=application, enrolment=None)
    standing = (held_by(row.scope, (row.person,), at=at)[row.person].standing for row in rows)
    return any(one.application_id == application for some in standing for one in some) and not _ended((application,))


def _over(row: CountsFor, at: datetime) -> Over | None:
    """Say why a row stands no longer, besides by a decision; None while it does.

    What was changed since it stood ready cannot come in (superseding.py); who was enrolled in it stays so meanwhile.
    """
    application: Application = row.application
    if application.withdrawn_at is not None or row.gone:  # type: ignore[attr-defined]
        return Over.WITHDRAWN
    said = getattr(row.enrolment, "said", None)
    if said is not None and said.word in (Word.NOT_ME, Word.NOT_WANTED):
        return Over.DENIED
    if row.submitted:  # type: ignore[attr-defined]
        return None
    if application.frozen_at is None and row.enrolment is None:
        return Over.CHANGED
    return Over.NOT_SUBMITTED if _too_late(application, at) else None


def _too_late(application: Application, at: datetime) -> bool:
    """Say whether nothing can be submitted any more: the round is shut and past its end, and takes no paper of before."""
    round_ = application.round
    shut = round_.gate.closed_at is not None or round_.gate.opened_at is None
    past = round_.closes_at is not None and round_.closes_at <= at
    return shut and past and not is_late_paper(application.pk, round_, at=at)


def _without_grant(applications: Iterable[int]) -> frozenset[int]:
    """Give those of which nothing came in the end: refused, left out of treatment, revoked, withdrawn or sent to another body."""
    return frozenset(number for number, (last, _at) in _ended(applications).items() if last not in GIVEN)


def _ended(applications: Iterable[int]) -> dict[int, tuple[str, datetime]]:
    """Give the last act that said what comes of an application, with its moment, of those where one did."""
    asked = [str(one) for one in set(applications)]
    rows = Case.objects.filter(subject_kind=KIND, subject_id__in=asked).values("subject_id", *ENDS) if asked else ()
    found = {}
    for row in rows:
        last = max((one for one in ENDS if row[one] is not None), key=lambda one: row[one], default=None)
        if last is not None:
            found[int(row["subject_id"])] = (last, row[last])
    return found


def told_of_grants(
    round_: Round, track: Track, applicant: Named, used: frozenset[str], *, at: datetime
) -> dict[str, int]:  # fmt: skip
    """Give how many trajectories an applicant was granted this year, where its scheme counts them: nobody has to type it."""
    once = track.once
    if TRAJECTORIES not in used or once is None or once.who != "applicant" or not once.times:
        return {}
    own = Application.objects.filter(applicant_kind=applicant.kind, applicant_number=applicant.number or 0)
    same = (
        Q(round=round_) if round_.rehearsal else Q(round__version__scheme=round_.version.scheme, round__rehearsal=False)
    )
    ended = _ended(own.filter(same).values_list("pk", flat=True)).values()
    return {TRAJECTORIES: sum(last in GIVEN and day_of(when).year == day_of(at).year for last, when in ended)}
