"""The national number (BSN): checked, found by a keyed hash, kept encrypted. The keys live outside the database.

Used at sign-in, and in what a person takes along of themselves (web/people/export/). No page, API or record of a provider or adviser ever gets the number.
Keys are one line of text: "lookup:KEY seal:KEY seal:KEY". The look-up key never changes; of the keys that seal, the
first seals anew and all open, so a new one is put in front and `resealed` brings old rows along.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from stdnum.exceptions import ValidationError
from stdnum.nl import bsn

_REFUSAL = "a national number has nine digits (eight for an old one) that pass the 11-test"
_FEWEST_DIGITS = 8


class NotANationalNumber(ValueError):
    """The text is no BSN: it has no nine digits or fails the 11-test. The message does not repeat it."""


class NoKeys(RuntimeError):
    """The keys are lacking or cannot be read; the message says what to set."""


@dataclass(frozen=True)
class Keys:
    """The key of the look-up, and those that seal, newest first."""

    lookup: bytes = field(repr=False)
    seals: tuple[str, ...] = field(repr=False)

    def hashed(self, number: str) -> str:
        """Give the keyed hash (HMAC-SHA-256, hexadecimal) under which a checked number is found."""
        return hmac.new(self.lookup, number.encode(), hashlib.sha256).hexdigest()

    def sealed(self, number: str) -> str:
        """Give a checked number encrypted with the newest key; another text each time."""
        return self._box.encrypt(number.encode()).decode()

    def opened(self, sealed: str) -> str:
        """Give the number behind a sealed text. Raises NoKeys when none of the keys fits."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise NoKeys("none of the keys of DOORLEREN_IDENTITY_KEYS opens this national number") from error

    def resealed(self, sealed: str) -> str:
        """Give the same number sealed with the newest key."""
        return self._box.rotate(sealed.encode()).decode()

    @property
    def _box(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.seals])


def checked(text: str) -> str:
    """Give the nine digits of a BSN that passes the 11-test; eight get a zero in front, points and spaces go.

    Raises NotANationalNumber.
    """
    try:
        number = bsn.validate(text)
    except ValidationError as error:
        raise NotANationalNumber(_REFUSAL) from error
    if sum(sign.isdigit() for sign in text) < _FEWEST_DIGITS:  # the library fills up with zeros whatever is short
        raise NotANationalNumber(_REFUSAL)
    return number


def new_keys() -> str:
    """Make keys for a site that has none, as one line of text."""
    return f"lookup:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()} seal:{Fernet.generate_key().decode()}"


def read_keys(text: str) -> Keys:
    """Read that line. Raises NoKeys, which never repeats a key."""
    pairs = [word.partition(":")[::2] for word in text.replace(",", " ").split()]
    lookups = [key for name, key in pairs if name == "lookup"]
    seals = tuple(key for name, key in pairs if name == "seal")
    if len(lookups) != 1 or not seals or len(pairs) != 1 + len(seals):
        raise NoKeys('DOORLEREN_IDENTITY_KEYS must read "lookup:KEY seal:KEY", with one or more keys that seal')
    try:
        lookup = base64.urlsafe_b64decode(lookups[0])
        for key in seals:
            Fernet(key)
    except ValueError as error:
        raise NoKeys("a key of DOORLEREN_IDENTITY_KEYS is not 32 bytes in urlsafe base64") from error
    if len(lookup) != 32:
        raise NoKeys("the look-up key of DOORLEREN_IDENTITY_KEYS is not 32 bytes in urlsafe base64")
    return Keys(lookup, seals)


def keys() -> Keys:
    """Give the keys of this site. Raises NoKeys."""
    text = settings.DOORLEREN_IDENTITY_KEYS
    if not text:
        raise NoKeys("no keys for national numbers: set DOORLEREN_IDENTITY_KEYS, or start with `doorleren serve`")
    return read_keys(text)
