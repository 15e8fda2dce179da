"""The provider of identities that this site trusts: its addresses, as it publishes them itself (OpenID Discovery 1.0)."""

import json
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.conf import settings

from doorleren.people.signed_in import SignInRefused

PATIENCE_SECONDS = 10
LONGEST = 1_000_000
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True, slots=True)
class Provider:
    """Where to send somebody, where to fetch a token and who they are, and the keys that the token is signed with."""

    issuer: str
    authorization: str
    token: str
    userinfo: str
    keys: str
    introspection: str = ""
    """Where it says what a token is worth (RFC 7662); empty where it has no such address."""

    @property
    def origin(self) -> str:
        """Give scheme, host and port of the page that somebody is sent to."""
        parts = urlsplit(self.authorization)
        return f"{parts.scheme}://{parts.netloc}"


def configured() -> bool:
    """Say whether signing in is possible at all here."""
    return bool(settings.DOORLEREN_OIDC_ISSUER)


def provider() -> Provider:
    """Give the provider of this site; asked once per process. Raises SignInRefused: "not_configured", "provider"."""
    if not configured():
        raise SignInRefused("not_configured")
    return _discovered(settings.DOORLEREN_OIDC_ISSUER)


@lru_cache(maxsize=8)
def _discovered(issuer: str) -> Provider:
    address = issuer.rstrip("/") + "/.well-known/openid-configuration"
    _refuse_open_line(address)
    try:
        with urlopen(address, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - https, or http on loopback: checked
            told = json.loads(answer.read(LONGEST))
        found = Provider(
            issuer=told["issuer"],
            authorization=told["authorization_endpoint"],
            token=told["token_endpoint"],
            userinfo=told["userinfo_endpoint"],
            keys=told["jwks_uri"],
            introspection=told.get("introspection_endpoint") or "",
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SignInRefused("provider", f"{address} does not describe a provider: {type(error).__name__}") from error
    if found.issuer != issuer:
        raise SignInRefused("provider", f"{address} says that its issuer is another than {issuer}")
    for one in (found.authorization, found.token, found.userinfo, found.keys, found.introspection or found.keys):
        _refuse_open_line(one)
    return found


def _refuse_open_line(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise SignInRefused("provider", f"{address} must be https, or http on loopback")
