"""Why nobody was heard fits the outcome of the objection (Awb 7:3): the command refuses the others, and the law names them."""

from dataclasses import replace
from pathlib import Path

import pytest

from doorleren.cases.models import Case
from doorleren.decisions.commands.decide_objection import dismiss, reject, uphold
from doorleren.decisions.law_of_objection import law_of_objection, read_law
from doorleren.decisions.models import ObjectionDecision
from doorleren.decisions.refusing import DecisionRefused
from doorleren.people.models import Person
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.rules.shape import SchemeFault
from doorleren.shipped import folder
from tests.decisions.made import YES, a_case, assessed, by
from tests.decisions.objecting import WHY, next_moment, objected, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("outcome", "reason", "fits"),
    [
        ("upheld", "manifestly_unfounded", False), ("upheld", "manifestly_inadmissible", False), ("upheld", "fully_upheld", True),
        ("rejected", "fully_upheld", False), ("rejected", "manifestly_inadmissible", False), ("rejected", "manifestly_unfounded", True),
        ("dismissed", "manifestly_unfounded", False), ("dismissed", "fully_upheld", False), ("dismissed", "manifestly_inadmissible", True),
    ],
)  # fmt: skip
def test_the_reason_fits_the_outcome(
    known: Library, round_: Round, staff: dict[str, Person], outcome: str, reason: str, fits: bool
) -> None:
    """A reason not to hear that contradicts the outcome is refused beside its field and nothing is kept; the one that fits is accepted."""
    case = a_case(known, round_)
    refused(case, known, staff)
    objected(case)
    assessed(case, known, staff["assessor"], YES, at=next_moment(case))
    at, heard = next_moment(case), replace(WHY, without_hearing=reason)
    reviewer = by(staff["second"], at)

    def decide() -> ObjectionDecision:
        if outcome == "upheld":
            return uphold(case.pk, heard, by=reviewer, at=at)
        if outcome == "rejected":
            return reject(case.pk, heard, by=reviewer, at=at)
        return dismiss(case.pk, "no_interest", heard, by=reviewer, at=at)

    if fits:
        assert decide().without_hearing == reason
        return
    with pytest.raises(DecisionRefused, match="past niet bij deze uitkomst") as why:
        decide()
    assert why.value.field == "without_hearing"
    assert Case.objects.get(pk=case.pk).state == "objection"
    assert not ObjectionDecision.objects.exists()


def test_an_outcome_that_there_is_not(tmp_path: Path) -> None:
    """A file with another outcome is refused, with what was given and what is allowed."""
    wrong = tmp_path / "objecting.toml"
    text = (folder("law") / "objecting.toml").read_text("utf-8")
    wrong.write_text(text.replace('outcomes = ["objection_rejected"]', 'outcomes = ["won"]'), "utf-8")
    with pytest.raises(SchemeFault, match=r"outcomes.*won.*objection_rejected"):
        read_law(wrong)
    assert set(law_of_objection().unheard("objection_partly_upheld")) == {"waived"}
