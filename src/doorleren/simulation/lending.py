"""Loans: the site counts their interest and tells of the plan; they are repaid, reminded of, remitted, settled. Draws what is about to be done."""

from doorleren.cases.models import Case
from doorleren.decisions.models import GIVING, Decision
from doorleren.payments.commands.keep_loans import keep_loans
from doorleren.payments.commands.remit_loan import remit_loan
from doorleren.payments.commands.tell_of_loan import remind_of_loan
from doorleren.payments.loans import loan_of
from doorleren.people.models import RoleKind
from doorleren.rules.frameworks import ON_REPAYMENT
from doorleren.simulation import applying, paying, settling
from doorleren.simulation.preparing import PREPARES
from doorleren.simulation.world import Act, World

WAIT_DAYS = (31, 31, 45, 120)


def keep(world: World) -> Act:
    """Let the site look along all loans."""
    return Act("keep_loans", lambda: keep_loans(lambda: world.at))


def loans(world: World) -> Act | None:
    """Do something about a loan that is not settled; None where there is none, or somebody waits."""
    lent = Decision.objects.filter(
        case__in=world.season.cases, settle_how=ON_REPAYMENT, kind__in=GIVING, replaced_by=None, case__state="granted"
    )
    case = world.pick(list(lent.filter(followed__isnull=False).order_by("case").values_list("case", flat=True)))
    if case is None:
        return None
    if world.maybe(0.25):
        world.wait(world.chance.choice(WAIT_DAYS))
        return None
    moves = (repay, remind, remit, settling.settle)
    if world.maybe(0.5):
        return world.chance.choices(moves, (8, 2, 1, 2))[0](world, case)
    return world.chance.choices((keep, applying.send, applying.post_money, paying.answer), (4, 2, 1, 3))[0](world)


def repay(world: World, case: int) -> Act:
    """Let somebody repay at the bank: the next instalment, what is late, all, a part, or too much."""
    row = Case.objects.get(pk=case)
    loan, reference = loan_of(row, world.today), row.reference
    left = 100 if loan is None else loan.left
    next_, late = (0, 0) if loan is None else (loan.next_cents, loan.overdue)
    cents = max(1, world.chance.choice((next_, next_, next_, late, late, left, left, left // 3, left + 500)))
    return Act("repay", lambda: world.outside.pay_in(cents, reference), case)


def remind(world: World, case: int) -> Act:
    """Remind of instalments that are late."""
    by, at = world.official(*PREPARES), world.at
    return Act("remind_of_loan", lambda: remind_of_loan(case, by=by, at=at), case)


def remit(world: World, case: int) -> Act:
    """Remit a part of a loan; now and then more than the scheme lets, or without a reason."""
    by, at, loan = world.official(RoleKind.DECIDER), world.at, loan_of(Case.objects.get(pk=case), world.today)
    cents = 100 if loan is None else loan.left // world.chance.choice((1, 2, 4, 4))
    weighing = "u bent lang ziek" if world.maybe(0.9) else ""
    return Act("remit_loan", lambda: remit_loan(case, cents, weighing, by=by, at=at), case)
