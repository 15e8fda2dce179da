"""An entry tells a scheme what it says, and nothing that it does not say."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from doorleren.register.entries import Entry, PricePart, ProviderEntry, Recognition, Run
from doorleren.register.funding.facts import (
    FACTS,
    Standing,
    Told,
    facts_in_columns,
    facts_told,
    training_facts,
    with_activity,
)
from doorleren.rules.library import open_library
from doorleren.rules.profile import plain, read_profile
from tests.register.funding.drawn import activity

DAY = date(2022, 3, 1)
VOCABULARY = open_library().vocabulary
FULL = Entry(
    "p", "c", "Lasser niveau 2", kind="course", route="bbl", goal="certificate", level="mbo2", nlqf_level=2,
    intensity="part_time", study_hours=120, duration_months=Decimal("3.5"), delivery="blended", guidance=True,
    sector="technology", certificate_value="mbo_elective",
    prices=(PricePart("tuition", 121_00, Decimal(21)), PricePart("material", 109_00, Decimal(9)), PricePart("examination", 50_00, Decimal(0))),
    runs=(Run(date(2022, 2, 1)), Run(date(2022, 9, 1)), Run(date(2022, 4, 4), enrol_until=date(2022, 2, 28)), Run(date(2022, 5, 2))),
)  # fmt: skip
PROVIDER = ProviderEntry(
    "p", "P", recognitions=(
        Recognition("ocw", starts_on=date(2020, 1, 1)), Recognition("nlqf", ends_on=date(2022, 2, 28)),
        Recognition("evc", starts_on=date(2022, 3, 2)), Recognition("sector", ends_on=DAY),
    ),
)  # fmt: skip


def test_a_full_entry_tells_every_fact_of_its_own():
    """Each field ends up in the fact of the vocabulary, as the engine keeps it."""
    told = training_facts(FULL, PROVIDER, on=DAY, in_register=True, grants_this_year=12)
    assert told == {
        "training.kind": "course", "training.route": "bbl", "training.goal": "certificate", "training.level": "mbo2",
        "training.nlqf_level": 2, "training.intensity": "part_time", "training.delivery": "blended",
        "training.guidance": True, "training.target_sector": "technology", "training.study_hours": 120,
        "training.duration_months": 3_500_000, "training.starts_on": date(2022, 5, 2), "training.price": 280_00,
        "training.price_excluding_vat": 250_00, "training.components": frozenset({"training", "guidance"}),
        "training.elective_with_certificate": True, "training.in_register": True,
        "training.grants_to_activity_this_year": 12, "provider.recognition": frozenset({"ocw", "sector"}),
    }  # fmt: skip


def test_an_entry_without_anything_tells_nothing():
    """What is not told is not in the facts: no no, no zero, no empty set."""
    assert training_facts(Entry("p", "c", "t"), None, on=DAY, in_register=None) == {}
    assert training_facts(Entry("p", "c", "t"), ProviderEntry("p", "P"), on=DAY, in_register=None) == {}


def test_every_fact_exists_and_reads_back_as_it_was():
    """The tables of a profile file that facts are written as give the same facts when read."""
    assert set(FACTS) <= set(VOCABULARY.facts)
    told = training_facts(FULL, PROVIDER, on=DAY, in_register=True, grants_this_year=12)
    tables: dict = {}
    for name, value in told.items():
        table, _, short = name.partition(".")
        tables.setdefault(table, {})[short] = plain(VOCABULARY.facts[name], value)
    assert read_profile(tables, VOCABULARY) == told


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ((Decimal(21), None), None),
        ((Decimal(21), Decimal(21)), 82_64),
        ((Decimal(0), Decimal(0)), 100_00),
        ((Decimal(21), Decimal(9)), 87_19),
    ],
)
def test_the_price_without_vat_needs_every_rate(rates, expected):
    """One untold rate leaves the price without VAT unknown; cents are rounded once, half up."""
    entry = Entry("p", "c", "t", prices=(PricePart("tuition", 50_00, rates[0]), PricePart("material", 50_00, rates[1])))
    assert training_facts(entry, None, on=DAY, in_register=None).get("training.price_excluding_vat") == expected


def test_a_run_counts_while_one_can_enrol():
    """Enrolment on its last day, and enrolment after the start, still count; the earliest start is told."""
    runs = (Run(date(2022, 2, 20), enrol_until=DAY), Run(date(2022, 4, 1)))
    told = training_facts(Entry("p", "c", "t", runs=runs), None, on=DAY, in_register=None)
    assert told["training.starts_on"] == date(2022, 2, 20)
    later = training_facts(Entry("p", "c", "t", runs=runs), None, on=date(2022, 3, 2), in_register=None)
    assert later["training.starts_on"] == date(2022, 4, 1)
    assert training_facts(Entry("p", "c", "t", runs=(Run(),)), None, on=DAY, in_register=None) == {}


def test_the_activity_goes_before_the_visitor_and_brings_its_own_price():
    """A visitor's answer fills what the activity leaves open, but never its price."""
    visitor = {"training.kind": "evc", "training.level": "hbo", "training.price": 1, "training.price_excluding_vat": 1}
    assert with_activity(visitor, {"training.kind": "course"}) == {"training.kind": "course", "training.level": "hbo"}


@pytest.mark.parametrize(("kind", "guidance"), [("practice_route", True), (None, True), ("course", None)])
def test_components_need_kind_and_guidance(kind, guidance):
    """What an activity consists of is told only where its kind says it and guidance is told."""
    told = training_facts(Entry("p", "c", "t", kind=kind, guidance=guidance), None, on=DAY, in_register=None)
    assert "training.components" not in told


def test_columns_tell_of_each_activity_what_it_tells_alone():
    """The facts of many activities in columns are those of each by itself, in their order; what is not told is None."""
    random, vocabulary, on = Random(4), open_library().vocabulary, date(2023, 3, 1)
    drawn = [activity(random, vocabulary, on) for _ in range(60)]
    told = [Told(*one, Standing(in_register=True), on, None) for one in drawn]
    columns = facts_in_columns(told)
    for place, one in enumerate(told):
        here = {name: values[place] for name, values in columns.items() if values[place] is not None}
        assert here == facts_told(one)
