"""Filling in what is known of a visitor changes no answer about any activity."""

from random import Random

import pytest

from doorleren.core.days import read_asked
from doorleren.register.funding.facts import FACTS, with_activity
from doorleren.register.funding.visitor import for_visitor, never_true
from doorleren.rules import tree
from doorleren.rules.library import open_library
from doorleren.rules.person import closure
from doorleren.rules.profile import NA
from doorleren.rules.simplified import NO
from doorleren.rules.tree import facts_of
from tests.register.funding.drawn import asked_of_visitors, told_by, visitor, write_schemes
from tests.register.funding.test_remaining import USUAL

VARYING = frozenset(FACTS)
PRICE = tree.FactValue("training.price", "number")
COSTS = tree.FactValue("employer.eligible_costs", "number")


def trees_of(library, asked):
    """Give all conditions as they count, and all amounts, of the versions in force."""
    for settled in library.in_force(asked.day):
        yield from (one.counted for one in settled.conditions)
        yield from (track.granted for track in settled.tracks if track.granted is not None)


@pytest.mark.parametrize("seed", range(3))
def test_a_filled_in_tree_answers_as_the_whole_tree(tmp_path, seed):
    """For drawn schemes, visitors (with n/a) and activities the tree with the visitor filled in says the same."""
    random, asked = Random(seed), read_asked("2024-03-05")
    write_schemes(random, tmp_path, 12)
    library = open_library([tmp_path])
    names = asked_of_visitors(library, asked.day)
    activities = [told_by(random, library.vocabulary, asked.day) for _ in range(15)]
    smaller = 0
    for unknown in (0.0, 0.2, 0.5):
        known = visitor(random, library.vocabulary, names, USUAL, unknown)
        own = {name: value for name, value in known.items() if name not in VARYING}
        for node in trees_of(library, asked):
            left = for_visitor(node, own, VARYING)
            smaller += left is not None and not facts_of(left)
            for facts in activities:
                whole = with_activity(own, facts)
                given = NA if left is None else closure(left)(whole)
                assert given == closure(node)(whole)
                assert given is not True or not never_true(left)
    assert smaller > 50


def test_a_comparison_with_what_does_not_apply_fails():
    """A price compared with costs that do not apply is False for every activity, not unknown."""
    assert for_visitor(tree.Compare("<=", PRICE, COSTS), {COSTS.name: NA}, VARYING) == NO


def test_an_amount_that_does_not_apply_is_none_at_all():
    """Arithmetic with a fact of the visitor that does not apply gives no amount, whatever the activity."""
    assert for_visitor(tree.Total((PRICE, COSTS)), {COSTS.name: NA}, VARYING) is None


def test_what_asks_for_something_unknown_is_never_true():
    """With an untold fact among its conditions a track cannot hold; with an alternative it can."""
    unknown = tree.Compare("<=", COSTS, tree.Constant(5, "number"))
    activity = tree.Compare("<=", PRICE, tree.Constant(5, "number"))
    assert never_true(for_visitor(tree.Every((unknown, activity)), {}, VARYING))
    assert not never_true(for_visitor(tree.Some((unknown, activity)), {}, VARYING))
