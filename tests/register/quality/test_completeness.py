"""The completeness of an entry: weights, what counts as told, and the order of what is missing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from doorleren.register.completeness import PARTS, completeness
from doorleren.register.entries import Entry, PricePart, Run

BARE = Entry("1", "A", "Lassen")
FULL = replace(
    BARE, prices=(PricePart("tuition", 0),), runs=(Run(date(2027, 1, 1), place="Deventer"),), description="Leer lassen.",
    occupations=("o",), certificate_value="none", level="none", duration_months=Decimal(1), combinable_with_work=False,
    evening=False, learning_outcomes=("lassen",), sector="technology", entry_requirements="geen", guidance=False,
    url="https://x.nl",
)  # fmt: skip


def test_the_weights_are_a_hundred_and_heaviest_first():
    """All weights together are 100, each is positive, and the table is in the order of what helps most."""
    weights = [part.weight for part in PARTS]
    assert sum(weights) == 100
    assert weights == sorted(weights, reverse=True)
    assert min(weights) > 0


def test_a_title_alone_scores_nothing_and_everything_told_scores_a_hundred():
    """An entry with a title lacks every part, one that tells all (also "no" and "none") lacks nothing."""
    assert completeness(BARE).score == 0
    assert [one.field for one in completeness(BARE).missing] == [part.field for part in PARTS]
    assert completeness(FULL).score == 100
    assert completeness(FULL).missing == ()


LACKING = {
    "prices": {"prices": ()},
    "runs": {"runs": (Run(place="Deventer"),)},
    "place": {"runs": (Run(date(2027, 1, 1)),)},
    "description": {"description": " "},
    "occupations": {"occupations": ()},
    "certificate_value": {"certificate_value": None},
    "level": {"level": None},
    "study_hours": {"duration_months": None},
    "combinable_with_work": {"evening": None},
    "learning_outcomes": {"learning_outcomes": ()},
    "sector": {"sector": None},
    "entry_requirements": {"entry_requirements": ""},
    "guidance": {"guidance": None},
    "url": {"url": ""},
}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.field)
def test_one_part_less_costs_its_weight(part):
    """Leaving one part out of a full entry costs its weight and is named, with what to do in two languages."""
    found = completeness(replace(FULL, **LACKING[part.field]))
    assert found.score == 100 - part.weight
    assert [one.field for one in found.missing] == [part.field]
    assert all(found.missing[0].texts[language].endswith(".") for language in ("nl", "en"))


def test_other_ways_of_telling_count():
    """Online needs no place, an open start no day, an NLQF level no other level, hours no months, skills no outcomes."""
    found = completeness(replace(
        FULL, runs=(), delivery="online", independent_of_time=True, combinable_with_work=None, level=None, nlqf_level=3,
        duration_months=None, study_hours=8, learning_outcomes=(), skills=("s",),
    ))  # fmt: skip
    assert found.score == 100
