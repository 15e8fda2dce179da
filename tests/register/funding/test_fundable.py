"""A training is fundable by a scheme when the scheme's own conditions do not refuse it."""

from random import Random

import pytest

from doorleren.core.days import read_asked
from doorleren.register.funding.activities import Activities
from doorleren.register.funding.fundable import fundable_by
from doorleren.rules.library import open_library
from doorleren.rules.verdicts import judge
from tests.register.funding.drawn import told_by, write_schemes
from tests.register.funding.test_remaining import drawn_activities

LIBRARY = open_library()


def by_verdict(library, facts, asked):
    """Judge one activity with nothing known but its own facts, track by track."""
    found = []
    for settled in library.in_force(asked.day):
        tracks = zip(settled.tracks, judge(settled, facts).tracks, strict=True)
        if any(truth is not False and track.track.amount.pays_for == "training" for track, truth in tracks):
            found.append(settled.version.id)
    return tuple(found)


@pytest.mark.parametrize("day", ["2020-10-15", "2022-03-01", "2023-07-03", "2025-03-03"])
def test_the_columns_say_what_the_verdicts_say(day):
    """For drawn activities the schemes are exactly those whose verdict on the activity alone is not a refusal."""
    asked = read_asked(day)
    facts, activities = drawn_activities(LIBRARY, Random(day), asked.day, 150)
    told = fundable_by(LIBRARY, activities, asked)
    assert [told.schemes(place) for place in range(150)] == [by_verdict(LIBRARY, one, asked) for one in facts]
    assert len(set(told.combinations)) > 1
    assert told.lists().to_list() == [list(told.schemes(place)) for place in range(150)]
    assert told.each() == [told.schemes(place) for place in range(150)]


def test_more_schemes_than_bits_in_a_number(tmp_path):
    """With seventy schemes in force none is lost."""
    write_schemes(Random(7), tmp_path, 70)
    library, asked = open_library([tmp_path]), read_asked("2024-03-05")
    facts, activities = drawn_activities(library, Random(8), asked.day, 20)
    told = fundable_by(library, activities, asked)
    assert [told.schemes(place) for place in range(20)] == [by_verdict(library, one, asked) for one in facts]


def test_an_empty_register_has_no_activities():
    """Nothing in, nothing out, and no error."""
    asked = read_asked("2022-03-01")
    told = fundable_by(LIBRARY, Activities.of([], LIBRARY.vocabulary), asked)
    assert (told.keys.len(), told.numbers.len()) == (0, 0)


def test_one_activity_that_tells_nothing_fails_no_scheme():
    """Of an activity that tells nothing every scheme that pays for training may still be."""
    asked = read_asked("2022-03-01")
    told = fundable_by(LIBRARY, Activities.of([(9, {})], LIBRARY.vocabulary), asked)
    assert told.schemes(0) == by_verdict(LIBRARY, {}, asked)
    assert told_by(Random(1), LIBRARY.vocabulary, asked.day)
