"""Connecting to a source: only to public places on the web, also where a name or a redirect leads elsewhere.

What is refused is looked at when the connection stands, at the address that it stands with: a name that points to
another place than a moment ago gains nothing. Everything refused is `NotFetched`.
"""

import http.client
import socket
from collections.abc import Callable
from email.message import Message
from functools import partial
from typing import IO, Any
from urllib.parse import urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from doorleren.core.texts import Texts
from doorleren.register.feeds.allowed import is_public, refusal_of_nearby

SCHEMES = ("http", "https")


class NotFetched(Exception):
    """Nothing usable was fetched; `texts` says why."""

    def __init__(self, nl: str, en: str) -> None:
        """Keep the sentence."""
        super().__init__(nl)
        self.texts: Texts = {"nl": nl, "en": en}


def opener(*, nearby: bool) -> OpenerDirector:
    """Give what opens addresses: without proxies, on the web only and, unless `nearby`, to public places only."""
    if nearby:
        return build_opener(ProxyHandler({}), _StaysOnTheWeb)
    return build_opener(ProxyHandler({}), _StaysOnTheWeb, _PublicHTTP, _PublicHTTPS)


class _StaysOnTheWeb(HTTPRedirectHandler):
    """Follows a redirect to http and https only (urllib would also follow one to ftp), and never from https to http."""

    def http_error_302(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message) -> IO[bytes] | None:
        """Look at where the redirect leads before urllib does, so that the sentence is ours."""
        scheme = urlsplit(headers.get("location", "")).scheme.lower() or req.type
        if scheme not in SCHEMES or (req.type, scheme) == ("https", "http"):
            fp.close()
            raise NotFetched(
                f"Het adres stuurt door naar {scheme}. Dat wordt niet gevolgd: alleen http en https, en van https alleen https.",
                f"The address redirects to {scheme}. That is not followed: only http and https, and from https only https.",
            )
        return super().http_error_302(req, fp, code, msg, headers)  # type: ignore[arg-type]

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        """Take the secret along within one site, and nowhere else."""
        made = super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]
        secret = req.unredirected_hdrs.get("Authorization")
        if made is not None and secret and (made.type, made.host) == (req.type, req.host):
            made.add_unredirected_header("Authorization", secret)
        return made


class _PublicHTTP(HTTPHandler):
    """Opens http with a look at where the connection leads."""

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        """Open it."""
        return self.do_open(partial(_public, http.client.HTTPConnection), req)


class _PublicHTTPS(HTTPSHandler):
    """The same for https, before a word is said."""

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        """Open it."""
        return self.do_open(partial(_public, http.client.HTTPSConnection), req)


def _public(kind: Callable[..., Any], host: str, **settings: Any) -> Any:
    """Make a connection of http.client that connects to public places only."""
    made = kind(host, **settings)
    made._create_connection = _connect
    return made


def _connect(address: tuple[str, int], *settings: Any, **named: Any) -> socket.socket:
    line = socket.create_connection(address, *settings, **named)
    if not is_public(line.getpeername()[0]):
        line.close()
        told = refusal_of_nearby(address[0])
        raise NotFetched(told["nl"], told["en"])
    return line
