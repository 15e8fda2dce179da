"""`doorleren draw`: made and verified from files; what is wrong with one is said in a line."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.core.test_draw import REAL

pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the recorded pulse of a real beacon is not on this machine")


@pytest.fixture
def tickets(tmp_path: Path) -> Path:
    """Write a list of thirty sealed tickets."""
    path = tmp_path / "tickets.txt"
    path.write_text("\n".join(hashlib.sha256(b"%d" % number).hexdigest() for number in range(30)))
    return path


def test_a_draw_is_made_and_verified(run: Run, tickets: Path, tmp_path: Path) -> None:
    """A draw made from a list and a real pulse verifies; the same secret gives the same file."""
    made = [tmp_path / "1.json", tmp_path / "2.json"]
    for path in made:
        assert run("draw", "make", path, "--tickets", tickets, "--pulse", REAL, "--secret", "ab" * 32).code == 0
    assert made[0].read_bytes() == made[1].read_bytes()
    verified = run("draw", "verify", made[0], "--json")
    assert (verified.code, verified.json()["holds"], verified.json()["announced"]["tickets"]) == (0, True, 30)


def test_a_secret_of_its_own(run: Run, tickets: Path, tmp_path: Path) -> None:
    """Without a secret each draw takes a new one, so that two draws of one list have other orders."""
    for name in ("1.json", "2.json"):
        run("draw", "make", tmp_path / name, "--tickets", tickets, "--pulse", REAL)
    orders = [json.loads((tmp_path / name).read_text())["order"] for name in ("1.json", "2.json")]
    assert orders[0] != orders[1]


def test_a_flipped_bit_fails(run: Run, tickets: Path, tmp_path: Path) -> None:
    """One flipped bit of the beacon's signature, in the file of a draw, ends in exit code 1 and says what is wrong."""
    path = tmp_path / "draw.json"
    run("draw", "make", path, "--tickets", tickets, "--pulse", REAL)
    told = json.loads(path.read_text())
    signature = bytearray.fromhex(told["pulse"]["signature"])
    signature[40] ^= 1
    told["pulse"]["signature"] = signature.hex()
    path.write_text(json.dumps(told))
    ran = run("draw", "verify", path)
    assert ran.code == 1
    assert "signature" in ran.out


@pytest.mark.parametrize("content", ["{", "[]", "\x00"])
def test_what_is_no_draw(run: Run, tmp_path: Path, content: str) -> None:
    """A file that is no JSON object is refused in one line, with exit code 2."""
    path = tmp_path / "draw.json"
    path.write_text(content)
    ran = run("draw", "verify", path)
    assert (ran.code, ran.err.count("\n")) == (2, 1)


def test_a_list_with_a_ticket_twice(run: Run, tickets: Path, tmp_path: Path) -> None:
    """A ticket that stands on the list twice is refused, and nothing is written."""
    twice = tmp_path / "twice.txt"
    twice.write_text(tickets.read_text() + "\n" + tickets.read_text().split()[0])
    ran = run("draw", "make", tmp_path / "draw.json", "--tickets", twice, "--pulse", REAL)
    assert ran.code == 2
    assert "twice" in ran.err
    assert not (tmp_path / "draw.json").exists()


def test_who_was_completed_after_it(run: Run, tickets: Path, tmp_path: Path) -> None:
    """With the list of who was completed the order as it became is told; a list of another draw ends in exit code 1."""
    draw, late = tmp_path / "draw.json", tmp_path / "completed.json"
    run("draw", "make", draw, "--tickets", tickets, "--pulse", REAL, "--for", "s/r/1")
    first, second, *rest = json.loads(draw.read_text())["order"]
    told = {
        "form": "doorleren-completed/1", "drawn_for": "s/r/1", "incomplete": [second],
        "completed": [{"ticket": first, "day": "2026-04-01", "noted_at": "2026-04-01T09:00:00+00:00"}],
    }  # fmt: skip
    late.write_text(json.dumps(told))
    ran = run("draw", "verify", draw, "--completed", late, "--json")
    assert (ran.code, ran.json()["order"]) == (0, [*rest, first])
    assert "29 tickets are in the order" in run("draw", "verify", draw, "--completed", late).out
    late.write_text(json.dumps(told | {"drawn_for": "s/r/2"}))
    ran = run("draw", "verify", draw, "--completed", late)
    assert (ran.code, "the draw is for" in ran.out) == (1, True)
