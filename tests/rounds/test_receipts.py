"""A receipt proves by itself that a ticket came in: each of its parts counts, and the key of the site decides."""

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as some

from doorleren.rounds.receipts import BadReceipt, Entered, sign_batch, verify_receipt, write_receipts
from doorleren.rounds.trees import leaf_hash, levels, root_of

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def receipts(size: int) -> list[dict[str, Any]]:
    """Sign a batch and write the receipts of its tickets, as they come back from JSON."""
    entered = [
        Entered(7, number, f"key-{number:016d}", f"{number:064x}", 100 + number, "") for number in range(1, size + 1)
    ]
    signed, tree = sign_batch(entered, 3, "2026-03-01T09:00:00+00:00", KEY)
    return [json.loads(one) for one in write_receipts(entered, tree, signed, PUBLIC)]


FIVE = receipts(5)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 8, 13, 64])
def test_every_ticket_of_a_batch_has_its_proof(size: int) -> None:
    """In a batch of any size each receipt verifies with the key of the site and gives back its ticket."""
    assert [verify_receipt(one, PUBLIC).number for one in receipts(size)] == list(range(1, size + 1))


@pytest.mark.parametrize("name", sorted(set(FIVE[2]) - {"path", "public_key"}))
def test_each_part_counts(name: str) -> None:
    """A receipt with any one part changed, or of another kind, does not hold."""
    value = FIVE[2][name]
    other = value + 1 if isinstance(value, int) else ("0" if value[:1] != "0" else "1") + value[1:]
    for wrong in (other, None, [value]):
        with pytest.raises(BadReceipt):
            verify_receipt(FIVE[2] | {name: wrong}, PUBLIC)


def test_the_path_counts() -> None:
    """A path that is shorter, longer, turned or changed does not lead to the root."""
    path = FIVE[2]["path"]
    for wrong in (path[:-1], [*path, path[0]], path[::-1], ["00" * 32, *path[1:]], ["zz"], "path"):
        with pytest.raises(BadReceipt):
            verify_receipt(FIVE[2] | {"path": wrong}, PUBLIC)


def test_another_key() -> None:
    """A receipt that names a key of its own does not hold against the key of the site."""
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    named = other.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    with pytest.raises(BadReceipt, match="public_key"):
        verify_receipt(FIVE[2] | {"public_key": named.hex()}, PUBLIC)
    with pytest.raises(BadReceipt, match="signature"):
        verify_receipt(FIVE[2] | {"public_key": named.hex()})


def test_a_receipt_of_another_ticket() -> None:
    """The proof of one ticket does not carry another."""
    mixed = copy.deepcopy(FIVE[2])
    mixed["number"] = FIVE[3]["number"]
    with pytest.raises(BadReceipt, match="root"):
        verify_receipt(mixed, PUBLIC)


@given(some.integers(1, 40), some.data())
def test_only_a_leaf_at_its_own_place_leads_to_the_root(size: int, data: some.DataObject) -> None:
    """In a tree of any size a path leads to the root from its own leaf at its own place only."""
    place, other = data.draw(some.integers(0, size - 1)), data.draw(some.integers(-1, size))
    told = receipts(size)[place]
    leaf = verify_receipt(told, PUBLIC).leaf()
    root, path = bytes.fromhex(told["root"]), [bytes.fromhex(one) for one in told["path"]]
    assert root_of(leaf, place, size, path) == root
    if other != place:
        assert root_of(leaf, other, size, path) != root


def test_a_node_is_no_leaf() -> None:
    """What two leaves make together cannot be passed off as a leaf."""
    entered = Entered(1, 1, "k" * 16, "0" * 64, 0, "")
    assert entered.leaf() != replace(entered, number=2).leaf()
    leaves = [leaf_hash(b"a"), leaf_hash(b"b")]
    assert leaf_hash(leaves[0] + leaves[1]) != levels(leaves)[-1][0]
