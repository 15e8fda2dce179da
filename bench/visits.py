"""Visitors who come at once: each keeps one connection and asks the next page as soon as the last one is there.

One thread serves all of them, and requests are bytes made beforehand, so that the measuring takes little of the
processor from what is measured. Addresses of this machine only, answers with a length.
"""

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE_SECONDS = 60.0
GAP = b"\r\n\r\n"
ACCEPTED = "gzip, deflate, br"
"""What a browser of today says on plain http."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: GET without a form, POST with one; `status` is what must come back. `cookie`: of who is signed in."""

    address: str
    form: tuple[tuple[str, str], ...] | None = None
    status: int = 200
    cookie: str = ""

    def as_bytes(self, *, plain: bool = False) -> bytes:
        """Write it as HTTP/1.1, `plain` for an answer that is not compressed."""
        lines = [f"{'GET' if self.form is None else 'POST'} {self.address} HTTP/1.1", f"Host: {HOST}",
                 f"Accept-Encoding: {'identity' if plain else ACCEPTED}", "Accept: text/html", "Connection: keep-alive"]  # fmt: skip
        body = b"" if self.form is None else urlencode(self.form).encode()
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if self.form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode("ascii") + body


class Unexpected(RuntimeError):
    """An answer was not what it should be; what is measured would mean nothing."""


@dataclass
class _Visitor:
    """One connection, what it waits for, and what has come of it."""

    connection: socket.socket
    number: int = 0
    began: float = 0.0
    came: bytearray = field(default_factory=bytearray)

    def whole(self) -> bool:
        """Whether the answer has come to its end."""
        head = self.came.find(GAP)
        return head >= 0 and len(self.came) >= head + len(GAP) + _length(bytes(self.came[:head]))


def visit(port: int, asks: Sequence[Ask], visitors: int) -> list[float]:
    """Ask everything, each question once, so many at a time; give the seconds from asking to the last byte of each.

    Raises Unexpected for another status than a question names.
    """
    written, spent = [one.as_bytes() for one in asks], [0.0] * len(asks)
    selector, waiting = selectors.DefaultSelector(), iter(range(len(asks)))
    for _ in range(min(visitors, len(asks))):
        one = _Visitor(socket.create_connection((HOST, port), PATIENCE_SECONDS))
        one.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(one.connection, selectors.EVENT_READ, one)
        _ask(one, next(waiting), written)
    while selector.get_map():
        ready = selector.select(PATIENCE_SECONDS)
        if not ready:
            raise Unexpected(f"no answer within {PATIENCE_SECONDS:g} seconds")
        for key, _ in ready:
            one = key.data
            part = one.connection.recv(1 << 18)
            one.came += part
            if part and not one.whole():
                continue
            spent[one.number] = time.perf_counter() - one.began
            _expect(asks[one.number], bytes(one.came))
            following = next(waiting, None)
            if following is None:
                selector.unregister(one.connection)
                one.connection.close()
            else:
                _ask(one, following, written)
    return spent


def fetch(port: int, ask: Ask, *, plain: bool = False) -> tuple[dict[str, str], bytes]:
    """Ask one thing; give the headers (names in lower case) and the body as it was sent, `plain` not compressed."""
    with socket.create_connection((HOST, port), PATIENCE_SECONDS) as connection:
        one = _Visitor(connection)
        _ask(one, 0, [ask.as_bytes(plain=plain)])
        while not one.whole():
            part = connection.recv(1 << 18)
            if not part:
                break
            one.came += part
    _expect(ask, bytes(one.came))
    head, _, body = bytes(one.came).partition(GAP)
    lines = [line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:]]
    return {name.lower(): value.strip() for name, _, value in lines}, body


def _ask(visitor: _Visitor, number: int, written: Sequence[bytes]) -> None:
    visitor.number = number
    visitor.came.clear()
    visitor.began = time.perf_counter()
    visitor.connection.sendall(written[number])


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise Unexpected("an answer without a length")


def _expect(ask: Ask, came: bytes) -> None:
    status = came[:12].split()[1:2]
    if status != [str(ask.status).encode()]:
        raise Unexpected(f"{ask.address}: {came[:60]!r} instead of {ask.status}")
