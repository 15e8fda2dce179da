"""What is announced of a round, as plain data: from a scheme's file, and from and to the row of the round. Pure.

Awb 4:26 and 4:27: the ceiling and how it is divided are made known beforehand, and a lowered ceiling has no effect on
what was filed before. So the hash of what was announced goes with everything that follows from it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from doorleren.rounds.ordering import ORDERS
from doorleren.rounds.pot import Ceiling, PotRules
from doorleren.rules.caps import Cap
from doorleren.rules.fallback import fitting_for
from doorleren.rules.frameworks import Framework
from doorleren.rules.round_pots import MOMENT_COUNTS
from doorleren.rules.versions import TIES, Fallback, Round

PRESENT_SECONDS = 1800
"""Who submits within so many seconds of the opening was present at it, where the order is drawn among who was (assumption)."""


@dataclass(frozen=True, slots=True)
class Announced:
    """The rules of a round: its order, its pot, the floor of a pro rata division, how long is "present at the opening".

    `per_day`: by arrival not the moment counts but the day; `paper_days`: for so long after its receipt what came on paper
    can be entered to count on that day (days.py). `ties`: what settles the same score in a ranking (rules/versions.py).
    `components`: of what the ceiling consists, each in words by language, cents and how many it is meant to reach.
    `fallback`: what happens where the opening fails (rules/versions.py); None where nothing was announced for it.
    `follows_completion`: the place of an application that had to be completed follows the completion (completing.py).
    `tracks` may file in it, under `caps` (rules/caps.py); none of what was announced before these were.
    """

    order: str
    pot: PotRules
    floor_cents: int = 0
    present_seconds: int = PRESENT_SECONDS
    per_day: bool = False
    paper_days: int = 0
    ties: str = "draw"
    components: tuple[tuple[Mapping[str, str], int, int | None], ...] = ()
    fallback: Fallback | None = None
    follows_completion: bool = False
    tracks: tuple[str, ...] = ()
    caps: tuple[Cap, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an order that does not exist."""
        if self.order not in ORDERS:
            raise ValueError(f"order: given is {self.order!r}, allowed are: {', '.join(ORDERS)}")
        if (self.per_day and self.order != "arrival") or (self.paper_days and not self.per_day) or self.paper_days < 0:
            raise ValueError(
                "per_day: the day counts only by arrival, and paper_days (0 or more) only where the day counts"
            )
        if self.ties not in TIES or (self.ties != "draw" and self.order != "ranking"):
            raise ValueError(f"ties: given is {self.ties!r}, allowed are {' and '.join(TIES)} in a ranking, else draw")
        ceilings = (self.pot.ceiling, *self.pot.apart.values())
        if self.order == "pro_rata" and any(one.number is not None for one in ceilings):
            raise ValueError("ceiling: money is divided pro rata, so a ceiling in number is not allowed")
        if self.follows_completion and self.order not in MOMENT_COUNTS:
            raise ValueError(f"follows_completion: a place follows it only where order is {', '.join(MOMENT_COUNTS)}")
        fitting = fitting_for(self.order, ends=True)
        if self.fallback is not None and self.fallback.then not in fitting:
            raise ValueError(
                f"fallback: given is {self.fallback.then!r}, allowed are {', '.join(fitting)} for {self.order}"
            )


def announced_of(opened: Round, framework: Framework | None = None, caps: tuple[Cap, ...] = ()) -> Announced:
    """Read what a scheme's file announces of a round. Raises ValueError where its parts do not fit its ceiling.

    `framework`: says whether places follow completeness, where the file does not. `caps`: those of its version.
    """
    whole = Ceiling(_cents(opened.ceiling_money), opened.ceiling_count)
    given: Any = opened.ring_fenced
    parts = given if isinstance(given, list) else [given] if given else []
    apart = {str(one["for"]): _part(one, whole) for one in parts}
    pot = PotRules(whole, apart, opened.last == "partly", opened.after_miss == "continue", opened.waiting_list)
    components = tuple(({**one.text}, int(one.money * 100), one.target) for one in opened.components)
    fallback = opened.fallback and replace(opened.fallback, citation=None)
    place_from = opened.place_from or (framework.place_from if framework is not None else "")
    return Announced(opened.order, pot, _cents(opened.floor) or 0, per_day=opened.counts == "day",
                     paper_days=opened.paper_days, ties=opened.ties, components=components, fallback=fallback,
                     follows_completion=place_from == "completion" and opened.order in MOMENT_COUNTS,
                     tracks=opened.tracks, caps=caps)  # fmt: skip


def written(announced: Announced) -> dict[str, Any]:
    """Write what was announced as JSON."""
    pot = announced.pot
    return {
        "order": announced.order,
        "ceiling": _ceiling(pot.ceiling),
        "apart": {kind: _ceiling(one) for kind, one in sorted(pot.apart.items())},
        "partly": pot.partly,
        "goes_on": pot.goes_on,
        "waiting_list": pot.waiting_list,
        "floor_cents": announced.floor_cents,
        "present_seconds": announced.present_seconds,
        "per_day": announced.per_day,
        "paper_days": announced.paper_days,
        **({"ties": announced.ties} if announced.order == "ranking" else {}),
        **({"components": [list(one) for one in announced.components]} if announced.components else {}),
        **({"fallback": _fallback(announced.fallback)} if announced.fallback else {}),
        **({"follows_completion": True} if announced.follows_completion else {}),
        **({"tracks": list(announced.tracks)} if announced.tracks else {}),
        **(
            {"caps": [{"id": one.id, "rule": one.rule, "values": dict(one.values)} for one in announced.caps]}
            if announced.caps
            else {}
        ),
    }


def read(told: Mapping[str, Any]) -> Announced:
    """Read what `written` wrote. Raises KeyError or ValueError for anything else."""
    apart = {kind: Ceiling(**one) for kind, one in told["apart"].items()}
    pot = PotRules(Ceiling(**told["ceiling"]), apart, told["partly"], told["goes_on"], told["waiting_list"])
    paper = told.get("paper_days", 0)  # not in what was announced before paper could count on its day of receipt
    components = tuple((words, cents, target) for words, cents, target in told.get("components", ()))
    fallback = Fallback(**told["fallback"]) if "fallback" in told else None
    caps = tuple(Cap(one["id"], one["rule"], tuple(sorted(one["values"].items()))) for one in told.get("caps", ()))
    return Announced(told["order"], pot, told["floor_cents"], told["present_seconds"], told["per_day"], paper,
                     told.get("ties", "draw"), components, fallback, told.get("follows_completion", False),
                     tuple(told.get("tracks", ())), caps)  # fmt: skip


def written_for(announced: Announced, *, scheme: str, version: str, digest: str, code: str) -> dict[str, Any]:
    """Write what was announced of the round `code` of a version of a scheme, which is known by its hash, as JSON."""
    return written(announced) | {"scheme": scheme, "round": code, "version": version, "version_hash": digest}


def canonical(told: Mapping[str, Any]) -> str:
    """Write what was announced as the JSON of which the hash is taken: sorted keys, no spaces."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def hash_of(told: Mapping[str, Any]) -> str:
    """Give the hash of what was announced: SHA-256 of its canonical JSON."""
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def sealed(round_: int, key: str, content: str) -> str:
    """Seal a ticket for a draw: only who has its receipt can find it on the list."""
    return hashlib.sha256(f"doorleren ticket\n{round_}\n{key}\n{content}".encode()).hexdigest()


def _part(one: Mapping[str, Any], whole: Ceiling) -> Ceiling:
    if "money" in one:
        return Ceiling(_cents(one["money"]))
    if "count" in one:
        return Ceiling(number=one["count"])
    if "share" in one:
        return Ceiling(*(None if most is None else int(most * one["share"]) for most in (whole.cents, whole.number)))
    return Ceiling()


def _fallback(fallback: Fallback) -> dict[str, Any]:
    return {name: value for name, value in asdict(fallback).items() if name != "citation"}


def _cents(euros: Any) -> int | None:
    return None if euros is None else int(euros * 100)


def _ceiling(one: Ceiling) -> dict[str, int | None]:
    return {"cents": one.cents, "number": one.number}
