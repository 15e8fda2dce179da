"""How a grant of a scheme is handled: its framework of law, and what the scheme's own file sets differently.

`[procedure]` of a version, and of a track, may name parameters of the file (`decision_term` in weeks, `advance` as a
share, `later_advance` as a share that is added after a report of progress where the activities last longer than
`later_advance_over` months, `settlement_term` and `request_term` in weeks, `delivered`: which share must have been done,
`claim_until`: the last day to claim what was reserved) and choose `decision_from`, `settle` and `basis`. It may pick
one of the longer terms for deciding that its framework allows (`longer_decision`), and grant on condition of enough money
on the budget (`budget_reservation`). A track goes before its version, a version before its framework.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from doorleren.rules.frameworks import (
    BASES,
    BEGINNINGS,
    USUAL_BASIS,
    WAYS_TO_SETTLE,
    Advance,
    Arrangement,
    Framework,
    LaterAdvance,
    Settling,
)
from doorleren.rules.shape import Part
from doorleren.rules.versions import Handling, ParameterHistory, Track, Version

UNITS = {
    "decision_term": "week",
    "settlement_term": "week",
    "request_term": "week",
    "advance": "share",
    "later_advance": "share",
    "later_advance_over": "month",
    "delivered": "share",
    "claim_until": "date",
}
"""The unit of the parameter that a key may name."""


@dataclass(frozen=True, slots=True)
class Own:
    """A length in weeks that the scheme itself sets, with its source."""

    weeks: int
    source: str


@dataclass(frozen=True, slots=True)
class Handled:
    """How one grant is handled; the three `within` are None where the framework's term holds.

    `request_within`: in which the recipient asks to settle, where that is needed.
    """

    framework: Framework
    arrangement: Arrangement
    decide_within: Own | None
    decide_from: str
    advance: Advance
    settling: Settling
    settle_within: Own | None
    request_within: Own | None
    delivered: Fraction | None = None
    """The share of the activities that must have been done to settle as granted; None where the scheme names none."""
    claim_until: date | None = None
    """The last day to claim what was reserved, where it is paid on delivery; None where the scheme names none."""
    longer_decision: str = ""
    """The longer term for deciding that the scheme picked of its framework; empty where the usual one holds."""
    budget_reservation: bool = False


def handled(version: Version, track: Track, framework: Framework, *, on: date, cents: int) -> Handled:
    """Say how a grant of so many cents, filed on a day, is handled. Raises NoArrangement."""
    own = _together(version.handling, track.handling)
    basis = own.basis or USUAL_BASIS.get(track.amount.kind, "actual_costs")
    found = framework.arrangement(version.procedure, basis, cents)
    done = _value(version, own.delivered, on)
    return Handled(
        framework=framework,
        arrangement=found,
        decide_within=_weeks(version, own.decision_term, on),
        decide_from=own.decision_from or framework.deciding.begins,
        advance=_advance(version, own, on) or found.advance,
        settling=_settled(found.settling, own.settle),
        settle_within=_weeks(version, own.settlement_term, on),
        request_within=_weeks(version, own.request_term, on),
        delivered=None if done is None else done[0],
        claim_until=_day(version, own.claim_until, on),
        longer_decision=own.longer_decision,
        budget_reservation=own.budget_reservation,
    )


def read_handling(part: Part, parameters: Mapping[str, ParameterHistory]) -> Handling:
    """Read the keys of a `[procedure]`. Raises SchemeFault for a parameter that is not there or has another unit."""
    found = Handling(
        **{key: part.optional(key, str, "") for key in UNITS},
        decision_from=part.choice("decision_from", ("", *BEGINNINGS), ""),
        settle=part.choice("settle", ("", *WAYS_TO_SETTLE), ""),
        basis=part.choice("basis", ("", *BASES), ""),
        longer_decision=part.optional("longer_decision", str, ""),
        budget_reservation=part.optional("budget_reservation", bool, False),
    )
    for key, unit in UNITS.items():
        named = getattr(found, key)
        fitting = [one.id for one in parameters.values() if one.unit == unit]
        if named and named not in fitting:
            part.refuse(key, named, f"a parameter with unit {unit}: {', '.join(fitting) or 'there is none'}")
    if found.later_advance and not found.advance:
        part.refuse("later_advance", found.later_advance, "a share beside `advance`: without it nothing comes before")
    if found.later_advance_over and not found.later_advance:
        part.refuse(
            "later_advance_over", found.later_advance_over, "a length beside `later_advance`, which it is about"
        )
    return found


def _together(version: Handling, track: Handling) -> Handling:
    return Handling(*(getattr(track, key) or getattr(version, key) for key in Handling.__slots__))


def _settled(settling: Settling, how: str) -> Settling:
    """Let the scheme choose how is settled; a request is asked only where settling waits for one."""
    if not how or how == settling.how:
        return settling
    return Settling(how, settling.request if how == "on_request" else "", settling.term, settling.source)


def _advance(version: Version, own: Handling, on: date) -> Advance | None:
    """Give the advance that the scheme itself sets; None where it names none."""
    share, later = _value(version, own.advance, on), _value(version, own.later_advance, on)
    if share is None:
        return None
    over = _value(version, own.later_advance_over, on)
    added = None if later is None else LaterAdvance(later[0], 0 if over is None else int(over[0]), later[1])
    return Advance(*share, later=added)


def _value(version: Version, name: str, on: date) -> tuple[Fraction, str] | None:
    told = version.parameters[name].on(on) if name else None
    if told is None or not isinstance(told.value, Fraction):
        return None
    return told.value, told.citation.cite


def _day(version: Version, name: str, on: date) -> date | None:
    """Give a day that the scheme sets; None where it was over when this was filed."""
    told = version.parameters[name].on(on) if name else None
    return told.value if told is not None and isinstance(told.value, date) and told.value > on else None


def _weeks(version: Version, name: str, on: date) -> Own | None:
    told = _value(version, name, on)
    return None if told is None else Own(int(told[0]), told[1])
