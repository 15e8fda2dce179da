"""Which addresses a source may have: public ones and folders of its own, however a near one is written."""

import socket
from pathlib import Path
from typing import Any

import pytest

from doorleren.register.feeds.allowed import FOLDER, address_refused, host_refused


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a folder for feeds, and one beside it."""
    (tmp_path / FOLDER / "school").mkdir(parents=True)
    (tmp_path / "uploads").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "address",
    [
        "https://school.example/aanbod.csv",
        "http://93.184.216.34/x",
        "https://school.example:8443/",
        "https://[2606:2800:220:1::1]/",
    ],
)
def test_public_addresses_are_allowed(home: Path, address: str) -> None:
    """A name or number on the internet, with or without a port, is allowed."""
    assert address_refused(address, home=home) is None


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/x", "http://LOCALHOST./x", "http://127.0.0.1:8000/", "http://127.1/", "http://2130706433/",
        "http://0x7f000001/", "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/",
        "http://169.254.169.254/latest/meta-data", "http://[fe80::1%25eth0]/", "http://10.0.0.8/", "http://192.168.1.1/",
        "http://172.16.0.1/", "http://100.64.0.1/", "http://224.0.0.1/", "http://intranet/", "http://db.internal/",
        "http://printer.local/", "http://api.localhost/", "http://metadata.internal./",
    ],
)  # fmt: skip
def test_near_addresses_are_refused(home: Path, address: str) -> None:
    """This machine, its neighbours and its provider's metadata are refused however they are written, and let through nearby."""
    refused = address_refused(address, home=home)
    assert refused is not None
    assert "openbaar adres" in refused["nl"] or "niet te lezen" in refused["nl"]
    if "%" not in address:
        assert address_refused(address, home=home, nearby=True) is None


@pytest.mark.parametrize(
    "address",
    [
        "ftp://school.example/x", "file:///etc/passwd", "gopher://x.example/", "https://", "https:///x", "https://[::1",
        "https://school.example:99999/", "https://user:word@school.example/", "https://user@school.example/", "://x",
    ],
)  # fmt: skip
def test_other_ways_are_refused_also_in_the_demo(home: Path, address: str) -> None:
    """Only http and https, with a host, a port that exists and no password, whatever else is allowed."""
    for nearby in (False, True):
        assert address_refused(address, home=home, nearby=nearby) is not None


def test_only_folders_below_the_one_for_feeds_are_read(home: Path) -> None:
    """Its folder and what lies below are allowed; beside it, above it, relative, or through a link out of it is not."""
    feeds = home / FOLDER
    (feeds / "out").symlink_to(home / "uploads")
    (feeds / "in").symlink_to(feeds / "school")
    for allowed in (feeds, feeds / "school", feeds / "not-yet", feeds / "in"):
        assert address_refused(str(allowed), home=home) is None
    for other in (home, home / "uploads", feeds / ".." / "uploads", feeds / "out", Path("/etc"), Path("feeds/school")):
        assert address_refused(str(other), home=home) is not None, other
    assert address_refused("", home=home) is not None
    assert address_refused(f"{feeds}\x00", home=home) is not None
    assert address_refused(f"{home}/{FOLDER}-too", home=home) is not None


@pytest.mark.parametrize(
    ("leads_to", "allowed"),
    [
        (["93.184.216.34"], True),
        (["93.184.216.34", "127.0.0.1"], False),
        (["10.1.2.3"], False),
        (["::ffff:10.1.2.3"], False),
        (["fe80::1%eth0"], False),
        (["2606:2800:220:1::1"], True),
    ],
    ids=str,
)
def test_a_name_is_judged_by_where_it_leads(monkeypatch: Any, leads_to: list[str], allowed: bool) -> None:
    """One address that is not public is enough to refuse a public-looking name."""
    found = [(0, 0, 0, "", (one, 0)) for one in leads_to]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: found)
    assert (host_refused("school.example") is None) is allowed
    assert host_refused("school.example", nearby=True) is None


def test_a_name_that_leads_nowhere_fails_when_it_is_asked(monkeypatch: Any) -> None:
    """That is not refused here, for asking it has a sentence of its own."""

    def nowhere(*_: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert host_refused("nergens.example") is None
    assert host_refused("localhost") is not None
