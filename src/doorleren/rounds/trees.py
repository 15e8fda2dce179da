"""A Merkle tree over the tickets of one batch: one root to sign, and for each leaf the path that leads to it.

As in RFC 6962 (section 2.1): a leaf and a node are hashed apart (0 and 1 in front), and a tree of n leaves splits at the
largest power of two below n. Pure.
"""

import hashlib
from collections.abc import Sequence


def leaf_hash(content: bytes) -> bytes:
    """Hash what a leaf holds."""
    return hashlib.sha256(b"\x00" + content).digest()


def root_and_paths(leaves: Sequence[bytes]) -> tuple[bytes, list[list[bytes]]]:
    """Give the root of a tree of leaf hashes and, for each leaf, the siblings from the leaf up. One leaf or more."""
    paths: list[list[bytes]] = [[] for _ in leaves]
    level = [(one, [number]) for number, one in enumerate(leaves)]
    while len(level) > 1:
        above = []
        for left, right in zip(level[::2], level[1::2], strict=False):
            for number in left[1]:
                paths[number].append(right[0])
            for number in right[1]:
                paths[number].append(left[0])
            above.append((_node(left[0], right[0]), left[1] + right[1]))
        level = above + ([level[-1]] if len(level) % 2 else [])
    return level[0][0], paths


def root_of(leaf: bytes, place: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Give the root that a leaf at a place in a tree of that size leads to; None when the path does not fit the tree."""
    if not 0 <= place < size:
        return None
    found, siblings = leaf, iter(path)
    while size > 1:
        if place % 2 or place + 1 < size:
            sibling = next(siblings, None)
            if sibling is None:
                return None
            found = _node(sibling, found) if place % 2 else _node(found, sibling)
        place, size = place // 2, (size + 1) // 2
    return None if next(siblings, None) is not None else found


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
