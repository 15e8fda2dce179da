"""The receipt of a submission: proof that a ticket came in, when and in which order, that stands without us.

The tickets of one commit are the leaves of a small tree (trees.py); its root is signed once (Ed25519). Who has the
receipt and our public key can check the signature, and that the ticket is in the tree. Called by the intake, which
makes receipts, and by `doorleren receipt verify`. Pure.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from doorleren.rounds.trees import leaf_hash, levels, root_of

FORM = "doorleren-receipt/1"
KEY_FILE = "receipt-key"
"""Under what name the home folder of a site keeps the key that its receipts are signed with."""
PUBLISHED_AT = "/rounds/receipt-key.json"
"""Where a site publishes the public part of it."""


class BadReceipt(ValueError):
    """A receipt is not what it says; the message names the part."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A ticket as it stands in the database: its number is its place in the order of arrival of its round."""

    round: int
    number: int
    key: str
    content: str
    cents: int
    kind: str

    def leaf(self) -> bytes:
        """Hash it: SHA-256 over its parts, one on a line, as the leaf of a tree."""
        told = f"{self.round}\n{self.number}\n{self.key}\n{self.content}\n{self.cents}\n{self.kind}"
        return leaf_hash(told.encode())


Tree = Sequence[Sequence[bytes]]
"""The levels of a tree, from the leaves up to the root (trees.levels)."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The tickets of one commit under one root: when it was (as written in receipts) and our signature."""

    round: int
    batch: int
    at: str
    size: int
    root: bytes
    signature: bytes


def sign_batch(entered: Sequence[Entered], batch: int, at: str, key: Ed25519PrivateKey) -> tuple[Signed, Tree]:
    """Sign the tickets of one commit, in the order of their numbers; give their tree as well."""
    tree = tree_of(entered)
    root, first, size = tree[-1][0], entered[0], len(entered)
    return Signed(first.round, batch, at, size, root, key.sign(_told(first.round, batch, at, size, root))), tree


def tree_of(entered: Sequence[Entered]) -> Tree:
    """Give the tree over the tickets of one commit."""
    return levels([one.leaf() for one in entered])


def write_receipts(entered: Sequence[Entered], tree: Tree, signed: Signed, public: bytes) -> list[bytes]:
    """Write the receipts of the tickets of one commit, as JSON; the same ticket always gives the same one, to the letter.

    Written as text, because at an opening this takes as long as all else: what a ticket holds (letters, digits, "-" and
    "_", see `Frozen`) needs no escaping.
    """
    of_all = f'"batch":{signed.batch},"at":"{signed.at}"'
    end = f'"root":"{signed.root.hex()}","signature":"{signed.signature.hex()}","public_key":"{public.hex()}"}}'
    start = f'{{"form":"{FORM}","round":{signed.round},"number":'
    return [
        (
            f'{start}{one.number},"key":"{one.key}","content":"{one.content}","cents":{one.cents},"kind":"{one.kind}",'
            f'{of_all},"place":{place},"size":{signed.size},"path":[{path}],{end}'
        ).encode()
        for place, (one, path) in enumerate(zip(entered, _written_paths(tree), strict=True))
    ]


def _written_paths(tree: Tree) -> list[str]:
    """Write the path of every leaf: its siblings as hexadecimal text, from the leaf up. What leaves share is written once."""
    paths = [""]
    for level in reversed(tree[:-1]):
        size = len(level)
        texts = [f'"{one.hex()}"' for one in level]
        above, paths = paths, []
        for place in range(size):
            rest, beside = above[place >> 1], place ^ 1
            paths.append(rest if beside >= size else f"{texts[beside]},{rest}" if rest else texts[beside])
    return paths


def verify_receipt(told: Mapping[str, Any], public: bytes | None = None) -> Entered:
    """Check a receipt against our public key (else the one it names) and give the ticket. Raises BadReceipt."""
    if told.get("form") != FORM:
        raise BadReceipt(f"form: given is {told.get('form')!r}, {FORM!r} is allowed")
    one = Entered(*(_part(told, name, kind) for name, kind in Entered.__annotations__.items()))
    place, size = _part(told, "place", int), _part(told, "size", int)
    path = [_bytes(sibling, "path") for sibling in _part(told, "path", list)]
    root = _bytes(told.get("root"), "root")
    if root_of(one.leaf(), place, size, path) != root:
        raise BadReceipt("root: the ticket does not lead to it, so something in the receipt was changed")
    named = _bytes(told.get("public_key"), "public_key")
    if public is not None and named != public:
        raise BadReceipt(f"public_key: given is {named.hex()}, it should be {public.hex()}")
    try:
        signed = _told(one.round, _part(told, "batch", int), _part(told, "at", str), size, root)
        Ed25519PublicKey.from_public_bytes(named).verify(_bytes(told.get("signature"), "signature"), signed)
    except (InvalidSignature, ValueError) as error:
        raise BadReceipt("signature: it is not that of the public key over this root") from error
    return one


def public_of(signing: Ed25519PrivateKey) -> bytes:
    """Give the public part of the key that receipts are signed with: 32 bytes, for everybody."""
    return signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def fingerprint(public: bytes) -> str:
    """Give a public key as people compare it: the first 32 hexadecimal digits of its SHA-256, in fours."""
    digest = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(digest[start : start + 4] for start in range(0, 32, 4))


def _told(round_: int, batch: int, at: str, size: int, root: bytes) -> bytes:
    return json.dumps([FORM, round_, batch, at, size, root.hex()], separators=(",", ":")).encode()


def _part(told: Mapping[str, Any], name: str, kind: type) -> Any:
    value = told.get(name)
    if type(value) is not kind:
        raise BadReceipt(f"{name}: given is {str(value)[:40]!r}, {kind.__name__} is allowed")
    return value


def _bytes(value: object, name: str) -> bytes:
    try:
        return bytes.fromhex(value if isinstance(value, str) else "-")
    except ValueError as error:
        raise BadReceipt(f"{name}: given is {str(value)[:40]!r}, hexadecimal text is allowed") from error
