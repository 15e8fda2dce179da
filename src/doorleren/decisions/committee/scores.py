"""What a committee was asked, declared and gave, and who may see that. Reads only; several questions per round, none per case.

Nobody sees what somebody gave before they gave their own: a member sees the scores of a case once their own are in, others
when all scores of the round are. Whoever declared a conflict of interest in a case never sees them.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import CharField
from django.db.models.functions import Cast

from doorleren.applications.models import Application
from doorleren.audit.acts import Party
from doorleren.cases.models import Case
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import is_left_out
from doorleren.decisions.committee.ranking import Scored
from doorleren.decisions.matters import KIND
from doorleren.decisions.models import CommitteeMember, ConflictDeclaration, Ranked, Ranking, ScoreSheet
from doorleren.people.file_keys import key_of, opened
from doorleren.rounds.announced import sealed
from doorleren.rounds.models import Round, Ticket
from doorleren.rounds.queries import announced_for, ids_of
from doorleren.rules.versions import Criterion
from doorleren.schemes.queries import version_of

INTEREST, SCORES = "interest", "scores"
"""What an explanation and motivations are called where they are sealed, with the member and their number."""
LEAST_SCORERS = 2
"""By how many members an application is scored at the least (assumption: the sources ask a committee and give no number)."""


@dataclass(frozen=True, slots=True)
class OfCase:
    """How far the scoring of a case is: sheets that count by person, who must still declare or score, who has a conflict."""

    case: Case
    ticket: Ticket
    sheets: Mapping[int, ScoreSheet] = field(default_factory=dict)
    undeclared: frozenset[int] = frozenset()
    waiting: frozenset[int] = frozenset()
    conflicts: frozenset[int] = frozenset()

    @property
    def done(self) -> bool:
        """Say whether everybody who can score it has, and that is enough people."""
        return not self.undeclared and not self.waiting and len(self.sheets) >= LEAST_SCORERS

    @property
    def too_few(self) -> bool:
        """Say whether there are too few people who can score it."""
        return len(self.sheets) + len(self.waiting) + len(self.undeclared) < LEAST_SCORERS


@dataclass(frozen=True)
class Committee:
    """A round with its committee: who is in it now, its cases by the day and number of their ticket, and the live ranking."""

    round: Round
    members: Sequence[CommitteeMember]
    cases: Sequence[OfCase]
    without_a_case: int
    ranking: Ranking | None

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Give the criteria of the version under which the round was announced."""
        return version_of(self.round.version_id).criteria

    @property
    def ties(self) -> str:
        """Say how the same score is settled, as announced."""
        return announced_for(self.round).ties

    @property
    def fixed(self) -> bool:
        """Say whether the scores are fixed."""
        return self.ranking is not None and self.ranking.fixed_at is not None

    @cached_property
    def done(self) -> bool:
        """Say whether every case is scored by all who can."""
        return bool(self.cases) and not self.without_a_case and all(one.done for one in self.cases)

    def member(self, person: int) -> CommitteeMember | None:
        """Give the membership of somebody; None where they are not in it."""
        return next((one for one in self.members if one.person_id == person), None)

    def shows(self, one: OfCase, person: int) -> bool:
        """Say whether somebody may see what others gave a case."""
        if person in one.conflicts:
            return False
        return person in one.sheets or ((self.fixed or self.done) and person not in one.waiting | one.undeclared)

    def scored(self) -> list[Scored]:
        """Give what was scored, for the ranking."""
        return [
            Scored(
                one.case.pk, sealed(self.round.pk, one.ticket.key, one.ticket.content),
                tuple(points_of(sheet) for sheet in one.sheets.values()),
            )
            for one in self.cases
        ]  # fmt: skip

    def digest(self) -> str:
        """Give the hash of the scores that count: SHA-256 over case, member, criterion and points, a line each."""
        lines = sorted(
            f"{one.case.pk} {person} {score.criterion} {score.points}"
            for one in self.cases
            for person, sheet in one.sheets.items()
            for score in sheet.scores.all()
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def points_of(sheet: ScoreSheet) -> dict[str, int]:
    """Give the points of a sheet by criterion."""
    return {one.criterion: one.points for one in sheet.scores.all()}


def committee_of(round_: Round) -> Committee:
    """Give the committee of a round and how far it is."""
    members = list(
        CommitteeMember.objects.filter(round=round_, ended_at=None).select_related("person").order_by("person__name", "pk")
    )  # fmt: skip
    cases, lacking = _cases(round_)
    declared = {
        (row.member.person_id, row.case_id): row.conflict
        for row in ConflictDeclaration.objects.filter(member__round=round_, case__in=[one.pk for one, _ in cases])
        .select_related("member").order_by("at", "pk").defer("content")
    }  # fmt: skip
    sheets = {
        (row.member.person_id, row.case_id): row
        for row in ScoreSheet.objects.filter(member__round=round_, case__in=[one.pk for one, _ in cases])
        .select_related("member").prefetch_related("scores").order_by("pk").defer("content")
    }  # fmt: skip
    now = {one.person_id for one in members}
    told = [_of(case, ticket, now, declared, sheets) for case, ticket in cases]
    ranking = Ranking.objects.filter(round=round_, withdrawn_at=None).first()
    return Committee(round_, members, told, lacking, ranking)


def motivations_of(sheet: ScoreSheet) -> Mapping[str, str]:
    """Give the motivation per criterion of a sheet. Raises Destroyed, DoesNotOpen."""
    told: Mapping[str, str] = _opened(
        bytes(sheet.content), sheet.case_id, f"{SCORES}-{sheet.member_id}-{sheet.number}", sheet.act.at
    )["told"]
    return told


def interest_of(declared: ConflictDeclaration) -> tuple[str, str]:
    """Give the kind of a conflict of interest, one of CONFLICTS, and its explanation. Raises Destroyed, DoesNotOpen."""
    name = f"{INTEREST}-{declared.member_id}-{declared.number}"
    told = _opened(bytes(declared.content or b""), declared.case_id, name, declared.at)
    return told["told"]["kind"], told["words"]


def _opened(content: bytes, case: int, name: str, at: datetime) -> dict[str, Any]:
    about = Party("case", str(case))
    told: dict[str, Any] = json.loads(opened(content, key_of(about, at=at), about, name))
    return told


def below_threshold(case: Case) -> bool:
    """Say whether the committee found an application not good enough: then it is not the money that it lacks."""
    return Ranked.objects.filter(case=case, rank=None).exists()


def _of(
    case: Case, ticket: Ticket, members: set[int], declared: Mapping[tuple[int, int], bool],
    sheets: Mapping[tuple[int, int], ScoreSheet],
) -> OfCase:  # fmt: skip
    people = members | {person for person, number in (*declared, *sheets) if number == case.pk}
    conflicts = frozenset(one for one in people if declared.get((one, case.pk)))
    counted = {one: sheets[one, case.pk] for one in sorted(people - conflicts) if (one, case.pk) in sheets}
    undeclared = frozenset(one for one in members if (one, case.pk) not in declared)
    return OfCase(
        case, ticket, counted, undeclared, frozenset(members - conflicts - undeclared - set(counted)), conflicts
    )


def _cases(round_: Round) -> tuple[list[tuple[Case, Ticket]], int]:
    """Give the cases to rank with their tickets, and how many tickets have no case yet; who withdrew or was left out is not among them."""
    tickets = {
        one.key: one
        for one in Ticket.objects.filter(id__range=ids_of(round_.pk), withdrawal__isnull=True).order_by("id")
    }
    numbered = Application.objects.filter(round=round_, key__in=list(tickets)).annotate(number=Cast("pk", CharField()))
    keys = dict(numbered.values_list("number", "key"))
    rows = Case.objects.filter(subject_kind=KIND, subject_id__in=list(keys)).select_related("body")
    found = {keys[one.subject_id]: one for one in rows}
    ranked = [
        (found[key], ticket) for key, ticket in tickets.items()
        if key in found and found[key].withdrawn_at is None and found[key].forwarded_at is None
        and not is_left_out(moments_of(found[key]))
    ]  # fmt: skip
    return ranked, len(tickets) - len(found)
