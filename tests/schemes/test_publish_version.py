"""A published version is there for ever: read back as it was, whatever happens to its file."""

from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from doorleren.audit.acts import Party
from doorleren.audit.models import Act
from doorleren.rules import lossless
from doorleren.rules.faults import SchemeFault
from doorleren.rules.library import Library, open_library
from doorleren.schemes.commands.publish_version import publish_version
from doorleren.schemes.models import PublishedVersion
from doorleren.schemes.queries import version_of

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
US = Party("site", "")


@pytest.fixture(scope="module")
def library() -> Library:
    """Open the schemes that come with the product."""
    return open_library()


def test_every_version_comes_back_as_it_was(library: Library) -> None:
    """The resolved file of every version, written and read back, gives the same version with the same hash."""
    for scheme in library.schemes.values():
        for version in scheme.versions:
            row = publish_version(library.resolved(version), by=US, at=AT)
            again = version_of(row.pk)
            assert again.digest == version.digest
            assert asdict(again) | {"path": ""} == asdict(version) | {"path": ""}


def test_publishing_twice_is_once(library: Library) -> None:
    """The same version published again is the same row, and one act; a changed word is another row."""
    content = library.resolved(next(iter(library.schemes.values())).versions[0])
    rows = [publish_version(content, by=US, at=AT) for _ in range(2)]
    assert rows[0] == rows[1]
    assert Act.objects.filter(act="published", subject_id=str(rows[0].pk)).count() == 1
    other = content | {"name": {**content["name"], "nl": "Iets anders"}}
    assert publish_version(other, by=US, at=AT) != rows[0]


def test_a_wrong_file_is_not_published(library: Library) -> None:
    """A file with a fault is refused with the sentence of the fault, and nothing is kept."""
    content = library.resolved(next(iter(library.schemes.values())).versions[0])
    with pytest.raises(SchemeFault, match="track"):
        publish_version(content | {"track": []}, by=US, at=AT)
    assert not PublishedVersion.objects.exists()


@pytest.mark.parametrize(
    "sql", ["UPDATE schemes_publishedversion SET version = 'x'", "DELETE FROM schemes_publishedversion"]
)
def test_a_published_version_stays(library: Library, sql: str) -> None:
    """The database refuses to change or remove a published version."""
    publish_version(library.resolved(next(iter(library.schemes.values())).versions[0]), by=US, at=AT)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("digest", "zz", "64 hexadecimale"),
        ("scheme", "", "een regeling"),
        ("version", "", "een regeling"),
        ("content", "", "een regeling"),
    ],
)
def test_constraints(field: str, value: str, sentence: str) -> None:
    """Each constraint refuses what it says, in the database and in a sentence."""
    row = PublishedVersion(
        **({"scheme": "s", "version": "v", "digest": "a" * 64, "content": "{}", "published_at": AT} | {field: value})
    )
    with pytest.raises(ValidationError, match=sentence):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_two_rows_with_one_hash_are_refused() -> None:
    """One hash stands once."""
    PublishedVersion.objects.create(scheme="s", version="v", digest="a" * 64, content="{}", published_at=AT)
    row = PublishedVersion(scheme="s", version="w", digest="a" * 64, content="{}", published_at=AT)
    with pytest.raises(ValidationError, match="al gepubliceerd"):
        row.validate_constraints()


def test_only_what_toml_holds() -> None:
    """What no scheme file can hold is refused when it is written."""
    with pytest.raises(TypeError, match="holds no set"):
        lossless.written({"a": {1}})
