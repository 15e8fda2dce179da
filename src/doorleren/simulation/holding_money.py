"""What must be true of money after every step: transactions of zero, cases, the ceiling, and the bank's own book."""

from collections.abc import Collection, Iterator, Sequence

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Sum

from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.models import Decision
from doorleren.payments.balances import round_standing, standings_of
from doorleren.payments.commands.close_cases import MONEY_LEFT, SUBJECTS
from doorleren.payments.invariants import CASE, ROUND_WITH_CEILING, broken
from doorleren.payments.models import BankAnswer, PaymentLine, Transaction
from doorleren.payments.payees import iban_hash
from doorleren.payments.penalties import PENALTY
from doorleren.people.national_number import keys
from doorleren.rounds.models import Allocation, FixedPlace, PlaceChange, PotPart
from doorleren.rounds.queries import ids_of, outcomes_now
from doorleren.simulation.holding import Violation
from doorleren.simulation.outside import Payment
from doorleren.simulation.world import Season, World

Found = Iterator[Violation]
_NEW = """
SELECT t.id, t.subject_kind, t.subject_id, t.lines, count(p.cents), coalesce(sum(p.cents), 0)
FROM payments_transaction t LEFT JOIN payments_posting p ON p.transaction_id = t.id
WHERE t.id > %s GROUP BY t.id ORDER BY t.id
"""
SAYS = {"confirmed": ("paid", "returned"), "failed": ("rejected",), "returned": ("returned",)}
"""What the bank did, for each event that the product noted."""
RECEIVED = ("receive", "repay", "receive_undue")
"""How what was paid in is booked: on a claim, on a loan, or on what was not due."""


def hold_transactions(after: int) -> tuple[list[Violation], int, set[str]]:
    """Look at the transactions since one; give what is wrong, the last of them, and the cases that they are about."""
    found, last, cases = [], after, set()
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [after])
        for number, kind, id_, lines, there, total in cursor.fetchall():
            last = number
            cases |= {id_} if kind == "case" else set()
            if total or lines != there:
                says = f"{there} of {lines} lines add up to {total} cents"
                found.append(Violation("money sums to zero", f"transaction {number}", says))
    return found, last, cases


def hold_standings(cases: Collection[str]) -> Found:
    """Hold what must be true of the sums of cases."""
    for (_, id_), (_, standing) in sorted(standings_of(("case", one) for one in cases).items()):
        for one in broken(standing, CASE):
            yield Violation(f"ledger: {one.name}", f"case {id_}", one.says)


def hold_closed(rows: Sequence[CaseAct]) -> Found:
    """A case that the site just closed owes nothing and is owed nothing."""
    closed = [one.case_id for one in rows if one.act == "closed" and one.by_kind != "person"]
    for (kind, id_), (_, standing) in sorted(
        standings_of((kind, str(case)) for kind in SUBJECTS for case in closed).items()
    ):
        left = [name for name in MONEY_LEFT if standing.amount(name)]
        if left:
            yield Violation("closed when over", f"{kind} {id_}", f"something stands on {', '.join(left)}")


def hold_ceiling(season: Season) -> Found:
    """First decisions, reservations and places stay within the ceiling that was announced, in each round."""
    for round_, ceiling in season.ceilings.items():
        first = Decision.objects.filter(round=round_, replaces=None).aggregate(sum=Sum("amount_cents"))["sum"] or 0
        placed = PotPart.objects.filter(round=round_).aggregate(sum=Sum("cents"))["sum"] or 0
        for name, cents in (("first decisions", first), ("places", placed)):
            if cents > ceiling:
                yield Violation("ceiling", f"round {round_}", f"{name} are {cents} cents, the ceiling is {ceiling}")
        for one in broken(round_standing(round_), ROUND_WITH_CEILING):
            yield Violation("ceiling", f"round {round_}", one.says)
        yield from _places(round_, placed)


def _places(round_: int, placed: int) -> Found:
    """Places hold together what the pot has counted, and what a decision set free was taken back, unless that still waits."""
    _, held = outcomes_now(round_)
    if held != placed:
        yield Violation("places", f"round {round_}", f"places hold {held} cents, the pot has {placed}")
    followed = PlaceChange.objects.filter(ticket=OuterRef("pk"), reason=OuterRef("gives_back"))
    freed = FixedPlace.objects.filter(ticket__id__range=ids_of(round_)).exclude(gives_back="").exclude(Exists(followed))
    if freed.exists() and not Allocation.objects.get(pk=round_).freed:
        yield Violation("places", f"round {round_}", "a decision set something free, and nothing says that it waits")


def hold_bank(world: World, season: Season) -> Found:
    """Hold the product against the bank's book of a season: every payment once, for the right sum, to the right account, and known
    as it is; and every sum that was paid in booked once, on the case that it names.
    """
    book = season.book
    for one in world.outside.twice:
        yield Violation("paid once", f"payment {one}", "the bank got this twice")
    yield from _received_once(season)
    if not book.payments:
        return
    lines = {one.end_to_end: one for one in PaymentLine.objects.filter(run__body=season.body)
             .select_related("run", "account").prefetch_related("events")}  # fmt: skip
    out: dict[int, int] = {}
    for number, payment in book.payments.items():
        line = lines.get(number)
        if line is None:
            yield Violation("paid once", f"payment {number}", "the bank got what no run has")
            continue
        yield from _same(payment, line)
        out[line.case_id] = out.get(line.case_id, 0) + (payment.out if line.what != PENALTY else 0)
    yield from _within(season, out)


def _within(season: Season, out: dict[int, int]) -> Found:
    """No more leaves in a case than was granted, and what was paid in on it."""
    most = dict(Decision.objects.filter(case__in=out).values_list("case").annotate(most=Max("amount_cents")))
    names = dict(Case.objects.filter(pk__in=out).values_list("pk", "reference"))
    came: dict[str, int] = {}
    for one in season.book.receipts:
        came[one.names] = came.get(one.names, 0) + one.cents
    for case, cents in sorted(out.items()):
        may, back = most.get(case, 0), came.get(names[case], 0)
        if cents > may + back:
            yield Violation(
                "paid once", f"case {case}", f"{cents} cents are out, at most {may} were granted and {back} came in"
            )


def _received_once(season: Season) -> Found:
    """What was paid in stands in the ledger once, with its sum and on the case that it names; nothing else was received."""
    if not season.book.receipts:
        return
    posted = dict(Transaction.objects.filter(key__startswith=f"receipt/{season.body}/").values_list("key", "pk"))
    rows = {one.pk: one for one in Transaction.objects.filter(pk__in=posted.values())}
    answers = BankAnswer.objects.filter(entry__message__body=season.body, entry__says="received")
    told: dict[str, list[tuple[str, str]]] = {}
    for id_, outcome, case in answers.values_list("entry__end_to_end", "outcome", "case"):
        told.setdefault(id_, []).append((outcome, str(case)))
    for one in season.book.receipts:
        where, said = f"receipt {one.id} of body {season.body}", told.get(one.id, [])
        booked = [case for outcome, case in said if outcome == "received"]
        number = posted.pop(f"receipt/{season.body}/{one.id}", None)
        if (one.read and not said) or len(booked) != (number is not None):
            yield Violation(
                "received once", where, f"the answers are {said}, it is {'' if number else 'not '}in the ledger"
            )
            continue
        if number is None:
            continue
        row, wanted = (
            rows[number],
            Case.objects.filter(body=season.body, reference=one.names).values_list("pk", flat=True),
        )
        as_paid = row.act in RECEIVED and (row.cents, row.subject_id) == (one.cents, booked[0])
        if not as_paid or booked != [str(pk) for pk in wanted]:
            yield Violation("received once", where, f"{row.cents} cents on case {row.subject_id}, paid in were {one.cents} for {one.names}")  # fmt: skip
    for key in posted:
        yield Violation("received once", key, "nobody paid this in")


def _same(payment: Payment, line: PaymentLine) -> Found:
    where, account = f"payment {payment.id}", line.account
    events = {one.event for one in line.events.all()}
    if "ordered" not in events or line.run.released_at is None or payment.cents != line.cents:
        yield Violation("payment as released", where, f"{payment.cents} cents at the bank, {line.cents} on the line ({sorted(events)})")  # fmt: skip
    elif account.effective_at is None or account.stopped_at or account.effective_at > line.run.released_at:
        yield Violation("account of two people", where, "its account was not in use yet")
    for event, states in SAYS.items():
        if event in events and payment.state not in states:
            yield Violation(
                "payment as the bank did", where, f"it is noted as {event}, and the bank has it {payment.state}"
            )
    if not payment.told:
        payment.told.append("looked at")
        if iban_hash(payment.iban, keys()) != account.lookup or (account.payee_kind, account.payee_id) != (line.payee_kind, line.payee_id):  # fmt: skip
            yield Violation("account of two people", where, "the bank paid on another account")
