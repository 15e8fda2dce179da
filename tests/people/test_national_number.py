"""The national number: checked, hashed with a key, sealed, and never stored as it is."""

import base64
import re
import zlib
from dataclasses import replace

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from doorleren.people.commands.sign_in import sign_in
from doorleren.people.models import NationalNumber, Person
from doorleren.people.national_number import NoKeys, NotANationalNumber, checked, keys, new_keys, read_keys
from tests.people.made import AT
from tests.people.test_sign_in import CLAIMS

NUMBER = "999990019"


@pytest.mark.parametrize("text", ["999990019", "9999.90.019", " 999990019 "])
def test_a_number_that_passes_the_test(text: str) -> None:
    """Nine digits that pass the 11-test are taken, with points and spaces or without."""
    assert checked(text) == NUMBER


def test_eight_digits_are_nine() -> None:
    """An old number of eight digits gets its zero back."""
    assert checked("11222335") == "011222335"


@pytest.mark.parametrize(
    "text", ["", "999990018", "000000000", "12345", "1004", "1234567890", "99999001x", "٩٩٩٩٩٠٠١٩"]
)
def test_a_number_that_fails(text: str) -> None:
    """Anything else is refused, without being repeated."""
    with pytest.raises(NotANationalNumber, match="11-test") as refusal:
        checked(text)
    assert not text or text not in str(refusal.value)


def test_another_key_gives_another_hash() -> None:
    """Who has the database but not the key cannot find a number by trying them all."""
    assert keys().hashed(NUMBER) == keys().hashed(NUMBER)
    assert keys().hashed(NUMBER) != read_keys(new_keys()).hashed(NUMBER)


def test_sealing_differs_each_time_and_opens_again() -> None:
    """Two sealed texts of one number have nothing in common, and both open."""
    one, two = keys().sealed(NUMBER), keys().sealed(NUMBER)
    assert one != two
    assert NUMBER not in one
    assert {keys().opened(one), keys().opened(two)} == {NUMBER}


def test_a_new_key_in_front_opens_old_rows_and_seals_anew() -> None:
    """Keys are renewed without losing a number: old rows open, and once resealed the old key can go."""
    old = new_keys()
    lookup, seal = old.split()
    fresh = f"seal:{Fernet.generate_key().decode()}"
    sealed = read_keys(old).sealed(NUMBER)
    both = read_keys(f"{lookup},{fresh},{seal}")
    assert both.opened(sealed) == NUMBER
    assert read_keys(f"{lookup} {fresh}").opened(both.resealed(sealed)) == NUMBER
    assert both.hashed(NUMBER) == read_keys(old).hashed(NUMBER)
    with pytest.raises(NoKeys, match="none of the keys"):
        read_keys(f"{lookup} {fresh}").opened(sealed)


@pytest.mark.parametrize("text", ["", "seal:x", "lookup:eA== seal:eA==", new_keys() + " other:1", "lookup:a"])
def test_keys_that_cannot_be_read(settings, text: str) -> None:
    """Lacking or broken keys are told with the name of the variable, and no key is repeated."""
    settings.DOORLEREN_IDENTITY_KEYS = text
    with pytest.raises(NoKeys, match="DOORLEREN_IDENTITY_KEYS") as refusal:
        keys()
    assert not re.search(r"seal:\w{10}", str(refusal.value))


def test_keys_do_not_show_themselves() -> None:
    """Printing the keys, as a log of a fault may do, shows none of them."""
    assert repr(keys()) == "Keys()"


@pytest.mark.django_db
def test_the_plain_number_stands_nowhere_in_the_database() -> None:
    """After a sign-in no column of any table holds the number, also not in the sealed or packed texts as they stand."""
    sign_in(replace(CLAIMS, bsn=NUMBER), at=AT)
    kept = NationalNumber.objects.get()
    assert keys().opened(kept.sealed) == NUMBER
    assert everything("people_nationalnumber", "sealed") == [kept.sealed]
    assert [place for place, text in all_texts() if holds(text, NUMBER)] == []


@pytest.mark.django_db
def test_the_search_through_the_database_finds_a_plain_number() -> None:
    """The search of the test above can find: a number in a name, and one packed in base64."""
    Person.objects.create(name=f"Nadia {NUMBER}", created_at=AT)
    assert [place for place, text in all_texts() if holds(text, NUMBER)] == ["people_person.name"]
    assert holds(base64.b64encode(f"bsn {NUMBER}".encode()).decode(), NUMBER)


def everything(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}"::text FROM "{table}"')
        return [text for (text,) in cursor.fetchall() if text]


def all_texts() -> list[tuple[str, str]]:
    """Every value of every column of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables"
            " USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        columns = cursor.fetchall()
    assert ("people_nationalnumber", "sealed") in columns
    return [(f"{table}.{column}", text) for table, column in columns for text in everything(table, column)]


def holds(text: str, number: str) -> bool:
    """Whether a text holds the number, as it stands or packed the way sessions and tokens are."""
    readings = [text]
    for part in re.split(r"[:.\s\"]", text):
        padded = part.strip("=") + "=" * (-len(part.strip("=")) % 4)
        try:
            raw = base64.urlsafe_b64decode(padded.replace("+", "-").replace("/", "_"))
        except ValueError:
            continue
        readings.append(raw.decode("latin-1"))
        try:
            readings.append(zlib.decompress(raw).decode("latin-1"))
        except zlib.error:
            continue
    return any(number in reading for reading in readings)
