"""The page of the open data and its downloads: complete, in both languages, safe against odd addresses, and only reading."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from django.http import HttpResponse
from django.test import Client

from doorleren.register.outlets.columns import COLUMNS
from doorleren.register.publishing import MEDIA_TYPES, publish
from doorleren.web.portal.published_columns import kinds, meanings
from tests.register.commands.scene import WELDING, receive

AT = datetime(2026, 5, 1, 0, 30, tzinfo=UTC)
CLIENT = Client(headers={"host": "localhost"})


def fetched(address: str, **headers: str) -> tuple[HttpResponse, bytes]:
    """What an address answers, and all that it sends."""
    reply = CLIENT.get(address, headers=headers)
    content = b"".join(reply.streaming_content) if reply.streaming else reply.content
    reply.close()
    return reply, content


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """A home of its own for each test."""
    settings.DOORLEREN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def published(home, db):
    """Two days, the second with two trainings."""
    receive(WELDING, at=AT)
    publish(home, at=AT)
    receive(replace(WELDING, code="L2", title="=Zagen"), at=AT)
    publish(home, at=AT + timedelta(days=1))


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_tells_the_days_the_terms_and_the_columns(visit, published, language):
    """In both languages: both days with three files each, the licence with its address, and every column."""
    status, page = visit(f"{language}/open-data")
    assert (status, page.faults, page.lang) == (200, [], language[1:] or "nl")
    for day in ("2026-05-02", "2026-05-01"):
        assert {f"{language}/open-data/{day}/{name}" for name in MEDIA_TYPES} <= set(page.links)
    assert "https://creativecommons.org/publicdomain/zero/1.0/" in page.links
    assert "CC0-1.0" in page.words
    assert all(one.name in page.words for one in COLUMNS)
    assert ("2 mei 2026, 02:30 uur" if not language else "2 May 2026, 02:30") in page.words.replace("\xa0", " ")


@pytest.mark.parametrize("language", ["", "/en"])
def test_without_a_day_the_page_says_when_there_will_be_one(visit, language):
    """Before the first night the page has no table of days, says so, and still tells the terms and the columns."""
    status, page = visit(f"{language}/open-data")
    assert (status, page.faults) == (200, [])
    assert ("Er is nog niets om te downloaden." if not language else "There is nothing to download yet.") in page.words
    assert not any(name in link for link in page.links for name in MEDIA_TYPES)
    assert "CC0-1.0" in page.words


def test_every_column_has_dutch_words():
    """The columns of the register and the words of the page are the same list, and so are the kinds."""
    assert list(meanings()) == [one.name for one in COLUMNS]
    assert {one.kind for one in COLUMNS} <= set(kinds())


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_a_file_comes_as_a_download_with_its_type_and_day(published, home, name):
    """Each file is streamed byte for byte, as an attachment with the day in its name; HEAD sends none of it."""
    address = f"/open-data/2026-05-02/{name}"
    reply, content = fetched(address)
    assert content == (home / "open-data/2026-05-02" / name).read_bytes()
    assert reply["Content-Type"] == MEDIA_TYPES[name]
    stem, _, ending = name.rpartition(".")
    assert reply["Content-Disposition"] == f'attachment; filename="{stem}-2026-05-02.{ending}"'
    assert reply.streaming
    assert reply["Last-Modified"]
    head = CLIENT.head(address)
    head.close()
    assert (head.status_code, b"".join(head.streaming_content)) == (200, b"")
    assert fetched(address, **{"if-modified-since": reply["Last-Modified"]})[0].status_code == 304


def test_what_is_downloaded_can_be_read(published, tmp_path):
    """Compressed on the way as well, the CSV has the guarded title, the Parquet the bare one, and the JSON the number."""
    text = gzip.decompress(fetched("/open-data/2026-05-02/trainings.csv", **{"accept-encoding": "gzip"})[1]).decode()
    assert "'=Zagen" in text
    path = tmp_path / "told.parquet"
    path.write_bytes(fetched("/open-data/2026-05-02/trainings.parquet")[1])
    assert "=Zagen" in pl.read_parquet(path)["title"].to_list()
    told = json.loads(fetched("/open-data/2026-05-02/metadata.json")[1])
    assert told["trainings"] == 2


@pytest.mark.parametrize(
    "address",
    [
        "2026-05-03/trainings.csv", "2026-05-02/other.csv", "2026-05-02/..%2f..%2fsecret-key", "2026-05-02/secret-key",
        "..%2f2026-05-02/trainings.csv", "20260502/trainings.csv", "2026-W18-6/trainings.csv", "x/metadata.json",
        "2026-05-02/", "%00/trainings.csv", "2026-05-02/trainings.csv%00",
    ],
)  # fmt: skip
def test_an_odd_address_is_not_found(published, home, address):
    """A day or file that is not there, and every way up out of the folder, is a 404 and never a file."""
    (home / "secret-key").write_text("x")
    assert CLIENT.get(f"/open-data/{address}").status_code == 404


@pytest.mark.parametrize("address", ["/open-data", "/open-data/2026-05-02/trainings.csv"])
def test_nobody_writes_and_anybody_reads(published, home, address, django_assert_num_queries):
    """Who has not signed in may read; every other method is refused, and no question is put to the database."""
    before = sorted((one, one.stat().st_mtime_ns) for one in home.rglob("*"))
    with django_assert_num_queries(0):
        assert fetched(address)[0].status_code == 200
    for method in ("post", "put", "delete", "patch"):
        assert getattr(CLIENT, method)(address).status_code == 405
    assert sorted((one, one.stat().st_mtime_ns) for one in home.rglob("*")) == before


def test_a_day_that_is_taken_away_meanwhile_is_not_found(published, home, monkeypatch):
    """Between the look and the opening a day may go: that is a 404 and no error of the site."""
    from doorleren.web.portal import published

    found = home / "open-data/2026-05-02/trainings.csv"

    def found_and_then_gone(*_given):
        answers = found if found.exists() else home / "gone"
        if len(asked) == 1:
            found.unlink()
        asked.append(1)
        return answers

    asked: list[int] = []
    monkeypatch.setattr(published, "file_of", found_and_then_gone)
    assert CLIENT.get("/open-data/2026-05-02/trainings.csv").status_code == 404
    assert len(asked) == 2


def test_the_portal_leads_to_it(visit, monkeypatch):
    """The page of trainings has a way to the open data, in its own language."""
    from doorleren.web.portal import register
    from tests.web.portal import stand_in

    monkeypatch.setattr(register, "portal", lambda: stand_in)
    for language in ("", "/en"):
        assert f"{language}/open-data" in visit(f"{language}/trainings")[1].links
