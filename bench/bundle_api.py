"""A bundle of 10,000 registrations over the API: JSON over a socket, the web server as `serve` runs it, an access token.

The broker is a thread here that serves its discovery document and its key; the token is a signed JWT, as a program of an adviser
brings it. The first bundle warms up. Each is another round and other people.
"""

import contextlib
import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bench.bundle import FIRST_NUMBER, a_setting, numbers
from bench.rush_waiting import site_pages
from doorleren.server.intake.process import HOST, free_port

SUBJECT, CLIENT = "bench-adviser", "doorleren"
PATIENCE_SECONDS = 120.0
APART = 50
"""Rounds and people from here on, so that they are other ones than those of bench.bundle."""


def over_the_api(home: Path, rows: int, runs: int) -> list[float]:
    """Hand in a bundle per run; give how many seconds each took from the first byte sent until the last one received."""
    taken = []
    with _broker() as (issuer, token), site_pages(free_port()) as port:
        for run in range(APART, APART + runs + 1):
            content = _content(home, run, rows, issuer)
            begun = time.perf_counter()
            told = _posted(port, token, f"bench-bundle-{run:06}", content)
            taken.append(time.perf_counter() - begun)
            if (told["accepted"], len(told["answers"])) != (rows, rows):
                raise SystemExit(f"of {rows} rows {told['accepted']} were accepted: {told['answers'][0]}")
    return taken[1:]


def _content(home: Path, run: int, rows: int, issuer: str) -> bytes:
    """Open a round and write a bundle of people of whom every one has the answers that its track asks."""
    given, facts = a_setting(home, run)
    _known_as(given["by"].person, issuer)
    answers = dict.fromkeys(facts, True)
    people = [
        {"reference": f"a{run}-{place}", "national_number": number, "birth_date": f"{1960 + place % 40}-04-{1 + place % 28:02}",
         "name": f"Persoon {chr(97 + place % 26)}{chr(97 + place // 26 % 26)}a", **answers}
        for place, number in enumerate(numbers(rows, FIRST_NUMBER + run * 1_000_000))
    ]  # fmt: skip
    return json.dumps({"round": given["round_"].pk, "rows": people}).encode()


def _known_as(person: int, issuer: str) -> None:
    from doorleren.people.models import Assurance, Identity
    from doorleren.server.clock import now

    told = {"person_id": person, "assurance": Assurance.SUBSTANTIAL, "last_used_at": now()}
    Identity.objects.get_or_create(issuer=issuer, subject=SUBJECT, defaults=told)


def _posted(port: int, token: str, key: str, content: bytes) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key, "Content-Type": "application/json"}
    asked = Request(f"http://{HOST}:{port}/api/v1/bundles", content, headers)
    try:
        with urlopen(asked, timeout=PATIENCE_SECONDS) as answer:
            return dict(json.load(answer))
    except HTTPError as refused:
        raise SystemExit(f"the API answered {refused.code}: {refused.read().decode()[:300]}") from refused


@contextlib.contextmanager
def _broker() -> Iterator[tuple[str, str]]:
    """Be the provider of identities of the site; give where, and an access token for the adviser."""
    from doorleren.server import environment

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    server = ThreadingHTTPServer((HOST, 0), BaseHTTPRequestHandler)
    issuer = f"http://{HOST}:{server.server_port}"
    ends = {f"{name}_endpoint": f"{issuer}/{name}" for name in ("authorization", "token", "userinfo")}
    keys = {"keys": [{**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": "one", "alg": "RS256"}]}
    server.RequestHandlerClass = _answers({
        "/.well-known/openid-configuration": {"issuer": issuer, "jwks_uri": f"{issuer}/jwks", **ends}, "/jwks": keys,
    })  # fmt: skip
    Thread(target=server.serve_forever, daemon=True).start()
    at = int(time.time())
    claims = {
        "iss": issuer,
        "aud": CLIENT,
        "sub": SUBJECT,
        "iat": at - 5,
        "exp": at + 3600,
        "acr": "substantial",
        "name": "Bench",
    }
    environment.announce(DOORLEREN_OIDC_ISSUER=issuer)
    try:
        yield issuer, jwt.encode(claims, key, algorithm="RS256", headers={"typ": "at+jwt", "kid": "one"})
    finally:
        server.shutdown()
        server.server_close()


def _answers(pages: dict[str, dict[str, Any]]) -> type[BaseHTTPRequestHandler]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(pages[self.path]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    return Answers
