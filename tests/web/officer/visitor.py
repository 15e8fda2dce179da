"""An official who is signed in, without a browser, and the school that the tests of these pages decide on."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from doorleren.people.models import Assurance, Person, RoleKind
from doorleren.register.access import Acting
from doorleren.register.commands.admit import admit
from doorleren.register.commands.apply_for_admission import apply_for_admission
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Recognition
from doorleren.register.models import Activity, Provider
from tests.people import made
from tests.web.markup import Markup

BACKEND = "doorleren.people.backend.SignInBackend"
KVK = "12345678"
SCHOOL = ProviderEntry(KVK, "Vakschool Oost", kvk=KVK, recognitions=(Recognition("ocw", "BRIN 01AA"),))
WELDING = Entry(KVK, "L1", "Lassen niveau 2", guidance=False, prices=(PricePart("tuition", 100_000),))
OWNER = Acting("person", "1", frozenset({"provider"}), frozenset({KVK}))
DECIDER = Acting("person", "2", frozenset({"decider"}))


def moment(days_ago: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days_ago)


class Visitor:
    """Somebody with a session; `status` and `place` are those of the last answer."""

    def __init__(
        self,
        person: Person | None,
        assurance: Assurance = Assurance.SUBSTANTIAL,
        second_factor: bool = True,
        minutes_ago: int = 0,
    ) -> None:
        self.client = Client(headers={"host": "localhost"})
        self.status, self.place = 0, ""
        if person is not None:
            self.client.force_login(person, backend=BACKEND)
            self.prove(assurance, second_factor, minutes_ago)

    def prove(
        self, assurance: Assurance = Assurance.SUBSTANTIAL, second_factor: bool = True, minutes_ago: int = 0
    ) -> None:
        """Say anew how and when it was proven who this is."""
        session = self.client.session
        proven_at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
        session["proof"] = {
            "assurance": assurance.value, "second_factor": second_factor, "proven_at": proven_at.isoformat(),
        }  # fmt: skip
        session.save()

    def open(self, address: str) -> Markup:
        return self._answer(self.client.get(address))

    def send(self, address: str, **fields: Any) -> Markup:
        return self._answer(self.client.post(address, fields))

    def _answer(self, reply: Any) -> Markup:
        self.status, self.place = reply.status_code, reply.get("Location", "")
        page = Markup(reply.content.decode())
        assert page.faults == []
        return page


def official(kind: RoleKind, name: str = "Joost") -> Person:
    person = made.person(name=name)
    made.role(person, kind)
    return person


def listed(*more: Entry) -> tuple[Provider, Activity]:
    """The school with an activity in the register since three days, nothing applied for."""
    rows = [Received(row, one, SCHOOL) for row, one in enumerate((WELDING, *more), 1)]
    receive_delivery(rows, source="school", form="csv", by="test", at=moment(3))
    return Provider.objects.get(code=KVK), Activity.objects.get(code="L1")


def applied(*more: Entry) -> tuple[Provider, Activity]:
    """The same, the school admitted and its activity applied for the day before yesterday."""
    school, welding = listed(*more)
    apply_for_admission(provider=school.pk, by=OWNER, at=moment(2))
    admit(provider=school.pk, by=DECIDER, at=moment(2))
    apply_for_admission(activity=welding.pk, by=OWNER, at=moment(2))
    return school, welding
