"""Running a simulation: drawing, trying, breaking off, doing twice; then holding what must be true. The same seed, the same outcome."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import Max

from doorleren.applications.commands.receive_piece import WrongOffset
from doorleren.applications.models import CorrectionRequest, CorrectionStep
from doorleren.audit.acts import checked
from doorleren.audit.models import Act as Recorded
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.refusing import CaseRefused
from doorleren.core.refusals import ActRefused
from doorleren.decisions.models import ActLetter, Ranking
from doorleren.decisions.refusing import DecisionRefused
from doorleren.payments.checking import check_ledger
from doorleren.payments.models import Transaction
from doorleren.people.access import NotAllowed
from doorleren.people.commands.authorise import RoleRefused
from doorleren.simulation.deciding import FOR_A_COLLEAGUE
from doorleren.simulation.holding import Violation, hold_case, hold_roles
from doorleren.simulation.holding_committee import hold_committee
from doorleren.simulation.holding_debts import hold_debts
from doorleren.simulation.holding_files import hold_corrections, hold_documents
from doorleren.simulation.holding_late import hold_late
from doorleren.simulation.holding_loans import hold_kept_loans, hold_loan
from doorleren.simulation.holding_money import hold_bank, hold_ceiling, hold_closed, hold_standings, hold_transactions
from doorleren.simulation.holding_people import (
    hold_absences,
    hold_deputies,
    hold_destroyed,
    hold_payments_destroyed,
)
from doorleren.simulation.moves import next_act
from doorleren.simulation.outside import with_outside
from doorleren.simulation.seasons import begin_season, library
from doorleren.simulation.world import Act, Season, World

REFUSALS = (ActRefused, NotAllowed, RoleRefused, ValidationError, WrongOffset)
"""How an act is refused: with a sentence for who asked. Anything else is a fault."""
SEASON_STEPS = 600
WHOLE_STEPS = 1000
CRASH, TWICE, GO_ON = 0.1, 0.08, 0.5
"""How often a command is broken off between two statements, how often it is done twice, and begun again after a crash."""
MOST_STATEMENTS = 60
QUIET = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET CONSTRAINTS")
COMMITTEE = (
    "appoint_scorer", "end_scorer", "declare_interest", "give_scores", "propose_scores", "withdraw_scores", "fix_scores",
    "rank_waiting",
)  # fmt: skip
DOCUMENTS = ("begin_document", "receive_piece", "withdraw_document", "keep_evidence")
CORRECTIONS = (
    "ask_correction", "correct", "correct_in_part", "complete_by_statement", "refuse_correction", "extend_correction",
    "take_back_correction", "tell_receivers", "correct_own",
)  # fmt: skip
DESTROYS = (
    "propose_destruction", "withdraw_destruction", "release_destruction", "run_destruction", "run_released", "run_daily",
    "destroy_payments",
)  # fmt: skip
ABSENCES = ("name_deputy", "end_absence")
"""After which acts is looked at a committee, documents, requests to correct, what is destroyed, and who stands in."""
OF_A_CASE = (hold_late, hold_loan)
"""What else is held of each case that something happened to."""
DONE, CRASHED, FAULT = "done", "crashed", "fault"


class Crash(BaseException):
    """The process is gone: nothing catches this but the simulation."""


@dataclass
class Ran:
    """What came of a simulation: steps done, how often each act was done, refused (by kind) and broken off; what is wrong.

    `happened`: how often each act stands in a case, by itself and as done by a batch or a deputy, or with what a note says.
    `digest` is a hash over every step and what came of it. `step` is the one at which something was found first.
    """

    seed: str
    steps: int = 0
    cases: int = 0
    done: Counter[str] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    crashed: int = 0
    twice: int = 0
    violations: list[Violation] = field(default_factory=list)
    digest: str = ""


class Simulation:
    """One world, step after step."""

    def __init__(self, seed: str, *, crash: float = CRASH, season: int = 1) -> None:
        """Begin; the tables may hold other things, which are not looked at.

        `crash`: how often something is broken off. `season`: the number of the first season, which says of which kind it is.
        """
        self._crash, self._first = crash, season
        self.world = World(seed, library())
        self.ran = Ran(seed)
        self._hash = hashlib.sha256()
        self._act = _latest(CaseAct)
        self._transaction, self._correction = _latest(Transaction), _latest(CorrectionStep)
        self._whole_until = Recorded.objects.order_by("-id").first()

    def run(self, steps: int, tell: Callable[[Ran], None] = lambda _: None) -> Ran:
        """Do so many steps, or fewer where something is found; `tell` hears how far it is after every thousand."""
        with with_outside(self.world.outside), own_dice(self.world), self.world.with_store():
            while self.ran.steps < steps and not self.ran.violations:
                if self.ran.steps % SEASON_STEPS == 0:
                    begin_season(self.world, self.ran.steps // SEASON_STEPS + self._first)
                self.step()
                if self.ran.steps % WHOLE_STEPS == 0 or self.ran.steps == steps:
                    self.ran.violations += self._whole()
                    tell(self.ran)
        self.ran.digest = self._hash.hexdigest()
        return self.ran

    def step(self) -> None:
        """Draw an act and try it, perhaps break it off or do it twice; then look at what it touched."""
        world, chance = self.world, self.world.chance
        world.tick()
        act, how = next_act(world), chance.random()
        number, before = self.ran.steps + 1, act.unchanged()
        self.ran.steps = number
        told = [self._try(act, chance.randint(1, MOST_STATEMENTS) if how < self._crash else 0)]
        self.ran.crashed += told == [CRASHED]
        if (told == [CRASHED] and world.maybe(GO_ON)) or self._crash <= how < self._crash + TWICE:
            self.ran.twice += 1
            told.append(self._try(act, 0))
        if FAULT in told:  # the transaction that we may be in is gone: nothing more can be asked
            return
        if act.unchanged() != before:
            self.ran.violations.append(Violation("left as it was", act.name, "something else changed with it"))
        self.ran.violations += self._touched()
        self.ran.violations += self._of(act)
        if told[-1] == DONE:
            self.ran.violations += self._after(act.name)
        states = " ".join(Case.objects.filter(pk__in=world.season.cases).order_by("pk").values_list("state", flat=True))
        self._hash.update(f"{number} {world.at.isoformat()} {act.name} {told} {states}\n".encode())

    def _try(self, act: Act, break_at: int) -> str:
        """Do an act, perhaps broken off after so many statements; give what came of it."""
        try:
            with broken_off(break_at):
                act.run()
        except Crash:
            return CRASHED
        except REFUSALS as refused:
            kind = kind_of(refused)
            self.ran.refused[kind] += 1
            return kind
        except Exception as fault:
            told = " ".join(f"{type(fault).__name__}: {fault}".split())
            self.ran.violations.append(Violation("clear refusal", act.name, told[:400]))
            return FAULT
        if act.forbidden:
            self.ran.violations.append(Violation("must be refused", act.name, "it was done"))
        self.ran.done[act.name] += 1
        return DONE

    def _touched(self) -> Iterator[Violation]:
        """Give what is wrong with whatever changed since the last step."""
        yield from _deferred()
        rows = list(CaseAct.objects.filter(pk__gt=self._act).order_by("pk"))
        self._act = rows[-1].pk if rows else self._act
        self.ran.cases += sum(one.act == "opened" for one in rows)
        self.ran.happened.update(name for one in rows for name in _names(one))
        money, self._transaction, posted = hold_transactions(self._transaction)
        yield from money
        touched = {one.case_id for one in rows} | {int(one) for one in posted}
        for case in sorted(touched):
            yield from hold_case(case, self.world.outside, OF_A_CASE)
            yield from hold_debts(case, self.world.today)
        yield from hold_standings({str(case) for case in touched})
        yield from hold_closed(rows)
        for season in self._seasons(rows, touched):
            yield from hold_roles(rows, season)
            yield from hold_deputies(rows, season)
            yield from hold_ceiling(season)
            yield from hold_bank(self.world, season)

    def _seasons(self, rows: Sequence[CaseAct], touched: Collection[int]) -> list[Season]:
        """Give the seasons of cases that something happened to, and the one that it is; a case that was opened goes to its own."""
        bodies = dict(Case.objects.filter(pk__in=touched).values_list("pk", "body"))
        there = {one.body: one for one in self.world.seasons}
        for one in rows:
            if one.act == "opened":
                there[bodies[one.case_id]].cases.append(one.case_id)
        return [one for one in self.world.seasons if one is self.world.season or one.body in bodies.values()]

    def _of(self, act: Act) -> Iterator[Violation]:
        """Give what is wrong with what stands beside cases and money, where this act was about it."""
        if act.name in COMMITTEE:
            yield from hold_committee(self.world.season)
            self.ran.happened["ranked"] = _ranked(self.world.seasons)
        if act.name in DOCUMENTS:
            yield from hold_documents(self.world, self.world.season)
        if act.name in ABSENCES:
            yield from hold_absences(self.world.season)
        if act.name in DESTROYS:
            for season in self.world.seasons:
                yield from hold_destroyed(season)
                yield from hold_payments_destroyed(season)
        if act.name in CORRECTIONS:
            rows = CorrectionStep.objects.filter(pk__gt=self._correction).order_by("pk")
            requests = dict(rows.values_list("pk", "request"))
            self._correction = max((self._correction, *requests))
            yield from hold_corrections(set(requests.values()), self.world, set(requests))

    def _after(self, name: str) -> Iterator[Violation]:
        """Give what the site left undone, where this was its act and it got to its end."""
        if name == "send_waiting":
            yield from _noted()
        if name == "keep_loans":
            for season in self.world.seasons:
                yield from hold_kept_loans(season, self.world.today)

    def _whole(self) -> Iterator[Violation]:
        """Look at everything: the ledger, the record of acts since the last time, every season that there was with all its cases."""
        for one in check_ledger().breaks:
            yield Violation(f"ledger: {one.invariant}", one.where, one.says)
        found = checked(after=self._whole_until)
        if found.broken is not None:
            yield Violation("record of acts", f"act {found.broken.act}", found.broken.wrong)
        self._whole_until = Recorded.objects.order_by("-id").first()
        for season in self.world.seasons:
            yield from self._whole_season(season)

    def _whole_season(self, season: Season) -> Iterator[Violation]:
        """Look at everything of one season: cases, claims, committee, documents, corrections, ceiling, bank, people, retention."""
        for case in season.cases:
            yield from hold_case(case, self.world.outside, OF_A_CASE)
            yield from hold_debts(case, self.world.today)
        yield from hold_committee(season)
        yield from hold_documents(self.world, season)
        requests = CorrectionRequest.objects.filter(body=season.body).values_list("pk", flat=True)
        yield from hold_corrections(list(requests), self.world)
        yield from hold_ceiling(season)
        yield from hold_bank(self.world, season)
        yield from hold_absences(season)
        yield from hold_destroyed(season)
        yield from hold_payments_destroyed(season)


def _names(row: CaseAct) -> Iterator[str]:
    """Name an act on a case as it is counted: itself, with what a note says, and by whom where that is special."""
    yield row.act
    if "what" in row.details:
        yield f"{row.act}: {row.details['what']}"
    if row.by_kind == "batch":
        yield f"{row.act} by a batch"
    if "on_behalf_of" in row.details and row.act not in FOR_A_COLLEAGUE:
        yield f"{row.act} by a deputy"


def kind_of(refused: Exception) -> str:
    """Name the kind of a refusal: its code, or its sentence where it has none."""
    if isinstance(refused, NotAllowed):
        return f"not allowed: {refused.refused.reason}"
    if isinstance(refused, DecisionRefused):
        return f"decision: {refused.code}"
    if isinstance(refused, CaseRefused):
        return f"case: {refused.texts['en']}"
    field_ = getattr(refused, "field", "")
    if isinstance(refused, ActRefused):
        return f"{type(refused).__name__}: {field_ or refused.texts['en'].split('. ')[0].split(':')[0]}"
    return type(refused).__name__


@contextmanager
def broken_off(after: int) -> Iterator[None]:
    """Break off after so many statements, those of transactions themselves not counted; 0: never."""
    if not after:
        yield
        return
    left = [after]

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        if not str(sql).startswith(QUIET):
            left[0] -= 1
            if left[0] == 0:
                raise Crash
        return found

    with connection.execute_wrapper(counting):
        yield


@contextmanager
def own_dice(world: World) -> Iterator[None]:
    """Let what the product draws in secret come from the seed too: else a sample would be another each time."""

    def token_hex(nbytes: int | None = None) -> str:
        return world.dice.randbytes(nbytes or secrets.DEFAULT_ENTROPY).hex()

    before, secrets.token_hex = secrets.token_hex, token_hex
    try:
        yield
    finally:
        secrets.token_hex = before


def _deferred() -> Iterator[Violation]:
    """Let the database check now what it checks at commit, where we are within somebody else's transaction."""
    if not connection.in_atomic_block:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except DatabaseError as fault:
        yield Violation("clear refusal", "commit", " ".join(str(fault).split())[:400])


def _noted() -> Iterator[Violation]:
    """Every letter that went out was noted on its case: none waits for ever, and holds up others."""
    left = ActLetter.objects.filter(letter__dispatches__sent=True, noted_at=None).order_by("pk").first()
    if left is not None:
        yield Violation("letters noted", f"act {left.act_id}", "its letter went out, and the case does not know")


def _ranked(seasons: Sequence[Season]) -> int:
    """Count the lists that were made of rounds."""
    return Ranking.objects.filter(round__in=[one.round for one in seasons], ranked_at__isnull=False).count()


def _latest(model: Any) -> int:
    return model.objects.aggregate(last=Max("pk"))["last"] or 0
