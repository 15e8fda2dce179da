"""An access token of the broker, as programs bring it (`Authorization: Bearer ...`): checked, and read into claims.

A JWT must be an access token by its own header (RFC 9068), signed with the broker's key, of its issuer, made for us and not
too old. An opaque one is shown to the broker (RFC 7662), which must say that it is active and made for us; what it says is
kept for half a minute. That of the demo has no such address; there the token is shown at `userinfo`. See
docs/adr/0030-api-sign-in.md.
"""

import base64
import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import Any, Literal
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
from django.conf import settings

from doorleren.people.backend import CLOCKS_DIFFER_SECONDS
from doorleren.people.claims import Claims, UnreadableClaims, read
from doorleren.people.demo import ISSUER
from doorleren.people.pace import Pace
from doorleren.people.provider import LONGEST, PATIENCE_SECONDS, provider
from doorleren.people.signed_in import SignInRefused

REQUIRED = ["iss", "aud", "exp", "iat", "sub"]
ACCESS_TOKEN = frozenset({"at+jwt", "application/at+jwt"})
"""What the header of a JWT must say of itself; that of an ID token says something else."""
LONGEST_TOKEN = 8192
KEPT = timedelta(seconds=30)
"""How long what the broker said of an opaque token is believed, a no as well as a yes."""
MOST_KEPT = 2000
KEYS_KEPT_SECONDS = 300

TokenReason = Literal["invalid", "unreachable", "too_many"]


class TokenRefused(Exception):
    """The token tells nothing that we believe. The message is for who sent it: it holds no claim and no token."""

    def __init__(self, reason: TokenReason, message: str, wait: timedelta = timedelta(0)) -> None:
        """Keep the reason, and how long to wait before trying again."""
        super().__init__(message)
        self.reason: TokenReason = reason
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token stands for, and when it was made (None: the broker does not tell)."""

    claims: Claims
    issued_at: datetime | None = None


class _Kept:
    """What the broker said of opaque tokens, by their hash, the oldest going first."""

    def __init__(self) -> None:
        self.rows: OrderedDict[str, tuple[Bearer | None, datetime]] = OrderedDict()
        self.lock = Lock()

    def of(self, name: str, at: datetime) -> tuple[bool, Bearer | None]:
        """Say whether something is known, and give it; None is a token that was refused."""
        with self.lock:
            bearer, until = self.rows.get(name, (None, at))
            return until - KEPT <= at < until, bearer

    def keep(self, name: str, bearer: Bearer | None, until: datetime) -> None:
        """Keep what was said."""
        with self.lock:
            self.rows[name] = (bearer, until)
            self.rows.move_to_end(name)
            while len(self.rows) > MOST_KEPT:
                self.rows.popitem(last=False)

    def forget(self) -> None:
        """Forget all."""
        with self.lock:
            self.rows.clear()


ASKED = _Kept()
ASKING = Pace(300, timedelta(minutes=1), lambda: settings.DOORLEREN_HOME / "paces" / "tokens")
"""How often this site asks the broker about tokens that it has not seen: whoever sends nonsense does not flood it."""


def bearer_of(token: str, *, at: datetime) -> Bearer:
    """Give whom a token stands for. Raises TokenRefused, and writes nothing."""
    if len(token) > LONGEST_TOKEN:
        raise TokenRefused("invalid", "the token is longer than any access token")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        return _opaque(token, at)
    return _signed(token, header, at)


def _signed(token: str, header: Mapping[str, Any], at: datetime) -> Bearer:
    """Read a JWT: signature, kind, issuer, audience and age."""
    if str(header.get("typ", "")).lower() not in ACCESS_TOKEN:
        raise TokenRefused("invalid", "the token is no access token: its header must say at+jwt")
    try:
        payload = jwt.decode(
            token,
            _key(str(header.get("kid", "")), at),
            algorithms=[settings.OIDC_RP_SIGN_ALGO],
            audience=settings.OIDC_RP_CLIENT_ID,
            issuer=_provider().issuer,
            leeway=CLOCKS_DIFFER_SECONDS,
            options={"require": REQUIRED},
        )
    except (jwt.PyJWTError, ValueError) as error:
        raise TokenRefused("invalid", f"the token does not hold: {type(error).__name__}") from error
    return _read(payload)


def _key(kid: str, at: datetime) -> Any:
    """Give the broker's key of this name. Raises TokenRefused; an unknown name is looked up anew, though not without end."""
    client = _keys(_provider().keys)
    try:
        known = {one.key_id: one.key for one in client.get_signing_keys()}
        if kid not in known:
            _may_ask(at)
            known = {one.key_id: one.key for one in client.get_signing_keys(refresh=True)}
    except jwt.PyJWTError as error:
        raise TokenRefused("unreachable", "the keys of the sign-in service cannot be read now") from error
    if kid not in known:
        raise TokenRefused("invalid", "the token was signed with a key that the sign-in service does not have")
    return known[kid]


@lru_cache(maxsize=8)
def _keys(address: str) -> jwt.PyJWKClient:
    return jwt.PyJWKClient(address, lifespan=KEYS_KEPT_SECONDS, timeout=PATIENCE_SECONDS)


def _opaque(token: str, at: datetime) -> Bearer:
    """Ask the broker what an opaque token stands for, or remember what it said."""
    name = hashlib.sha256(token.encode()).hexdigest()
    known, bearer = ASKED.of(name, at)
    if not known:
        _may_ask(at)
        told, until = _asked(token), at + KEPT
        bearer = None
        if told is not None:
            until = min(until, _moment(told.get("exp")) or until)
            bearer = _read(told)
        ASKED.keep(name, bearer, until)
    if bearer is None:
        raise TokenRefused("invalid", "the sign-in service does not know this token, or no longer")
    return bearer


def _asked(token: str) -> dict[str, Any] | None:
    """Give what the broker says of a token: all its claims, or None where it is not good for us."""
    place = _provider()
    if settings.DOORLEREN_DEMO_PROVIDER:
        return _ask(place.userinfo, bearer=token)
    if not place.introspection:
        raise TokenRefused("invalid", "the token must be a signed one (JWT): the sign-in service checks no others")
    told = _ask(place.introspection, form={"token": token, "token_type_hint": "access_token"}) or {}
    named = told.get("aud")
    audience = named if isinstance(named, list) else [named]
    if told.get("active") is not True or settings.OIDC_RP_CLIENT_ID not in audience:
        return None
    if told.get("iss", place.issuer) != place.issuer or not told.get("sub"):
        return None
    known = _ask(place.userinfo, bearer=token) or {}
    if known.get("sub", told["sub"]) != told["sub"]:
        return None
    return {**known, **told, "iss": place.issuer}


def _read(payload: Mapping[str, Any]) -> Bearer:
    try:
        claims = read(payload)
    except UnreadableClaims as error:
        raise TokenRefused("invalid", str(error)) from error
    claims = replace(claims, issuer=ISSUER) if settings.DOORLEREN_DEMO_PROVIDER else claims
    return Bearer(claims, _moment(payload.get("iat")))


def _moment(seconds: object) -> datetime | None:
    """Give a moment; None for whatever is none."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None
    except (ValueError, OverflowError, OSError):
        return None


def _provider() -> Any:
    try:
        return provider()
    except SignInRefused as error:
        raise TokenRefused("unreachable", "the sign-in service cannot be reached now") from error


def _may_ask(at: datetime) -> None:
    wait = ASKING.wait("", at=at)
    if wait is not None:
        raise TokenRefused("too_many", "too many tokens were sent that are not known here", wait)


class _Stay(HTTPRedirectHandler):
    """Follows nobody elsewhere: a token is shown to the broker alone."""

    def redirect_request(self, *_given: Any) -> None:
        """Go nowhere."""
        return


_OPENER = build_opener(_Stay)


def _ask(address: str, *, bearer: str = "", form: Mapping[str, str] | None = None) -> dict[str, Any] | None:
    """Ask an address of the broker; None where it says no. The addresses were checked when they were discovered."""
    asked = Request(address, urlencode(form).encode() if form else None, {"Accept": "application/json"})  # noqa: S310
    asked.add_header("Authorization", f"Bearer {bearer}" if bearer else _ourselves())
    try:
        with _OPENER.open(asked, timeout=PATIENCE_SECONDS) as answer:
            told = json.loads(answer.read(LONGEST))
    except HTTPError as error:
        error.close()
        if bearer and error.code in (400, 401, 403):
            return None
        raise TokenRefused("unreachable", "the sign-in service gives no answer now") from error
    except (OSError, ValueError) as error:
        raise TokenRefused("unreachable", "the sign-in service gives no answer now") from error
    return told if isinstance(told, dict) else None


def _ourselves() -> str:
    words = f"{quote(settings.OIDC_RP_CLIENT_ID, safe='')}:{quote(settings.OIDC_RP_CLIENT_SECRET, safe='')}"
    return "Basic " + base64.b64encode(words.encode()).decode()
