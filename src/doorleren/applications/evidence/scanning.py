"""The hook for a virus scanner: clamd on a socket, or a command. The text that names it is passed in.

Without one, documents are not scanned and the record says so. With one, whatever is not plainly "clean" keeps the door
closed: a scanner that is down, slow or unclear never lets a document through.
"""

import logging
import shlex
import socket
import subprocess
from collections.abc import Callable
from typing import Literal

log = logging.getLogger(__name__)

Found = Literal["clean", "infected", "failed", "absent"]
Scanner = Callable[[bytes], Found]

SECONDS = 60.0
_PIECE = 1 << 18
_LONGEST_REPLY = 4096


class BadScanner(ValueError):
    """The scanner cannot be read from its setting; the message says what was given and what is allowed."""


def scanner_of(named: str | None) -> Scanner:
    """Give the scanner that a setting names: "clamd:/run/clamd.sock", "clamd:host:3310", or "command:PROGRAM ARGUMENTS".

    A command gets the document on its standard input, and answers as clamdscan does: 0 clean, 1 infected, else it failed.
    Raises BadScanner.
    """
    if not named:
        return _absent
    kind, _, rest = named.partition(":")
    if kind == "command" and rest.strip():
        return lambda raw: _by_command(shlex.split(rest), raw)
    if kind == "clamd" and rest.startswith("/"):
        return lambda raw: _by_clamd(lambda: _unix(rest), raw)
    host, _, port = rest.rpartition(":")
    if kind == "clamd" and host and port.isascii() and port.isdecimal() and int(port) < 65_536:
        return lambda raw: _by_clamd(lambda: socket.create_connection((host, int(port)), SECONDS), raw)
    raise BadScanner(
        f"DOORLEREN_SCANNER: given is {named!r}, allowed is clamd:/path/to/socket, clamd:host:port or command:program"
    )


def _absent(_raw: bytes) -> Found:
    return "absent"


def _by_command(words: list[str], raw: bytes) -> Found:
    try:
        done = subprocess.run(words, input=raw, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("the virus scanner did not answer: %s", type(error).__name__)
        return "failed"
    if done.returncode not in (0, 1):
        log.warning("the virus scanner failed with code %d", done.returncode)
    answers: dict[int, Found] = {0: "clean", 1: "infected"}
    return answers.get(done.returncode, "failed")


def _unix(path: str) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(path)
    except OSError:
        line.close()
        raise
    return line


def _by_clamd(reach: Callable[[], socket.socket], raw: bytes) -> Found:
    """Send a document as INSTREAM: pieces with their length before them, an empty one at the end."""
    reply = b""
    try:
        with reach() as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(raw), _PIECE):
                piece = raw[start : start + _PIECE]
                line.sendall(len(piece).to_bytes(4, "big") + piece)
            line.sendall(bytes(4))
            while not reply.endswith(b"\0") and len(reply) < _LONGEST_REPLY and (more := line.recv(_LONGEST_REPLY)):
                reply += more
    except OSError as error:
        log.warning("the virus scanner did not answer: %s", type(error).__name__)
        return "failed"
    told = reply.rstrip(b"\0\n")
    if told == b"stream: OK":
        return "clean"
    if told.startswith(b"stream: ") and told.endswith(b" FOUND"):
        return "infected"
    log.warning("the virus scanner answered something else than OK or FOUND")
    return "failed"
