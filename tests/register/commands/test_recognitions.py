"""A recognition that a provider states: who may judge it, in which order, and what it does to admission."""

import pytest
from django.db import Error, connection, transaction

from doorleren.core.days import day_of
from doorleren.register.access import Acting
from doorleren.register.answers import ActRefused, Forbidden
from doorleren.register.commands.admit import admit
from doorleren.register.commands.apply_for_admission import apply_for_admission
from doorleren.register.commands.confirm_recognition import confirm_recognition
from doorleren.register.commands.reject_recognition import reject_recognition
from doorleren.register.entries import Location, ProviderEntry, Recognition
from doorleren.register.models import Provider, ProviderRecognition, RecognitionAct, RecognitionStated
from doorleren.register.quality import provider_is_recognised
from doorleren.register.quality.reading import offer_of, provider_entry
from doorleren.register.queries import providers_after, state_of_the_register
from doorleren.register.recognitions import told_by, waiting
from tests.register.commands.scene import ADMINISTRATOR, ASSESSOR, AT, DECIDER, KVK, OWNER, WELDING, receive

pytestmark = pytest.mark.django_db

NEW = ProviderEntry(KVK, "Vakschool Oost", kvk=KVK)


@pytest.fixture
def stated() -> RecognitionStated:
    """A provider without any recognition that counts states one."""
    receive(WELDING, provider=NEW)
    return RecognitionStated.objects.create(
        provider=Provider.objects.get(), route="quality_mark", number="12", link="https://x.example", stated_at=AT,
        stated_by="person:1",
    )  # fmt: skip


@pytest.mark.parametrize(
    "who", [None, OWNER, ADMINISTRATOR, Acting("person", "2", frozenset({"decider"}), frozenset({KVK}))]
)
def test_who_may_not_judge_is_refused(stated, who):
    """Nobody, the provider, an administrator and an official of the same organisation change nothing."""
    for judge in (confirm_recognition, lambda key, **by: reject_recognition(key, reason="r", **by)):
        with pytest.raises(Forbidden):
            judge(stated.pk, by=who, at=AT)
    assert not RecognitionAct.objects.exists()


@pytest.mark.parametrize("who", [DECIDER, ASSESSOR])
def test_admission_waits_for_the_confirmation(stated, who):
    """A provider that only states a recognition is not admitted, and the sentence says that it stated it; confirmed it is."""
    provider = stated.provider_id
    apply_for_admission(provider=provider, by=OWNER, at=AT)
    with pytest.raises(ActRefused, match="zelf een erkenning opgegeven"):
        admit(provider=provider, by=DECIDER, at=AT)
    assert provider_is_recognised.holds(offer_of(provider, day_of(AT))).holds is False
    before = state_of_the_register()
    confirm_recognition(stated.pk, by=who, at=AT)
    assert state_of_the_register() != before
    said = provider_is_recognised.holds(offer_of(provider, day_of(AT)))
    assert (said.holds, "zelf op en een ambtenaar bevestigde haar" in said.texts["nl"]) == (True, True)
    admit(provider=provider, by=DECIDER, at=AT)


def test_the_order_of_acts(stated):
    """Confirmed twice, rejected without a reason and confirmed after a rejection are refused; a rejection ends what counted."""
    assert [one.state for one in waiting()] == ["stated"]
    confirm_recognition(stated.pk, by=DECIDER, at=AT)
    assert waiting() == []
    with pytest.raises(ActRefused, match="kan niet meer worden bevestigd"):
        confirm_recognition(stated.pk, by=DECIDER, at=AT)
    with pytest.raises(ActRefused, match="reden"):
        reject_recognition(stated.pk, reason=" ", by=DECIDER, at=AT)
    reject_recognition(stated.pk, reason="verlopen", by=DECIDER, at=AT)
    assert not ProviderRecognition.objects.exists()
    with pytest.raises(ActRefused):
        confirm_recognition(stated.pk, by=DECIDER, at=AT)
    assert [(one.state, one.reason) for one in told_by(stated.provider_id)] == [("rejected", "verlopen")]
    with pytest.raises(ActRefused, match="staat niet"):
        confirm_recognition(stated.pk + 1, by=DECIDER, at=AT)


def test_a_delivery_takes_no_confirmed_recognition_away(stated):
    """A source replaces what sources said, never what an official confirmed."""
    confirm_recognition(stated.pk, by=DECIDER, at=AT)
    receive(WELDING, provider=ProviderEntry(KVK, "Vakschool Oost", kvk=KVK, recognitions=(Recognition("ocw", "01AA"),)))
    routes = [one.route for one in provider_entry(Provider.objects.get()).recognitions]
    assert routes == ["quality_mark", "ocw"]


@pytest.mark.parametrize("table", ["providerdetails", "proofdocument", "recognitionstated", "recognitionact"])
def test_what_was_said_is_never_changed(stated, table):
    """The database refuses to change or delete what a provider said and what was done with it."""
    for statement in (f"UPDATE register_{table} SET id = id", f"DELETE FROM register_{table}"):
        with pytest.raises(Error, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_locations_come_in_with_a_delivery():
    """The locations that a source tells are read back in order, and the next that tells others replaces them."""
    one, two = Location("Loods", "Kade 2", "3511 AB", "Utrecht"), Location(place="Epe")
    receive(WELDING, provider=ProviderEntry(KVK, "Vakschool Oost", kvk=KVK, locations=(one, two)))
    assert providers_after("", 1)[0].locations == (one, two)
    receive(WELDING, provider=NEW)
    assert providers_after("", 1)[0].locations == (one, two)
    receive(WELDING, provider=ProviderEntry(KVK, "Vakschool Oost", kvk=KVK, locations=(two,)))
    assert providers_after("", 1)[0].locations == (two,)
