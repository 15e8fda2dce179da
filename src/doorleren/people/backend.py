"""Checks what comes back from the provider: mozilla-django-oidc fetches and checks the signature, this adds the rest.

The library checks neither `iss` nor `aud`, and `exp` only where there is one; here a token without them, with others,
or too old signs nobody in. Called by the call-back page; see docs/adr/0014-sign-in.md.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import jwt
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from doorleren.audit.rows import rows_of
from doorleren.people.claims import Claims, UnreadableClaims, read
from doorleren.people.demo import ISSUER
from doorleren.people.models import Person
from doorleren.people.provider import provider
from doorleren.people.signed_in import SignInRefused

REQUIRED = ["iss", "aud", "exp", "iat", "sub", "nonce"]
CLOCKS_DIFFER_SECONDS = 10


class SignInBackend(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Django's backend for our persons. It reads no setting and asks nobody anything until somebody comes back."""

    def __init__(self) -> None:
        """Leave the settings to the properties below, because Django makes a backend for every request."""
        self.OIDC_RP_CLIENT_ID = self.get_settings("OIDC_RP_CLIENT_ID")
        self.OIDC_RP_CLIENT_SECRET = self.get_settings("OIDC_RP_CLIENT_SECRET")
        self.OIDC_RP_SIGN_ALGO = self.get_settings("OIDC_RP_SIGN_ALGO")
        self.OIDC_RP_IDP_SIGN_KEY = None
        self.UserModel = Person

    @property
    def OIDC_OP_TOKEN_ENDPOINT(self) -> str:
        """Where a code becomes a token."""
        return provider().token

    @property
    def OIDC_OP_USER_ENDPOINT(self) -> str:
        """Where the claims are that the token leaves out."""
        return provider().userinfo

    @property
    def OIDC_OP_JWKS_ENDPOINT(self) -> str:
        """Where the keys are."""
        return provider().keys

    def authenticate(self, request: HttpRequest | None, **_credentials: Any) -> None:
        """Sign nobody in this way: only `claims_of` does, with what the call-back kept."""
        return

    def get_user(self, user_id: int) -> Person | None:
        """Give the person of a session; nobody for who is blocked."""
        return next(iter(rows_of(Person, "id = %s AND is_active", [user_id])), None)

    def claims_of(self, request: HttpRequest, *, nonce: str, code_verifier: str) -> Claims:
        """Fetch the token for the code in the address and give its verified claims.

        Raises SignInRefused: "provider" when it cannot be reached or refuses the code, "token" for one that does not
        hold, "claims" for what cannot be read in it.
        """
        if not nonce or not code_verifier:
            raise SignInRefused("state", "the state has no nonce or no verifier")
        try:
            given: Mapping[str, Any] | None = super().authenticate(request, nonce=nonce, code_verifier=code_verifier)
            if given is None:
                raise SignInRefused("token", "the address has no code")
            claims = read(given)
            return replace(claims, issuer=ISSUER) if settings.DOORLEREN_DEMO_PROVIDER else claims
        except OSError as error:  # every fault of `requests` is one
            raise SignInRefused("provider", f"the provider gives no token: {type(error).__name__}") from error
        except UnreadableClaims as error:
            raise SignInRefused("claims", str(error)) from error
        except (jwt.PyJWTError, SuspiciousOperation, KeyError, ValueError) as error:
            raise SignInRefused("token", f"the token does not hold: {type(error).__name__} {error}") from error

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Give the claims instead of a user; what the signed token says goes before what else the provider tells."""
        told = self.get_userinfo(access_token, id_token, payload)
        if told.get("sub") != payload["sub"]:
            raise SignInRefused("token", "the claims belong to another subject than the token")
        return {**told, **payload}

    def _verify_jws(self, payload: str, key: Any) -> dict[str, Any]:
        """Check signature, algorithm, issuer, audience and age at once, and that all of them are told."""
        checked = jwt.decode(
            payload,
            key,
            algorithms=[self.OIDC_RP_SIGN_ALGO],
            audience=self.OIDC_RP_CLIENT_ID,
            issuer=provider().issuer,
            leeway=CLOCKS_DIFFER_SECONDS,
            options={"require": REQUIRED},
        )
        audience = checked["aud"]
        if isinstance(audience, list) and len(audience) > 1 and checked.get("azp") != self.OIDC_RP_CLIENT_ID:
            raise jwt.InvalidAudienceError("made for several parties, and not to be used by us")
        return checked


def proven_since(claims: Claims, asked_at: datetime, *, may_be_silent: bool) -> bool:
    """Say whether the provider asked somebody to prove who they are after `asked_at`, as a renewal demands.

    A provider that is asked for it must tell when (`auth_time`, OpenID Connect Core 3.1.2.1); that of the demo does
    not, and only there silence counts as yes.
    """
    if claims.proven_at is None:
        return may_be_silent
    return claims.proven_at.timestamp() >= asked_at.timestamp() - CLOCKS_DIFFER_SECONDS
