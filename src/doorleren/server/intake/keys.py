"""What the intake signs with: the key of tokens, and the key of receipts. Made once, kept in the home folder.

The key of receipts never goes: receipts are checked against it for as long as they are kept.
"""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorleren.rounds.receipts import KEY_FILE, public_of
from doorleren.server.keys import kept_key


@dataclass(frozen=True)
class Keys:
    """The key that tokens are sealed with, and the one that receipts are signed with."""

    tokens: bytes = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> bytes:
        """Give the public key of receipts: 32 bytes, for everybody."""
        return public_of(self.signing)


def read_keys(home: Path) -> Keys:
    """Read the keys of a site, made now where there are none."""
    tokens, signing = (bytes.fromhex(kept_key(home, name, _fresh)) for name in ("token-key", KEY_FILE))
    return Keys(tokens, Ed25519PrivateKey.from_private_bytes(signing))


def _fresh() -> str:
    return secrets.token_hex(32)
