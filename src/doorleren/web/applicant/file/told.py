"""What a party was told of its case so far: what a letter must tell counts only once that letter was sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from doorleren.cases.acts import ACTS
from doorleren.cases.given_days import goes_by_letter
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import law, life_of, party_of
from doorleren.cases.rules import StateName, state_of
from doorleren.cases.terms import CaseTerm, due_of, notices_of, terms_of
from doorleren.core.texts import Texts
from doorleren.decisions.models import ActLetter, Decision
from doorleren.decisions.queries import decisions_of
from doorleren.letters.models import Letter
from doorleren.letters.queries import letters_about, sent_on

PLAIN = frozenset({"recovery_waived"})
"""What is noted with a letter of no act, which is made at the same moment."""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that went out: when, and the act that it tells of (None: of no act)."""

    letter: Letter
    at: datetime
    act: CaseAct | None


@dataclass(frozen=True, slots=True)
class Told:
    """The acts and letters that a party knows of, the state by those, the terms that they can see, and the decision.

    `no_effect`: why a notice of default changed nothing, by the number of its act.
    """

    acts: tuple[CaseAct, ...]
    letters: tuple[SentLetter, ...]
    state: StateName
    terms: tuple[CaseTerm, ...]
    decision: Decision | None
    underway: bool
    no_effect: Mapping[int, Texts]

    @property
    def due(self) -> CaseTerm | None:
        """Give the term of the authority that ends first."""
        return due_of(self.terms)

    @property
    def theirs(self) -> tuple[CaseTerm, ...]:
        """Give the terms that run for the party."""
        return tuple(one for one in self.terms if one.whose == "party" and one.runs)

    def last(self, *names: str) -> CaseAct | None:
        """Give the last of these acts that was told."""
        return next((one for one in reversed(self.acts) if one.act in names), None)


def told_of(case: Case) -> Told:
    """Read what the parties of a case were told. `underway`: there is a decision of which the letter was not sent yet."""
    rows = acts_of(case.pk)
    letters = tuple(_sent(case))
    sent = {row.details.get("of") for row in rows if row.act == "dispatched"}
    sent |= {one.act.number for one in letters if one.act is not None}
    plain = {one.letter.made_at for one in letters if one.act is None}
    known = tuple(
        row for row in rows
        if (row.at in plain if row.details.get("what") in PLAIN else not goes_by_letter(row) or row.number in sent)
    )  # fmt: skip
    decisions = decisions_of(case.pk)
    last = next((one for one in reversed(decisions) if one.act.number in sent), None)
    life = life_of(case, known)
    terms = terms_of(life, law())
    return Told(
        known, letters, _state(known),
        tuple(one for one in terms if one.start is not None or one.last is not None or one.id == "default"),
        last, bool(decisions) and decisions[-1] != last,
        {one.done.number: one.why for one in notices_of(life, terms) if one.why is not None},
    )  # fmt: skip


def states_told(cases: Iterable[Case]) -> dict[int, StateName]:
    """Give the state of each case as its party knows it, as `told_of` does for one; for however many cases in two questions."""
    numbers = [one.pk for one in cases]
    rows: dict[int, list[CaseAct]] = {one: [] for one in numbers}
    for row in CaseAct.objects.filter(case__in=numbers).order_by("case", "number"):
        rows[row.case_id].append(row)
    out = ActLetter.objects.filter(act__case__in=numbers, letter__dispatches__sent=True).values_list(
        "act__case", "act__number"
    )
    sent = set(out) | {
        (row.case_id, row.details.get("of")) for acts in rows.values() for row in acts if row.act == "dispatched"
    }
    return {
        case: _state(tuple(one for one in acts if not ACTS[one.act].letter or (case, one.number) in sent))
        for case, acts in rows.items()
    }


def _sent(case: Case) -> list[SentLetter]:
    """Give the letters that went out to the applicant, the newest first."""
    found = []
    for letter in letters_about(party_of(case)).defer("pdf"):
        at = sent_on(letter)
        if at is not None:
            tied = ActLetter.objects.select_related("act").filter(letter=letter).first()
            found.append(SentLetter(letter, at, tied.act if tied else None))
    return found


def _state(rows: tuple[CaseAct, ...]) -> StateName:
    """Give the state by these acts; while the last assessment leaves something open somebody still looks at the application."""
    moments = _moments(rows)
    found = state_of(moments)
    last = next((one for one in reversed(rows) if one.act == "assessed"), None)
    left_open = last is not None and last.details.get("outcome") == "open" and moments.get("hardship_applied") is None
    return "being_assessed" if found == "assessed" and left_open else found


def _moments(rows: tuple[CaseAct, ...]) -> Mapping[str, datetime | None]:
    """Give the latest moment of each act and family among these."""
    found: dict[str, datetime | None] = {}
    for row in rows:
        found[row.act] = row.at
        if ACTS[row.act].family:
            found[ACTS[row.act].family] = row.at
    return found


def until(act: CaseAct) -> date | None:
    """Give the last day that an act gave the party; None where it gave none."""
    named = act.details.get("until")
    return date.fromisoformat(str(named)) if named else None
