"""The people, the school and the days that the tests of commands share."""

from datetime import UTC, datetime, timedelta

from doorleren.register.access import Acting
from doorleren.register.commands.admit import admit
from doorleren.register.commands.apply_for_admission import apply_for_admission
from doorleren.register.commands.receive_delivery import Outcome, Received, receive_delivery
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Recognition
from doorleren.register.models import Activity, Provider

AT = datetime(2026, 5, 1, 9, tzinfo=UTC)
KVK = "12345678"
SCHOOL = ProviderEntry(KVK, "Vakschool Oost", kvk=KVK, recognitions=(Recognition("ocw", "BRIN 01AA"),))
WELDING = Entry(KVK, "L1", "Lassen niveau 2", prices=(PricePart("tuition", 100_000),))

OWNER = Acting("person", "1", frozenset({"provider"}), frozenset({KVK}))
DECIDER = Acting("person", "2", frozenset({"decider"}))
ASSESSOR = Acting("person", "3", frozenset({"assessor"}))
ADMINISTRATOR = Acting("person", "4", frozenset({"administrator"}))


def day(number: int) -> datetime:
    """Nine o'clock on a day in May 2026."""
    return AT + timedelta(days=number - 1)


def receive(*entries: Entry, provider: ProviderEntry = SCHOOL, at: datetime = AT, source: str = "school") -> Outcome:
    """Receives entries of one provider."""
    rows = [Received(row, one, provider) for row, one in enumerate(entries, 1)]
    return receive_delivery(rows, source=source, form="csv", by="test", at=at)


def listed() -> tuple[Provider, Activity]:
    """A school with one activity in the register, nothing decided."""
    receive(WELDING)
    return Provider.objects.get(), Activity.objects.get()


def admitted_provider() -> tuple[Provider, Activity]:
    """The same, with the school admitted on 1 May."""
    provider, activity = listed()
    apply_for_admission(provider=provider.pk, by=OWNER, at=AT)
    admit(provider=provider.pk, by=DECIDER, at=AT)
    return provider, activity
