"""A pull asks public places only: looked at when the connection stands, whatever the name or a redirect said."""

import socket
from pathlib import Path
from typing import Any

import pytest

from doorleren.register.access import SITE_ITSELF
from doorleren.register.commands.pull_source import pull_source
from doorleren.register.feeds import connecting
from doorleren.register.feeds.connecting import NotFetched
from doorleren.register.feeds.visiting import Limits, Visit
from doorleren.register.models import Delivery, Source
from tests.register.commands.scene import day


class Line:
    """A connection that stands with an address, and notes whether it was closed."""

    def __init__(self, peer: str) -> None:
        """Stand."""
        self.peer, self.closed = peer, False

    def getpeername(self) -> tuple[str, int]:
        """Give the other side."""
        return self.peer, 443

    def close(self) -> None:
        """Hang up."""
        self.closed = True


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "::ffff:192.168.1.1"])
def test_a_name_that_leads_near_is_refused(scheme: str, peer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that looks public and leads to this machine or its network is refused before a word is said."""
    line = Line(peer)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: line)
    with pytest.raises(NotFetched, match="geen openbaar adres"):
        Visit(Limits(seconds=5)).ask(f"{scheme}://school.example/courses")
    assert line.closed


def test_a_public_place_is_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that stands with a public address is given as it is."""
    line = Line("93.184.216.34")
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: line)
    given: Any = connecting._connect(("school.example", 80))
    assert given is line
    assert not line.closed


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["http://127.0.0.1:9/feed", "http://localhost:9/feed", "/etc", "feeds/../.."])
def test_a_pull_from_nearby_is_reported(address: str, tmp_path: Path) -> None:
    """A source that lies on this machine, or in a folder that is not for sources, is a failed delivery with the reason."""
    source = Source.objects.create(name="near", form="csv", address=address, every_hours=1)
    pulled = pull_source(source.pk, home=tmp_path, by=SITE_ITSELF, at=day(1))
    assert pulled.failure is not None
    assert Delivery.objects.get(pk=pulled.delivery).failure == pulled.failure["nl"]
