"""The file of a case as it is read: facts beside evidence, the rule beside the fact, what was assessed, decided and written.

`file_of` is for officials; who may look is asked before (cases/access.py). `own_file` is for the parties of the application:
reasons, sums and letters, never which official did what. Reads only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from doorleren.applications.evidence.queries import Piece, pieces_of
from doorleren.applications.queries import submitted_answers
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of, terms_of_case
from doorleren.cases.recording import party_of
from doorleren.cases.terms import CaseTerm
from doorleren.decisions.grounds import grounds
from doorleren.decisions.judging import submitted_form
from doorleren.decisions.matters import Matter, matter_of
from doorleren.decisions.models import GIVING, Assessment, Decision
from doorleren.decisions.queries import assessments_of, decisions_of
from doorleren.decisions.rules import Result
from doorleren.decisions.sealed import Content, Row, content_of
from doorleren.letters.models import Letter
from doorleren.letters.queries import letters_about
from doorleren.people.file_keys import Destroyed
from doorleren.rules.library import Library
from doorleren.rules.settled import SettledCondition
from doorleren.rules.versions import Condition


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that a condition looks at: its name, what was submitted (None: nothing), and where that came from."""

    name: str
    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """The rule beside the facts: one condition, the facts it looks at, and how it was assessed last (None: not yet).

    `result.before` is what was computed where an official overruled it.
    """

    condition: Condition
    facts: tuple[Fact, ...]
    result: Result | None


@dataclass(frozen=True, slots=True)
class Written:
    """A letter of the case and when it went out; None while it has not."""

    letter: Letter
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """An assessment or a decision with its content; None where that was destroyed at the end of retention."""

    row: Assessment | Decision
    content: Content | None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All of a case on one page."""

    matter: Matter
    weighed: tuple[Weighed, ...]
    evidence: tuple[Piece, ...]
    assessments: tuple[Opened, ...]
    decisions: tuple[Opened, ...]
    letters: tuple[Written, ...]
    acts: tuple[CaseAct, ...]
    terms: tuple[CaseTerm, ...]


@dataclass(frozen=True, slots=True)
class OwnDecision:
    """A decision as a party reads it. Cents are whole; `ground` is a sentence per language; `results` say why."""

    kind: str
    decided_on: date
    amount_cents: int
    advance_cents: int | None
    ground: dict[str, str]
    results: tuple[Result, ...]
    calculation: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A case as a party reads it: its state, the honest expected day, the decisions and the letters to them.

    `expected_on`: the last day of the term for deciding; None where it stands still, or it has been decided.
    """

    reference: str
    state: str
    received_on: date
    expected_on: date | None
    decisions: tuple[OwnDecision, ...]
    letters: tuple[Written, ...]
    terms: tuple[CaseTerm, ...]


def file_of(case: Case, library: Library) -> CaseFile:
    """Give the whole file of a case. Raises DecisionRefused where it is not about a submitted application."""
    matter = matter_of(case)
    assessments = tuple(map(opened, assessments_of(case.pk)))
    last = assessments[-1].content if assessments else None
    return CaseFile(
        matter, tuple(_weighed(matter, library, () if last is None else last.results)), tuple(pieces_of(matter.application)),
        assessments, tuple(map(opened, decisions_of(case.pk))), tuple(_written(letters_about(party_of(case)).prefetch_related("dispatches"))),
        tuple(acts_of(case.pk)), terms_of_case(case),
    )  # fmt: skip


def own_file(case: Case) -> OwnFile:
    """Give what a party of the application reads of its case; whether they are one is asked before."""
    terms = tuple(one for one in terms_of_case(case) if one.start is not None)
    deciding = next((one for one in terms if one.id == "decision" and one.ended_on is None), None)
    return OwnFile(
        case.reference, case.state, case.received_on, None if deciding is None else deciding.last,
        tuple(_own(one, opened(one).content) for one in decisions_of(case.pk)),
        tuple(_written(letters_about(party_of(case)).prefetch_related("dispatches"))), terms,
    )  # fmt: skip


def opened(row: Assessment | Decision) -> Opened:
    """Give a row with its content, or without where that was destroyed."""
    try:
        return Opened(row, content_of(row))
    except Destroyed:
        return Opened(row, None)


def _own(one: Decision, content: Content | None) -> OwnDecision:
    known = grounds().get(one.ground)
    return OwnDecision(
        one.kind, one.decided_on, one.amount_cents, one.advance_cents if one.kind in GIVING else None,
        dict(known.texts) if known else {}, () if content is None else content.results,
        () if content is None else content.calculation,
    )  # fmt: skip


def _weighed(matter: Matter, library: Library, results: Iterable[Result]) -> Iterable[Weighed]:
    told = {one.fact: one for one in submitted_answers(matter.application, library) if one.subject_number == 0}
    found = {one.condition: one for one in results}
    settled = _settled(matter, library)
    for condition in matter.track.conditions:
        looks_at = settled[condition.id].facts if condition.id in settled else frozenset()
        facts = tuple(
            Fact(name, told[name].value if name in told else None, told[name].origin if name in told else "")
            for name in library.vocabulary.facts if name in looks_at
        )  # fmt: skip
        yield Weighed(condition, facts, found.get(condition.id))


def _settled(matter: Matter, library: Library) -> dict[str, SettledCondition]:
    """Give the conditions of the track that can be computed, by id, as they are on the day of filing."""
    settled = submitted_form(matter, library).judgement.settled
    return {settled.conditions[place].condition.id: settled.conditions[place] for place in settled.tracks[0].places}


def _written(rows: Iterable[Letter]) -> Iterable[Written]:
    for one in rows:
        went = next((each.at for each in one.dispatches.all() if each.sent), None)
        yield Written(one, went)
