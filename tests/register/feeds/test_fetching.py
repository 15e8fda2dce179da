"""Fetching a file from a source: over HTTP from a server that behaves badly, and from a folder."""

import os
import time
from collections.abc import Iterator
from datetime import date
from email.message import Message
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from urllib.request import Request

import pytest

from doorleren.register.feeds import fetching
from doorleren.register.feeds.connecting import NotFetched, _StaysOnTheWeb
from doorleren.register.feeds.fetching import Fetched
from doorleren.register.feeds.visiting import Limits
from tests.register.feeds.server import BODY, source_on_loopback

QUICK = Limits(seconds=0.6, silent_seconds=0.4, size=10_000, nearby=True)
ON = date(2026, 5, 1)


def fetch(address: str, form: str, into: Path, limits: Limits | None = None, authorization: str = "") -> Fetched:
    """Fetches on a day."""
    return fetching.fetch(address, form, into, limits, today=ON, authorization=authorization)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a source."""
    with source_on_loopback() as found:
        yield found


@pytest.mark.parametrize("path", ["good.csv", "chunked", "elsewhere"])
def test_a_file_comes_in_whole(address, path, tmp_path):
    """A file with a length, one in chunks and one behind a redirect come in as they are."""
    found = fetch(f"{address}/{path}", "csv", tmp_path, QUICK)
    assert found.path.read_bytes() == BODY
    assert found.path.suffix == ".csv"
    assert found.name == path


BAD = {
    "missing": "status 404",
    "failing": "status 500",
    "accepted": "status 202",
    "empty": "leeg",
    "broken_off": "23 van 46 bytes",
    "broken_chunks": "IncompleteRead",
    "huge": "groter dan 10000",
    "huge_chunks": "groter dan 10000",
    "silent": "duurde langer",
    "dripping": "duurde langer",
    "to_file": "stuurt door naar file",
    "to_ftp": "stuurt door naar ftp",
    "around": "status 302",
    "nonsense": "geen bestand",
}


@pytest.mark.parametrize("path", BAD)
def test_a_source_that_behaves_badly_is_refused(address, path, tmp_path):
    """Each way to fail ends soon, with a sentence of its own in two languages."""
    began = time.monotonic()
    with pytest.raises(NotFetched, match=BAD[path]) as refused:
        fetch(f"{address}/{path}", "csv", tmp_path, QUICK)
    assert time.monotonic() - began < 1.4
    assert refused.value.texts["en"] != refused.value.texts["nl"]


@pytest.mark.parametrize("given", ["file:///etc/hostname", "ftp://127.0.0.1/x", "data://x", "HTTPX://127.0.0.1"])
def test_other_schemes_are_refused(given, tmp_path):
    """Only http and https are fetched; the sentence names what was given."""
    with pytest.raises(NotFetched, match=given.split(":")[0].lower()):
        fetch(given, "csv", tmp_path)


@pytest.mark.parametrize(
    "given", ["http://127.0.0.1:1/x.csv", "http://", "http://[", "http://127.0.0.1/a b", "http://x:y@/"]
)
def test_an_address_that_leads_nowhere_is_refused(given, tmp_path):
    """Nobody there, no host and a broken address are all a sentence."""
    with pytest.raises(NotFetched, match="geen bestand"):
        fetch(given, "csv", tmp_path, QUICK)


def put(folder: Path, name: str, text: str, second: int) -> None:
    """Writes a file as of a second."""
    (folder / name).write_text(text)
    os.utime(folder / name, (second, second))


def test_the_newest_file_of_a_folder_counts(tmp_path):
    """Of the files of the form the newest is taken; others, folders and unfinished ones are not looked at."""
    put(tmp_path, "b.csv", "old", 100)
    put(tmp_path, "a.CSV", "new", 200)
    put(tmp_path, "c.json", "other", 300)
    put(tmp_path, ".d.csv", "unfinished", 400)
    put(tmp_path, "e.csv.part", "unfinished", 400)
    (tmp_path / "f.csv").mkdir()
    assert fetch(str(tmp_path), "csv", tmp_path).name == "a.CSV"
    assert fetch(str(tmp_path), "ooapi", tmp_path).name == "c.json"


@pytest.mark.parametrize(("text", "words"), [("", "leeg"), ("x" * 10_001, "groter dan 10000"), (None, "geen bestand")])
def test_a_folder_without_a_usable_file_is_refused(tmp_path, text, words):
    """An empty file, one that is too large and none at all are each a sentence."""
    if text is not None:
        put(tmp_path, "a.csv", text, 100)
    with pytest.raises(NotFetched, match=words):
        fetch(str(tmp_path), "csv", tmp_path, QUICK)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    """A folder that does not exist is a sentence, not a crash."""
    with pytest.raises(NotFetched, match="niet te lezen"):
        fetch(str(tmp_path / "gone"), "csv", tmp_path)


@pytest.mark.parametrize(("start", "to", "followed"), [("https", "http", False), ("https", "https", True)])
def test_a_redirect_never_leaves_what_is_secure(start, to, followed):
    """From https a redirect to http is refused and its answer closed; one to https is followed."""
    asked, answer, headers = Request(f"{start}://127.0.0.1/a"), BytesIO(), Message()
    headers["location"] = f"{to}://127.0.0.1/b"
    redirects = _StaysOnTheWeb()
    redirects.parent = SimpleNamespace(open=lambda request, timeout: request.full_url)
    asked.timeout = 1
    if followed:
        assert redirects.http_error_302(asked, answer, 302, "", headers) == f"{to}://127.0.0.1/b"
    else:
        with pytest.raises(NotFetched, match="van https alleen https"):
            redirects.http_error_302(asked, answer, 302, "", headers)
        assert answer.closed
