"""What happens to money, as pure functions: how a case stands and an amount in cents in, the lines of a transaction out.

Called by commands/post.py, which puts the lines down. Each event refuses what it may not do (PaymentRefused), so that
after any row of events every invariant of a case holds (invariants.py; a property test says so). `cents` is the amount
of the event itself, except where the docstring says that it is the new total.
Ground: Awb title 4.2 (grant 4:29, amend 4:48, settle 4:46, advance 4:95, recovery 4:57) and 4:25(3) for the ceiling.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from doorleren.core.money import comes_off
from doorleren.payments.event_lines import (
    ANY,
    MOST_CENTS,
    NOT_GIVEN,
    Lines,
    bounded,
    charged,
    decided_off,
    ensure_amount,
    ensure_claimed,
    less_due,
    lifted,
    more_due,
    move,
    name_of,
    not_given,
    off_the_claim,
    taken_back,
    together,
)
from doorleren.payments.refusing import ensure_within, refused
from doorleren.payments.standings import Standing


def set_ceiling(standing: Standing, cents: int) -> Lines:
    """Bring the ceiling of a round to a new total; the subject is the round. What is lowered comes from what is available."""
    ensure_amount(cents)
    return together(move(cents - standing.amount("ceiling"), "available", "ceiling"))


def reserve(standing: Standing, cents: int) -> Lines:
    """Set money apart for a case: available -> reserved. That the ceiling allows it is for the pot of the round to say."""
    ensure_within(cents, MOST_CENTS, ANY)
    return together(move(cents, "reserved", "available"))


def release_reservation(standing: Standing, cents: int) -> Lines:
    """Give reserved money back to what is available: refused, withdrawn, or less than was asked."""
    ensure_within(cents, standing.amount("reserved"), name_of("reserved"))
    return together(move(cents, "available", "reserved"))


def grant(standing: Standing, cents: int) -> Lines:
    """Grant the whole reservation: reserved -> obligation. `cents` is the whole of it."""
    ensure_within(cents, standing.amount("reserved"), name_of("reserved"))
    if cents != standing.amount("reserved"):
        raise refused(
            "Er is meer gereserveerd. Verleen dan gedeeltelijk.", "More is reserved. Grant it partly.", "cents"
        )
    return together(move(cents, "obligation", "reserved"))


def grant_partly(standing: Standing, cents: int) -> Lines:
    """Grant less than was reserved; the rest is available again."""
    reserved = standing.amount("reserved")
    ensure_within(cents, reserved - 1, name_of("reserved"))
    return together(move(cents, "obligation", "reserved"), move(reserved - cents, "available", "reserved"))


def grant_above_ceiling(standing: Standing, cents: int) -> Lines:
    """Grant (more) after an objection although the pot is empty by now, Awb 4:25(3): it stands on an account of its own."""
    ensure_within(cents, MOST_CENTS, ANY)
    return together(move(cents, "obligation", "above_ceiling"))


def amend_up(standing: Standing, cents: int) -> Lines:
    """Bring an obligation up to a new total; what is added comes from what is available."""
    now = standing.amount("obligation")
    if not now < cents <= MOST_CENTS or not now:
        raise refused(
            "Verhogen kan alleen een verlening die niet is vastgesteld, tot een hoger bedrag.",
            "Only a grant that has not been settled can be amended up, to a higher amount.", "cents",
        )  # fmt: skip
    return together(move(cents - now, "obligation", "available"))


def amend_down(standing: Standing, cents: int) -> Lines:
    """Bring an obligation down to a new total, 0 for a withdrawn grant: the rest is released.

    Advances above the new total are no longer due: first what was not paid yet, then what must come back. So is what was lent
    above it, with the interest over that.
    """
    now = standing.amount("obligation")
    if not 0 <= cents < now:
        raise refused(
            "Verlagen kan alleen een verlening die niet is vastgesteld, tot een lager bedrag.",
            "Only a grant that has not been settled can be amended down, to a lower amount.", "cents",
        )  # fmt: skip
    excess = max(0, standing.amount("advance") + standing.loan_to_settle - cents)
    advanced = min(standing.amount("advance"), excess)
    return together(move(now - cents, "released", "obligation"), taken_back(standing, advanced, excess - advanced))


def grant_advance(standing: Standing, cents: int) -> Lines:
    """Grant an advance, which is then to be paid; all advances together never exceed the obligation."""
    ensure_within(cents, not_given(standing), NOT_GIVEN)
    return together(more_due(standing, cents, "advance"))


def lend(standing: Standing, cents: int) -> Lines:
    """Lend what was granted as a loan, which is then to be paid: a claim on who gets it, no expense."""
    ensure_within(cents, not_given(standing), NOT_GIVEN)
    return together(more_due(standing, cents, "loan"))


def lend_advanced(standing: Standing, cents: int) -> Lines:
    """Book as a loan what was booked as an advance, by a ledger that knew no loans."""
    return bounded(standing, cents, "advance", "loan", "advance")


def charge_loan_interest(standing: Standing, cents: int) -> Lines:
    """Add the interest of a month to a loan that is outstanding."""
    if not standing.amount("loan"):
        raise refused(
            "Rente op een lening kan alleen zolang die uitstaat.", "A loan bears interest only while it is outstanding."
        )
    ensure_within(cents, MOST_CENTS, ANY)
    return together(move(cents, "loan", "loan_interest"))


def repay(standing: Standing, cents: int) -> Lines:
    """Book what somebody repaid on a loan; what is more than the loan stands on suspense.

    Example: lent 1,000, with 10 interest; 1,020 comes in: nothing is outstanding, and 10 stands on suspense.
    """
    if not standing.amount("loan"):
        raise refused("Er staat geen lening uit.", "No loan is outstanding.")
    ensure_within(cents, MOST_CENTS, ANY)
    off, over = comes_off(standing.amount("loan"), cents)
    return together(move(off, "repaid", "loan"), move(over, "received", "suspense"))


def repay_again(standing: Standing, cents: int) -> Lines:
    """Count as repaid again what was repaid on a loan that was taken back, now that this is undone: it is not paid out once more.

    Example: lent 1,000 and 800 repaid; withdrawn, and that undone: 800 is repaid again, and 200 is lent, of which all was paid before.
    """
    ensure_within(cents, not_given(standing), NOT_GIVEN)
    return bounded(standing, cents, "received", "repaid", "received")


def remit_again(standing: Standing, cents: int) -> Lines:
    """Count as remitted again what was remitted of a loan that was taken back, now that this is undone: nobody asks it back once more.

    Example: lent 1,000 and 400 remitted; withdrawn, and that undone: 400 is remitted again and 600 lent, of which all was paid before.
    """
    ensure_within(cents, not_given(standing), NOT_GIVEN)
    return together(more_due(standing, cents, "remitted"))


def drop_loan_interest(standing: Standing, cents: int) -> Lines:
    """Let interest on a loan fall away that is not paid: an earlier ledger left it where nothing is lent any more."""
    ensure_within(cents, standing.amount("loan_interest"), name_of("loan_interest"))
    return bounded(standing, cents, "loan", "loan_interest", "loan")


def remit(standing: Standing, cents: int) -> Lines:
    """Remit what is outstanding of a loan, or a part of it."""
    return bounded(standing, cents, "loan", "remitted", "loan")


def settle(standing: Standing, cents: int) -> Lines:
    """Fix the amount of a grant: as granted, lower, or 0. Advances are taken into account.

    Example: granted 1,000 and advanced 800. Settled at 900: 100 to be paid, 100 released. At 600: 400 released, and of
    the advances 200 was not due: what of it was not paid yet is no longer paid, the rest must come back. A loan is settled at
    what was lent, once it was repaid.
    """
    now, advance, lent = standing.amount("obligation"), standing.amount("advance"), standing.loan_to_settle
    if lent and (advance or standing.amount("loan") or cents != lent):
        raise refused(
            "Een lening wordt vastgesteld op wat is uitgeleend, en pas als zij is terugbetaald.",
            "A loan is settled at what was lent, and only once it was repaid.", "cents",
        )  # fmt: skip
    if lent:
        return together(move(cents, "settled", "obligation"), move(now - cents, "released", "obligation"))
    if not now or not 0 <= cents <= now:
        raise refused(
            "Vaststellen kan op ten hoogste wat is verleend, en maar één keer.",
            "Settling is possible at no more than was granted, and only once.", "cents",
        )  # fmt: skip
    kept = min(advance, cents)
    return together(
        move(cents, "settled", "obligation"),
        move(now - cents, "released", "obligation"),
        move(kept, "expense", "advance"),
        less_due(standing, (advance - kept, "advance")),
        more_due(standing, cents - kept, "expense"),
    )


def settle_anew(standing: Standing, cents: int) -> Lines:
    """Bring a settlement to a new total, up or down: after an objection, or because of Awb 4:49."""
    now, most = standing.amount("settled"), standing.amount("settled") + standing.amount("released")
    if not 0 <= cents <= most or cents == now or standing.amount("obligation") or now != standing.amount("expense"):
        raise refused(
            "Een vaststelling kan worden gewijzigd naar een ander bedrag, tot wat er was verleend.",
            "A settlement can be changed to another amount, up to what had been granted.", "cents",
        )  # fmt: skip
    moved = move(cents - now, "settled", "released")
    if cents > now:
        return together(moved, more_due(standing, cents - now, "expense"))
    return together(moved, less_due(standing, (now - cents, "expense")))


def order_payment(standing: Standing, cents: int) -> Lines:
    """Order the bank to pay what is to be paid, in a payment run that was released."""
    return bounded(standing, cents, "payable", "payable", "in_transit")


def confirm_payment(standing: Standing, cents: int) -> Lines:
    """Book what the bank says that it paid."""
    return bounded(standing, cents, "in_transit", "in_transit", "paid")


def fail_payment(standing: Standing, cents: int) -> Lines:
    """Book what the bank did not do: it is to be paid again."""
    return bounded(standing, cents, "in_transit", "in_transit", "payable")


def return_payment(standing: Standing, cents: int) -> Lines:
    """Book a payment that came back, on the suspense account until somebody has looked at why."""
    return bounded(standing, cents, "paid", "paid", "suspense")


def owe_again(standing: Standing, cents: int) -> Lines:
    """Take from suspense what came back: it is to be paid again."""
    return bounded(standing, cents, "suspense", "suspense", "payable")


def recover(standing: Standing, cents: int) -> Lines:
    """Decide that what was not due must be paid back: it becomes a claim."""
    return bounded(standing, cents, "undue", "recoverable", "undue")


def charge_interest(standing: Standing, cents: int) -> Lines:
    """Add interest that was fixed to a claim, also to one that was paid meanwhile (too late)."""
    return charged(standing, cents, "interest")


def charge_costs(standing: Standing, cents: int) -> Lines:
    """Add the fee of a reminder to a claim (Awb 4:113)."""
    return charged(standing, cents, "costs")


def receive(standing: Standing, cents: int) -> Lines:
    """Book what somebody paid back; what is more than the claim stands on suspense."""
    ensure_within(cents, MOST_CENTS, ANY)
    return off_the_claim(standing, cents, "received")


def receive_undue(standing: Standing, cents: int) -> Lines:
    """Book what somebody paid back of what was not due, before that was recovered: only what is left can be. More stands on suspense."""
    if not standing.amount("undue"):
        raise refused("Er is niets onverschuldigd betaald.", "Nothing was paid without a ground.")
    ensure_within(cents, MOST_CENTS, ANY)
    off, over = comes_off(standing.amount("undue"), cents)
    return together(move(off, "received", "undue"), move(over, "received", "suspense"))


def set_off(standing: Standing, cents: int) -> Lines:
    """Set a claim off against what is to be paid in the same case. What came in on it meanwhile was paid too much."""
    ensure_within(cents, standing.amount("payable"), name_of("payable"))
    return decided_off(standing, cents, "payable")


def pay_by_set_off(standing: Standing, cents: int) -> Lines:
    """Pay what is to be paid in this case by setting it off against a claim in another one (Awb 4:93); see receive_by_set_off."""
    return bounded(standing, cents, "payable", "payable", "set_off_paid")


def receive_by_set_off(standing: Standing, cents: int) -> Lines:
    """Book the other half of a set-off: the claim of this case is less by it. What came in on it meanwhile was paid too much."""
    return decided_off(standing, cents, "set_off_received")


def owe_penalty(standing: Standing, cents: int) -> Lines:
    """Owe the penalty for a late decision (Awb 4:17); the subject is the penalty of a case, no money of a round."""
    ensure_within(cents, MOST_CENTS, ANY)
    return together(move(cents, "penalty", "payable"))


def refund(standing: Standing, cents: int) -> Lines:
    """Take what somebody paid too much out of their case; see owe_refund."""
    ensure_within(cents, standing.amount("received"), name_of("received"))
    return bounded(standing, cents, "suspense", "suspense", "received")


def owe_refund(standing: Standing, cents: int) -> Lines:
    """Owe what somebody paid too much to who paid it; the subject is the refund of a case, which no decision on its grant stops."""
    ensure_within(cents, MOST_CENTS, ANY)
    return together(move(cents, "received", "payable"))


def lift_recovery(standing: Standing, cents: int) -> Lines:
    """Let (a part of) a recovery fall away after an objection: what is open is claimed no more, what was collected is owed back.

    Example: of a claim of 200 was 150 paid in, and 120 falls away: 50 was open, and 70 leaves the case, to who paid it.
    """
    ensure_claimed(standing)
    return lifted(standing, cents, "undue")


def let_keep(standing: Standing, cents: int) -> Lines:
    """Let who was paid without a ground keep what nobody can ask back any more."""
    return bounded(standing, cents, "undue", "kept", "undue")


def lift_interest(standing: Standing, cents: int) -> Lines:
    """Let interest fall away with the recovery that it was charged over."""
    ensure_within(cents, standing.amount("interest"), name_of("interest"))
    return lifted(standing, cents, "interest")


def lift_costs(standing: Standing, cents: int) -> Lines:
    """Let fees of reminders fall away with the recovery that they were charged for."""
    ensure_within(cents, standing.amount("costs"), name_of("costs"))
    return lifted(standing, cents, "costs")


def lift_write_off(standing: Standing, cents: int) -> Lines:
    """Let what was given up of a recovery fall away with it: it was never paid in, so that it becomes payable to nobody."""
    ensure_claimed(standing)
    return lifted(standing, cents, "undue", "written_off")


def restore(standing: Standing, cents: int) -> Lines:
    """Bring a grant that ended back, after an objection or a judgment: from what was released, not from the round."""
    if standing.amount("obligation") or standing.amount("settled"):
        raise refused(
            "Alleen een verlening die is ingetrokken, kan terugkomen.", "Only a grant that was withdrawn can come back."
        )
    return bounded(standing, cents, "released", "obligation", "released")


def pay_outside(standing: Standing, cents: int) -> Lines:
    """Book that a penalty was paid outside a run, as a paymaster noted on evidence."""
    return bounded(standing, cents, "payable", "payable", "paid")


def write_off(standing: Standing, cents: int) -> Lines:
    """Give up (a part of) a claim. What came in on that part before the ledger had it was paid too much.

    Example: of 200 is 150 given up, while 80 comes in: nothing is open, and 30 stands on suspense.
    """
    return decided_off(standing, cents, "written_off")


Event = Callable[[Standing, int], Lines]

EVENTS: Mapping[str, Event] = MappingProxyType({
    event.__name__: event
    for event in (
        set_ceiling, reserve, release_reservation, grant, grant_partly, grant_above_ceiling, amend_up, amend_down,
        grant_advance, lend, lend_advanced, charge_loan_interest, repay, remit, settle, settle_anew, order_payment, confirm_payment, fail_payment, return_payment, owe_again,
        recover, charge_interest, charge_costs, receive, set_off, pay_by_set_off, receive_by_set_off, owe_penalty, write_off,
        lift_recovery, lift_interest, lift_costs, lift_write_off, restore, pay_outside, refund, owe_refund, repay_again, drop_loan_interest,
        receive_undue, let_keep, remit_again,
    )
})  # fmt: skip
"""All events, by the name under which they are posted."""
