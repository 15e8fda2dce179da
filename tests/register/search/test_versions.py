"""A version in use, a new one beside it, and what is said when there is none."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from doorleren.register.search import versions
from doorleren.register.search.asking import Query
from doorleren.register.search.building import build
from doorleren.register.search.indexed import Indexed
from doorleren.register.search.reader import IndexUnavailable, Reader
from tests.register.search.registers import TODAY, by_hand, row


def total(reader: Reader) -> int:
    """Count everything in the index in use."""
    return reader.index().search(Query(), today=TODAY).total


def state(reader: Reader) -> str:
    """Give the state in which there is no index."""
    with pytest.raises(IndexUnavailable) as none:
        reader.index()
    return none.value.state


def test_a_reader_follows_when_a_version_comes_into_use(tmp_path: Path) -> None:
    """A reader serves the old version while the new one is built and the new one after; who held the old keeps it."""
    build(tmp_path, by_hand(), today=TODAY)
    reader = Reader(tmp_path)
    held = reader.index()
    seen = []

    def watched() -> Iterator[Indexed]:
        seen.append(total(reader))
        yield row(1, "lasser")
        seen.append(total(Reader(tmp_path)))

    build(tmp_path, watched(), today=TODAY)
    assert seen == [12, 12]
    assert total(reader) == 1
    build(tmp_path, [], today=TODAY)
    assert total(reader) == 0
    assert held.search(Query("hovenier"), today=TODAY).total == 1
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2


def test_a_build_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    """When building breaks off, the old version stays in use and nothing is left behind."""
    build(tmp_path, by_hand(), today=TODAY)
    with pytest.raises(ValueError, match="key: 1 was given after 2"):
        build(tmp_path, [row(2, "b"), row(1, "a")], today=TODAY)
    assert total(Reader(tmp_path)) == 12
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1
    build(tmp_path, [], today=TODAY)


def test_one_builds_at_a_time(tmp_path: Path) -> None:
    """A second build is refused while the first runs, and the state says that it is being built."""
    reader, states = Reader(tmp_path), []

    def watched() -> Iterator[Indexed]:
        states.append(state(reader))
        with pytest.raises(versions.BuildRunning):
            build(tmp_path, [], today=TODAY)
        yield row(1, "lasser")

    assert state(reader) == "absent"
    build(tmp_path, watched(), today=TODAY)
    assert states == ["being_built"]
    assert total(reader) == 1


DAMAGE = {
    "no rows": lambda folder: (folder / "rows.arrow").unlink(),
    "half a file": lambda folder: (folder / "rows.arrow").write_bytes((folder / "rows.arrow").read_bytes()[:500]),
    "another format": lambda folder: (folder / "about.json").write_text('{"format": 0}'),
    "no words": lambda folder: (folder / "words" / "meta.json").unlink(),
    "no facets": lambda folder: (folder / "facets.json").write_text("{"),
    "all gone": lambda folder: folder.rename(folder.with_name("elsewhere")),
    "a name that leads out": lambda folder: (folder.parent / "current").write_text("../secret"),
}


@pytest.mark.parametrize("damage", DAMAGE, ids=str)
def test_a_broken_version_is_a_state_not_a_crash(tmp_path: Path, damage: str) -> None:
    """Whatever lacks or is broken, a new reader says "broken", one that has an index keeps it, and a build mends it."""
    folder = build(tmp_path, by_hand(), today=TODAY).folder
    before = Reader(tmp_path)
    before.index()
    DAMAGE[damage](folder)
    (tmp_path / "touched").write_text((tmp_path / "current").read_text())
    (tmp_path / "touched").replace(tmp_path / "current")
    assert state(Reader(tmp_path)) == "broken"
    assert total(before) == 12
    build(tmp_path, by_hand(), today=TODAY)
    assert total(Reader(tmp_path)) == total(before) == 12


def test_an_index_without_anything(tmp_path: Path) -> None:
    """An empty register answers every question with nothing, and suggests nothing."""
    build(tmp_path, [], today=date(2022, 1, 1))
    found = Reader(tmp_path).index().search(Query("lasser", sort="start"), today=TODAY)
    assert (found.total, found.hits, found.suggestions, found.after) == (0, (), (), "")
