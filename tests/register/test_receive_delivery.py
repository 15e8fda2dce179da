"""Receiving deliveries: what is new, changed, unchanged and refused, and that nothing said before is lost."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction
from django.db.models import F

from doorleren.register.commands import staging
from doorleren.register.commands.receive_delivery import Received, Refusal, receive_delivery
from doorleren.register.entries import Entry, PricePart, ProviderEntry, Recognition, Run
from doorleren.register.models import Activity, ActivityVersion, Delivery, Provider, RunOffered
from doorleren.register.rows import CONTENT_COLUMNS, entry_of

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
SCHOOL = ProviderEntry("12345678", "Vakschool Oost", kvk="12345678", recognitions=(Recognition("ocw", "BRIN 01AA"),))
WELDING = Entry(
    "12345678",
    "L1",
    "Lassen niveau 2",
    learning_outcomes=("een hoeklas leggen",),
    kind="course",
    delivery="on_site",
    duration_months=Decimal("2.5"),
    occupations=("a", "b"),
    prices=(PricePart("tuition", 120_000, Decimal(21)), PricePart("material", 0)),
    runs=(Run(date(2027, 1, 11), date(2027, 3, 29), "Deventer", "7411"), Run()),
)


def receive(*entries: Entry, provider: ProviderEntry = SCHOOL, **more: object):
    """Receives entries of one provider."""
    rows = [Received(row, one, provider) for row, one in enumerate(entries, 1)]
    return receive_delivery(rows, source="school", form="csv", by="test", at=AT, **more)


def counts(outcome) -> tuple[int, int, int, int]:
    """New, changed, unchanged and refused."""
    return outcome.new, outcome.changed, outcome.unchanged, outcome.refused


def kept(activity: Activity) -> Entry:
    """The entry that the current version of an activity says."""
    version = ActivityVersion.objects.filter(pk=activity.current_id).values(*CONTENT_COLUMNS).get()
    names = [one.name for one in fields(Run)]
    runs = RunOffered.objects.filter(version=activity.current_id).order_by("place_in_order").values(*names)
    return entry_of(activity.provider.code, activity.code, version, tuple(Run(**run) for run in runs))


def test_what_was_told_comes_back_as_it_was():
    """An entry with every kind of field is the same after its way through the database."""
    assert counts(receive(WELDING)) == (1, 0, 0, 0)
    assert kept(Activity.objects.get()) == WELDING


def test_only_what_differs_becomes_a_version():
    """The same delivery again changes nothing; another price is a new version, and the old one stays."""
    receive(WELDING)
    assert counts(receive(WELDING)) == (0, 0, 1, 0)
    dearer = replace(WELDING, prices=(PricePart("tuition", 130_000, Decimal(21)),))
    assert counts(receive(dearer, replace(WELDING, code="L2"))) == (1, 1, 0, 0)
    assert [one.tuition_cents for one in Activity.objects.get(code="L1").versions.order_by("id")] == [120_000, 130_000]
    assert kept(Activity.objects.get(code="L1")) == dearer


def test_an_activity_that_is_not_named_stays():
    """A delivery without an activity, or without any, takes nothing away."""
    receive(WELDING)
    assert counts(receive()) == (0, 0, 0, 0)
    assert Activity.objects.get().current_id is not None


def test_a_dry_run_tells_and_keeps_nothing():
    """A dry run counts the same and leaves no delivery, provider or activity."""
    assert counts(receive(WELDING, dry_run=True)) == (1, 0, 0, 0)
    assert not Delivery.objects.exists()
    assert not Provider.objects.exists()


def test_a_refused_row_is_kept_with_its_reason_and_stops_nothing():
    """A row that cannot be read is counted and told; the row after it is in the register."""
    refusal = Refusal(1, "price", "gratis!", "an amount", "this is no amount")
    rows = [Received(1, refusals=(refusal,)), Received(2, WELDING, SCHOOL)]
    outcome = receive_delivery(rows, source="school", form="csv", by="test", at=AT)
    assert counts(outcome) == (1, 0, 0, 1)
    assert Delivery.objects.get().faults.get().given == "gratis!"


def test_the_same_code_twice_is_refused_with_the_row_before():
    """A second row with the code of the first is refused, and the first counts."""
    outcome = receive(WELDING, replace(WELDING, title="Iets anders"))
    assert counts(outcome) == (1, 0, 0, 1)
    assert "rij 1" in outcome.refusals[0].text
    assert "row 1" in outcome.refusals[0].english["text"]
    assert kept(Activity.objects.get()) == WELDING


def test_a_number_written_otherwise_is_no_change():
    """A duration of 2.5, 2.50 or 2.500000 months and a rate of 21 or 21.00 percent are the same; 2.51 is not."""
    receive(WELDING)
    for months, vat in (("2.50", "21.00"), ("2.500000", "21.0")):
        prices = (PricePart("tuition", 120_000, Decimal(vat)), WELDING.prices[1])
        assert counts(receive(replace(WELDING, duration_months=Decimal(months), prices=prices))) == (0, 0, 1, 0)
    assert counts(receive(replace(WELDING, duration_months=Decimal("2.51")))) == (0, 1, 0, 0)


def test_what_a_delivery_does_not_tell_of_a_provider_stays():
    """A delivery that names a provider by its code alone takes nothing from it; what it does tell is changed."""
    whole = replace(SCHOOL, website="https://oost.example", street="Kade 1", email="info@oost.example")
    receive(WELDING, provider=whole)
    receive(WELDING, provider=ProviderEntry(SCHOOL.code, SCHOOL.code))
    receive(WELDING, provider=replace(whole, street="Kade 2", recognitions=SCHOOL.recognitions))
    stands = Provider.objects.get()
    told = (stands.name, stands.kvk, stands.website, stands.street, stands.email)
    assert told == (whole.name, whole.kvk, whole.website, "Kade 2", whole.email)
    assert stands.recognitions.count() == 1


def test_a_kvk_number_is_one_provider():
    """Another code with the same KvK number is the provider that is known already."""
    receive(WELDING)
    other = replace(SCHOOL, code="school-oost")
    assert counts(receive(WELDING, provider=other)) == (0, 0, 1, 0)
    assert Provider.objects.get().code == "12345678"


@pytest.mark.parametrize("table", ["register_activityversion", "register_runoffered"])
def test_a_version_is_never_changed_or_deleted(table):
    """The database refuses to update or delete a version or its runs."""
    receive(WELDING)
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(Error, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_provider_alone_is_kept_and_a_name_that_is_a_code_says_nothing():
    """A row about a provider alone brings its recognitions; a delivery that names it by its code leaves its name."""
    receive(WELDING)
    nameless = replace(SCHOOL, name=SCHOOL.code, website="https://oost.example", recognitions=(Recognition("nlqf"),))
    outcome = receive_delivery([Received(1, None, nameless)], source="school", form="csv", by="test", at=AT)
    assert counts(outcome) == (0, 0, 0, 0)
    provider = Provider.objects.get()
    assert (provider.name, provider.website) == (SCHOOL.name, nameless.website)
    assert [one.route for one in provider.recognitions.all()] == ["nlqf"]


def test_a_long_delivery_is_put_down_in_pieces(monkeypatch):
    """However few rows and providers are held at once, runs stay with their row and the last word on a provider counts."""
    monkeypatch.setattr(staging, "AT_ONCE", 2)
    monkeypatch.setattr(staging, "MOST_PROVIDERS", 1)
    other = ProviderEntry("p2", "Leerhuis West", recognitions=(Recognition("nlqf"),))
    renamed = replace(SCHOOL, name="Vakschool Oost en West", recognitions=(Recognition("sector"), Recognition("nlqf")))
    told = [
        (SCHOOL, "L1"),
        (other, "W1"),
        (renamed, "L2"),
        (other, "W2"),
        (renamed, "L3"),
        (renamed, "L3"),
        (renamed, "L4"),
    ]
    rows = [
        Received(row, replace(WELDING, provider=owner.code, code=code), owner)
        for row, (owner, code) in enumerate(told, 1)
    ]
    assert counts(receive_delivery(rows, source="school", form="csv", by="test", at=AT)) == (6, 0, 0, 1)
    assert {one.code: one.name for one in Provider.objects.all()} == {SCHOOL.code: renamed.name, "p2": other.name}
    assert {one.route for one in Provider.objects.get(code=SCHOOL.code).recognitions.all()} == {"sector", "nlqf"}
    assert [kept(one).runs for one in Activity.objects.order_by("id")] == [WELDING.runs] * 6
    assert [one.code for one in Activity.objects.order_by("id")] == ["L1", "W1", "L2", "W2", "L3", "L4"]


def test_new_and_changed_and_unchanged_together():
    """One delivery with each kind counts each, and every activity points to the version that it says."""
    receive(WELDING, replace(WELDING, code="L2"), replace(WELDING, code="L3"))
    changed = replace(WELDING, code="L2", title="Lassen niveau 3")
    assert counts(receive(WELDING, changed, replace(WELDING, code="L4"))) == (1, 1, 1, 0)
    titles = {one.code: kept(one).title for one in Activity.objects.all()}
    assert titles == {"L1": WELDING.title, "L2": changed.title, "L3": WELDING.title, "L4": WELDING.title}
    assert not Activity.objects.exclude(current__activity_id=F("id")).exists()
