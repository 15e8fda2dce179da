"""Terms of law: the last day of a term with every step of its calculation. The terms themselves stand in `law/terms.toml`.

Counting begins on the day after the day that starts a term. A suspension adds its days, an extension its length. The end
shifts to a working day where the Algemene termijnenwet (ATW) holds. Days only; nothing here reads a clock.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from doorleren.core import term_steps as steps_of
from doorleren.core.holidays import RestDays
from doorleren.core.term_steps import UNITS, Length, Step, written
from doorleren.core.texts import Texts

SETTERS = ("act", "decree", "regulation")


class BadTerm(ValueError):
    """What was asked is no term, or its days contradict each other; the message names the field and what is allowed."""


@dataclass(frozen=True, slots=True)
class Term:
    """A kind of term. `longer`: by how much it can be extended; `set_by`: act, decree or (ministerial) regulation."""

    id: str
    name: Texts
    length: Length
    set_by: str
    backwards: bool = False
    longer: Length | None = None


@dataclass(frozen=True, slots=True)
class Shifting:
    """When the end of a term shifts, by the ATW. `not_above`: per unit the longest that still does."""

    source: str
    not_above: Mapping[str, int]
    short_from_days: int
    least_working_days: int
    rest: RestDays
    regulations: bool
    regulations_source: str
    extended_source: str


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time in which a term stands still: from the day after `asked` up to and including `ended`."""

    asked: date
    ended: date

    def __post_init__(self) -> None:
        """Refuse an end before the beginning."""
        if self.ended < self.asked:
            raise BadTerm(f"suspension: ends on {self.ended}, before it was asked for on {self.asked}")

    @property
    def days(self) -> int:
        """Count the days that the term stands still."""
        return (self.ended - self.asked).days


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A term counted: the day that starts it, its first and last day, and the steps between."""

    term: Term
    start: date
    first: date
    last: date
    steps: tuple[Step, ...] = field(default=())


class Terms:
    """The terms of `law/terms.toml`, with the rules by which their ends shift."""

    def __init__(self, kinds: Mapping[str, Term], shifting: Shifting) -> None:
        self.kinds = kinds
        self.shifting = shifting

    @classmethod
    def read(cls, path: Path) -> "Terms":
        """Read the file. Raises BadTerm that names what is wrong in it."""
        told = tomllib.loads(path.read_text("utf-8"))
        kinds = [_term(one) for one in told["term"]]
        if len({one.id for one in kinds}) != len(kinds):
            raise BadTerm("term: an id occurs twice")
        return cls({one.id: one for one in kinds}, _shifting(told["shifting"]))

    def reckon(
        self, kind: str, start: date, suspended: Sequence[Suspension] = (), *, extended: bool = False
    ) -> Reckoned:
        """Count a term from the day that starts it. Raises BadTerm for an unknown kind, or what it does not allow."""
        term = self.kinds.get(kind)
        if term is None:
            raise BadTerm(f"kind: given is {kind!r}, allowed are: {', '.join(self.kinds)}")
        if extended and term.longer is None:
            raise BadTerm(f"extended: the term {kind} cannot be extended")
        if term.backwards:
            if suspended:
                raise BadTerm(f"suspended: the term {kind} is counted backwards and does not stand still")
            return _backwards(term, start)
        steps = [steps_of.begun(start), steps_of.ran(term.length, term.length.after(start))]
        if extended and term.longer:
            steps.append(steps_of.extended(term.longer, term.longer.after(steps[-1].day)))
        for one in suspended:
            if not start <= one.asked <= steps[-1].day:
                raise BadTerm(f"suspended: asked on {one.asked}, outside the term of {start} to {steps[-1].day}")
            steps.append(steps_of.stood_still(one.days, one.asked, one.ended, steps[-1].day + timedelta(days=one.days)))
        steps += self._shift(term, start + timedelta(days=1), steps[-1].day, extended=extended)
        return Reckoned(term, start, start + timedelta(days=1), steps[-1].day, tuple(steps))

    def _shift(self, term: Term, first: date, last: date, *, extended: bool) -> list[Step]:
        rules = self.shifting
        if term.set_by == "regulation" and not rules.regulations:
            return [
                steps_of.stays("een ministeriële regeling", "a ministerial regulation", last, rules.regulations_source)
            ]
        whole = term.length.number + (term.longer.number if extended and term.longer else 0)
        if whole > rules.not_above[term.length.unit]:
            source = rules.extended_source if extended else rules.source
            return [steps_of.stays("een termijn die zo lang is", "a term of this length", last, source)]
        steps = []
        if term.length.unit == "days" and term.length.number >= rules.short_from_days:
            steps += self._hold_working_days(first, last)
            last = steps[-1].day if steps else last
        why = rules.rest.why(last)
        if why is None:
            return steps or [steps_of.on_working_day(last, rules.source)]
        return [*steps, steps_of.moved(why, rules.rest.next_working_day(last), rules.source)]

    def _hold_working_days(self, first: date, last: date) -> list[Step]:
        rules, moved = self.shifting, last
        while rules.rest.working_days(first, moved) < rules.least_working_days:
            moved += timedelta(days=1)
        return [steps_of.held(rules.least_working_days, moved, rules.source)] if moved != last else []


def _backwards(term: Term, start: date) -> Reckoned:
    first = term.length.before(start)
    text = {
        "nl": f"{written(term.length, 'nl')} vóór {steps_of.dutch(start)} is {steps_of.dutch(first)}. Terug tellen schuift niet door.",
        "en": f"{written(term.length, 'en')} before {steps_of.english(start)} is {steps_of.english(first)}. Counting backwards does not shift.",
    }
    return Reckoned(term, start, first, start - timedelta(days=1), (Step(text, first, term.length.source),))


# --- reading the file


def _length(told: Mapping[str, Any], where: str) -> Length:
    units = [unit for unit in UNITS if unit in told]
    if len(units) != 1:
        raise BadTerm(f"{where}: has {' and '.join(units) or 'no length'}, allowed is one of {', '.join(UNITS)}")
    number = told[units[0]]
    if not isinstance(number, int) or number < 1:
        raise BadTerm(f"{where}.{units[0]}: given is {number!r}, allowed is a whole number from 1")
    return Length(number, units[0], told["source"])


def _term(told: Mapping[str, Any]) -> Term:
    where = f"term {told['id']}"
    if told["set_by"] not in SETTERS:
        raise BadTerm(f"{where}.set_by: given is {told['set_by']!r}, allowed are: {', '.join(SETTERS)}")
    longer = _length(told["longer"], f"{where}.longer") if "longer" in told else None
    if longer and longer.unit != _length(told, where).unit:
        raise BadTerm(f"{where}.longer: is in {longer.unit}, allowed is the unit of the term itself")
    return Term(
        told["id"], {"nl": told["nl"], "en": told["en"]}, _length(told, where), told["set_by"],
        told.get("backwards", False), longer,
    )  # fmt: skip


def _shifting(told: Mapping[str, Any]) -> Shifting:
    short = told["working_days"]
    return Shifting(
        source=told["source"], not_above=told["not_above"], short_from_days=short["from_days"],
        least_working_days=short["at_least"], rest=RestDays(told["holidays"], told["equated"]),
        regulations=told["regulations"], regulations_source=told["regulations_source"],
        extended_source=told["extended_source"],
    )  # fmt: skip
