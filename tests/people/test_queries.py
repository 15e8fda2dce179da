"""What an administrator sees of roles and mandates: those of the own body and of organisations, in pages by name."""

from datetime import timedelta

import pytest

from doorleren.people.models import RoleKind
from doorleren.people.queries import (
    Narrowed,
    mandates_kept,
    organisation_of,
    page_after,
    people_called,
    roles_kept_by,
)  # fmt: skip
from tests.people.made import LONG_AGO, TODAY, TOMORROW, YESTERDAY, body, mandate, organisation, person, role

pytestmark = pytest.mark.django_db


def test_roles_of_other_bodies_and_of_participants_are_not_seen() -> None:
    """Seen are the roles within one's own bodies and those within organisations, and no other."""
    own = role(person(name="A"), RoleKind.ASSESSOR)
    role(person(), RoleKind.ASSESSOR, body=body("ander"))
    role(person(), RoleKind.PARTICIPANT)
    trainer = role(person(name="B"), RoleKind.PROVIDER)
    assert list(roles_kept_by([body().pk], TODAY, Narrowed())) == [own, trainer]
    assert list(roles_kept_by([], TODAY, Narrowed())) == [trainer]
    assert list(roles_kept_by([body().pk], TODAY, Narrowed(body=body().pk))) == [own]
    assert list(roles_kept_by([body().pk], TODAY, Narrowed(body=body("ander").pk))) == []


def test_what_is_over_or_was_withdrawn_is_not_seen() -> None:
    """What ended yesterday and what was withdrawn before it began are left out, what begins tomorrow is there."""
    for starts_on, ends_on in ((LONG_AGO, YESTERDAY), (TOMORROW, TODAY), (TODAY, YESTERDAY)):
        role(person(), RoleKind.ASSESSOR, starts_on, ends_on)
        mandate(person(), None, starts_on, ends_on)
    later, last = (
        role(person(name="L"), RoleKind.ASSESSOR, TOMORROW),
        role(person(name="M"), RoleKind.DECIDER, TODAY, TODAY),
    )
    held = mandate(person(), None, TODAY, TODAY)
    assert list(roles_kept_by([body().pk], TODAY, Narrowed())) == [later, last]
    assert list(mandates_kept(TODAY, Narrowed())) == [held]
    assert list(mandates_kept(TODAY + timedelta(days=1), Narrowed())) == []


def test_they_are_narrowed() -> None:
    """By kind, by part of a name in any capitals, by the KvK number or part of the name of an organisation."""
    one = role(person(name="Fatima"), RoleKind.ASSESSOR)
    two = role(person(name="Sanne"), RoleKind.PROVIDER, organisation=organisation("12345678"))
    assert list(roles_kept_by([body().pk], TODAY, Narrowed(kind="assessor"))) == [one]
    assert list(roles_kept_by([body().pk], TODAY, Narrowed(name="sAN"))) == [two]
    assert list(roles_kept_by([body().pk], TODAY, Narrowed(organisation="12345678"))) == [two]
    assert list(roles_kept_by([body().pk], TODAY, Narrowed(organisation="bedrijf"))) == [two]
    assert list(roles_kept_by([body().pk], TODAY, Narrowed(organisation="bakker"))) == []


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_give_everything_once(size: int) -> None:
    """Going on page by page gives every role once and in order, also where people share a name."""
    for name in "BABCAB":
        role(person(name=name), RoleKind.ASSESSOR)
    every = list(roles_kept_by([body().pk], TODAY, Narrowed()))
    assert [one.person.name for one in every] == list("AABBBC")
    seen, after = [], None
    while True:
        rows, number = page_after(roles_kept_by([body().pk], TODAY, Narrowed()), after, size)
        seen += rows
        if number is None:
            break
        after = rows[-1]
        assert after.pk == number
    assert seen == every


def test_people_are_found_by_their_whole_name_or_number_only() -> None:
    """Part of a name finds nobody, a name in other capitals does, two of one name both, and a blocked person never."""
    one, two = person(name="Nadia Bakker"), person(name="nadia bakker")
    blocked = person(name="Nadia Bakker", is_active=False)
    assert people_called("  NADIA   Bakker ") == [one, two]
    assert people_called(str(two.pk)) == [two]
    assert (
        people_called("Nadia") == people_called("") == people_called(str(blocked.pk)) == people_called("9" * 30) == []
    )
    assert people_called("²") == []


def test_an_organisation_is_found_by_its_number() -> None:
    """A KvK number is found with spaces and points in it, and what is none finds nothing."""
    place = organisation("12345678")
    assert organisation_of("1234 5678") == organisation_of("12.345.678") == place
    assert organisation_of("") is organisation_of("bedrijf") is None
