"""What the waiting room knows of each round, ready to be told: what everybody hears, and the place of every ticket."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

ARRIVAL, PRESENT = "arrival", "random_present"
LATE_SECONDS = 60
"""An opening that is later than this is not waited for every few seconds by everybody: they ask as usual again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A round as one look found it. `order` is its order of treatment ("arrival_day" where the day counts); `keys` are those of the tickets that are new.

    `present_seconds`: how long after the opening somebody counts as present at it. `fell_back`: its opening failed, so that it
    opens on another moment or stays open for longer. `last`: the highest id that was seen.
    """

    round: int
    scheme: str
    code: str
    order: str
    rehearsal: bool
    opens_at: datetime
    closes_at: datetime | None
    present_seconds: int
    opened_at: datetime | None
    closed_at: datetime | None
    fell_back: bool
    keys: Sequence[str]
    last: int

    @property
    def state(self) -> str:
        """Say whether it is open: announced, postponed (its opening failed, and it opens on another moment), open or closed."""
        if self.opened_at is None:
            return "postponed" if self.fell_back else "announced"
        return "open" if self.closed_at is None else "closed"


@dataclass(slots=True)
class Room:
    """One round: how it stands, and each ticket's place in the order of arrival, by its key. `told` begins every answer.

    `opens_in`: seconds to its opening, where it is still announced and being early counts; below 0 while it is late.
    """

    standing: Standing
    places: dict[str, int] = field(default_factory=dict)
    told: bytes = b""
    asks_again: bool = True
    opens_in: float | None = None

    def take(self, found: Standing, at: datetime) -> None:
        """Take in what a look at the moment `at` found: lower places were seen before, for numbers follow commits."""
        before = len(self.places)
        self.places |= {key: place for place, key in enumerate(found.keys, before + 1)}
        self.standing, self.asks_again = found, found.state != "closed"
        opens_in = (found.opens_at - at).total_seconds()
        early_counts = found.opened_at is None and found.order == ARRIVAL and opens_in > -LATE_SECONDS
        self.opens_in = opens_in if early_counts else None
        self._write(found.state, at)

    def doubt(self, at: datetime) -> None:
        """Tell from now on that nobody knows how it stands: the last look that worked was at the moment `at`."""
        self.asks_again = True
        self._write("unknown", at)

    def answer(self, again: float, key: str) -> bytes:
        """Write an answer as JSON: `again` in seconds; with a key (else empty) whether its ticket is in, and who was before it."""
        wait = b"%.1f" % again if self.asks_again else b"null"
        return b'%b,"again":%b%b}' % (self.told, wait, self._place(key) if key else b"")

    def _place(self, key: str) -> bytes:
        place = self.places.get(key)
        if place is None:
            return b',"submitted":false,"before":null'
        return b',"submitted":true,"before":%b' % (b"%d" % (place - 1) if self.standing.order == ARRIVAL else b"null")

    def _write(self, state: str, at: datetime) -> None:
        one = self.standing
        told: dict[str, Any] = {
            "round": one.round, "scheme": one.scheme, "code": one.code, "rehearsal": one.rehearsal, "order": one.order,
            "state": state, "opens_at": _moment(one.opens_at),
            "opens_in": max(0, round((one.opens_at - at).total_seconds())) if state in ("announced", "postponed") else None,
            "present_seconds": one.present_seconds if one.order == PRESENT else None,
            "closes_at": _moment(one.closes_at), "closed_at": _moment(one.closed_at), "tickets": len(self.places),
            "at": _moment(at),
        }  # fmt: skip
        self.told = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()[:-1]


class Rooms:
    """All rooms by the number of their round."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._rooms: dict[int, Room] = {}
        self.known = False
        self._at: datetime | None = None

    def get(self, round_: int) -> Room | None:
        """Find the room of a round; None where there is none."""
        return self._rooms.get(round_)

    def seen(self) -> dict[int, int]:
        """Give the highest id of a ticket that was seen, by round."""
        return {number: one.standing.last for number, one in self._rooms.items()}

    def take(self, found: list[Standing], at: datetime) -> None:
        """Take in a look at the moment `at`; a round that it did not find has no room any more."""
        rooms = {}
        for one in found:
            room = rooms[one.round] = self._rooms.get(one.round) or Room(one)
            room.take(one, at)
        self._rooms, self.known, self._at = rooms, True, at

    def doubt(self) -> None:
        """Tell that nobody knows how things stand, since the last look that worked."""
        if self._at is not None:
            for room in self._rooms.values():
                room.doubt(self._at)


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
