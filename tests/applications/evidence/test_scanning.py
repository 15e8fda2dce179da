"""The hook for a virus scanner: what each answer means, and that no answer never means clean."""

import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from doorleren.applications.evidence.scanning import BadScanner, scanner_of

RAW = b"a document " * 50_000


class Clamd(threading.Thread):
    """Speaks as clamd does, on a socket of a family; keeps what it was sent and answers what it was told to."""

    def __init__(self, family: int, place: object, answer: bytes | None) -> None:
        super().__init__(daemon=True)
        self.line = socket.socket(family)
        self.line.bind(place)
        self.line.listen()
        self.answer, self.got = answer, b""

    def run(self) -> None:
        """Serve one visitor."""
        held, _ = self.line.accept()
        with held, held.makefile("rb") as asked:
            if self.answer is None:
                return
            assert asked.read(10) == b"zINSTREAM\0"
            while size := int.from_bytes(asked.read(4), "big"):
                self.got += asked.read(size)
            held.sendall(self.answer)

    def close(self) -> None:
        """Stop."""
        self.join(5)
        self.line.close()


@pytest.fixture(params=["unix", "tcp"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[object]:
    """Begins a scanner with an answer, and gives it with its setting."""
    begun: list[Clamd] = []

    def begin(answer: bytes | None) -> tuple[Clamd, str]:
        unix = request.param == "unix"
        path = str(tmp_path / "c")
        one = Clamd(socket.AF_UNIX if unix else socket.AF_INET, path if unix else ("127.0.0.1", 0), answer)
        begun.append(one)
        one.start()
        return one, f"clamd:{path}" if unix else f"clamd:127.0.0.1:{one.line.getsockname()[1]}"

    yield begin
    for one in begun:
        one.close()


ANSWERS = {
    "clean": (b"stream: OK\0", "clean"),
    "infected": (b"stream: Eicar-Signature FOUND\0", "infected"),
    "too large for it": (b"INSTREAM size limit exceeded. ERROR\0", "failed"),
    "half": (b"stream: ", "failed"),
    "nothing": (b"", "failed"),
    "hung up": (None, "failed"),
    "OK in a name": (b"stream: OK FOUND\0", "infected"),
    "something": (b"OK\0", "failed"),
}


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_what_clamd_answers(name: str, clamd: object) -> None:
    """Only "stream: OK" is clean, only FOUND is infected, all else failed; and the whole document was sent."""
    answer, found = ANSWERS[name]
    one, setting = clamd(answer)
    assert scanner_of(setting)(RAW) == found
    one.join(5)
    assert one.got == (RAW if answer is not None else b"")


@pytest.mark.parametrize(
    ("code", "found"),
    [("0", "clean"), ("1", "infected"), ("2", "failed"), ("'what'", "failed")],
    ids=["0", "1", "2", "x"],
)
def test_what_a_command_answers(code: str, found: str) -> None:
    """A command gets the document on its input; its code says what it found."""
    program = f"import sys; sys.exit({code} if len(sys.stdin.buffer.read()) == {len(RAW)} else 3)"
    named = f'command:{sys.executable} -c "{program}"'
    if code == "'what'":
        named = f"command:{sys.executable} -c 'import os; os.kill(os.getpid(), 9)'"
    assert scanner_of(named)(RAW) == found


def test_a_scanner_that_is_not_there(tmp_path: Path) -> None:
    """A scanner that was named and cannot be reached failed; none named says that there is none."""
    assert scanner_of(f"clamd:{tmp_path}/nobody")(RAW) == "failed"
    assert scanner_of(f"command:{tmp_path}/nobody")(RAW) == "failed"
    assert scanner_of(None)(RAW) == "absent"


def test_a_command_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that takes too long failed."""
    monkeypatch.setattr("doorleren.applications.evidence.scanning.SECONDS", 0.2)
    assert scanner_of(f"command:{sys.executable} -c 'import time; time.sleep(30)'")(RAW) == "failed"


@pytest.mark.parametrize("named", ["clamav", "clamd:", "clamd:host", "clamd:host:x", "clamd:host:99999", "command: "])
def test_a_setting_that_cannot_be_read(named: str) -> None:
    """A setting that names no scanner is refused, with what is allowed; it never means that there is none."""
    with pytest.raises(BadScanner, match="DOORLEREN_SCANNER"):
        scanner_of(named)
