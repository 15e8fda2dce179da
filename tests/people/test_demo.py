"""Demo people: one per role, with test numbers, and only where they are allowed."""

from pathlib import Path

import pytest

from doorleren.people.commands.enrol_demo_people import enrol_demo_people
from doorleren.people.demo import BODY, OBJECTION, PEOPLE
from doorleren.people.models import Body, Person, Role, RoleKind
from doorleren.people.national_number import checked, read_keys
from doorleren.server import environment, site
from doorleren.server.keys import kept_key
from tests.people.made import AT

BROKER = {"DOORLEREN_HOSTS": "doorleren.example"}
DATABASE = {"DATABASE_URL": "postgresql://db.example/doorleren"}


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        ({}, None),
        ({"DOORLEREN_HOSTS": "localhost,127.0.0.1"}, None),
        (BROKER, "DOORLEREN_HOSTS names more than this machine"),
        ({"DOORLEREN_HOSTS": "localhost,doorleren.example"}, "DOORLEREN_HOSTS names more than this machine"),
        (DATABASE, "DATABASE_URL names a database"),
        ({**BROKER, "DOORLEREN_DEMO": "1"}, None),
        ({**DATABASE, "DOORLEREN_DEMO": "1"}, None),
        ({"DOORLEREN_DEMO": "0"}, "DOORLEREN_DEMO=0 wants no demo"),
        ({**DATABASE, "DOORLEREN_DEMO": "yes"}, "DOORLEREN_DEMO"),
    ],
)
def test_a_demo_is_refused_off_loopback_and_on_a_named_database(given: dict[str, str], cause: str | None) -> None:
    """Without being asked for by name the demo stays away from other hosts and from databases of others."""
    refused = environment.read(given).demo_refused()
    assert refused is None if cause is None else cause in (refused or "")


@pytest.mark.django_db
def test_every_role_has_somebody() -> None:
    """Enrolling gives one person per role of the closed list, in its place, and repeating it changes nothing."""
    assert enrol_demo_people(at=AT) == len(PEOPLE)
    assert {one.role for one in PEOPLE} == set(RoleKind)
    assert enrol_demo_people(at=AT) == 0
    assert Person.objects.count() == len(PEOPLE)
    assert {one.kind for one in Role.objects.all()} == set(RoleKind.values)


@pytest.mark.django_db
def test_one_can_object_to_the_body_of_the_demo() -> None:
    """The body of the demo has an address and a page for objections, also one that was made before bodies had those."""
    Body.objects.create(code=BODY[0], name=BODY[1])
    enrol_demo_people(at=AT)
    assert Body.objects.values("address", "objection_url").get(code=BODY[0]) == OBJECTION
    Body.objects.update(address="Elders 1")
    enrol_demo_people(at=AT)
    assert Body.objects.get(code=BODY[0]).address == "Elders 1"


def test_demo_numbers_are_test_numbers() -> None:
    """The national numbers of the demo pass the 11-test and lie in the range that is never given out."""
    numbers = [one.bsn for one in PEOPLE if one.bsn]
    assert numbers
    assert all(checked(number).startswith("9999") for number in numbers)


def test_officials_of_the_demo_sign_in_with_a_second_factor() -> None:
    """The claims of an official tell a second factor and substantial assurance, those of others no second factor."""
    for one in PEOPLE:
        assert one.claims["acr"] == "substantial"
        assert ("mfa" in one.claims["amr"]) is one.official  # type: ignore[operator]


def test_the_keys_of_a_site_are_made_once(tmp_path: Path) -> None:
    """A site keeps the identity keys that it made at its first start, readable by its owner only."""
    kept = kept_key(tmp_path, "identity-keys", site.new_keys)
    assert kept_key(tmp_path, "identity-keys", site.new_keys) == kept
    assert read_keys(kept).opened(read_keys(kept).sealed("999990019")) == "999990019"
    assert (tmp_path / "identity-keys").stat().st_mode & 0o777 == 0o600
