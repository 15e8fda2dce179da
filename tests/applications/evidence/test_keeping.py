"""How documents are kept: in pieces, encrypted; what was changed, cut off, moved or exchanged does not open."""

from pathlib import Path

import pytest

from doorleren.applications.evidence import sealing
from doorleren.applications.evidence.sealing import DoesNotOpen
from doorleren.applications.evidence.storage import Store

KEY = b"s" * 32
PIECES = (b"first ", b"second " * 100, b"third")
WHOLE = b"".join(PIECES)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty folder of documents."""
    return Store(tmp_path / "evidence", KEY)


@pytest.fixture
def kept(store: Store) -> tuple[str, bytes]:
    """A whole document in three pieces: its name and its wrapped key."""
    name, held = store.begin()
    for piece in PIECES:
        store.add(name, held, piece)
    store.close(name, held)
    return name, held


def test_in_pieces_and_back(store: Store, kept: tuple[str, bytes]) -> None:
    """What came in pieces comes out whole; on the disk stands nothing of it, and nobody else may read the folder."""
    name, held = kept
    assert (store.content(name, held), store.received(name)) == (WHOLE, len(WHOLE))
    raw = (store.folder / name).read_bytes()
    assert not any(piece.strip() in raw for piece in PIECES)
    assert (store.folder / name).stat().st_mode & 0o077 == 0
    assert store.folder.stat().st_mode & 0o077 == 0
    assert KEY not in held


def test_closed_is_closed(store: Store, kept: tuple[str, bytes]) -> None:
    """To a closed document nothing is added; closing it once more does nothing."""
    name, held = kept
    with pytest.raises(DoesNotOpen, match="closed"):
        store.add(name, held, b"more")
    store.close(name, held)
    assert store.content(name, held) == WHOLE


@pytest.mark.parametrize("cut", [1, 10, 20, 30])
def test_a_write_that_broke_off(store: Store, cut: int) -> None:
    """What a crash left of a piece does not count, and the next piece takes its place."""
    name, held = store.begin()
    store.add(name, held, b"one")
    store.add(name, held, b"two")
    path = store.folder / name
    path.write_bytes(path.read_bytes()[:-cut])
    assert store.received(name) == 3
    assert store.add(name, held, b"TWO!") == 7
    store.close(name, held)
    assert store.content(name, held) == b"oneTWO!"


def test_every_changed_byte_is_noticed(store: Store) -> None:
    """A document in which any one byte of the kept file was changed does not open."""
    name, held = store.begin()
    store.add(name, held, b"ab")
    store.add(name, held, b"c")
    store.close(name, held)
    path = store.folder / name
    right = path.read_bytes()
    for place in range(len(right)):
        path.write_bytes(right[:place] + bytes([right[place] ^ 1]) + right[place + 1 :])
        with pytest.raises(DoesNotOpen):
            store.content(name, held)
    path.write_bytes(right)
    assert store.content(name, held) == b"abc"


def frames(raw: bytes) -> list[bytes]:
    """Cut a kept file into its frames."""
    found, place = [], len(sealing.MARK)
    while place < len(raw):
        size = int.from_bytes(raw[place : place + 4], "big") & 0x7FFF_FFFF
        after = place + sealing.HEAD + sealing.NONCE + size + sealing.TAG
        found.append(raw[place:after])
        place = after
    return found


@pytest.mark.parametrize("how", ["cut off", "left out", "moved", "doubled", "added to", "emptied"])
def test_frames_are_bound_to_their_places(how: str, store: Store, kept: tuple[str, bytes]) -> None:
    """Leaving out, moving, doubling or adding whole frames is noticed as a changed byte is."""
    name, held = kept
    path = store.folder / name
    one, two, three, end = frames(path.read_bytes())
    spoilt = {
        "cut off": [one, two, three], "left out": [one, three, end], "moved": [two, one, three, end],
        "doubled": [one, one, two, three, end], "added to": [one, two, three, end, three], "emptied": [],
    }[how]  # fmt: skip
    path.write_bytes(sealing.MARK + b"".join(spoilt))
    with pytest.raises(DoesNotOpen):
        store.content(name, held)


def test_a_document_opens_only_as_itself(store: Store, kept: tuple[str, bytes]) -> None:
    """Neither another document's key, nor its file, nor another site's key opens one."""
    name, held = kept
    other, others = store.begin()
    store.add(other, others, b"x")
    store.close(other, others)
    with pytest.raises(DoesNotOpen):
        store.content(name, others)
    (store.folder / other).write_bytes((store.folder / name).read_bytes())
    with pytest.raises(DoesNotOpen):
        store.content(other, others)
    with pytest.raises(DoesNotOpen, match="this site's key"):
        Store(store.folder, b"t" * 32).content(name, held)


def test_what_is_gone(store: Store, kept: tuple[str, bytes]) -> None:
    """A removed file says clearly that nothing is kept; removing it twice does nothing; a name that is no name is refused."""
    name, held = kept
    store.remove(name)
    store.remove(name)
    for act in (lambda: store.content(name, held), lambda: store.received(name), lambda: store.add(name, held, b"a")):
        with pytest.raises(DoesNotOpen, match="nothing is kept"):
            act()
    with pytest.raises(ValueError, match="not the name"):
        store.received("../person-key")


def test_the_same_piece_is_never_sealed_the_same(store: Store) -> None:
    """Two documents of the same content have nothing in common on the disk, nor has one that was sent twice."""
    raws = []
    for _ in range(2):
        name, held = store.begin()
        store.add(name, held, WHOLE)
        raws.append((store.folder / name).read_bytes()[8:])
    assert raws[0][:12] != raws[1][:12]
    assert raws[0][12:] != raws[1][12:]
