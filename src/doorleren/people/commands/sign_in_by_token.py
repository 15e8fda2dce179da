"""A program comes with somebody's access token: the same person as on the pages, without a session."""

from dataclasses import replace
from datetime import UTC, datetime

from doorleren.core.days import day_of
from doorleren.people.bearer import Bearer
from doorleren.people.commands.sign_in import sign_in
from doorleren.people.models import Identity
from doorleren.people.queries import identity_of
from doorleren.people.signed_in import SignedIn

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When somebody proved who they are of whom the broker does not tell it: too long ago for what asks fresh proof."""


def known_by_token(bearer: Bearer, *, at: datetime) -> SignedIn | None:
    """Give who a token stands for; None for somebody who was never here. Writes nothing."""
    identity = identity_of(bearer.claims.issuer, bearer.claims.subject)
    return None if identity is None else _signed_in(identity.person_id, bearer, at)


def sign_in_by_token(bearer: Bearer, *, at: datetime, anew: bool = False) -> SignedIn:
    """Give who a token stands for, and sign them in as the pages do where this token was not used before, or `anew`.

    That makes somebody new known, keeps the mandate for today and stands in the record. Raises SignInRefused.
    """
    identity = identity_of(bearer.claims.issuer, bearer.claims.subject)
    if identity is not None and not anew and not _is_new(bearer, identity, at):
        return _signed_in(identity.person_id, bearer, at)
    claims = bearer.claims
    if bearer.issued_at is not None and day_of(bearer.issued_at) != day_of(at):
        claims = replace(claims, kvk="")  # a mandate holds on the day on which the broker vouches for it
    return _signed_in(sign_in(claims, at=at).pk, bearer, at)


def _is_new(bearer: Bearer, identity: Identity, at: datetime) -> bool:
    """Say whether a token was made after its person came in last; where that is not told, whether that was before today."""
    if bearer.issued_at is None:
        return day_of(identity.last_used_at) != day_of(at)
    return identity.last_used_at < bearer.issued_at


def _signed_in(person: int, bearer: Bearer, at: datetime) -> SignedIn:
    claims = bearer.claims
    return SignedIn(person, claims.assurance, claims.second_factor, min(claims.proven_at or NEVER, at))
