"""A broker on loopback that makes access tokens, signed or opaque, right or wrong; and a program that brings them."""

import json
import time
from typing import Any

import jwt
from django.test import Client

from doorleren.people.models import Assurance, Identity, Person
from doorleren.web.surroundings import now
from tests.web.people.forger import CLIENT, Forger

OPAQUE = "opaque-0123456789"


class Broker(Forger):
    """As the forger of ID tokens, and it introspects: `introspection` is what it says of any opaque token."""

    def __init__(self) -> None:
        self.introspects = True
        self.introspection: dict[str, Any] = {}
        self.times = 0
        super().__init__()

    def access(self, *, typ: str | None = "at+jwt", kid: str | None = "one", **change: Any) -> str:
        """Make an access token that is right, but for what is said; None takes a claim out."""
        at = int(time.time())
        right = {
            "iss": self.issuer, "aud": CLIENT, "sub": "abc", "iat": at - 5, "exp": at + 300, "acr": "substantial",
            "name": "Tom",
        } | change  # fmt: skip
        key: Any = self.signing if self.algorithm == "RS256" else ("x" * 40 if self.algorithm == "HS256" else None)
        headers = {name: told for name, told in (("typ", typ), ("kid", kid)) if told is not None}
        claims = {name: told for name, told in right.items() if told is not None}
        return jwt.encode(claims, key, algorithm=self.algorithm, headers=headers)

    def says(self, path: str) -> dict[str, Any]:
        """Answer an address."""
        if path == "/introspect":
            self.times += 1
            at = int(time.time())
            return {
                "active": True,
                "aud": CLIENT,
                "sub": "abc",
                "exp": at + 300,
                "acr": "substantial",
            } | self.introspection
        told = super().says(path)
        if path.endswith("openid-configuration") and self.introspects:
            told["introspection_endpoint"] = f"{self.issuer}/introspect"
        return told


class Caller:
    """A program with a token (or none): no browser, no cookie, and it does not know about forged requests."""

    def __init__(self, token: str | None) -> None:
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **headers: str) -> Any:
        """Get an address of the interface."""
        return self.client.get(f"/api/v1{path}", headers=self.headers | headers)

    def post(self, path: str, content: Any = None, **headers: str) -> Any:
        """Post JSON; text and bytes go as they are, without content nothing does."""
        body = content if isinstance(content, str | bytes) else json.dumps(content)
        told = self.headers | headers
        if content is None:
            return self.client.post(f"/api/v1{path}", headers=told)
        return self.client.post(f"/api/v1{path}", body, content_type="application/json", headers=told)


def identify(person: Person, broker: Broker, subject: str) -> Identity:
    """Let a person be known to the broker by a name, since now."""
    return Identity.objects.create(
        person=person, issuer=broker.issuer, subject=subject, assurance=Assurance.SUBSTANTIAL, last_used_at=now()
    )
