"""The penalty for a late decision: fixed once for each late decision, whatever other notices of default there are in the case."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms, penalty_rule
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import terms_of_case
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide_objection import reject
from doorleren.decisions.commands.fix_penalty import calculation, fix_penalty
from doorleren.decisions.models import FixedPenalty
from doorleren.decisions.refusing import DecisionRefused
from doorleren.people.access import NotAllowed
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from tests.decisions.made import YES, a_case, assessed, by
from tests.decisions.objecting import WHY, Staff, applicant, granted, next_moment, objected, said, went
from tests.decisions.test_several_objections import two


def noticed(case: Case, staff: Staff, at: datetime, **given: Any) -> CaseAct:
    """Let an official note a notice of default of that day."""
    told = {"on": day_of(at), "by": by(staff["assessor"], at), "at": at} | given
    return give_notice_of_default(case.pk, **told)


def fixed(case: Case, staff: Staff, at: datetime, **given: Any) -> FixedPenalty:
    """Let an official fix a penalty."""
    return fix_penalty(case.pk, by=by(staff["decider"], at), at=at, **given)


def rejected(case: Case, staff: Staff, number: int, at: datetime) -> date:
    """Reject an objection and send the answer; give that day."""
    why = replace(WHY, objection=number, excused="u was ziek")
    went(reject(case.pk, why, by=by(staff["second"], at), at=at).act)
    return day_of(at)


def begins(notice: CaseAct) -> date:
    """Give the first day of the penalty for a notice of default: the day after its two weeks."""
    return law_of_terms().reckon("default", notice.happened_on).last + timedelta(days=1)


def last_days(case: Case) -> list[date]:
    """Give by which days is to be decided on the objections of a case, in the order in which they came."""
    return [one.last for one in terms_of_case(case) if one.id == "objection-decision" and one.last is not None]


def after(case: Case, day: date) -> datetime:
    """Give the next moment of a case that is after a day."""
    at = next_moment(case)
    return next_moment(case, max((day - day_of(at)).days + 1, 0))


def late_twice(known: Library, round_: Round, staff: Staff) -> tuple[Case, CaseAct, CaseAct, datetime]:
    """Let both objections of a case be late, and a notice come about the second, and five days later about the first.

    Give the notices about the first and the second, and when the last of them came.
    """
    case, *_ = two(known, round_, staff)
    at = after(case, max(last_days(case)))
    second = noticed(case, staff, at, objection=2)
    at = next_moment(case, 5)
    return case, noticed(case, staff, at, objection=1), second, at


def test_calculation_of_a_penalty() -> None:
    """Twenty days are fourteen at 23 and six at 35 euros; the longest is 1,442 euros."""
    steps = penalty_rule().steps
    assert [row.cents for row in calculation(steps, 20)] == [32_200, 21_000, 53_200]
    assert list(calculation(steps, 42))[-1].cents == 144_200


@pytest.mark.parametrize(("days", "first"), [(1, "1 dag van 23 euro"), (2, "2 dagen van 23 euro")])
def test_one_day_is_no_days(days: int, first: str) -> None:
    """The calculation of a single day speaks of one day, in both languages."""
    row = next(calculation(penalty_rule().steps, days))
    assert row.texts["nl"] == first
    assert row.texts["en"] == ("1 day at 23 euros" if days == 1 else "2 days at 23 euros")


def test_penalty_from_the_terms_of_the_case(known: Library, round_: Round, staff: Staff) -> None:
    """A late decision costs what the case's own terms say, fixed once it no longer grows, once for a notice, with its day in the letter."""
    one = a_case(known, round_)
    assert one.due_on is not None
    at = after(one, one.due_on)
    with pytest.raises(DecisionRefused, match="geen ingebrekestelling"):
        fixed(one, staff, at)
    act = noticed(one, staff, at)
    assert act.details == {"objection": 0}
    at = next_moment(one, 14 + 20)
    with pytest.raises(DecisionRefused, match="loopt nog"):
        fixed(one, staff, at)
    assessed(one, known, staff["assessor"], YES, at=at)
    granted(one, known, staff)
    row = fixed(one, staff, next_moment(one, 60))
    assert (row.first_on, row.days, row.cents) == (begins(act), 19, 14 * 2300 + 5 * 3500)
    assert row.act.details == {"cents": row.cents, "days": 19, "notice": act.number}
    for told in (
        "497,00",
        "te laat waren met beslissen op uw aanvraag",
        "Over 19 dagen daarna",
        "Het gaat om uw aanvraag voor",
    ):
        assert told in said(row.act), told
    assert "dagen te laat" not in said(row.act)
    with pytest.raises(DecisionRefused, match="geen ingebrekestelling"):
        fixed(one, staff, next_moment(one))


@pytest.mark.parametrize(
    ("days", "why"), [(-1, "kwam te vroeg: wij hadden nog tijd"), (1, "geen dwangsom verschuldigd")]
)
def test_where_nothing_is_owed(days: int, why: str, known: Library, round_: Round, staff: Staff) -> None:
    """A notice before the term was over has no effect, and after it a decision within two weeks costs nothing: nothing is fixed."""
    one = a_case(known, round_)
    assert one.due_on is not None
    noticed(one, staff, next_moment(one, (one.due_on - day_of(one.last_act_at)).days + days))
    if days > 0:
        granted(one, known, staff)
    with pytest.raises(DecisionRefused, match=why):
        fixed(one, staff, next_moment(one, 400))


def test_two_notices_two_penalties(known: Library, round_: Round, staff: Staff) -> None:
    """Of two objections that are late each has its notice and its penalty, to the day and the cent; an answer to one ends its own alone."""
    case, first, second, at = late_twice(known, round_, staff)
    assert [one.details for one in (first, second)] == [{"objection": 1}, {"objection": 2}]
    answered = rejected(case, staff, 2, after(case, begins(second) + timedelta(days=9)))
    at = next_moment(case)
    with pytest.raises(DecisionRefused, match="loopt nog"):
        fixed(case, staff, at, notice=first.number)
    row = fixed(case, staff, at)
    days = (answered - begins(second)).days
    assert (row.notice, row.first_on, row.days, row.cents) == (second, begins(second), days, days * 2300)
    assert days == 10
    assert f"beslissen op uw bezwaar van {case.objections.get(number=2).received_on.day} " in said(row.act)
    with pytest.raises(DecisionRefused, match="loopt nog"):
        fixed(case, staff, at)

    answered = rejected(case, staff, 1, after(case, begins(first) + timedelta(days=29)))
    other = fixed(case, staff, next_moment(case))
    days = (answered - begins(first)).days
    assert (other.notice, other.first_on, other.days) == (first, begins(first), days)
    assert (days, other.cents) == (30, 14 * 2300 + 14 * 3500 + 2 * 4500)
    with pytest.raises(DecisionRefused, match="geen ingebrekestelling"):
        fixed(case, staff, next_moment(case))
    assert FixedPenalty.objects.count() == 2


def test_the_penalty_of_the_application_stays(known: Library, round_: Round, staff: Staff) -> None:
    """What was owed for the decision on the application is still fixed after a notice about an objection; one chooses which."""
    case = a_case(known, round_)
    assert case.due_on is not None
    first = noticed(case, staff, after(case, case.due_on))
    assessed(case, known, staff["assessor"], YES, at=next_moment(case, 14 + 3))
    granted(case, known, staff)
    objected(case)
    (last,) = last_days(case)
    second = noticed(case, staff, after(case, last))
    assert (first.details, second.details) == ({"objection": 0}, {"objection": 1})
    at = next_moment(case, 100)
    with pytest.raises(DecisionRefused, match="geen ingebrekestelling"):
        fixed(case, staff, at, notice=second.number + 1)
    whole = fixed(case, staff, at, notice=second.number)
    assert (whole.notice, whole.days, whole.cents) == (second, 42, 144_200)
    row = fixed(case, staff, next_moment(case))
    assert (row.notice, row.days, row.cents) == (first, 2, 2 * 2300)


def test_which_decision_must_be_said(known: Library, round_: Round, staff: Staff) -> None:
    """With two that are late one says which, of what there is; what was told before is refused, and with one left it needs no word."""
    case, *_ = two(known, round_, staff)
    early = next_moment(case)
    for given, why in (({}, "Kies er een: bezwaar 1, bezwaar 2"), ({"objection": 0}, "de aanvraag was die dag niets"), ({"objection": 3}, "Kies uit")):  # fmt: skip
        for at in (early, after(case, max(last_days(case)))):
            with pytest.raises(CaseRefused, match=why) as wrong:
                noticed(case, staff, at, **given)
            assert wrong.value.field == "objection"
    with pytest.raises(NotAllowed):
        noticed(case, staff, at, by=applicant(case, at), objection=2)
    noticed(case, staff, at, objection=2)
    with pytest.raises(CaseRefused, match="Over bezwaar 2 is al een ingebrekestelling gekomen"):
        noticed(case, staff, next_moment(case, 1), objection=2)
    assert noticed(case, staff, next_moment(case, 1)).details == {"objection": 1}
    for given in ({}, {"objection": 1}):
        with pytest.raises(CaseRefused):
            noticed(case, staff, next_moment(case), **given)
    assert CaseAct.objects.filter(act="declared_in_default").count() == 2


def test_an_earlier_letter_that_was_noted_later(known: Library, round_: Round, staff: Staff) -> None:
    """What came in on paper before the notice that is known counts from its own day, until the penalty was fixed."""
    case = a_case(known, round_)
    assert case.due_on is not None
    day = case.due_on + timedelta(days=1)
    party = applicant(case, at := after(case, day + timedelta(days=8)))
    noticed(case, staff, at, by=party, party=True)
    paper = noticed(case, staff, next_moment(case), on=day + timedelta(days=2))
    row = fixed(case, staff, next_moment(case, 100))
    assert (row.notice, row.first_on) == (paper, begins(paper))
    assert paper.happened_on == day + timedelta(days=2)
    with pytest.raises(CaseRefused, match="al een ingebrekestelling"):
        noticed(case, staff, next_moment(case), on=day)


@pytest.mark.parametrize("fixed_for", [0, 1])
def test_one_late_decision_has_one_penalty(fixed_for: int, known: Library, round_: Round, staff: Staff) -> None:
    """Of two old notices about one decision the first is fixed, once; what was fixed for the second, as it once was, is not fixed again."""
    case = a_case(known, round_)
    assert case.due_on is not None
    late, old = after(case, case.due_on), list[CaseAct]()
    for at in (late, late + timedelta(days=3)):
        old.append(perform(case.pk, "declared_in_default", by=by(staff["assessor"], at), at=at))
    at = next_moment(case, 100)
    if fixed_for:
        act = perform(
            case.pk, "penalty_fixed", by=by(staff["decider"], at), at=at, details={"cents": 144_200, "days": 42}
        )
        first = old[1].happened_on + timedelta(days=15)
        FixedPenalty.objects.create(
            act=act, notice=old[1], first_on=first, last_on=first + timedelta(days=41), days=42, cents=144_200
        )
    else:
        assert fixed(case, staff, at).notice == old[0]
    with pytest.raises(DecisionRefused, match="geen ingebrekestelling"):
        fixed(case, staff, next_moment(case))
    ended = [one.ended_on for one in terms_of_case(case) if one.id == "penalty-decision"]
    assert ended == [day_of(at)]
