"""A provider on loopback that answers whatever a test wants: it signs tokens with any claims, right or wrong."""

import json
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT = "doorleren"


@cache
def _key() -> rsa.RSAPrivateKey:
    """Make one key for all tests of a process; that takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Forger:
    """Serves discovery, keys, token and claims. `change` is laid over a token that is right; None takes a claim out."""

    def __init__(self) -> None:
        self.key = _key()
        self.signing = self.key
        self.algorithm = "RS256"
        self.kid = "one"
        self.nonce = ""
        self.change: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {"sub": "abc", "name": "Nadia"}
        self.status = 200
        self.asked: list[dict[str, str]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _answers(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def close(self) -> None:
        """Stop."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    def token(self) -> str:
        """Make the token that the test wants."""
        now = int(time.time())
        right = {
            "iss": self.issuer, "aud": CLIENT, "sub": "abc", "iat": now, "exp": now + 300, "nonce": self.nonce,
            "acr": "substantial",
        }  # fmt: skip
        claims = {name: value for name, value in {**right, **self.change}.items() if value is not None}
        key: Any = self.signing if self.algorithm == "RS256" else ("x" * 40 if self.algorithm == "HS256" else None)
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": self.kid})

    def says(self, path: str) -> dict[str, Any]:
        """Answer an address."""
        if path.endswith("openid-configuration"):
            ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            places = {f"{name}_endpoint": f"{self.issuer}/{end}" for name, end in ends.items()}
            return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks", **places}
        if path == "/jwks":
            return {
                "keys": [{**RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True), "kid": "one", "alg": "RS256"}]
            }
        if path == "/token":
            return {"access_token": "access", "token_type": "Bearer", "id_token": self.token()}
        return self.userinfo


def _answers(forger: Forger) -> type[BaseHTTPRequestHandler]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(forger.says(self.path)).encode()
            self.send_response(forger.status if self.path == "/token" else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    return Answers
