"""What a scheme's file may announce for a failed opening: a rule that fits the order, with its numbers, or a refusal that names what is wrong."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from doorleren.rounds.announced import announced_of, hash_of, read, written
from doorleren.rounds.ordering import ORDERS
from doorleren.rules.fallback import FALLBACKS, fitting_for, read_fallback
from doorleren.rules.faults import SchemeFault
from doorleren.rules.library import Library
from doorleren.rules.shape import Part
from doorleren.rules.versions import Citation, Fallback

ROOT = Path(__file__).parents[2]
CITED = Citation("a source", "binding")
RIGHT: dict[str, Any] = {"silent_minutes": 30, "within_hours": 4, "notice_hours": 48, "then": "keep_places"}


def told(order: str = "arrival", closes: str | None = "2026-01-02", **other: Any) -> Fallback | None:
    """Read the fallback of a round of that order."""
    content: dict[str, Any] = {"fallback": {name: one for name, one in (RIGHT | other).items() if one is not None}}
    return read_fallback(Part(content | ({"closes": closes} if closes else {}), "round"), order, lambda _: CITED)


def test_it_is_read() -> None:
    """All that it says comes back; a round that says nothing has none; to stay open for longer needs no notice."""
    assert told() == Fallback("keep_places", 30, 4, 48, CITED)
    assert told("draw", then="extend", notice_hours=None) == Fallback("extend", 30, 4, 0, CITED)
    assert read_fallback(Part({}, "round"), "arrival", lambda _: CITED) is None


@pytest.mark.parametrize(
    ("order", "other", "words"),
    [
        ("arrival", {"then": "treat_alike"}, "allowed is keep_places"),
        ("random_present", {"then": "keep_places"}, "allowed is treat_alike"),
        ("random_present", {"then": "extend"}, "allowed is treat_alike"),
        ("draw", {"then": "extend", "closes": None}, "nothing closes it"),
        ("arrival", {"then": "start_over"}, "then"),
        ("arrival", {"silent_minutes": 0}, "silent_minutes"),
        ("arrival", {"silent_minutes": None}, "silent_minutes"),
        ("arrival", {"within_hours": 24 * 31 + 1}, "within_hours"),
        ("arrival", {"notice_hours": None}, "notice_hours"),
        ("arrival", {"notice_hours": True}, "notice_hours"),
        ("draw", {"then": "extend"}, "notice_hours"),
        ("arrival", {"minutes": 5}, "minutes"),
    ],
    ids=str,
)
def test_what_is_wrong_is_named(order: str, other: dict[str, Any], words: str) -> None:
    """Each refusal names the field, what was given and what is allowed."""
    with pytest.raises(SchemeFault, match=words):
        told(order, **other)


def test_every_order_has_one() -> None:
    """Whatever the order of treatment, something fair can be announced, with and without a closing."""
    assert {one for orders in FALLBACKS.values() for one in orders} == set(ORDERS)
    assert all(fitting_for(order, ends=ends) for order in ORDERS for ends in (True, False))


def test_it_is_announced_and_hashed(library: Library) -> None:
    """What is announced holds it, comes back unchanged, and has another hash without; a round without it has the hash that it had."""
    opened = next(
        one
        for scheme in library.schemes.values()
        for version in scheme.versions
        for one in version.rounds
        if one.fallback
    )
    rules = announced_of(opened)
    plain = {name: one for name, one in written(rules).items() if name != "fallback"}
    assert rules.fallback is not None
    assert rules.fallback.citation is None
    assert read(written(rules)) == rules
    assert read(plain).fallback is None
    assert written(read(plain)) == plain
    assert hash_of(plain) != hash_of(written(rules))


def test_every_key_stands_in_the_guide() -> None:
    """The how-to has every rule that there is, as TOML that can be copied."""
    guide = (ROOT / "docs/howto/write-a-scheme.md").read_text()
    block = guide[guide.index("# [round.fallback]") :].partition("\n\n")[0]
    lines = [line[2:].split("#")[0] for line in block.splitlines() if line.startswith("# ")]
    copied = tomllib.loads("\n".join(lines))["round"]["fallback"]
    assert set(copied) == {*RIGHT, "source"}
    assert all(one in block for one in FALLBACKS)
