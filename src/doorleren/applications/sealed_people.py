"""Writing a person whom somebody else named as it is kept: sealed, with what finds it. The keys are passed in."""

from datetime import date
from typing import Any

from doorleren.applications.bundles.names import telling
from doorleren.applications.content import person_hash
from doorleren.people.national_number import Keys


def sealed_person(name: str, born: date, number: str, lookup: str, keys: Keys, person_key: bytes) -> dict[str, Any]:
    """Give the columns of models.sealed.SealedPerson, in their order; `number` and `lookup` are empty where none was given."""
    return {
        "lookup": lookup,
        "sealed": keys.sealed(number) if number else "",
        "sealed_name": keys.sealed(name),
        "name_key": person_hash(f"name:{telling(name)}", person_key),
        "birth_date": born,
    }
