"""Between an assessment and the decision: what was granted or taken back meanwhile stands in the way only where it could matter."""

from pathlib import Path

import pytest

from doorleren.cases.models import Case
from doorleren.decisions.commands import assess
from doorleren.decisions.commands.decide import grant
from doorleren.decisions.models import Decision
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.rules import Ruling
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import a_case, by
from tests.decisions.objecting import Staff, granted, next_moment
from tests.decisions.test_on_record import (
    NOBODY_YET,
    Firm,
    again,
    firm_in,
    refused_after_a_view,
    revoked,
    yearly_sum,
    yearly_text,
)

ONCE = Ruling("once", False, "kreeg al geld")
NO_TIE = Ruling("tie", False, "woont en werkt in het buitenland")


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the scheme, of which a person gets money once a year."""
    return made.library(tmp_path, yearly_text())


def gets(case: Case, staff: Staff) -> Decision:
    """Grant a case."""
    at = next_moment(case, 1)
    return grant(case.pk, by=by(staff["decider"], at), at=at, activities_until=made.UNTIL)


def code_of(act: object, *told: object) -> str:
    """Give the code with which an act is refused."""
    with pytest.raises(DecisionRefused) as why:
        act(*told)  # type: ignore[operator]
    return why.value.code


# --- an assessment that never looked


def test_a_grant_on_an_assessment_that_never_looked(
    known: Library, round_: Round, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is assessed anew first, where a rule looks at earlier grants; then it is granted."""
    case = a_case(known, round_, **NOBODY_YET)
    with monkeypatch.context() as then:
        then.setattr(assess, "ON_RECORD", "not_kept_then")
        made.assessed(case, known, staff["assessor"], made.YES, at=next_moment(case))
    assert code_of(gets, case, staff) == "not_looked_up"
    made.assessed(case, known, staff["assessor"], made.YES, at=next_moment(case))
    assert gets(case, staff).kind == "granted"


@pytest.mark.parametrize("text", [made.HARD, yearly_sum(1500)], ids=["no_rule_looks", "a_rule_of_another_track"])
def test_where_nothing_was_to_be_looked_at(
    text: str, tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no rule of the track looks at earlier grants, an assessment that never looked is as good as any."""
    monkeypatch.setattr(assess, "ON_RECORD", "not_kept_then")
    known = made.library(tmp_path, text)
    round_ = a_round(known, opened=True)
    assert granted(a_case(known, round_), known, made.officials(round_.body)).kind == "granted"


def test_an_amount_that_looks_at_earlier_grants(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The amount of a track counts as a rule too: no condition needs to look."""
    monkeypatch.setattr(assess, "ON_RECORD", "not_kept_then")
    text = yearly_sum(1500).replace("employer.grants_this_year < 1500", "employer.employees < 60")
    text = text.replace("not employer.unsettled_grant", "employer.employees < 70")
    sum_left = "min(most, 1500 - employer.grants_this_year)"
    assert text.count("employer.grants_this_year") == text.count(sum_left) == 1
    known = made.library(
        tmp_path, text.replace(sum_left, f"{sum_left} if applies(employer.grants_this_year) else most")
    )
    firm = Firm(known, a_round(known, opened=True))
    case = firm.applies()
    firm.assessed(case)
    assert code_of(firm.gets, case) == "not_looked_up"


# --- a refusal


def test_refused_on_what_has_nothing_to_do_with_it(known: Library, round_: Round, staff: Staff) -> None:
    """Who fails a condition that looks at no earlier grant is refused on that, whatever they were granted meanwhile; who fails one that does is not."""
    first = a_case(known, round_, **NOBODY_YET)
    second, third = again(known, round_, first), again(known, round_, first, "Els")
    for case, why in ((second, NO_TIE), (third, ONCE)):
        made.assessed(case, known, staff["assessor"], made.YES, why, at=next_moment(case))
    granted(first, known, staff)
    assert refused_after_a_view(second, staff).kind == "refused"
    assert code_of(refused_after_a_view, third, staff) == "granted_since"


def test_refused_on_such_a_condition_without_a_look(
    known: Library, round_: Round, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An assessment that never looked lets a refusal be that rests on other conditions, and no other."""
    monkeypatch.setattr(assess, "ON_RECORD", "not_kept_then")
    first, second = a_case(known, round_, **NOBODY_YET), a_case(known, round_, "Omar", **NOBODY_YET)
    for case, why in ((first, NO_TIE), (second, ONCE)):
        made.assessed(case, known, staff["assessor"], made.YES, why, at=next_moment(case))
    assert refused_after_a_view(first, staff).kind == "refused"
    assert code_of(refused_after_a_view, second, staff) == "not_looked_up"


# --- less than there was


@pytest.mark.parametrize(("yearly", "less"), [(2500, True), (1500, False)])
def test_a_grant_after_another_was_withdrawn(yearly: int, less: bool, tmp_path: Path, db: None) -> None:
    """With room for both it is granted as it was assessed; where the first left too little, it is assessed anew, as it is more now."""
    firm = firm_in(tmp_path, yearly)
    first, second = firm.applies(), firm.applies()
    firm.assessed(first)
    firm.gets(first)
    assert firm.assessed(second).amount_cents == (100_000 if less else 50_000)
    revoked(first, firm.staff)
    if not less:
        assert code_of(firm.gets, second) == "granted_since"
        at = next_moment(second)
        assess.assess(second.pk, library=firm.known, by=by(firm.staff["assessor"], at), at=at)
    assert firm.gets(second).amount_cents == 100_000


def test_a_refusal_after_a_grant_was_withdrawn(tmp_path: Path, db: None) -> None:
    """Nobody is refused for what they were granted once that was withdrawn: it is assessed anew."""
    firm = firm_in(tmp_path, 1500)
    first, second, third = firm.applies(), firm.applies(), firm.applies()
    for one in (first, second):
        firm.assessed(one)
        firm.gets(one)
    assert firm.assessed(third).outcome == "fails"
    revoked(second, firm.staff)
    assert code_of(refused_after_a_view, third, firm.staff) == "granted_since"
