"""The links in the mails of alerts: signed by the site, so that the database holds no token and no hash of one.

Signed rather than drawn at random and kept as a hash, because every mail needs the link that ends the alert, also the
mail of next year: a random token could not be told again from its hash, and keeping the token itself would let whoever
reads the database confirm or end. Each kind of link has a salt of its own, so that one never passes for the other.
A link that confirms holds for a time from the moment in it; one that ends holds as long as the alert is there.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.signing import BadSignature, Signer

from doorleren.register.alerts.rules import link_holds

_CONFIRM, _END = (f"doorleren.register.alerts.{kind}" for kind in ("confirm", "end"))
_SEP = "."


@dataclass(frozen=True, slots=True)
class Named:
    """The alert that a link names. `holds` is False when its time is over."""

    alert: int
    holds: bool = True


def confirming(alert: int, asked_at: datetime) -> str:
    """Sign the link that confirms an alert asked at a moment."""
    return _signer(_CONFIRM).sign(f"{alert}-{int(asked_at.timestamp())}")


def ending(alert: int) -> str:
    """Sign the link that ends an alert; the same each time."""
    return _signer(_END).sign(str(alert))


def read_confirming(token: str, at: datetime) -> Named | None:
    """Read a link that confirms; None for what this site did not sign for that."""
    content = _content(_CONFIRM, token)
    if content is None:
        return None
    alert, _, moment = content.partition("-")
    return Named(int(alert), link_holds(datetime.fromtimestamp(int(moment), UTC), at))


def read_ending(token: str) -> Named | None:
    """Read a link that ends; None for what this site did not sign for that."""
    content = _content(_END, token)
    return None if content is None else Named(int(content))


def _content(salt: str, token: str) -> str | None:
    try:
        return _signer(salt).unsign(token)
    except BadSignature:
        return None


def _signer(salt: str) -> Signer:
    return Signer(salt=salt, sep=_SEP)
