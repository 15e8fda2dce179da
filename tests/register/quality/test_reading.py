"""A provider's offer as the checks get it from the register."""

from dataclasses import replace
from datetime import date

import pytest

from doorleren.core.days import day_of
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.commands.replace_reference import replace_reference
from doorleren.register.commands.undo_delivery import undo_delivery
from doorleren.register.models import Provider
from doorleren.register.quality import provider_is_recognised, training_is_relevant_to_work
from doorleren.register.quality.offers import Origin
from doorleren.register.quality.reading import offer_of, origins_of, provider_alone
from doorleren.register.reference.entries import Occupation, Shortage
from tests.register.commands.scene import AT, OWNER, SCHOOL, WELDING, day, receive

pytestmark = pytest.mark.django_db


def test_the_offer_is_what_is_listed_and_published_on_the_day():
    """The provider comes with its recognitions; an activity that is undone or not yet published is left out."""
    later = replace(WELDING, code="L2", published_from=date(2026, 6, 1))
    receive(WELDING, later, at=AT)
    undone = receive(replace(WELDING, code="L3"), at=day(2)).delivery
    undo_delivery(undone, by=OWNER, at=day(3))
    provider = Provider.objects.get().pk
    found = offer_of(provider, date(2026, 5, 3))
    assert (found.provider, found.entries, found.on) == (SCHOOL, (WELDING,), date(2026, 5, 3))
    assert offer_of(provider, date(2026, 6, 1)).entries == (WELDING, later)


def test_the_offer_knows_the_list_of_shortage_occupations():
    """Groups of the list are all their occupations that are known; without a list, or before it holds, nobody can tell."""
    receive(WELDING, at=AT)
    provider, check = Provider.objects.get().pk, training_is_relevant_to_work.holds
    cook, baker = replace(WELDING, occupations=("cook",)), replace(WELDING, occupations=("baker",))
    replace_reference("occupations", [Occupation("cook", "5120", "", "kok"), Occupation("baker", "7512", "", "bakker")])
    assert offer_of(provider, day_of(AT)).shortage_occupations is None
    unknown = check(offer_of(provider, day_of(AT)), cook)
    assert (unknown.holds, "Er is geen lijst" in unknown.texts["nl"]) == (None, True)
    replace_reference("shortages", [Shortage("512", "koks", day_of(AT)), Shortage("welder", "lasser", day_of(AT))])
    for offer in (offer_of(provider, day_of(AT)), provider_alone(provider, day_of(AT))):
        assert offer.shortage_occupations == {"cook", "welder"}
        assert [check(offer, one).holds for one in (cook, baker)] == [True, None]
    assert "Er is geen lijst" not in check(offer, baker).texts["nl"]
    assert offer_of(provider, date(2026, 4, 1)).shortage_occupations is None


def test_the_offer_knows_who_told_a_recognition():
    """What a delivery told has the name of its source, also after another source told it anew; a row from before has none."""
    receive(WELDING, at=AT)
    provider = Provider.objects.get()
    (recognition,) = SCHOOL.recognitions
    assert origins_of(provider) == {recognition: Origin("school")}
    receive_delivery([Received(1, None, SCHOOL)], source="edu-dex", form="edudex", by="test", at=day(4))
    found = offer_of(provider.pk, day_of(AT))
    assert found.origins == {recognition: Origin("edu-dex")}
    said = provider_is_recognised.holds(found)
    assert (said.holds, "De bron “edu-dex” gaf die door; geen ambtenaar heeft haar bekeken." in said.texts["nl"]) == (
        True,
        True,
    )
    provider.recognitions.update(delivery=None)
    assert (
        provider_is_recognised.holds(offer_of(provider.pk, day_of(AT)))
        .texts["nl"]
        .endswith("vandaag geldt, met bewijs.")
    )
