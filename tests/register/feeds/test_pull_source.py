"""Pulling a source: what is taken in, what is reported, and that a failure never empties the register."""

import csv
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from doorleren.audit.models import Act
from doorleren.register.access import SITE_ITSELF
from doorleren.register.answers import ActRefused, Forbidden
from doorleren.register.commands import pull_source as pulling
from doorleren.register.commands.pull_source import pull_source
from doorleren.register.commands.receive_delivery import Received, Refusal
from doorleren.register.entries import Entry
from doorleren.register.intake.faults import Unreadable
from doorleren.register.models import Activity, ActivityVersion, Delivery, Provider, Source
from tests.register.commands.scene import ADMINISTRATOR, AT, DECIDER, OWNER, SCHOOL, day, receive
from tests.register.feeds.server import source_on_loopback
from tests.register.feeds.test_fetching import QUICK

pytestmark = pytest.mark.django_db


def read(path: Path, form: str) -> Iterator[Received]:
    """A reader of lines "code,title"; a line without a title is refused, "bad" is no file, "bug" breaks the reader."""
    assert form == "csv"
    with path.open(newline="") as file:
        for number, (code, title) in enumerate(csv.reader(file), 1):
            if code == "bad":
                raise Unreadable("dit is geen tabel", "this is no table")
            if code == "bug":
                raise KeyError(code)
            if title:
                yield Received(number, Entry(SCHOOL.code, code, title), SCHOOL)
            else:
                yield Received(number, refusals=(Refusal(number, "title", "", "a title", "geen titel"),))


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """A source with a folder, of which at most half may be refused and two rows must be good."""
    return Source.objects.create(
        name="feed", form="csv", address=str(tmp_path), every_hours=24, most_refused_percent=50, least_rows=2
    )


def deliver(source: Source, *lines: str, number: int = 1, by=SITE_ITSELF):
    """Puts a file in the folder of the source and pulls it."""
    (Path(source.address) / "offer.csv").write_text("".join(f"{line}\n" for line in lines))
    return pull_source(source.pk, read=read, by=by, at=day(number), limits=QUICK)


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
    "no row": ([""], "ValueError", 0),
    "no such file": (["A,Nieuw", "B,Nieuw", "bad,x"], "dit is geen tabel", 0),
    "a reader that breaks": (["A,Nieuw", "B,Nieuw", "bug,x"], "KeyError", 0),
    "a value that the database refuses": (["A,Nieuw", "B," + "x" * 501], "niet te lezen", 0),
}


@pytest.mark.parametrize("how", FAILURES)
def test_a_failing_delivery_is_reported_and_changes_nothing(source, how, caplog):
    """Whatever is wrong with the file is kept as the failure of a delivery, and the register stays as it was."""
    caplog.set_level(logging.CRITICAL)
    lines, words, refused = FAILURES[how]
    deliver(source, "A,Lassen", "B,Zagen")
    before = register()
    pulled = deliver(source, *lines, number=2)
    assert words in pulled.failure["nl"]
    kept = Delivery.objects.get(pk=pulled.delivery)
    assert words in kept.failure
    assert (kept.new, kept.changed, kept.refused, kept.faults.count()) == (0, 0, refused, refused)
    assert register() == before
    assert Act.objects.last().act == "failed"
    assert deliver(source, "A,Lassen", "B,Zagen", number=3).outcome.unchanged == 2


@pytest.mark.parametrize("path", ["empty", "broken_off", "missing", "huge"])
def test_a_source_that_fails_outside_is_reported_and_changes_nothing(path):
    """A server that fails leaves a delivery with the failure, and nothing that was known goes away."""
    receive(Entry(SCHOOL.code, "A", "Lassen"), source="feed")
    before = register()
    with source_on_loopback() as address:
        source = Source.objects.get(name="feed")
        Source.objects.filter(pk=source.pk).update(address=f"{address}/{path}")
        pulled = pull_source(source.pk, read=read, by=ADMINISTRATOR, at=day(2), limits=QUICK)
    assert pulled.failure is not None
    assert Delivery.objects.get(pk=pulled.delivery).failure == pulled.failure["nl"]
    assert register() == before


def test_a_delivery_over_http_is_taken_in():
    """A file from a web server goes the same way as one from a folder."""
    with source_on_loopback() as address:
        source = Source.objects.create(name="web", form="csv", address=f"{address}/good.csv", least_rows=2)
        pulled = pull_source(source.pk, read=read, by=ADMINISTRATOR, at=AT, limits=QUICK)
    assert (pulled.failure, pulled.outcome.new) == (None, 2)
    assert Delivery.objects.get().file_name == "good.csv"


def test_what_a_delivery_does_not_name_stays(source):
    """An activity that is not in the new file is still in the register."""
    deliver(source, "A,Lassen", "B,Zagen", "C,Frezen")
    deliver(source, "A,Lassen", "B,Zagen", number=2)
    assert set(register()[0]) == {"A", "B", "C"}


def test_of_two_pulls_at_once_one_counts(source, monkeypatch):
    """If another delivery of the source came in while this one was fetched, this one is dropped."""
    fetch = pulling.fetch

    def fetch_while_another_is_faster(*given):
        found = fetch(*given)
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
            pull_source(source.pk, read=read, by=ADMINISTRATOR, at=AT)
    with pytest.raises(ActRefused, match="999999"):
        pull_source(999_999, read=read, by=ADMINISTRATOR, at=AT)
