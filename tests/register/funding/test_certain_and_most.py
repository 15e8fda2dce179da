"""What is called certain stays so, and the most that anyone could get is never less than what somebody gets."""

from random import Random

import pytest

from doorleren.core.days import Asked, read_asked
from doorleren.finder.plan import plan
from doorleren.register.funding.activities import Activities
from doorleren.register.funding.at_best import at_best
from doorleren.register.funding.facts import FACTS, with_activity
from doorleren.register.funding.most import most_for_anyone, what_all_tell
from doorleren.register.funding.remaining import Remaining
from doorleren.rules.library import Library, open_library
from doorleren.rules.profile import Profile
from tests.register.funding.drawn import asked_of_visitors, told_by, value, visitor, write_schemes
from tests.register.funding.test_remaining import DAYS, USUAL, drawn_activities

LIBRARY = open_library()
KEPT_AS_IS = {"asker.role", "training.paid_by_other", "employer.de_minimis_last_3_years", "training.price"}
"""Facts that the plan counts as told (nothing paid, no aid) when they are not, and who asks."""


def completed(random: Random, library: Library, names: list[str], profile: Profile) -> Profile:
    """Tell everything that a visitor left out; what a visitor presumes of others is left to them."""
    told = {
        name: USUAL[name] if name in USUAL and random.random() < 0.7 else value(random, library.vocabulary.facts[name])
        for name in names
        if name not in KEPT_AS_IS and name.partition(".")[0] not in ("provider", "adviser")
    }
    return told | profile


@pytest.mark.parametrize("seed", range(4))
def test_no_answer_lowers_what_is_certain(tmp_path, seed):
    """Where the sum is certain, no further answer of the visitor makes the plan cheaper; elsewhere one sometimes does."""
    random = Random(seed)
    write_schemes(random, tmp_path, 5)
    asked = read_asked("2024-03-05")
    library = open_library([tmp_path])
    facts, activities = drawn_activities(library, random, asked.day, 60)
    names = asked_of_visitors(library, asked.day)
    surely, lowered = 0, 0
    for unknown in (0.1, 0.3, 0.5):
        profile = visitor(random, library.vocabulary, names, USUAL, unknown)
        told = Remaining.of(library, profile, asked).for_all(activities)
        for place, cents in enumerate(told.cents):
            if cents is None:
                assert not told.certain[place]
                continue
            for _ in range(3):
                later = completed(random, library, names, with_activity(profile, facts[place]))
                to_pay = plan(library, later, asked).combinations[0].to_pay
                assert not told.certain[place] or to_pay >= cents
                surely, lowered = surely + told.certain[place], lowered + (to_pay < cents)
    assert surely
    assert lowered


@pytest.mark.parametrize("day", ["2021-09-03", "2022-03-01", "2023-03-17T10:00", "2025-03-03"])
def test_nobody_gets_more_than_the_most(day):
    """For drawn activities no visitor with the usual answers pays less than what the most for anyone leaves."""
    random, asked = Random(day), read_asked(day)
    names = asked_of_visitors(LIBRARY, asked.day)
    reached = 0
    for _ in range(60):
        facts = told_by(random, LIBRARY.vocabulary, asked.day)
        most = most_for_anyone(LIBRARY, facts, asked)
        assert (most.to_pay is None) == ("training.price" not in facts)
        for _ in range(3):
            profile = visitor(random, LIBRARY.vocabulary, names, USUAL, 0.0) | {"training.paid_by_other": 0}
            if most.to_pay is not None:
                best = plan(LIBRARY, with_activity(profile, facts), asked).combinations[0]
                assert best.to_pay >= most.to_pay
                assert {share.offer.scheme for share in best.shares} <= set(most.possible)
                reached += bool(best.shares)
    assert reached or day == "2025-03-03"


@pytest.mark.parametrize("day", DAYS)
def test_the_least_that_may_remain_is_what_one_training_says(day):
    """For all activities, and visitors with no, few and many answers, the columns equal the most weighed one by one."""
    asked, random = read_asked(day), Random(day)
    facts, activities = drawn_activities(LIBRARY, random, asked.day, 60)
    names = asked_of_visitors(LIBRARY, asked.day)
    visitors = [{}, *(visitor(random, LIBRARY.vocabulary, names, USUAL, unknown) for unknown in (0.1, 0.4, 0.9))]
    assert sum(compared(LIBRARY, profile, facts, activities, asked) for profile in visitors)


@pytest.mark.parametrize("seed", range(6))
def test_the_least_that_may_remain_with_schemes_never_seen_before(tmp_path, seed):
    """With drawn schemes (tracks, rounds, groups, state aid, exclusions) it is the same."""
    random, asked = Random(seed), read_asked("2024-03-05")
    write_schemes(random, tmp_path, 6)
    library = open_library([tmp_path])
    facts, activities = drawn_activities(library, random, asked.day, 60)
    names = asked_of_visitors(library, asked.day)
    visitors = [{}, *(visitor(random, library.vocabulary, names, USUAL, unknown) for unknown in (0.1, 0.4))]
    assert sum(compared(library, profile, facts, activities, asked) for profile in visitors)


def compared(library: Library, profile: Profile, facts: list[Profile], activities: Activities, asked: Asked) -> int:
    """Compare each activity with what is weighed of it alone; gives of how many less may remain than is certain now."""
    question = Remaining.of(library, profile, asked)
    told = question.for_all(activities)
    before, lowered = told.frame(), 0
    best = at_best(question, activities, told)
    assert told.frame().equals(before)
    assert best.certain.equals(told.certain)
    for place, one in enumerate(facts):
        if told.certain[place]:
            expected = told.cents[place], told.schemes(place)
        else:
            most = most_for_anyone(library, one, asked, profile)
            expected = most.to_pay, most.schemes
        assert (best.cents[place], best.schemes(place)) == expected
        lowered += best.cents[place] != told.cents[place]
    return lowered


def test_the_question_is_one_that_the_visitor_can_answer():
    """Without answers the question is about the visitor, never about what the register tells of the training."""
    random, asked = Random(5), read_asked("2022-03-01")
    questions = {
        most_for_anyone(LIBRARY, told_by(random, LIBRARY.vocabulary, asked.day), asked).question for _ in range(80)
    }
    assert len(questions - {None}) >= 1
    assert not questions & set(FACTS)
    assert all("person" in LIBRARY.vocabulary.facts[name].audience for name in questions - {None})


def test_a_question_that_was_skipped_is_not_asked_again():
    """Who does not know an answer gets another question, until every scheme waits for something that was skipped."""
    asked, facts = read_asked("2022-03-01"), {"training.price": 300_000, "training.kind": "course"}
    skipped: list[str] = []
    while name := most_for_anyone(LIBRARY, facts, asked, {"asker.role": "person"}, skipped).question:
        assert name not in skipped
        skipped.append(name)
    assert len(skipped) > 1


def test_what_activities_have_in_common_is_what_all_tell_alike():
    """A fact that one of them tells otherwise, or not at all, is left out; nothing is common to none."""
    one, other = {"a": 1, "b": 2, "c": None}, {"a": 1, "b": 3}
    assert what_all_tell([one, other]) == what_all_tell([other, one]) == {"a": 1}
    assert what_all_tell([one]) == one
    assert what_all_tell([]) == {}


def test_a_right_answer_brings_the_most_nearer():
    """An answer that rules a scheme out raises what remains at best, and the scheme is no longer possible."""
    asked = read_asked("2022-03-01")
    facts = {"training.price": 900_000, "training.in_register": True, "training.kind": "course"}
    before = most_for_anyone(LIBRARY, facts, asked)
    after = most_for_anyone(LIBRARY, facts, asked, {"person.labour_market_link": False, "asker.role": "person"})
    gone = set(before.possible) - set(after.possible)
    assert gone
    assert before.most > after.most
