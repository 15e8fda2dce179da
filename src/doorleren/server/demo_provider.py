"""The provider of identities of the demo: a real OpenID provider on loopback, with a list of invented people to click on.

`serve` starts it as a child, only where `environment.demo_refused` has nothing against it, and hands it a socket that
already listens on 127.0.0.1. It knows no password and keeps everything in memory. `oidc-provider-mock` speaks the
protocol; the page with the list is ours and stands in front of it.
"""

import argparse
import contextlib
import socket
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qs, quote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from doorleren.server import environment
from doorleren.server.children import bound

HOST = "127.0.0.1"
CHOOSE = "/oauth2/authorize"
STOP_SECONDS = 5.0

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "title": "Kies een demopersoon",
        "lead": "Deze mensen zijn verzonnen. U logt in zonder wachtwoord.",
        "stop": "Toch niet inloggen",
    },
    "en": {
        "title": "Choose a demo person",
        "lead": "These people are invented. You sign in without a password.",
        "stop": "Do not sign in after all",
    },
}

SIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="10" fill="#0e5850"/>'
    '<path d="M8 31.5h8v-7h8v-7h8" fill="none" stroke="#fff" stroke-width="3.8"/></svg>'
)
"""The sign beside the title of the page, in the page itself: the provider has no file for it."""

PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="icon" href="data:image/svg+xml,{sign}"><style>
body {{ font: 1.125rem/1.5 "Noto Sans", system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b }}
ul {{ list-style: none; padding: 0 }} li {{ margin: .5rem 0 }}
button {{ font: inherit; text-align: start; width: 100%; padding: .6rem 1rem; color: #0e5850; background: #fff;
border: 2px solid #0e5850; border-radius: .25rem; cursor: pointer }}
button:hover {{ background: #e6f2f0 }} button:focus-visible {{ outline: 3px solid #1b1b1b; outline-offset: 2px }}
small {{ color: #4a4a4a }}
</style></head><body><main><h1>{title}</h1><p>{lead}</p>
<form method="post"><ul>{people}</ul><p><button name="action" value="deny">{stop}</button></p></form></main></body></html>
"""


class _Server(ThreadingMixIn, WSGIServer):
    """One thread per request; a browser that waits holds up nobody."""

    daemon_threads = True


class _Silent(WSGIRequestHandler):
    """Says nothing of what is asked: an address holds a code."""

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def demo_provider() -> Iterator[str]:
    """Start it as a child of this process and give its issuer; it ends with us, however we end."""
    with socket.create_server((HOST, 0)) as line:
        line.set_inheritable(True)
        words = bound([sys.executable, "-m", __name__, "--socket", str(line.fileno())], at_death="TERM")
        surroundings = {**environment.inherited(), "AUTHLIB_INSECURE_TRANSPORT": "1"}  # plain http, on loopback only
        child = subprocess.Popen(words, pass_fds=[line.fileno()], env=surroundings, start_new_session=True)
        issuer = f"http://{HOST}:{line.getsockname()[1]}"
    try:
        yield issuer
    finally:
        child.terminate()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def choosing_page(provider: Wsgi, page: Callable[[str], str]) -> Wsgi:
    """Put our page, made for a language, in front of the provider's own form; everything else is the provider's."""

    def answer(given: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if given["REQUEST_METHOD"] != "GET" or given["PATH_INFO"] != CHOOSE:
            return provider(given, start)
        asked = parse_qs(given.get("QUERY_STRING", ""))
        body = page("en" if asked.get("ui_locales", ["nl"])[0].startswith("en") else "nl").encode()
        start("200 OK", [
            ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")
        ])  # fmt: skip
        return [body]

    return answer


def list_of_people(language: str) -> str:
    """Give the page with the people to click on."""
    from doorleren.people.demo import PEOPLE

    people = "".join(
        f'<li><button name="sub" value="{escape(one.subject)}"><strong>{escape(one.name)}</strong><br><small>'
        f"{escape(one.role.label if language == 'nl' else one.role.value.replace('_', ' '))}</small></button></li>"
        for one in PEOPLE
    )
    return PAGE.format(lang=language, people=people, sign=quote(SIGN), **WORDS[language])


def main(argv: list[str]) -> int:
    """Answer on the socket that was handed over, until told to stop."""
    parser = argparse.ArgumentParser(prog="demo_provider", description="the OpenID provider of the demo")
    parser.add_argument("--socket", type=int, required=True, help="number of the socket that listens on loopback")
    line = socket.socket(fileno=parser.parse_args(argv).socket)
    host, port = line.getsockname()[:2]
    server = _Server((host, port), _Silent, bind_and_activate=False)
    server.socket.close()
    server.socket = line
    server.server_name, server.server_port = host, port
    server.setup_environ()
    server.set_app(_application())
    server.serve_forever()
    return 0


def _application() -> Wsgi:
    import django

    environment.announce_default(DJANGO_SETTINGS_MODULE="doorleren.server.settings")
    django.setup()
    with warnings.catch_warnings(record=True):  # what its own libraries will drop some day is not for who runs a demo
        from oidc_provider_mock import User, app  # type: ignore[import-untyped]

    from doorleren.people.demo import PEOPLE

    people = [User(sub=one.subject, claims=dict(one.claims)) for one in PEOPLE]
    return choosing_page(app(require_nonce=True, issue_refresh_token=False, user_claims=people), list_of_people)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
