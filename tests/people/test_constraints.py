"""What may not be is refused by the database, in a sentence that the user may read."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction

from doorleren.people.models import (
    Absence,
    Body,
    FileKey,
    Identity,
    Mandate,
    NationalNumber,
    Organisation,
    Person,
    Role,
    RoleKind,
)
from doorleren.people.national_number import keys
from tests.people.made import AT, LONG_AGO, TODAY, body, organisation, person

pytestmark = pytest.mark.django_db
TOO_EARLY = LONG_AGO - timedelta(days=2)


def number(who: Person | None = None, **given: str) -> NationalNumber:
    right = {"lookup": keys().hashed("999990019"), "sealed": keys().sealed("999990019")}
    return NationalNumber(person=who or person(), **{**right, **given})


def identity(**given: str) -> Identity:
    right = {"issuer": "https://broker.example", "subject": "a", "assurance": "low"}
    return Identity(person=person(), last_used_at=AT, **{**right, **given})


def twice(make: Any) -> Any:
    """Save one and give another just like it."""
    make().save()
    return make()


def same(model: Any, **given: Any) -> Any:
    return lambda: model(**given)


def absence(**given: Any) -> Absence:
    who, other = person(), person()
    right = {
        "body": body(),
        "person": who,
        "deputy": other,
        "starts_on": TODAY,
        "ends_on": TODAY,
        "made_by": who,
        "made_at": AT,
    }
    return Absence(**right | given | ({"deputy": who} if "deputy" in given else {}))


def mandate(**given: Any) -> Mandate:
    return Mandate(**{"person": person(), "organisation": organisation(), "starts_on": LONG_AGO, **given})


def role(kind: str, **given: Any) -> Role:
    return Role(**{"person": person(), "kind": kind, "starts_on": LONG_AGO, **given})


def file_key(**given: Any) -> FileKey:
    return FileKey(**{"about_kind": "case", "about_id": "1", "wrapped": "aa", "made_at": AT, **given})


BROKEN = {
    "people_body_code_once": lambda: twice(lambda: Body(code="x", name="X")),
    "people_body_code_written": lambda: Body(code="Niet Zo", name="X"),
    "people_body_objection_url_written": lambda: Body(code="x", name="X", objection_url="javascript:alert(1)"),
    "people_organisation_kvk_once": lambda: twice(lambda: Organisation(kvk="12345678", name="X")),
    "people_organisation_kvk_written": lambda: Organisation(kvk="1234567", name="X"),
    "people_national_number_once": lambda: twice(number),
    "people_national_number_hashed": lambda: number(lookup="999990019"),
    "people_national_number_sealed": lambda: number(sealed="999990019"),
    "people_identity_once": lambda: twice(identity),
    "people_identity_whole": lambda: identity(subject=""),
    "people_identity_assurance_known": lambda: identity(assurance="sure"),
    "people_mandate_once": lambda: twice(same(Mandate, person=person(), organisation=organisation(), starts_on=TODAY)),
    "people_mandate_days_in_order": lambda: mandate(ends_on=TOO_EARLY),
    "people_role_known": lambda: role("king"),
    "people_role_in_its_place": lambda: role("decider"),
    "people_absence_another": lambda: absence(deputy=None),
    "people_absence_days_in_order": lambda: absence(ends_on=TOO_EARLY),
    "people_absence_ended_after": lambda: absence(ended_at=AT - timedelta(days=1)),
    "people_body_letters_by": lambda: Body(code="duiven", name="Duiven", letters_by="pigeon"),
    "people_person_letters_by": lambda: Person(created_at=AT, letters_by="e_mail"),
    "people_role_team_in_body": lambda: role("participant", team="Noord"),
    "people_role_days_in_order": lambda: role("participant", ends_on=TOO_EARLY),
    "people_file_key_once": lambda: twice(file_key),
    "people_file_key_destroyed_or_whole": lambda: file_key(wrapped=""),
    "people_role_once": lambda: twice(same(Role, person=person(), kind="participant", starts_on=TODAY)),
}


def constraints() -> dict[str, models.BaseConstraint]:
    return {one.name: one for model in apps.get_app_config("people").get_models() for one in model._meta.constraints}


def test_every_constraint_is_broken_below() -> None:
    """No constraint of people goes without a test that breaks it."""
    assert set(constraints()) == set(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name: str) -> None:
    """The database refuses what breaks a constraint, and names that constraint or one that it entails."""
    wrong = BROKEN[name]()
    with pytest.raises((IntegrityError, DataError)) as refusal, transaction.atomic():
        wrong.save()
    entailed = {"people_role_known": ("people_role_known", "people_role_in_its_place")}
    assert any(one in str(refusal.value) for one in entailed.get(name, (name,)))


@pytest.mark.parametrize("name", BROKEN)
def test_the_refusal_is_a_sentence(name: str) -> None:
    """A form that checks first says the same in a Dutch sentence of its own."""
    wrong = BROKEN[name]()
    message = constraints()[name].violation_error_message
    assert message.endswith(".")
    assert "Beperking" not in message
    with pytest.raises(ValidationError) as refusal:
        wrong.validate_constraints()
    assert message in refusal.value.messages


@pytest.mark.parametrize("kind", RoleKind.values)
def test_a_role_has_one_place(kind: str) -> None:
    """Each role fits in exactly one of three places: a body, an organisation or neither; never in both."""
    places = {"none": {}, "body": {"body": body()}, "organisation": {"organisation": organisation()}}
    places["both"] = {**places["body"], **places["organisation"]}
    kept = []
    for name, place in places.items():
        try:
            with transaction.atomic():
                role(kind, **place).save()
            kept.append(name)
        except IntegrityError:
            continue
    assert len(kept) == 1
    assert kept != ["both"]


def test_nothing_tells_where_somebody_comes_from() -> None:
    """No column about people holds nationality, place or country of birth, origin, sex or religion."""
    columns = {field.name for model in apps.get_app_config("people").get_models() for field in model._meta.fields}
    words = ("nation", "birth", "origin", "country", "ethnic", "gender", "sex", "religio", "geboort", "password")
    assert [name for name in columns if any(word in name for word in words) and name != "national_number"] == []
