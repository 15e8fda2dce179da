"""Names as they are looked for: the words that this program takes from one are those that the database takes, by an index."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from doorleren.people.models import Person
from doorleren.people.names import begins_words, name_words

NAMES = (
    "Nadia Bakker", "Emre Yılmaz-de Vries", "ÖZLEM  van 't Hof", "Łukasz Ørsted", "Đorđe", "  ", "", "Bouw.nl B.V.", "Café 't Oké (2e)",
    "İpek", "Straße & Zn", "a@b.nl", "x_y", "王小明", "ﬁets\u00a0B.V.",
)  # fmt: skip


def asked(sql: str, *values: object) -> list[tuple[object, ...]]:
    """Give what the database says."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_the_database_takes_the_same_words(name: str) -> None:
    """Accents, capitals, strokes, points and other scripts are read alike by both."""
    ((words,),) = asked("SELECT tsvector_to_array(people_name_words(%s))", name)
    assert sorted(words) == sorted(set(name_words(name)))


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "found"), [
    ("bak", True), ("BAKKER nad", True), ("Nadia Bakker", True), ("nadia x", False), ("adia", False), ("bakkers", False),
])  # fmt: skip
def test_each_word_begins_one_of_the_name(typed: str, found: bool) -> None:
    """A name is found by the beginnings of its words in any order, and only where each word that was typed is one."""
    assert asked("SELECT people_name_words('Nadia Bakker') @@ %s::tsquery", begins_words(typed)) == [(found,)]


@pytest.mark.parametrize("typed", ["", "b", "a b", "'", "%", "* | !", "\\"])
def test_too_little_asks_nothing(typed: str) -> None:
    """Signs without letters, and single letters, are no name to look for."""
    assert begins_words(typed) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["a", "㍿", "ﷺ"])
def test_more_than_a_name_can_be_is_asked_for_its_beginning(sign: str) -> None:
    """A word of a thousand signs, of which some stand for many letters, is a question that the database can answer."""
    asked("SELECT id FROM people_person WHERE people_name_words(name) @@ %s::tsquery", begins_words(sign * 1000))


@pytest.mark.django_db
def test_a_name_is_found_by_an_index() -> None:
    """Among 20,000 people the few of one name are read from an index, without the others."""
    Person.objects.bulk_create(
        Person(name=f"Anna{number} Jansen", created_at=datetime(2026, 3, 12, tzinfo=UTC)) for number in range(20_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_person")
    plan = asked(
        "EXPLAIN SELECT id FROM people_person WHERE people_name_words(name) @@ %s::tsquery", begins_words("anna777")
    )
    assert "people_person_by_words" in str(plan)
