"""How a grant of a scheme is handled: its framework of law, and what the scheme's own file sets differently.

`[procedure]` of a version, and of a track, may name parameters of the file (`decision_term` in weeks, `advance` as a
share, `later_advance` as a share that is added after a report of progress where the activities last longer than
`later_advance_over` months, `settlement_term` and `request_term` in weeks, `delivered`: which share must have been done,
`claim_until`: the last day to claim what was reserved, of a loan `repay_within` in years, `repay_interest` as a share a
year and `repay_remission` as the most of it that may be remitted, `retention`: how many years the authority keeps a case after it was closed) and choose `decision_from`, `settle`, `basis`
and `repay_from`. It may pick one of the longer terms for deciding that its framework allows (`longer_decision`), and grant on
condition of enough money on the budget (`budget_reservation`). A track goes before its version, a version before its framework;
only how long a case is kept is the same for all tracks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from doorleren.core.term_steps import Length
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
from doorleren.rules.versions import DatedValue, Handling, ParameterHistory, Track, Version

UNITS = {
    "decision_term": "week",
    "settlement_term": "week",
    "request_term": "week",
    "advance": "share",
    "later_advance": "share",
    "later_advance_over": "month",
    "delivered": "share",
    "claim_until": "date",
    "retention": "year",
    "repay_within": "year",
    "repay_interest": "share",
    "repay_remission": "share",
}
"""The unit of the parameter that a key may name."""
REPAID_FROM = ("new_year",)
"""From when a loan is paid back: 1 January after the activities stopped."""
MONTHS = 12


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


@dataclass(frozen=True, slots=True)
class Repaying:
    """When paying back a loan begins, in how many months, and the interest a year; with what the file cites for those."""

    starts: date
    months: int
    rate: Fraction
    sources: tuple[str, ...]


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


def repaying(version: Version, track: Track, stopped: date) -> Repaying | None:
    """Say how a loan is paid back of which the activities stopped on a day; None where the file does not say all of it for then.

    Example: stopped on 31 August 2025, `new_year`: from 1 January 2026, at the interest of that day.
    """
    own = _together(version.handling, track.handling)
    starts = date(stopped.year + 1, 1, 1)
    years, rate = _value(version, own.repay_within, starts), _value(version, own.repay_interest, starts)
    if not own.repay_from or years is None or rate is None:
        return None
    return Repaying(starts, int(years[0] * MONTHS), rate[0], (years[1], rate[1]))


def remission(version: Version, track: Track, on: date) -> tuple[Fraction, str] | None:
    """Give what share of a loan may be remitted, with its source; None where the scheme says nothing of it (Awb 4:94a asks that it does)."""
    return _value(version, _together(version.handling, track.handling).repay_remission, on)


def read_handling(part: Part, parameters: Mapping[str, ParameterHistory], *, of_track: bool = False) -> Handling:
    """Read the keys of a `[procedure]`. Raises SchemeFault for a parameter that is not there or has another unit."""
    found = Handling(
        **{key: part.optional(key, str, "") for key in UNITS},
        decision_from=part.choice("decision_from", ("", *BEGINNINGS), ""),
        settle=part.choice("settle", ("", *WAYS_TO_SETTLE), ""),
        basis=part.choice("basis", ("", *BASES), ""),
        longer_decision=part.optional("longer_decision", str, ""),
        budget_reservation=part.optional("budget_reservation", bool, False),
        repay_from=part.choice("repay_from", ("", *REPAID_FROM), ""),
    )
    for key, unit in UNITS.items():
        named = getattr(found, key)
        fitting = [one.id for one in parameters.values() if one.unit == unit]
        if named and named not in fitting:
            part.refuse(key, named, f"a parameter with unit {unit}: {', '.join(fitting) or 'there is none'}")
    if found.retention:
        if of_track:
            part.refuse(
                "retention", found.retention, "nothing in a track: the scheme's own [procedure] says it for all tracks"
            )
        _check_years(part, found.retention, parameters[found.retention])
    if found.later_advance and not found.advance:
        part.refuse("later_advance", found.later_advance, "a share beside `advance`: without it nothing comes before")
    if found.later_advance_over and not found.later_advance:
        part.refuse(
            "later_advance_over", found.later_advance_over, "a length beside `later_advance`, which it is about"
        )
    repay = (found.repay_from, found.repay_within, found.repay_interest)
    if any(repay) and not all(repay):
        part.refuse(
            "repay_from", found.repay_from, "together with `repay_within` and `repay_interest`: a plan needs all three"
        )
    return found


def retentions(version: Version) -> tuple[tuple[DatedValue, Length], ...]:
    """Give how long the scheme itself lets its cases be kept: each value with its length; empty where its framework says it."""
    name = version.handling.retention
    told = version.parameters[name].values if name else ()
    return tuple(
        (one, Length(int(one.value), "years", one.citation.cite)) for one in told if isinstance(one.value, Fraction)
    )


def retention(version: Version, on: date) -> Length | None:
    """Give how long the scheme itself lets a case be kept that came in on a day; None where its framework says it."""
    name = version.handling.retention
    now = version.parameters[name].on(on) if name else None
    return next((length for one, length in retentions(version) if one is now), None)


def _check_years(part: Part, name: str, history: ParameterHistory) -> None:
    for one in history.values:
        if not isinstance(one.value, Fraction) or one.value < 1 or one.value.denominator != 1:
            part.refuse("retention", f"{name} = {one.value}", "a whole number of years, at least 1")


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
