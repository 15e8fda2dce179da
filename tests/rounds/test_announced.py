"""What a scheme's file says of a round becomes what is announced of it, to the letter, and is read back the same."""

import json
import tomllib
from fractions import Fraction
from typing import Any

import pytest

from doorleren.rounds.announced import announced_of, hash_of, read, written
from doorleren.rounds.pot import Ceiling
from doorleren.rounds.pro_rata import divide
from doorleren.rules.caps import PER_YEAR, Cap, caps_of
from doorleren.rules.files import read_version
from doorleren.rules.versions import Round
from tests.rounds.made import a_round, announced
from tests.rules.test_rounds import ONE_ROUND, moment


def told(**given: Any) -> Round:
    """Read a round as a file has it."""
    one = {"id": "r", "opens": moment("2026-03-01T10:00"), "source": "order"} | given
    return read_version({**tomllib.loads(ONE_ROUND), "round": [one]}, "file", lambda _: {}).rounds[0]


def test_the_floor_of_a_file_is_that_of_the_division() -> None:
    """A floor in the file reaches the division: who asks little keeps it, the rest is divided in proportion."""
    announced = announced_of(told(order="pro_rata", ceiling_money=1000, floor=300))
    asked = {"small": 300_00, "large": 1700_00}
    assert divide(1000_00, asked, floor_cents=announced.floor_cents) == {"small": 300_00, "large": 700_00}
    without = announced_of(told(order="pro_rata", ceiling_money=1000))
    assert divide(1000_00, asked, floor_cents=without.floor_cents) == {"small": 150_00, "large": 850_00}


@pytest.mark.parametrize(
    ("given", "part"),
    [({"count": 5}, Ceiling(number=5)), ({"money": 250}, Ceiling(250_00)), ({"share": Fraction(1, 4)}, Ceiling(250_00, 25))],
    ids=["count", "money", "share"],
)  # fmt: skip
def test_what_a_file_sets_apart_is_kept_apart(given: dict[str, Any], part: Ceiling) -> None:
    """A part in number, money or share is announced as such; none is passed over."""
    one = told(ceiling_money=1000, ceiling_count=100)
    object.__setattr__(one, "ring_fenced", {"for": "not_digital"} | given)
    assert announced_of(one).pot.apart == {"not_digital": part}


def test_components_are_announced_and_read_back() -> None:
    """What a ceiling consists of is part of what is announced and hashed; where a file names none nothing is added."""
    parts = [{"nl": "advies", "money": 400, "target": 8}, {"nl": "les", "money": 600}]
    announced = announced_of(told(ceiling_money=1000, component=parts))
    assert announced.components == (({"nl": "advies"}, 400_00, 8), ({"nl": "les"}, 600_00, None))
    assert read(json.loads(json.dumps(written(announced)))) == announced
    assert "components" not in written(announced_of(told(ceiling_money=1000)))


CAPPED = """
[[parameter]]
id = "a_day"
unit = "number"
values = [
  { from = 2026-01-01, value = 20, source = "order" },
  { from = 2026-03-02, value = 5, source = "order" },
]
[stacking]
per_calendar_year = 1
source = "order"
[[track.condition]]
id = "few_a_day"
when = "adviser.registrations_today < a_day"
nl = "de adviseur meldde vandaag minder mensen aan dan mag"
source = "order"
"""


def test_caps_are_announced_with_their_values_at_the_opening() -> None:
    """A condition that counts a day and the times a year are announced to the letter, with the number of the opening; no other."""
    one = {"id": "r", "opens": moment("2026-03-01T10:00"), "source": "order"}
    version = read_version(tomllib.loads(ONE_ROUND + CAPPED) | {"round": [one]}, "file", lambda _: {})
    opened = version.rounds[0]
    made = announced_of(opened, caps=caps_of(version, opened))
    assert made.caps == (
        Cap("few_a_day", "adviser.registrations_today < a_day", (("a_day", "20"),)),
        Cap(PER_YEAR, PER_YEAR, ((PER_YEAR, "1"),)),
    )
    assert made.tracks == tuple(track.id for track in version.tracks)
    assert read(json.loads(json.dumps(written(made)))) == made
    plain = told()
    assert "caps" not in written(announced_of(plain))


@pytest.mark.django_db
def test_what_is_announced_names_its_version() -> None:
    """Scheme, round and version with its hash are in what is hashed, so that two versions never announce the same."""
    one, other = a_round(opened=False), a_round(opened=False)
    told = one.announced
    assert (told["scheme"], told["round"], told["version"]) == ("s", "r", "v")
    assert told["version_hash"] == one.version.digest
    assert one.announced_hash == hash_of(told) != other.announced_hash


def test_what_was_announced_before_is_still_read() -> None:
    """What was announced without tracks, caps and version reads as such: none of them is made up."""
    before = written(announced())
    assert not {"tracks", "caps", "scheme", "version_hash"} & before.keys()
    assert (read(before).tracks, read(before).caps) == ((), ())
