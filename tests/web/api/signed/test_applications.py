"""One's own applications over the interface: how they stand, the place, the receipt and the terms; of nobody else."""

from typing import Any

import pytest

from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.models import Application, PartyKind, Registration
from doorleren.people.models import Identity, Mandate, Organisation, Person, RoleKind
from doorleren.rounds.models import Round
from doorleren.rounds.receipts import verify_receipt
from doorleren.web.api import applications
from doorleren.web.surroundings import now
from tests.applications.bundles import completing, made
from tests.applications.bundles.made import row
from tests.people import made as people
from tests.web.api.asked import fits, problem
from tests.web.api.signed.broker import Broker, Caller, identify
from tests.web.api.signed.test_bundles import hand_in

FIELDS = {"round_id", "scheme", "version", "round", "track", "status", "applicant", "started_at", "withdrawn_at"}


@pytest.fixture
def registered(tom: Caller, round_: Round) -> Registration:
    """A registration, which is an application of the adviser's firm."""
    hand_in(tom, round_, row(0))
    return Registration.objects.get()


def own(person: Person, round_: Round, key: str = "the-key-of-a-draft-of-a-person") -> Application:
    """A draft of a person."""
    return Application.objects.create(
        round=round_, track="advice", key=key, salt="a" * 64, applicant_kind=PartyKind.PERSON,
        applicant_number=person.pk, started_at=now(),
    )  # fmt: skip


def test_an_application_in_full(tom: Caller, registered: Registration) -> None:
    """The firm's application is submitted, with its number, a receipt that holds by itself, and once given its place."""
    told = tom.get(f"/applications/{registered.application_id}").json()
    fits(told, "ApplicationShape")
    assert (told["status"], told["applicant"], told["number"], told["place"]) == ("submitted", "90000029", 1, None)
    assert told["terms"]["opens_at"].startswith("2026-02-05")
    completing.give_place(registered)
    again = tom.get(f"/applications/{registered.application_id}").json()
    assert again["place"] == {"outcome": "inside", "reserved": "500.00", "reason": None}
    assert again["receipt"] == told["receipt"]
    held(told["receipt"])


def held(receipt: dict[str, Any]) -> None:
    """Hold a receipt against the key of this site."""
    assert verify_receipt(receipt, made.SIGNING.public_key().public_bytes_raw())


def test_the_list(tom: Caller, registered: Registration, firm: tuple[Person, Organisation], monkeypatch: Any) -> None:
    """The list has one's own and those of one's firm, the newest first, a page at a time, and nobody else's."""
    mine = own(firm[0], registered.round)
    own(people.person(name="Piet"), registered.round, "the-key-of-a-draft-of-another")
    monkeypatch.setattr(applications, "ON_A_PAGE", 1)
    first = tom.get("/applications").json()
    fits(first, "Applications")
    second = tom.get(f"/applications?after={first['after']}").json()
    assert [one["application"] for one in first["items"] + second["items"]] == [mine.pk, registered.application_id]
    assert [one["status"] for one in first["items"] + second["items"]] == ["draft", "submitted"]
    assert (second["after"], set(first["items"][0])) == (None, FIELDS | {"application"})
    problem(tom.get("/applications?after=-1"), 400)


def test_a_withdrawn_one_says_so(tom: Caller, registered: Registration, firm: tuple[Person, Organisation]) -> None:
    """After a withdrawal the status says so."""
    withdraw_application(registered.application_id, by=made.signed_in(firm[0]), at=now())
    assert tom.get(f"/applications/{registered.application_id}").json()["status"] == "withdrawn"


@pytest.mark.parametrize("kind", ["nobody in particular", "decider", "no mandate"])
def test_what_is_somebody_else_s_does_not_exist(
    kind: str, tom: Caller, registered: Registration, firm: tuple[Person, Organisation], broker: Broker
) -> None:
    """Somebody without a mandate finds nothing, officials neither: this is for who applies."""
    caller = tom
    if kind == "no mandate":
        Mandate.objects.all().update(ends_on=people.LONG_AGO)
    else:
        person = people.person(name="Piet")
        Identity.objects.create(
            person=person, issuer=broker.issuer, subject="piet", assurance="substantial", last_used_at=now()
        )
        if kind == "decider":
            people.role(person, RoleKind.DECIDER)
        caller = Caller(broker.access(sub="piet"))
    for address in (str(registered.application_id), "98765", "x", "9" * 40):
        problem(caller.get(f"/applications/{address}"), 404)
    assert caller.get("/applications").json()["items"] == []


def test_a_weak_sign_in(tom: Caller, registered: Registration, broker: Broker) -> None:
    """With a weak sign-in one is told to come back with a stronger one."""
    caller = Caller(broker.access(acr="low"))
    for address in ("/applications", f"/applications/{registered.application_id}"):
        answer = caller.get(address)
        assert (answer.status_code, answer.json()["reason"]) == (403, "assurance_too_low")


def test_identities_are_told_apart(tom: Caller, registered: Registration, broker: Broker) -> None:
    """Another name at the broker is somebody else."""
    other = people.person(name="Olga")
    identify(other, broker, "olga")
    assert Caller(broker.access(sub="olga")).get("/applications").json()["items"] == []
