"""An earlier grant of a scheme that does not go together with this one, where nothing tells whether it is for the same costs."""

from pathlib import Path
from typing import Any

import pytest

from doorleren.cases.models import Case
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.models import Decision
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.rules import Ruling
from doorleren.rules.library import Library
from tests.applications import made as applications
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import a_case, by
from tests.decisions.objecting import granted, next_moment

OTHER = "andere"
STATED = """[[track.condition]]
id = "honest"
why = "only the applicant knows"
nl = "de opleiding is niet al betaald"
source = "order"
"""


def both_known(folder: Path, excludes: str) -> Library:
    """Open a library with the scheme of the tests and another one, which goes together with `excludes` for nothing."""
    computed = made.HARD.replace(STATED, "").replace('id = "proefregeling"', f'id = "{OTHER}"')
    text = f'{computed}\n[stacking]\nexcludes = ["{excludes}"]\nsource = "order"\n'
    applications.library(folder / "schemes", text, OTHER)
    return made.library(folder)


def second(known: Library) -> tuple[Case, dict[str, Any]]:
    """Grant somebody money of the first scheme, and let the same person apply in the other, without a training of the register."""
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    first = a_case(known, round_)
    granted(first, known, staff)
    one = a_case(known, a_round(known, OTHER, opened=True), "Omar", **{"training.paid_by_other": 0})
    made.of_the_same(one, first)
    return one, staff


def decided(case: Case, staff: dict[str, Any]) -> Decision:
    """Grant it."""
    at = next_moment(case)
    return grant(case.pk, by=by(staff["decider"], at), at=at, activities_until=made.UNTIL)


def test_nobody_is_granted_it_without_somebody_who_looked(db: None, tmp_path: Path) -> None:
    """What the rules assessed by themselves is not granted; once an official assessed it, it is."""
    known = both_known(tmp_path, made.SCHEME)
    case, staff = second(known)
    made.automatic(case, known, at=next_moment(case))
    with pytest.raises(DecisionRefused) as refused:
        decided(case, staff)
    assert refused.value.code == "same_costs"
    made.assessed(case, known, staff["assessor"], Ruling("adult", True, "gezien"), at=next_moment(case))
    assert decided(case, staff).amount_cents == 69_995


def test_of_another_scheme_nothing_is_asked(db: None, tmp_path: Path) -> None:
    """The control: where the earlier scheme is none that it may not go together with, the rules are enough."""
    known = both_known(tmp_path, "derde")
    case, staff = second(known)
    made.automatic(case, known, at=next_moment(case))
    assert decided(case, staff).amount_cents == 69_995
