"""The price group follows from study load and duration, with a sentence, and what is ours is called an assumption."""

from datetime import date
from decimal import Decimal

import pytest

from doorleren.register.entries import Entry
from doorleren.register.funding.facts import training_facts
from doorleren.register.funding.price_group import price_groups_on
from doorleren.rules.faults import SchemeFault
from doorleren.rules.library import open_library

LIBRARY = open_library()
DAY = date(2021, 9, 3)
GROUPS = price_groups_on(LIBRARY, DAY)


def entry(hours, months=None):
    """Make an entry with a study load and a duration."""
    return Entry("p", "c", "t", study_hours=hours, duration_months=None if months is None else Decimal(months))


@pytest.mark.parametrize(
    ("hours", "months", "group"),
    [
        (8, None, "1"), (15, "6", "1"), (16, None, "2"), (79, "12", "2"), (80, "0.5", "2"), (80, "1", "3"),
        (240, "9", "3"), (80, None, None), (None, "0.5", None), (None, None, None),
    ],
)  # fmt: skip
def test_the_group_is_the_highest_that_is_reached(hours, months, group):
    """On and around every least value the group is the highest reached; an open higher group leaves it unknown."""
    assert GROUPS.group(entry(hours, months)).id == group
    told = training_facts(entry(hours, months), None, on=DAY, in_register=None, groups=GROUPS)
    assert told.get("training.price_group") == group


def test_the_sentence_names_the_values_and_the_assumptions():
    """Who looks reads what the group rests on, in both languages, and which values are our assumption."""
    second = GROUPS.group(entry(40, "2"))
    assert second.text["nl"] == (
        "prijsgroep 2: een iets grotere cursus of training, met een studielast van 16 uur of meer; "
        "groep 3 vraagt een studielast van 80 uur of meer en een duur van 1 maand of langer"
    )
    assert "a study load of 16 hours or more" in second.text["en"]
    assert len(second.assumptions) == 2
    assert GROUPS.group(entry(8)).assumptions == ()
    assert "de studielast" in GROUPS.group(entry(None)).text["nl"]
    assert {*second.source} == {"nl", "en"}
    assert all({*one} == {"nl", "en"} for one in second.assumptions)


def test_the_least_value_of_a_scheme_is_not_written_twice():
    """The second group asks what the scheme's own parameter says."""
    parameters = [
        version.parameters["hours_b_least"].on(DAY).value
        for scheme in LIBRARY.schemes.values()
        for version in scheme.versions
        if version.holds_on(DAY) and "hours_b_least" in version.parameters
    ]
    assert [least.value for least in GROUPS.groups[1].least] == parameters


def test_before_the_letter_there_are_no_groups():
    """On a day before the first table nothing is derived."""
    assert price_groups_on(LIBRARY, date(2020, 1, 1)) is None


def test_a_measure_that_does_not_exist_is_refused(tmp_path):
    """A misspelt measure in the file is an error that names it."""
    path = tmp_path / "price-groups.toml"
    path.write_text(
        'source = { nl = "s", en = "s" }\n[[table]]\nfrom = 2020-01-01\n[[table.group]]\nid = "1"\nnl = "n"\nen = "e"\nhours = { value = 3 }\n'
    )
    with pytest.raises(SchemeFault, match="hours is none of study_hours, duration_months"):
        price_groups_on(LIBRARY, DAY, path)
