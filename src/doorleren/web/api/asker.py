"""Who asks, by the access token of the request alone: no session, no cookie, no key of ours (docs/adr/0030-api-sign-in.md)."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from doorleren.people.access import Reason, Refused
from doorleren.people.bearer import Bearer, TokenRefused, bearer_of
from doorleren.people.commands.sign_in_by_token import known_by_token, sign_in_by_token
from doorleren.people.pace import Pace
from doorleren.people.signed_in import SignedIn, SignInRefused
from doorleren.web.api import problems
from doorleren.web.surroundings import now

REALM = 'Bearer realm="doorleren"'
FEW_SECONDS = 10
PACE = Pace(120, timedelta(minutes=1), lambda: settings.DOORLEREN_HOME / "paces" / "requests")
"""Requests of one person, to all processes together that share a home folder."""
NOT_THEIRS: frozenset[Reason] = frozenset({"not_yours", "no_role", "other_place", "no_mandate"})
"""Reasons that would tell a stranger that something of this number exists."""

_TOKEN = re.compile(r"Bearer +([A-Za-z0-9\-._~+/]+=*) *", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and when."""

    who: SignedIn
    at: datetime


def asker(request: HttpRequest, *, writes: bool = False, anew: bool = False) -> Asker:
    """Give who asks. Raises problems.Refused: 401 without a good token, 403, 429, 503.

    `writes`: signs somebody in whose token is new here; without it who was never here is refused, for reading writes nothing.
    """
    at = now()
    bearer = _bearer(request, at)
    try:
        who = sign_in_by_token(bearer, at=at, anew=anew) if writes else known_by_token(bearer, at=at)
    except SignInRefused as error:
        raise _refused_sign_in(error) from error
    if who is None:
        raise forbidden("not_known", "You were never here before. Sign in first: POST /api/v1/sign-ins.")
    wait = PACE.wait(str(who.person), at=at)
    if wait is not None:
        raise _too_many(f"{PACE.most} requests a minute are allowed.", wait)
    return Asker(who, at)


def forbidden(reason: str, detail: str) -> problems.Refused:
    """Say that somebody may not, and why (403)."""
    return problems.Refused(403, detail, reason=reason)


def of_refused(refused: Refused) -> problems.Refused:
    """Turn the reason of people/access.py into a problem."""
    return forbidden(refused.reason, refused.texts["en"])


def _bearer(request: HttpRequest, at: datetime) -> Bearer:
    given = request.headers.get("Authorization", "")
    if not given:
        raise problems.Refused(
            401, "This address asks for an access token: Authorization: Bearer ...", headers={"WWW-Authenticate": REALM}
        )
    found = _TOKEN.fullmatch(given)
    if found is None:
        raise _invalid("the header must read: Bearer, a space, and one token")
    try:
        return bearer_of(found[1], at=at)
    except TokenRefused as refused:
        if refused.reason == "too_many":
            raise _too_many(f"{str(refused).capitalize()}.", refused.wait) from refused
        if refused.reason == "unreachable":
            raise _later(f"{str(refused).capitalize()}.") from refused
        raise _invalid(str(refused)) from refused


def _invalid(why: str) -> problems.Refused:
    told = f'{REALM}, error="invalid_token", error_description="{why.translate({34: None, 92: None})}"'
    return problems.Refused(
        401, f"The access token is not accepted: {why}.", headers={"WWW-Authenticate": told.encode("ascii", "replace").decode()}
    )  # fmt: skip


def _refused_sign_in(error: SignInRefused) -> problems.Refused:
    details = {
        "blocked": "Your access has been blocked.",
        "another": "The national number of this sign-in belongs to somebody else here. Ask the executing body.",
    }
    return forbidden(error.reason, details.get(error.reason, "Signing in did not succeed."))


def _too_many(detail: str, wait: timedelta) -> problems.Refused:
    return problems.Refused(429, detail, headers={"Retry-After": str(max(1, math.ceil(wait.total_seconds())))})


def _later(detail: str) -> problems.Refused:
    return problems.Refused(503, detail, headers={"Retry-After": str(FEW_SECONDS)})
