"""Pulling a source: what is taken in, what is reported, and that a failure never empties the register."""

import logging
from pathlib import Path

import pytest

from doorleren.audit.models import Act
from doorleren.register.access import SITE_ITSELF
from doorleren.register.answers import ActRefused, Forbidden
from doorleren.register.commands import pull_source as pulling
from doorleren.register.commands.pull_source import Pulled, pull_source
from doorleren.register.commands.receive_delivery import Received
from doorleren.register.entries import Entry
from doorleren.register.models import Activity, ActivityVersion, Delivery, Provider, Source
from tests.register.commands.scene import ADMINISTRATOR, AT, DECIDER, OWNER, SCHOOL, day, receive
from tests.register.feeds.server import source_on_loopback
from tests.register.feeds.test_fetching import QUICK

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """A source with a folder, of which at most half may be refused and two rows must be good."""
    (tmp_path / "feeds").mkdir()
    return Source.objects.create(
        name="feed", form="csv", address=str(tmp_path / "feeds"), every_hours=24, most_refused_percent=50, least_rows=2,
        provider_kvk=SCHOOL.kvk, provider_name=SCHOOL.name,
    )  # fmt: skip


def pull(source: Source, *, number: int = 1, by=SITE_ITSELF, home: Path | None = None) -> Pulled:
    """Pulls a source on a day in May; its folder lies below the home folder."""
    return pull_source(source.pk, home=home or Path(source.address).parent, by=by, at=day(number), limits=QUICK)


def deliver(source: Source, *lines: str, number: int = 1, by=SITE_ITSELF) -> Pulled:
    """Puts a file with a header in the folder of the source and pulls it."""
    written = "".join(f"{line}\n" for line in ("code,titel", *lines))
    (Path(source.address) / "offer.csv").write_text(written)
    return pull(source, number=number, by=by)


def register() -> tuple[dict[str, str], int]:
    """The titles as they stand, and how many versions there are."""
    stands = Activity.objects.filter(current__isnull=False).values_list("code", "current__title")
    return dict(stands), ActivityVersion.objects.count()


def test_a_good_delivery_is_taken_in(source):
    """Rows become activities, the delivery keeps its file and counts, and the act is recorded as the site's."""
    pulled = deliver(source, "A,Lassen", "B,Zagen", "C,")
    assert pulled.failure is None
    kept = Delivery.objects.get(pk=pulled.delivery)
    assert (kept.source, kept.file_name, kept.new, kept.refused, kept.failure) == (source, "offer.csv", 2, 1, "")
    assert (kept.received_by, kept.received_at) == ("site", AT)
    assert register() == ({"A": "Lassen", "B": "Zagen"}, 2)
    act = Act.objects.last()
    assert (act.act, act.actor_kind, act.subject_id) == ("received", "site", str(kept.pk))


FAILURES = {
    "too many refused": (["A,Nieuw", "C,", "D,"], "2 van de 3", 2),
    "too few rows": (["A,Nieuw"], "ten minste 2", 0),
    "no row": ([], "ten minste 2", 0),
    "no such file": (["\x00\x01\x02\x00" * 50], "", 0),
    "no column that is a title": (["A," + "x" * 600, "B," + "x" * 600], "de titel van een opleiding", 0),
}


@pytest.mark.parametrize("how", FAILURES)
def test_a_failing_delivery_is_reported_and_changes_nothing(source, how):
    """Whatever is wrong with the file is kept as the failure of a delivery, and the register stays as it was."""
    lines, words, refused = FAILURES[how]
    deliver(source, "A,Lassen", "B,Zagen")
    before = register()
    pulled = deliver(source, *lines, number=2)
    assert words in pulled.failure["nl"]
    kept = Delivery.objects.get(pk=pulled.delivery)
    assert kept.failure == pulled.failure["nl"] != ""
    assert (kept.new, kept.changed, kept.refused, kept.faults.count()) == (0, 0, refused, refused)
    assert register() == before
    assert Act.objects.last().act == "failed"
    assert deliver(source, "A,Lassen", "B,Zagen", number=3).outcome.unchanged == 2


def breaks_off(*_given):
    """A reader that gives a row that is good, and then breaks."""
    yield Received(1, Entry(SCHOOL.code, "A", "Nieuw"), SCHOOL)
    raise KeyError("x")


def tells_too_much(*_given):
    """A reader that gives a row that the database refuses."""
    yield Received(1, Entry(SCHOOL.code, "A", "x" * 501), SCHOOL)


@pytest.mark.parametrize(("reader", "words"), [(breaks_off, "KeyError"), (tells_too_much, "niet te lezen")])
def test_a_bug_of_ours_is_reported_and_changes_nothing(source, monkeypatch, caplog, reader, words):
    """A reader that breaks halfway takes nothing in, and leaves a delivery with a failure."""
    caplog.set_level(logging.CRITICAL)
    deliver(source, "A,Lassen", "B,Zagen")
    before = register()
    monkeypatch.setattr(pulling, "read_delivery", lambda *given: (reader(), {}))
    pulled = deliver(source, "A,Nieuw", "B,Nieuw", number=2)
    assert words in pulled.failure["nl"]
    assert register() == before


@pytest.mark.parametrize("path", ["empty", "broken_off", "missing", "huge"])
def test_a_source_that_fails_outside_is_reported_and_changes_nothing(path):
    """A server that fails leaves a delivery with the failure, and nothing that was known goes away."""
    receive(Entry(SCHOOL.code, "A", "Lassen"), source="feed")
    before = register()
    with source_on_loopback() as address:
        source = Source.objects.get(name="feed")
        Source.objects.filter(pk=source.pk).update(address=f"{address}/{path}")
        pulled = pull(source, number=2, by=ADMINISTRATOR)
    assert pulled.failure is not None
    assert Delivery.objects.get(pk=pulled.delivery).failure == pulled.failure["nl"]
    assert register() == before


def test_a_delivery_over_http_is_taken_in():
    """A file from a web server goes the same way as one from a folder."""
    with source_on_loopback() as address:
        source = Source.objects.create(
            name="web", form="csv", address=f"{address}/good.csv", provider_kvk=SCHOOL.kvk, provider_name="S"
        )
        pulled = pull(source, by=ADMINISTRATOR)
    assert (pulled.failure, pulled.outcome.new) == (None, 1)
    assert Delivery.objects.get().file_name == "good.csv"


def test_what_a_delivery_does_not_name_stays(source):
    """An activity that is not in the new file is still in the register."""
    deliver(source, "A,Lassen", "B,Zagen", "C,Frezen")
    deliver(source, "A,Lassen", "B,Zagen", number=2)
    assert set(register()[0]) == {"A", "B", "C"}


def test_of_two_pulls_at_once_one_counts(source, monkeypatch):
    """If another delivery of the source came in while this one was fetched, this one is dropped."""
    fetch = pulling.fetch

    def fetch_while_another_is_faster(*given, **more):
        found = fetch(*given, **more)
        receive(Entry(SCHOOL.code, "Z", "Eerder"), source=source.name)
        return found

    monkeypatch.setattr(pulling, "fetch", fetch_while_another_is_faster)
    with pytest.raises(ActRefused, match="intussen"):
        deliver(source, "A,Lassen", "B,Zagen")
    assert register()[0] == {"Z": "Eerder"}


@pytest.mark.parametrize("who", [OWNER, DECIDER])
def test_only_the_site_and_an_administrator_pull(source, who):
    """A provider or an official may not, and nothing is fetched or written."""
    with pytest.raises(Forbidden):
        deliver(source, "A,Lassen", "B,Zagen", by=who)
    assert not Delivery.objects.exists()
    assert not Provider.objects.exists()


def test_a_source_that_cannot_be_pulled_is_refused():
    """A source without an address, the page where people type, and an unknown number are refused by number."""
    for more in ({"form": "csv", "name": "a"}, {"form": "form", "name": "b", "address": "/x"}):
        source = Source.objects.create(**more)
        with pytest.raises(ActRefused, match=f"Bron {source.pk} "):
            pull(source, by=ADMINISTRATOR)
    with pytest.raises(ActRefused, match="999999"):
        pull_source(999_999, home=Path("nowhere"), by=ADMINISTRATOR, at=AT)


def test_the_mapping_that_was_agreed_is_used_and_kept_with_the_delivery(source):
    """With a mapping a column means what was agreed, whatever it is called; a column that is gone fails the delivery."""
    source.mapping = {"columns": {"code": "code", "kop": "title", "titel": "description"}}
    source.save()
    written = "code,titel,kop\nA,Een cursus,Lassen\nB,Nog een,Zagen\n"
    (Path(source.address) / "offer.csv").write_text(written)
    pulled = pull(source)
    assert register()[0] == {"A": "Lassen", "B": "Zagen"}
    assert Delivery.objects.get(pk=pulled.delivery).mapping["columns"]["kop"] == "title"
    (Path(source.address) / "offer.csv").write_text(written.replace("kop", "naam"))
    assert "kop" in pull(source, number=2).failure["nl"]
    assert register()[0] == {"A": "Lassen", "B": "Zagen"}


def test_a_row_without_a_provider_is_of_the_source_and_another_of_whom_it_names(source):
    """Rows that name none are of the provider of the source as the register knows it; a row that names one is of that."""
    receive(Entry(SCHOOL.code, "Z", "Eerder"))
    source.provider_name = "Zo heet zij in de bron"
    source.save()
    written = f"code,titel,kvk,opleider\nA,Lassen,,\nB,Zagen,{SCHOOL.kvk},{SCHOOL.name}\nC,Naaien,87654321,Elders\n"
    (Path(source.address) / "offer.csv").write_text(written)
    assert pull(source).failure is None
    owners = dict(Activity.objects.values_list("code", "provider__kvk"))
    assert owners == {"Z": SCHOOL.kvk, "A": SCHOOL.kvk, "B": SCHOOL.kvk, "C": "87654321"}
    known = Provider.objects.get(kvk=SCHOOL.kvk)
    assert (known.name, known.recognitions.count()) == (SCHOOL.name, len(SCHOOL.recognitions))


def test_a_source_without_a_provider_needs_one_in_its_file(source):
    """A file that names no provider, from a source that has none, is refused with that as the reason."""
    source.provider_kvk = source.provider_name = ""
    source.save()
    assert "noemt geen opleider" in deliver(source, "A,Lassen", "B,Zagen").failure["nl"]
    assert not Provider.objects.exists()
