"""The conversation asks only what can still change something, and ends."""

import pytest

from doorleren.core.days import read_asked
from doorleren.finder.check import check
from doorleren.finder.interview import GROUPS, ROLES_OF, interview
from doorleren.rules.library import open_library
from doorleren.rules.profile import NA, read_profile, read_value

LIBRARY = open_library()
DAY = read_asked("2022-03-01")


def ask(profile, skipped=(), audience="person"):
    """Run one turn of the conversation."""
    return interview(check(LIBRARY, profile, DAY), skipped, audience, LIBRARY.vocabulary)


def first_value(fact):
    """Give some value of a fact."""
    match fact.type:
        case "bool":
            return True
        case "date":
            return read_value(fact, "1985-04-01")
        case "enum":
            return fact.values[0]
        case "set":
            return frozenset(fact.values[:1])
        case "code":
            return NA
    return 12 * fact.scale


@pytest.mark.parametrize("audience", sorted(ROLES_OF))
def test_the_conversation_ends_without_asking_twice(audience):
    """Answering every question in turn ends in a state without a next question, and no question comes twice."""
    profile = {"asker.role": ROLES_OF[audience][0]}
    asked = []
    while (turn := ask(profile, audience=audience)).next:
        assert turn.next.name not in asked
        asked.append(turn.next.name)
        profile[turn.next.name] = first_value(turn.next)
    assert asked


@pytest.mark.parametrize("audience", sorted(ROLES_OF))
def test_not_knowing_anything_ends_the_conversation_too(audience):
    """Who answers "don't know" to everything is asked each question once and then left alone."""
    profile, skipped = {"asker.role": ROLES_OF[audience][0]}, set()
    while (turn := ask(profile, skipped, audience)).next:
        assert turn.next.name not in skipped
        skipped.add(turn.next.name)
    assert skipped


def test_every_question_asked_can_still_change_a_verdict_or_an_amount():
    """Each open question is missing in some undecided scheme, or for the amount of one that is granted."""
    profile = read_profile({"asker": {"role": "person"}, "person": {"birth_date": "1940-01-01"}}, LIBRARY.vocabulary)
    answer = check(LIBRARY, profile, DAY)
    turn = interview(answer, (), "person", LIBRARY.vocabulary)
    missing = set().union(*(one.missing | one.judgement.missing_for_amount() for one in answer.findings))
    assert {fact.name for fact in turn.open_questions} <= missing
    assert all(not one.missing for one in answer.findings if one.outcome != "unknown")


def test_a_person_is_not_asked_what_only_others_know():
    """Questions for a person are those that the vocabulary says a person can answer; the rest is named apart."""
    turn = ask({"asker.role": "person"})
    assert all("person" in fact.audience for fact in turn.open_questions)
    assert all("person" not in fact.audience for fact in turn.for_others)


def test_every_scheme_stands_in_one_group():
    """The four groups together hold each scheme of the day once."""
    answer = check(LIBRARY, {"asker.role": "person"}, DAY)
    turn = interview(answer, (), "person", LIBRARY.vocabulary)
    grouped = [one.scheme.id for group in GROUPS for one in turn.groups[group]]
    assert sorted(grouped) == sorted(one.scheme.id for one in answer.findings)
    assert turn.total == len(grouped)
