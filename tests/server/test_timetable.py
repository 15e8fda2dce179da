"""The timetable: what is due is done, what fails stops nothing else, and of two processes one pulls."""

import logging
import threading
from contextlib import nullcontext, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from doorleren.applications.commands.begin_document import begin_document
from doorleren.applications.commands.receive_piece import receive_piece
from doorleren.applications.evidence.queries import given_of
from doorleren.applications.models import Document
from doorleren.audit.acts import Party, record
from doorleren.register import publishing
from doorleren.register.access import SITE_ITSELF
from doorleren.register.commands import pull_source as pulling
from doorleren.register.feeds import due_now
from doorleren.register.feeds.due_now import pull_due
from doorleren.register.feeds.visiting import Limits
from doorleren.register.models import Activity, Delivery, Source
from doorleren.server import timetable
from doorleren.server.timetable import Timetable
from doorleren.web.applicant.evidence import store
from tests.applications import made as applying
from tests.applications.evidence import files
from tests.payments import rows
from tests.people import made as people

AT = datetime(2026, 5, 1, 9, tzinfo=UTC)
PATIENCE = 1.0
"""Seconds that one waits for the other; with the lock the other never comes."""


def source(folder: Path, name: str, *lines: str, **more: Any) -> Source:
    """A source with a folder of its own below the home folder, that has a file with these lines."""
    place = folder / "feeds" / name
    place.mkdir(parents=True)
    if lines:
        (place / "offer.csv").write_text("".join(f"{line}\n" for line in ("code,titel", *lines)))
    told = {"form": "csv", "address": str(place), "every_hours": 24, "provider_kvk": "12345678", "provider_name": "S"}
    return Source.objects.create(name=name, **told | more)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: Any) -> Timetable:
    """A timetable on a home of its own, at nine in the morning."""
    monkeypatch.setenv("DOORLEREN_HOME", str(tmp_path))
    monkeypatch.setattr(timetable, "now", lambda: AT)
    return Timetable()


@pytest.mark.django_db
def test_a_look_pulls_what_is_due_and_publishes_the_day(table, tmp_path):
    """What is due comes in as the site itself, what is not stays away, and the open data of the day is there."""
    source(tmp_path, "due", "A,Lassen")
    source(tmp_path, "by-hand", "B,Zagen", every_hours=None)
    table.look()
    assert list(Activity.objects.values_list("code", flat=True)) == ["A"]
    assert Delivery.objects.get().received_by == SITE_ITSELF.kind
    assert [one.day.isoformat() for one in publishing.published_days(tmp_path)] == ["2026-05-01"]
    table.look()
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_a_source_that_fails_stops_no_other(table, tmp_path, monkeypatch, caplog):
    """An empty folder, a bug of ours and a file that is none are said; the good source after them comes in."""
    caplog.set_level(logging.WARNING)
    source(tmp_path, "empty")
    broken = source(tmp_path, "bug", "X,Niets")
    source(tmp_path, "noise", "\x00" * 100)
    source(tmp_path, "good", "A,Lassen")
    pull = due_now.pull_source

    def pull_or_break(number: int, **more: Any) -> pulling.Pulled:
        if number == broken.pk:
            raise KeyError("x")
        return pull(number, **more)

    monkeypatch.setattr(due_now, "pull_source", pull_or_break)
    table.look()
    assert list(Activity.objects.values_list("code", flat=True)) == ["A"]
    failed = dict(Delivery.objects.exclude(failure="").values_list("source__name", "failure"))
    assert set(failed) == {"empty", "noise"}
    assert "geen bestand van deze vorm" in failed["empty"]
    assert f"source {broken.pk} could not be pulled" in caplog.text


@pytest.mark.django_db
def test_open_data_that_fails_does_not_stop_the_sources(table, tmp_path, monkeypatch, caplog):
    """A full disk is said, and the sources are pulled all the same; the next look tries again."""
    caplog.set_level(logging.CRITICAL)
    source(tmp_path, "good", "A,Lassen")
    publish, tried = publishing.publish, []

    def full(*_given: Any, **_more: Any) -> None:
        tried.append(1)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "publish", full)
    table.look()
    table.look()
    assert (len(tried), Activity.objects.count()) == (2, 1)
    monkeypatch.setattr(publishing, "publish", publish)
    table.look()
    assert publishing.published_days(tmp_path)[0].trainings == 1


@pytest.mark.django_db
@pytest.mark.parametrize("pulls", [True, False], ids=["as it is", "after sources that fail"])
def test_evidence_that_waits_is_scanned(pulls, table, tmp_path, monkeypatch, settings):
    """A document that waits for the scanner counts after a look, and one that nobody finished within a week is gone."""
    settings.DOORLEREN_EVIDENCE, settings.DOORLEREN_EVIDENCE_KEY = tmp_path / "evidence", b"e" * 32
    settings.DOORLEREN_SCANNER = "command:true"
    library = applying.library(tmp_path / "schemes", applying.FILE)
    nadia = people.person(name="Nadia")
    draft = applying.draft(library, applying.a_round(library), nadia)
    raw, by = files.pdf(), {"store": store(), "by": applying.signed_in(nadia)}
    whole = begin_document(draft.pk, evidence="offer", file_name="a.pdf", size=len(raw), at=AT, **by)
    receive_piece(whole.pk, raw, offset=0, at=AT, **by)
    old = begin_document(draft.pk, evidence="offer", file_name="b.pdf", size=9, at=AT - timedelta(days=8), **by)
    if not pulls:
        monkeypatch.setattr(timetable, "pull_due", lambda *_given, **_more: {}["x"])
    assert given_of(whole).standing == "waiting"
    table.look()
    standings = {one.pk: given_of(one).standing for one in Document.objects.prefetch_related("steps")}
    assert standings == {whole.pk: "uploaded", old.pk: "withdrawn"}


@pytest.mark.parametrize("silence", [timedelta(days=1), timedelta(days=60)], ids=["yesterday", "long ago"])
def test_bank_accounts_go_once_a_day(silence: timedelta, table: Timetable, db: None) -> None:
    """One that is due goes in a look; where nobody did anything for months the clock is not believed, and it stays."""
    old = rows.of_long_ago()
    with transaction.atomic():
        record("signed_in", Party("person", "0"), by=Party("person", "0"), at=AT - silence)
    table.look()
    old.refresh_from_db()
    assert old.destroyed_at == (AT if silence < timedelta(days=30) else None)


@pytest.mark.django_db
def test_a_database_that_goes_away_ends_the_look_and_not_the_timetable(table, tmp_path, monkeypatch, caplog):
    """The sources after it are not tried on a connection that is gone; the look ends with a line, and the next goes on."""
    caplog.set_level(logging.ERROR)
    source(tmp_path, "a", "A,Lassen")
    source(tmp_path, "b", "B,Zagen")
    tried: list[int] = []

    def gone(number: int, **_more: Any) -> None:
        tried.append(number)
        raise OperationalError("the connection is closed")

    with monkeypatch.context() as patched:
        patched.setattr(due_now, "pull_source", gone)
        table.look()
    assert len(tried) == 1
    assert "the sources could not be pulled: OperationalError" in caplog.text
    table.look()
    assert Activity.objects.count() == 2


@pytest.mark.django_db
def test_between_two_sources_it_can_be_stopped(tmp_path):
    """Asked to stop after the first source, the second is left for the next time."""
    source(tmp_path, "a", "A,Lassen")
    source(tmp_path, "b", "B,Zagen")
    answers = iter([False, True])
    assert len(pull_due(tmp_path, lambda: AT, limits=Limits(), stopped=lambda: next(answers)) or {}) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["as it is", "with the lock taken out"])
def test_two_processes_at_once_pull_once(tmp_path, monkeypatch, locked):
    """Two that see the same source due pull it once; with the lock taken out both fetch it and take it in twice."""
    source(tmp_path, "feed", "A,Lassen")
    both_have_seen, first_is_done = threading.Barrier(2), threading.Event()
    due, pull, fetch = due_now.due_sources, due_now.pull_source, pulling.fetch
    fetched: list[str] = []

    def due_when_both_have_seen(at: datetime) -> list[int]:
        found = due(at)
        with suppress(threading.BrokenBarrierError):  # the other is held by the lock
            if both_have_seen.wait(PATIENCE):
                first_is_done.wait(30)  # one of the two goes second
        return found

    def pull_and_tell(number: int, **more: Any) -> pulling.Pulled:
        try:
            return pull(number, **more)
        finally:
            first_is_done.set()

    def fetch_and_count(*given: Any, **more: Any) -> Any:
        fetched.append(threading.current_thread().name)
        return fetch(*given, **more)

    monkeypatch.setattr(due_now, "due_sources", due_when_both_have_seen)
    monkeypatch.setattr(due_now, "pull_source", pull_and_tell)
    monkeypatch.setattr(pulling, "fetch", fetch_and_count)
    if not locked:
        monkeypatch.setattr(due_now, "turn", lambda _work: nullcontext(True))
    came_to = at_once(lambda: pull_due(tmp_path, lambda: AT, limits=Limits()))
    if locked:
        assert (len(fetched), Delivery.objects.count()) == (1, 1)
    else:
        assert None not in came_to
        assert (len(fetched), Delivery.objects.count()) == (2, 2)


def at_once(act: Any) -> list[Any]:
    """What an act comes to in two threads, each with a connection of its own, as two processes have."""
    came_to: list[Any] = []

    def run() -> None:
        try:
            came_to.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return came_to


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["as it is", "with the lock taken out"])
def test_two_processes_at_once_publish_once(tmp_path, monkeypatch, locked):
    """One writes the day and the other leaves it; with the lock taken out both set out to write."""
    both_write, written = threading.Barrier(2), []
    write = publishing._write

    def write_together(*given: Any) -> None:
        written.append(1)
        with suppress(threading.BrokenBarrierError):
            both_write.wait(PATIENCE)
        if locked:
            write(*given)

    monkeypatch.setattr(publishing, "_write", write_together)
    if not locked:
        monkeypatch.setattr(publishing, "turn", lambda _work: nullcontext(True))

    def publish() -> str:
        try:
            return publishing.publish(tmp_path, at=AT, anew=False).day.isoformat()
        except (publishing.BeingPublished, OSError) as error:
            return type(error).__name__

    came_to = at_once(publish)
    assert len(written) == (1 if locked else 2)
    assert ("2026-05-01" in came_to) == locked


@pytest.mark.django_db(transaction=True)
def test_the_thread_looks_by_itself_until_it_is_stopped(table, tmp_path, monkeypatch):
    """Started, it pulls without being asked, goes on looking, and ends when the site does."""
    monkeypatch.setattr(timetable, "LOOK_SECONDS", 0.01)
    source(tmp_path, "feed", "A,Lassen")
    looks: list[int] = []
    look = table.look

    def look_the_third_time() -> None:
        looks.append(1)
        if len(looks) > 2:
            look()

    monkeypatch.setattr(table, "look", look_the_third_time)
    with table:
        for _ in range(500):
            if Delivery.objects.exists():
                break
            threading.Event().wait(0.02)
    table._thread.join(10)
    assert not table._thread.is_alive()
    assert Activity.objects.count() == 1
