"""Entries and columns: every field has its column, and the words are those of the vocabulary."""

from dataclasses import fields, replace
from typing import get_type_hints

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from doorleren.register.entries import Entry, PricePart, Run
from doorleren.register.models import ActivityVersion
from doorleren.register.models.provider import RECOGNITION_ROUTES
from doorleren.register.rows import CONTENT_COLUMNS, CONTENT_FIELDS, content_values, fingerprint, told_text
from doorleren.rules.library import open_library

BLANK = Entry("", "", "")
LASSEN = Entry("12345678", "L1", "Lassen")


def test_every_field_has_a_column_and_every_column_a_field():
    """The columns of a version are the fields of an entry, the price in parts, and what says where it came from."""
    own = {field.attname for field in ActivityVersion._meta.concrete_fields}
    assert own - set(CONTENT_COLUMNS) == {"id", "activity_id", "delivery_id", "made_at", "fingerprint"}
    assert set(CONTENT_COLUMNS) <= own
    assert len(content_values(LASSEN)) == len(CONTENT_COLUMNS)


def test_the_ways_of_recognition_are_those_of_the_vocabulary():
    """A provider can be recognised in the ways that the fact knows, and in no other."""
    assert open_library().vocabulary.facts["provider.recognition"].values == RECOGNITION_ROUTES


@pytest.mark.parametrize("field", [one.name for one in fields(Entry) if one.name not in {"provider", "code"}])
def test_any_change_changes_the_fingerprint(field):
    """Whatever field says something else, the fingerprint is another; what names the activity is no part of it."""
    other = {"prices": (PricePart("tuition", 1),), "runs": (Run(place="Ede"),)}.get(field, "iets anders")
    assert fingerprint(replace(LASSEN, **{field: other})) != fingerprint(LASSEN)
    assert fingerprint(replace(LASSEN, provider="87654321", code="L9")) == fingerprint(LASSEN)


def test_a_field_of_which_nothing_is_told_changes_no_fingerprint():
    """A fingerprint that was stored before a field existed is still the one of the same entry."""
    assert fingerprint(replace(LASSEN, text_language="")) == "32a81179e9c04ab6cc41fe51797ebaa0"


TEXTS = st.lists(st.text(max_size=5), max_size=3).map(tuple)
PRICES = st.lists(st.builds(PricePart, st.text(max_size=3), st.integers(), st.none() | st.decimals()), max_size=3).map(
    tuple
)
RUNS = st.lists(st.builds(Run, st.none() | st.dates(), place=st.text(max_size=5)), max_size=3).map(tuple)
OF_TYPE = {
    str: st.text(max_size=9), tuple[str, ...]: TEXTS, tuple[PricePart, ...]: PRICES, tuple[Run, ...]: RUNS,
}  # fmt: skip
ENTRIES = st.builds(
    Entry, **{name: OF_TYPE.get(kind, st.from_type(kind)) for name, kind in get_type_hints(Entry).items()}
)


@given(ENTRIES)
def test_a_fingerprint_is_of_what_repr_writes(entry):
    """The text behind a fingerprint is, to the letter, `repr` of the pairs that are told: those of old databases hold."""
    told = [(name, getattr(entry, name)) for name in (*CONTENT_FIELDS, "prices", "runs")]
    assert told_text(entry) == repr([(name, value) for name, value in told if value != getattr(BLANK, name)])


@pytest.mark.django_db
@pytest.mark.parametrize("texts", [(), ("",), ("NULL", "a,b", "{}"), ('say "x"', "back\\slash", "two\nlines", " é ")])
def test_lists_arrive_in_the_database_as_they_were(texts):
    """A list is written as the database reads it back: quotes, backslashes, commas and empty texts too."""
    written = content_values(replace(LASSEN, skills=texts))[CONTENT_FIELDS.index("skills")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [written])
        assert tuple(cursor.fetchone()[0]) == texts
