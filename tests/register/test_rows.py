"""Entries and columns: every field has its column, and the words are those of the vocabulary."""

from dataclasses import fields, replace

import pytest

from doorleren.register.entries import Entry, PricePart, Run
from doorleren.register.models import ActivityVersion
from doorleren.register.models.provider import RECOGNITION_ROUTES
from doorleren.register.rows import CONTENT_COLUMNS, content_values, fingerprint
from doorleren.rules.library import open_library

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
