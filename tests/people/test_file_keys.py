"""The key of a file: it opens what it sealed, nothing else opens it, and destroyed it opens nothing for ever."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from doorleren.audit.acts import Party, checked
from doorleren.people.file_keys import Destroyed, DoesNotOpen, destroy_key, key_of, opened, sealed
from doorleren.people.models import FileKey

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CASE, OTHER, BY = Party("case", "12"), Party("case", "13"), Party("person", "1")


@pytest.fixture(autouse=True)
def site_key(settings) -> None:
    """A key of the site for these tests."""
    settings.DOORLEREN_FILE_KEY = b"k" * 32


def test_a_file_opens_what_it_sealed() -> None:
    """The same key is given each time, and opens what was sealed under the same file and name."""
    kept = sealed("Müller".encode(), key_of(CASE, at=AT), CASE, "letter")
    assert opened(kept, key_of(CASE, at=AT), CASE, "letter").decode() == "Müller"
    assert b"ller" not in kept
    assert key_of(CASE, at=AT) != key_of(OTHER, at=AT)


@pytest.mark.parametrize("what", ["file", "name", "key", "byte", "site"])
def test_nothing_else_opens_it(what: str, settings) -> None:
    """Another file, name, key, a changed byte or another key of the site opens nothing."""
    kept = sealed(b"content", key_of(CASE, at=AT), CASE, "letter")
    if what == "site":
        settings.DOORLEREN_FILE_KEY = b"x" * 32
    changed = kept[:-1] + bytes([kept[-1] ^ 1]) if what == "byte" else kept

    def attempt() -> bytes:
        key = key_of(OTHER if what == "key" else CASE, at=AT)
        return opened(changed, key, OTHER if what == "file" else CASE, "reply" if what == "name" else "letter")

    with pytest.raises(DoesNotOpen):
        attempt()


def test_a_destroyed_key_is_gone_for_ever_and_the_record_stays_whole() -> None:
    """After destruction nothing opens or is sealed, the act says so, and the chain of acts is unbroken."""
    key_of(CASE, at=AT)
    under = destroy_key(CASE, by=BY, at=AT)
    with pytest.raises(Destroyed) as told:
        key_of(CASE, at=AT)
    assert told.value.under == under == destroy_key(CASE, by=BY, at=AT)
    assert FileKey.objects.get(about_id="12").wrapped == ""
    assert checked().broken is None
    assert key_of(OTHER, at=AT)


def test_a_file_that_never_had_content_gets_none_after_destruction() -> None:
    """Destroying the key of a file without one keeps it from being given a key later."""
    destroy_key(CASE, by=BY, at=AT)
    with pytest.raises(Destroyed):
        key_of(CASE, at=AT)


@pytest.mark.parametrize(
    "told",
    [{"wrapped": ""}, {"wrapped": "aa", "destroyed_at": AT, "destroyed_under": 1}, {"wrapped": "", "destroyed_at": AT}],
    ids=["gone-untold", "whole-and-destroyed", "without-act"],
)
def test_the_database_refuses_a_key_half_destroyed(told) -> None:
    """A key is whole, or destroyed at a moment under an act; nothing between."""
    with pytest.raises(IntegrityError, match="people_file_key_destroyed_or_whole"), transaction.atomic():
        FileKey.objects.create(about_kind="case", about_id="9", made_at=AT, **told)


def test_a_file_has_one_key() -> None:
    """The database refuses a second key for a file."""
    FileKey.objects.create(about_kind="case", about_id="9", made_at=AT, wrapped="aa")
    with pytest.raises(IntegrityError, match="people_file_key_once"), transaction.atomic():
        FileKey.objects.create(about_kind="case", about_id="9", made_at=AT, wrapped="bb")
