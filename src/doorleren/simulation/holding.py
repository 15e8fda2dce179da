"""What must be true after every step of the cases that it touched: order of acts, different hands, terms, what was kept.

Asked of the rows themselves; nothing that a command, constraint or trigger promises is taken for granted.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from doorleren.cases.access import people_in
from doorleren.cases.acts import ACTS, FAMILIES, Duty
from doorleren.cases.given_days import given_by
from doorleren.cases.models import Case, CaseAct, Hand
from doorleren.cases.queries import acts_of
from doorleren.cases.recording import law, life_of, moments_of
from doorleren.cases.rules import WITH_A_LAST_DAY, state_of, too_early, why_not
from doorleren.cases.terms import CaseTerm, due_of, terms_of
from doorleren.core.days import day_of
from doorleren.decisions.models import (
    ActLetter,
    Decision,
    FixedPenalty,
    Objection,
    ObjectionDecision,
    Recovery,
    RecoveryStep,
    Settlement,
)
from doorleren.decisions.objections import objections_open
from doorleren.payments.models import PaymentLine
from doorleren.people.acts import DEMANDS
from doorleren.people.queries import roles_in_force
from doorleren.simulation.outside import Outside
from doorleren.simulation.world import Season

Rows = Sequence[CaseAct]
Found = Iterator["Violation"]
THREE: tuple[Duty, ...] = ("assess", "decide", "pay")
OBJECT_DAYS = timedelta(days=42)
NEVER_LAST = ((1, 1), (12, 25), (12, 26))
"""Days on which no term for objecting ends, besides Saturdays and Sundays (Algemene termijnenwet)."""


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that should never be: the invariant, where, and what is there."""

    invariant: str
    where: str
    says: str


def hold_case(number: int, outside: Outside, also: Sequence[Callable[[Case, Rows], Found]] = ()) -> Found:
    """Give what is wrong with a case as it stands. `also`: what else must be true of a case with its acts."""
    case, rows = Case.objects.get(pk=number), acts_of(number)
    for one in (in_order, as_its_acts_say, in_different_hands, kept, *also):
        yield from one(case, rows)
    yield from in_time(case, rows, outside)


def in_order(case: Case, rows: Rows) -> Found:
    """Replay the acts: each was possible after those before it, none came before the one before, and none lacks."""
    moments: dict[str, datetime | None] = {}
    until: dict[str, tuple[CaseAct, date]] = {}
    last: datetime | None = None
    for number, row in enumerate(rows, 1):
        given = {act: given_by(letter, day, rows[: number - 1]) for act, (letter, day) in until.items()}
        why = why_not(row.act, moments) or too_early(
            row.act, moments, given, day_of(row.at), row.ground
        )  # fmt: skip
        if why is not None or row.number != number or (last is not None and row.at < last):
            told = why["en"] if why else f"it is number {row.number} at {row.at}, after {last}"
            yield Violation("order of acts", f"case {case.pk}, act {number} ({row.act})", told)
        moments[row.act] = last = row.at
        if ACTS[row.act].family:
            moments[ACTS[row.act].family] = row.at
        if row.act in WITH_A_LAST_DAY:
            until[row.act] = row, date.fromisoformat(str(row.details["until"]))
    told_by_case = {name: at for name, at in moments_of(case).items() if at}
    if told_by_case != moments or case.acts != len(rows):
        yield Violation("order of acts", f"case {case.pk}", "its moments are not those of its acts")


def as_its_acts_say(case: Case, rows: Rows) -> Found:
    """The state in the table is the one that follows from the moments; an objection runs as long as one waits for an answer."""
    wanted = state_of(moments_of(case))
    if case.state != wanted:
        yield Violation("state", f"case {case.pk}", f"it is {case.state} and should be {wanted}")
    waiting = [one.number for one in objections_open(case.pk)]
    if bool(waiting) != (case.state == "objection") and case.state not in ("destroyed", "forwarded", "withdrawn"):
        yield Violation("state", f"case {case.pk}", f"it is {case.state}, and objections {waiting} wait for an answer")


def in_different_hands(case: Case, rows: Rows) -> Found:
    """Nobody has two of assessing, deciding and paying; of paying also who proposed or released what was ordered since."""
    hands: dict[str, set[int]] = {duty: set() for duty in THREE}
    for beside in Hand.objects.filter(case=case):
        hands[beside.duty].add(beside.person_id)
    for row in rows:
        duty = ACTS[row.act].duty
        if duty in THREE:
            hands[duty] |= _hands(row)
        elif row.details.get("what") in DECIDING_NOTES:
            hands["decide"] |= _hands(row)
    for one, other in (("assess", "decide"), ("assess", "pay"), ("decide", "pay")):
        if both := hands[one] & hands[other]:
            yield Violation("different hands", f"case {case.pk}", f"person {min(both)} has {one} and {other}")
    lines = PaymentLine.objects.filter(case=case, events__event="ordered", run__released_at__isnull=False)
    for line in lines.select_related("run"):
        payers, at = {line.run.proposed_by_id, line.run.released_by_id}, line.run.released_at
        for row in rows:
            if ACTS[row.act].duty in THREE[:2] and at is not None and row.at <= at and (both := _hands(row) & payers):
                yield Violation("different hands", f"case {case.pk}", f"person {min(both)} did {row.act}, and paid")


def _hands(row: CaseAct) -> set[int]:
    own = {int(row.by_id)} if row.by_kind == "person" else set()
    return own | people_in(row.details)


def in_time(case: Case, rows: Rows, outside: Outside) -> Found:
    """The day by which to act follows from the acts; only letters that the post took start a term; six weeks are six weeks."""
    terms = terms_of(life_of(case, rows), law())
    due = due_of(terms)
    if (case.due_on, case.due_term) != ((due.last, due.id) if due else (None, "")):
        yield Violation("terms", f"case {case.pk}", f"it is due on {case.due_on} and should be on {due and due.last}")
    sent: dict[int, date] = {}
    for row in rows:
        if row.act == "dispatched":
            number = str(row.details["letter"])
            if number.isdecimal() and int(number) not in outside.taken:
                yield Violation("terms", f"case {case.pk}, act {row.number}", "its letter was noted as sent, and the post never took it")  # fmt: skip
            sent.setdefault(int(str(row.details["of"])), row.happened_on)
    yield from (one for term in terms if term.id == "objection" for one in _six_weeks(case, term, set(sent.values())))


def _six_weeks(case: Case, term: CaseTerm, sent: set[date]) -> Found:
    if term.start is None or term.last is None:
        return
    fits = any(term.last >= day + OBJECT_DAYS and term.last - day < OBJECT_DAYS + timedelta(days=8) for day in sent)
    if not fits or term.last.weekday() > 4 or (term.last.month, term.last.day) in NEVER_LAST:
        yield Violation("terms", f"case {case.pk}", f"one can object until {term.last}; sent on {sorted(sent)}")


def kept(case: Case, rows: Rows) -> Found:
    """An act and what belongs to it are there together or not at all: the decision, settlement, objection, and the letter."""
    acts = Counter(row.act for row in rows)
    at_once = sum(
        after.act == "settled_as_granted" and before.at == after.at for before, after in pairwise(rows)
        if before.act in FAMILIES["decided"]
    )  # fmt: skip
    wanted: tuple[tuple[str, int, Callable[[], int]], ...] = (
        ("decision", _number(acts, *FAMILIES["decided"], *AMENDING), Decision.objects.filter(case=case).count),
        ("settlement", _number(acts, *FAMILIES["settled"]) - at_once, Settlement.objects.filter(case=case).count),
        ("objection", acts["objection_received"], Objection.objects.filter(case=case).count),
        ("answer", _number(acts, *FAMILIES["objection_decided"]), ObjectionDecision.objects.filter(objection__case=case).count),
        ("penalty", acts["penalty_fixed"], FixedPenalty.objects.filter(act__case=case).count),
        ("recovery", acts["recovery_decided"] - _of_a_debt(rows, "recovery_decided"), Recovery.objects.filter(case=case).count),
        ("step after a recovery", _of_a_debt(rows, "recovery_decided", "contact_noted"), RecoveryStep.objects.filter(
            recovery__case=case).exclude(step="lifted").count),
        ("letter", _number(acts, *_WRITTEN) - at_once, ActLetter.objects.filter(act__case=case, act__act__in=_WRITTEN).count),
        ("payment", _number(acts, "advance_paid", "paid", "penalty_paid", "refunded"), PaymentLine.objects.filter(
            case=case, events__event="confirmed").count),
    )  # fmt: skip
    for name, number, there in wanted:
        found = there()
        if found < number or (found > number and name != "payment"):
            yield Violation("kept whole", f"case {case.pk}", f"{number} acts ask a {name}, {found} are there")


DECIDING_NOTES = ("progress_accepted", "recovery_waived", "writ", "set_off", "loan_remitted")
"""What a note says that decides something, so that who wrote it neither assesses nor pays in the case."""
AFTER_A_RECOVERY = ("deferred", "interest", "set_off", "reminded", "writ", "recovery_waived")
"""What an act on a debt says that it does; in the case that a claim is set off against it names the claim."""
AMENDING = ("amended", "budget_reservation_invoked")
"""Acts that put another decision in the place of one, and decide nothing on the application."""
_WRITTEN = (
    *FAMILIES["decided"],
    *FAMILIES["settled"],
    *FAMILIES["objection_decided"],
    "recovery_decided",
    "penalty_fixed",
)


def _of_a_debt(rows: Rows, *names: str) -> int:
    """Count the acts that are a step after a recovery."""
    told = [row.details for row in rows if row.act in names]
    return sum(one.get("what") in AFTER_A_RECOVERY and "claim" not in one for one in told)


def _number(acts: Counter[str], *names: str) -> int:
    return sum(acts[name] for name in names)


def hold_roles(rows: Rows, season: Season) -> Found:
    """Each of these acts by an official of the season was done with a role that it asks, in force on that day."""
    for row in rows:
        if row.by_kind != "person" or int(row.by_id) not in season.officials:
            continue
        day, asked = day_of(row.at), DEMANDS[ACTS[row.act].demand].roles
        held = roles_in_force(int(row.by_id), day).filter(body=season.body, kind__in=list(asked))
        if not held.exists():
            yield Violation("roles", f"case {row.case_id}, act {row.number} ({row.act})", f"person {row.by_id} had no role for it")  # fmt: skip
