"""A scheme whose round treats the best first, a committee, and what it gives; through the product's own commands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from doorleren.cases.models import Case
from doorleren.decisions.commands.appoint_scorer import appoint_scorer
from doorleren.decisions.commands.declare_interest import declare_interest
from doorleren.decisions.commands.fix_scores import fix_scores, propose_scores
from doorleren.decisions.commands.give_scores import give_scores
from doorleren.decisions.commands.open_cases import open_cases
from doorleren.decisions.committee.scores import Committee, OfCase, committee_of
from doorleren.decisions.models import Ranking, ScoreSheet
from doorleren.people.models import Body, Person, RoleKind
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.days import LATE_DAYS
from doorleren.rounds.models import Gate, Round
from doorleren.rules.library import Library
from tests.applications.made import US, a_round
from tests.decisions import made
from tests.decisions.made import AT, by
from tests.people import made as people

CRITERIA = """
[[criterion]]
id = "quality"
nl = "kwaliteit van het plan"
en = "quality of the plan"
weight = 2
scale = { from = 0, to = 10 }
threshold = 5
source = "order, art. 9"
[[criterion]]
id = "reach"
nl = "bereik"
en = "reach"
weight = 1
scale = { from = 0, to = 10 }
source = "order, art. 9"
"""
CEILING = 'ceiling_money = 100000\nring_fenced = { for = "employer", money = 40000 }'
BEST_FIRST = made.HARD.replace(CEILING, 'ceiling_money = 1500\nlast = "partly"\norder = "ranking"') + CRITERIA
"""Two applications of 699.95 euros fit, a third gets the rest."""
BY_CRITERIA = BEST_FIRST.replace('order = "ranking"', 'order = "ranking"\nties = "criteria"')


def library(folder: Path, text: str = BEST_FIRST) -> Library:
    """Open the library with the scheme."""
    return made.library(folder, text)


def official(body: Body, name: str, *kinds: RoleKind) -> Person:
    """Make somebody with roles in a body."""
    found = people.person(name=name)
    for kind in kinds:
        people.role(found, kind, body=body)
    return found


@dataclass
class Scoring:
    """A round that closed so long ago that no paper can come in any more, with a case for each name, two members, and two officials
    who fix the scores.
    """

    known: Library
    names: tuple[str, ...]
    at: datetime = AT
    cases: dict[str, Case] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let everybody apply, close the round, and appoint."""
        self.round = a_round(self.known, opened=True)
        body = self.round.body
        self.staff = made.officials(body)
        for name in self.names:
            made.applied(self.known, self.round, name)
        close_gate(self.round.pk, by=US, at=self.at, ended="act")
        before = self.at - timedelta(days=LATE_DAYS + 1)
        Gate.objects.filter(pk=self.round.pk).update(opened_at=before, closed_at=before)
        open_cases(at=self.at)
        found = Case.objects.order_by("pk")
        self.cases = dict(zip(self.names, found, strict=True))
        self.members = [official(body, name, RoleKind.ASSESSOR) for name in ("Anna", "Bram")]
        for one in self.members:
            appoint_scorer(self.round.pk, one.pk, by=by(self.staff["decider"], self.at), at=self.at)

    @property
    def again(self) -> Committee:
        """Give the committee as it is now."""
        return committee_of(Round.objects.get(pk=self.round.pk))

    def of(self, name: str) -> OfCase:
        """Give how far a case is."""
        return next(one for one in self.again.cases if one.case == self.cases[name])

    def declare(self, who: Person, name: str, *, conflict: bool = False) -> None:
        """Let a member declare."""
        told = {"kind": "work", "words": "mijn broer werkt daar"} if conflict else {}
        declare_interest(self.cases[name].pk, conflict=conflict, by=by(who, self.at), at=self.at, **told)

    def give(self, who: Person, name: str, quality: int, reach: int) -> ScoreSheet:
        """Let a member give points."""
        points = {"quality": quality, "reach": reach}
        why = {"quality": "goed onderbouwd", "reach": "veel mensen"}
        return give_scores(self.cases[name].pk, points, why, by=by(who, self.at), at=self.at)

    def all_give(self, points: Mapping[str, tuple[int, int]]) -> None:
        """Let every member declare no interest, and give every case these points."""
        for who in self.members:
            for name, (quality, reach) in points.items():
                self.declare(who, name)
                self.give(who, name, quality, reach)

    def fix(self) -> Ranking:
        """Let two officials fix the scores."""
        ranking = propose_scores(self.round.pk, by=by(self.staff["decider"], self.at), at=self.at)
        return fix_scores(ranking.pk, ranking.digest, by=by(self.staff["second"], self.at), at=self.at)
