"""What must be true of a committee: interest declared first, points on the scale, two who fix them, and a list that follows from the points."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from doorleren.applications.models import Application
from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.models import CommitteeMember, ConflictDeclaration, Ranked, Ranking, ScoreSheet
from doorleren.rounds.models import Place, Ticket
from doorleren.simulation.holding import Violation
from doorleren.simulation.ranking import SCALES
from doorleren.simulation.world import Season

Found = Iterator[Violation]
WEIGHTS = {"quality": 2, "reach": 1}
THRESHOLD = 5
"""The least mean for quality: the scheme of the simulation says so."""
LEAST_SCORERS = 2
LEFT_OUT_UNTIL = (
    "left_out", "granted", "partly_granted", "refused", "objection_upheld", "objection_partly_upheld", "judgment_noted",
)  # fmt: skip
"""Leaving an application out of treatment, and what ends that: another decision, or what makes room for one."""
Points = Mapping[str, int]
Counted = dict[int, dict[int, Points]]
"""By case and by person the points that count."""


def hold_committee(season: Season) -> Found:
    """Hold what must be true of the committee of a season's round."""
    members = {one.pk: one for one in CommitteeMember.objects.filter(round=season.round)}
    sheets = list(
        ScoreSheet.objects.filter(member__round=season.round)
        .select_related("act")
        .prefetch_related("scores")
        .order_by("pk")
    )
    declared = list(ConflictDeclaration.objects.filter(member__round=season.round).order_by("at", "pk"))
    for member in members.values():
        if member.appointed_by_id == member.person_id:
            yield Violation("committee", f"round {season.round}", f"person {member.person_id} appointed themselves")
    for sheet in sheets:
        yield from _given_well(sheet, declared)
    counted = _counted(members, sheets, declared)
    for ranking in Ranking.objects.filter(round=season.round, withdrawn_at=None):
        yield from _by_two(ranking, members, sheets, counted)
        if ranking.ranked_at is not None:
            yield from _in_order(ranking, counted)


def _given_well(sheet: ScoreSheet, declared: Sequence[ConflictDeclaration]) -> Found:
    where = f"case {sheet.case_id}, sheet {sheet.pk}"
    before = [one for one in declared if (one.member_id, one.case_id) == (sheet.member_id, sheet.case_id) and one.at <= sheet.act.at]  # fmt: skip
    if not before or before[-1].conflict:
        yield Violation("interest declared", where, "points were given without a declaration of no conflict before")
    points = _points(sheet)
    if points.keys() != SCALES.keys() or any(not 0 <= points[name] <= most for name, most in SCALES.items()):
        yield Violation("points", where, f"given are {dict(points)}, on the scale are {SCALES}")


def _points(sheet: ScoreSheet) -> Points:
    return {one.criterion: one.points for one in sheet.scores.all()}


def _counted(
    members: Mapping[int, CommitteeMember], sheets: Sequence[ScoreSheet], declared: Sequence[ConflictDeclaration]
) -> Counted:
    """Give the points that count: the last of each person, unless they declared a conflict since or before."""
    last = {(members[one.member_id].person_id, one.case_id): one.conflict for one in declared}
    found: Counted = {}
    for one in sheets:
        person = members[one.member_id].person_id
        if not last.get((person, one.case_id), True):
            found.setdefault(one.case_id, {})[person] = _points(one)
    return found


def _by_two(
    ranking: Ranking, members: Mapping[int, CommitteeMember], sheets: Sequence[ScoreSheet], counted: Counted
) -> Found:
    """Two who gave no points proposed and fixed them, those that count; after the proposal nothing was given."""
    where, people = f"ranking {ranking.pk}", {one.person_id for one in members.values()}
    own = {ranking.proposed_by_id, ranking.fixed_by_id} - {None}
    if ranking.proposed_by_id == ranking.fixed_by_id or own & people:
        yield Violation("different hands", where, f"proposed and fixed by {own}, of the committee are {people}")
    if any(one.act.at > ranking.proposed_at for one in sheets):
        yield Violation("scores as proposed", where, "points were given after the proposal")
    lines = sorted(
        f"{case} {person} {name} {number}"
        for case in _to_rank(ranking.round_id, ranking.fixed_at or ranking.proposed_at)
        for person, points in counted.get(case, {}).items()
        for name, number in points.items()
    )
    if ranking.fixed_at and _digest(lines) != ranking.digest:
        yield Violation("scores as proposed", where, "the points are not those of the hash")


def _digest(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _to_rank(round_: int, until: datetime) -> list[int]:
    """Give the cases that are ranked at a moment: not those of who had withdrawn by then, nor what was forwarded or left out."""
    rows = Ticket.objects.filter(round=round_).exclude(withdrawal__withdrawn_at__lte=until).values("key")
    applied = Application.objects.filter(round=round_, key__in=rows).values_list("pk", flat=True)
    cases = Case.objects.filter(subject_kind="application", subject_id__in=[str(one) for one in applied]).order_by("pk")
    out = _left_out([one.pk for one in cases], until)
    return [
        one.pk for one in cases
        if one.pk not in out and all(at is None or at > until for at in (one.withdrawn_at, one.forwarded_at))
    ]  # fmt: skip


def _left_out(cases: Sequence[int], until: datetime) -> set[int]:
    """Give the cases that were left out of treatment at a moment, and not decided on anew nor opened up by then."""
    acts = CaseAct.objects.filter(case__in=cases, at__lte=until, act__in=LEFT_OUT_UNTIL).order_by("number")
    last = dict(acts.values_list("case", "act"))
    return {case for case, act in last.items() if act == "left_out"}


def _in_order(ranking: Ranking, counted: Counted) -> Found:
    """The best comes first, who is below a threshold has no rank, and places follow the list."""
    where = f"ranking {ranking.pk}"
    rows = list(Ranked.objects.filter(ranking=ranking).order_by("rank", "case"))
    if ranking.ranked_at and {row.case_id for row in rows} != set(_to_rank(ranking.round_id, ranking.ranked_at)):
        yield Violation("ranking", where, "not every case is on the list, or one that should not be")
    for row in rows:
        points = list(counted.get(row.case_id, {}).values())
        if len(points) < LEAST_SCORERS:
            yield Violation("ranking", where, f"case {row.case_id} was scored by {len(points)}")
            continue
        means = {name: Fraction(sum(one[name] for one in points), len(points)) for name in SCALES}
        score = sum((WEIGHTS[name] * means[name] for name in SCALES), Fraction(0))
        if score != Fraction(row.numerator, row.denominator) or (row.rank is None) != (means["quality"] < THRESHOLD):
            yield Violation("ranking", where, f"case {row.case_id} has rank {row.rank} with score {score}")
    good = [row for row in rows if row.rank is not None]
    scores = [Fraction(row.numerator, row.denominator) for row in good]
    if [row.rank for row in good] != list(range(1, len(good) + 1)) or scores != sorted(scores, reverse=True):
        yield Violation("ranking", where, "the list is not by score")
    yield from _places(ranking, [row.case_id for row in good], where)


def _places(ranking: Ranking, good: Sequence[int], where: str) -> Found:
    subjects = dict(Case.objects.filter(pk__in=good).values_list("pk", "subject_id"))
    keys = dict(Application.objects.filter(round=ranking.round_id).values_list("pk", "key"))
    tickets = dict(Ticket.objects.filter(round=ranking.round_id).values_list("key", "pk"))
    wanted = [tickets[keys[int(subjects[case])]] for case in good]
    places = list(Place.objects.filter(ticket__in=tickets.values()).order_by("position"))
    if [one.ticket_id for one in places[: len(wanted)]] != wanted:
        yield Violation("ranking", where, "the places are not in the order of the list")
    if any(one.outcome == "inside" for one in places[len(wanted) :]):
        yield Violation("ranking", where, "somebody without a rank has a place inside")
