"""What terms are counted from: the facts of a case, its acts, and when their letters were sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from doorleren.cases.acts import FAMILIES
from doorleren.cases.given_days import sent_on
from doorleren.cases.stops import said
from doorleren.core.penalty import PenaltyRule
from doorleren.core.term_steps import Step
from doorleren.core.terms import BadTerm, Reckoned, Terms
from doorleren.core.texts import Texts

NOT_SENT = said(
    "Deze termijn begint pas als de brief is verzonden.", "This term begins only once the letter has been sent."
)


ENDS_TERMS = frozenset({"withdrawn", "forwarded", "revoked", "objection_withdrawn"})
"""Acts after which what had to be done by a term need not be done any more."""


@dataclass(frozen=True, slots=True)
class Law:
    """The terms of law and the rule of the penalty."""

    terms: Terms
    penalty: PenaltyRule


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a case was opened with: the day of receipt, the last day of the round (where the term counts from there), the kind."""

    received_on: date
    round_ended_on: date | None
    decision_term: str


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was done: its number in the case, the day that counts, and its details."""

    number: int
    act: str
    on: date
    details: Mapping[str, object]

    @property
    def happened_on(self) -> date:
        """Give the day that counts, by the name that the row of an act has for it."""
        return self.on

    def day(self, name: str) -> date | None:
        """Give a day from the details; None where there is none. Raises BadTerm for what is no day."""
        told = self.details.get(name)
        if told is None:
            return None
        try:
            return date.fromisoformat(str(told))
        except ValueError as error:
            raise BadTerm(f"{self.act}.{name}: given is {told!r}, allowed is a day as 2026-11-22") from error


@dataclass(frozen=True, slots=True)
class CaseTerm:
    """A term of a case. `last` is its last day (None: not known yet, and `waits` says why); `ended_on` when it was met or fell away.

    `steps` is the calculation. `kind` names the term in law/terms.toml; empty where a letter gave the day. `about`: the number of the
    act that it is about, where a case can have several such terms; 0 where it has one.
    """

    id: str
    kind: str
    name: Texts
    whose: Literal["authority", "party"]
    start: date | None = None
    last: date | None = None
    steps: tuple[Step, ...] = ()
    ended_on: date | None = None
    waits: Texts | None = None
    about: int = 0

    @property
    def runs(self) -> bool:
        """Say whether it has begun and not ended; it may be over its last day."""
        return self.start is not None and self.ended_on is None


@dataclass(frozen=True, slots=True)
class Life:
    """A case's facts and its acts in order."""

    facts: CaseFacts
    acts: Sequence[Done]

    def all(self, *names: str) -> Iterator[Done]:
        """Give the acts (or those of a family) of these names, in order."""
        wanted = {act for name in names for act in FAMILIES.get(name, (name,))}
        return (one for one in self.acts if one.act in wanted)

    def first(self, *names: str, after: int = 0) -> Done | None:
        """Give the first act of these names that came after a number."""
        return next((one for one in self.all(*names) if one.number > after), None)

    def last(self, *names: str, before: int | None = None) -> Done | None:
        """Give the last act of these names, before a number where one is given."""
        return next((one for one in reversed(list(self.all(*names))) if before is None or one.number < before), None)

    def sent_on(self, act: Done) -> date | None:
        """Give the day on which the letter of an act was sent, by the dispatch that counts; None where no letter was."""
        return sent_on(act, self.acts)


def of_law(key: str, whose: Literal["authority", "party"], found: Reckoned, ended_on: date | None = None) -> CaseTerm:
    """Give a term as the law counts it."""
    return CaseTerm(key, found.term.id, found.term.name, whose, found.start, found.last, found.steps, ended_on)


def waiting(
    key: str,
    kind: str,
    whose: Literal["authority", "party"],
    law: Law,
    why: Texts = NOT_SENT,
    ended_on: date | None = None,
) -> CaseTerm:
    """Give a term that has not begun."""
    return CaseTerm(key, kind, law.terms.kinds[kind].name, whose, waits=why, ended_on=ended_on)
