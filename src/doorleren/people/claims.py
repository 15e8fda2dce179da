"""The one adapter between what a broker says of somebody and what we know: names of claims, levels, second factor.

A broker passes on DigiD, eHerkenning, eIDAS and the officials' own provider, each with words of its own. Another
broker with other names is a change here and nowhere else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from doorleren.people import national_number
from doorleren.people.models import Assurance

BSN_CLAIMS = ("bsn", "urn:nl-eid-gdi:1.0:id:legacy-BSN")  # ...:id:BSN is an encrypted identity, not the number
KVK_CLAIMS = ("kvk", "urn:etoegang:1.9:EntityConcernedID:KvKnr")
ORGANISATION_NAME_CLAIMS = ("organisation_name", "urn:etoegang:1.11:attribute-represented:CompanyName")

LEVELS: Mapping[str, Assurance] = {
    # eIDAS: Implementing Regulation (EU) 2015/1502
    "low": Assurance.LOW,
    "substantial": Assurance.SUBSTANTIAL,
    "high": Assurance.HIGH,
    "http://eidas.europa.eu/LoA/low": Assurance.LOW,
    "http://eidas.europa.eu/LoA/substantial": Assurance.SUBSTANTIAL,
    "http://eidas.europa.eu/LoA/high": Assurance.HIGH,
    # DigiD: Basis and Midden are below what eIDAS calls substantial
    "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport": Assurance.LOW,
    "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract": Assurance.LOW,
    "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard": Assurance.SUBSTANTIAL,
    "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI": Assurance.HIGH,
    # eHerkenning: EH2, EH2+, EH3, EH4
    "urn:etoegang:core:assurance-class:loa2": Assurance.LOW,
    "urn:etoegang:core:assurance-class:loa2plus": Assurance.LOW,
    "urn:etoegang:core:assurance-class:loa3": Assurance.SUBSTANTIAL,
    "urn:etoegang:core:assurance-class:loa4": Assurance.HIGH,
}

SECOND_FACTOR = "mfa"
"""The value of `amr` that says so (RFC 8176)."""

_KVK = re.compile(r"[0-9]{8}", re.ASCII)
LONGEST_NAME = 200


class UnreadableClaims(ValueError):
    """A claim that cannot be used; the message names the claim, never its value."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Who signed in, in our words. `bsn` is checked (nine digits) or empty, `kvk` has eight digits or is empty."""

    issuer: str
    subject: str
    assurance: Assurance
    second_factor: bool = False
    name: str = ""
    bsn: str = field(default="", repr=False)
    kvk: str = ""
    organisation_name: str = ""
    proven_at: datetime | None = None


def read(given: Mapping[str, Any]) -> Claims:
    """Read the verified claims of a token. A level that is not told or not known counts as the lowest.

    Raises UnreadableClaims.
    """
    kvk = _first(given, KVK_CLAIMS)
    if kvk and not _KVK.fullmatch(kvk):
        raise UnreadableClaims("the KvK number that the provider gave does not have eight digits")
    return Claims(
        issuer=_first(given, ("iss",)),
        subject=_first(given, ("sub",)),
        assurance=LEVELS.get(_first(given, ("acr",)), Assurance.LOW),
        second_factor=SECOND_FACTOR in _words(given.get("amr")),
        name=_first(given, ("name",))[:LONGEST_NAME],
        bsn=_national_number(_first(given, BSN_CLAIMS)),
        kvk=kvk,
        organisation_name=_first(given, ORGANISATION_NAME_CLAIMS)[:LONGEST_NAME],
        proven_at=_moment(given.get("auth_time")),
    )


def _first(given: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Give the first of these claims that is told, as text; empty if none is."""
    for name in names:
        value = given.get(name)
        if value is None or value == "":
            continue
        if not isinstance(value, str) or "\0" in value:
            raise UnreadableClaims(f"the claim {name} is not text")
        return value.strip()
    return ""


def _national_number(text: str) -> str:
    try:
        return national_number.checked(text) if text else ""
    except national_number.NotANationalNumber as error:
        raise UnreadableClaims("the BSN that the provider gave fails the 11-test") from error


def _words(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _moment(seconds: object) -> datetime | None:
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise UnreadableClaims("the claim auth_time is not a number of seconds")
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UnreadableClaims("the claim auth_time is no moment") from error
