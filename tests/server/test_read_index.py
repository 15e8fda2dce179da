"""The index of the register follows the register."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from doorleren.core.places import index_folder
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.entries import Entry, ProviderEntry
from doorleren.register.search.versions import current
from doorleren.server.read_index import IndexKeeper

pytestmark = pytest.mark.django_db


def test_the_index_is_built_when_something_changed_and_not_otherwise(tmp_path: Path, monkeypatch: Any) -> None:
    """The first look builds an index, a second leaves it, and after a delivery there is a new one."""
    monkeypatch.setenv("DOORLEREN_HOME", str(tmp_path))
    keeper = IndexKeeper()
    folder = index_folder(tmp_path, "activities")
    assert keeper.look()
    first = current(folder)
    assert not keeper.look()
    assert current(folder) == first
    entry, provider = Entry("S", "1", "Cursus"), ProviderEntry("S", "School")
    receive_delivery([Received(1, entry, provider)], source="s", form="csv", by="t", at=datetime.now(UTC))
    assert keeper.look()
    assert current(folder) != first


@pytest.mark.django_db(transaction=True)
def test_a_node_with_an_index_looks_only_when_its_web_server_answers(tmp_path: Path, monkeypatch: Any) -> None:
    """Without an index it is built before anything else; with one, the first look waits and the old index answers."""
    monkeypatch.setenv("DOORLEREN_HOME", str(tmp_path))
    folder = index_folder(tmp_path, "activities")
    with IndexKeeper():
        first = current(folder)
        assert first is not None
    looked: list[object] = []
    again = IndexKeeper()
    monkeypatch.setattr(again, "look", lambda: looked.append(1))
    with again:
        assert again._stop.wait(0.3) is False
    assert looked == []
    assert current(folder) == first
