"""Rows that a constraint of the tables of registrations refuses, by the name of the constraint (../test_constraints.py)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model

from doorleren.applications.models import (
    AdviserListing,
    Application,
    Bundle,
    BundleKey,
    BundleRow,
    Completion,
    Confirmation,
    Qualification,
    RegisteredPerson,
    Registration,
)
from doorleren.core.days import day_of
from doorleren.people.models import Organisation, Person
from tests.applications.made import AT
from tests.people import made as people

HASH, SEALED = "a" * 64, "gAAAA" + "A" * 95


def adviser() -> tuple[Person, Organisation]:
    """Give an adviser and a firm."""
    return Person.objects.get(name="Nadia"), people.organisation()


def qualification(one: Application, **other: Any) -> Qualification:
    """Give a qualification that is right, but for what is said."""
    given = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "given_by_kind": "site", "given_at": AT}
    return Qualification(adviser=adviser()[0], **(given | other))


def bundle(one: Application, **other: Any) -> Bundle:
    """Give a bundle that is right, but for what is said."""
    who, firm = adviser()
    given = {"round": one.round, "adviser": who, "organisation": firm, "content": HASH, "rows": 1, "at": AT}
    return Bundle(**(given | other))


def registration(one: Application, **other: Any) -> Registration:
    """Give a registration that is right, but for what is said."""
    who, firm = adviser()
    given = {
        "application": one, "round": one.round, "adviser": who, "organisation": firm, "reference": "klant-1", "person": HASH,
        "registered_on": day_of(AT), "registered_at": AT,
    }  # fmt: skip
    return Registration(**(given | other))


def completion(one: Application, **other: Any) -> Completion:
    """Give a completion that is right, but for what is said."""
    given = {"content": HASH, "by_kind": "person", "at": AT} | other
    return Completion(registration=kept(registration(one)), **given)


def key(**other: Any) -> BundleKey:
    """Give a key that is right, but for what is said."""
    return BundleKey(**({"adviser": adviser()[0], "key": HASH, "content": HASH, "at": AT} | other))


def another(one: Application) -> Application:
    """Make another application in the same round."""
    return Application.objects.create(
        round=one.round, track="learner", key="yet-another-key-of-one", salt=HASH, applicant_kind="person",
        applicant_number=1, started_at=AT,
    )  # fmt: skip


def who(one: Application, **other: Any) -> RegisteredPerson:
    """Give a registered person that is right, but for what is said."""
    given = {
        "registration": kept(registration(one)), "lookup": HASH, "sealed": SEALED, "sealed_name": SEALED, "name_key": HASH,
        "birth_date": date(1985, 4, 1),
    }  # fmt: skip
    return RegisteredPerson(**(given | other))


def row(one: Application, **other: Any) -> BundleRow:
    """Give an answer to a row that is right, but for what is said."""
    given = {"line": 1, "reference": "klant-1", "outcome": "refused", "faults": [{"field": "name"}]}
    return BundleRow(bundle=kept(bundle(one)), **(given | other))


def listing(**other: Any) -> AdviserListing:
    """Give a place on the list of advisers that is right, but for what is said."""
    adviser_, firm = adviser()
    given = {"place": "Zwolle", "email": "a@b.nl", "phone": "038 1234567", "listed_at": AT}
    return AdviserListing(**({"adviser": adviser_, "organisation": firm} | given | other))


def kept(made: Any) -> Any:
    """Keep a row."""
    made.save()
    return made


def again(made: Model, **other: Any) -> Model:
    """Keep a row, and give one more like it."""
    made.save()
    twin = type(made)(**{field.attname: getattr(made, field.attname) for field in made._meta.concrete_fields})
    if not made._meta.pk.is_relation:
        twin.pk = None
    for name, value in other.items():
        setattr(twin, name, value)
    return twin


WRONG: dict[str, Callable[[Application], Model]] = {
    "applications_qualification_once": lambda one: again(qualification(one)),
    "applications_qualification_days": lambda one: qualification(one, ends_on=date(2025, 12, 31)),
    "applications_qualification_given_by": lambda one: qualification(one, given_by_kind=""),
    "applications_bundle_once": lambda one: again(bundle(one)),
    "applications_bundle_hashed": lambda one: bundle(one, content="klant-1;999990019"),
    "applications_bundle_size": lambda one: bundle(one, rows=10_001),
    "applications_registered_once": lambda one: again(registration(one), application=another(one), reference="klant-2"),
    "applications_reference_once": lambda one: again(registration(one), application=another(one), person="b" * 64),
    "applications_registration_hashed": lambda one: registration(one, person="999990019"),
    "applications_reference_written": lambda one: registration(one, reference="999990019"),
    "applications_registered_number_sealed": lambda one: who(one, sealed="999990019"),
    "applications_registered_name_sealed": lambda one: who(one, sealed_name="Nadia Bakker"),
    "applications_row_once": lambda one: again(row(one)),
    "applications_row_answered": lambda one: row(one, faults=[]),
    "applications_row_line": lambda one: row(one, line=0),
    "applications_completion_hashed": lambda one: completion(one, content="routekaart.pdf"),
    "applications_completion_by": lambda one: completion(one, by_kind=""),
    "applications_bundlekey_once": lambda one: again(key()),
    "applications_bundlekey_hashed": lambda one: key(key="my-own-key-of-monday"),
    "applications_listing_has_place": lambda one: listing(place=""),
    "applications_listing_can_be_reached": lambda one: listing(email="", phone=""),
    "applications_listing_email_written": lambda one: listing(email="a@b.nl\nBcc: c@b.nl"),
    "applications_listing_phone_written": lambda one: listing(phone="bel mij"),
    "applications_confirmation_word": lambda one: Confirmation(
        registration=kept(registration(one)), word="misschien", by=adviser()[0], at=AT
    ),
}
