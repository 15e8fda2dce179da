"""What happens to money, as pure functions: how a case stands and an amount in cents in, the lines of a transaction out.

Called by commands/post.py, which puts the lines down. Each event refuses what it may not do (PaymentRefused), so that
after any row of events every invariant of a case holds (invariants.py; a property test says so). `cents` is the amount
of the event itself, except where the docstring says that it is the new total.
Ground: Awb title 4.2 (grant 4:29, amend 4:48, settle 4:46, advance 4:95, recovery 4:57) and 4:25(3) for the ceiling.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from doorleren.core.money import comes_off
from doorleren.core.texts import Texts
from doorleren.payments.accounts import KINDS
from doorleren.payments.refusing import ensure_within, refused
from doorleren.payments.standings import Line, Standing

Lines = tuple[Line, ...]
MOST_CENTS = 10**14
"""The most of one event: a million million euros."""


def set_ceiling(standing: Standing, cents: int) -> Lines:
    """Bring the ceiling of a round to a new total; the subject is the round. What is lowered comes from what is available."""
    _ensure_amount(cents)
    return _together(_move(cents - standing.amount("ceiling"), "available", "ceiling"))


def reserve(standing: Standing, cents: int) -> Lines:
    """Set money apart for a case: available -> reserved. That the ceiling allows it is for the pot of the round to say."""
    ensure_within(cents, MOST_CENTS, _ANY)
    return _together(_move(cents, "reserved", "available"))


def release_reservation(standing: Standing, cents: int) -> Lines:
    """Give reserved money back to what is available: refused, withdrawn, or less than was asked."""
    ensure_within(cents, standing.amount("reserved"), _of("reserved"))
    return _together(_move(cents, "available", "reserved"))


def grant(standing: Standing, cents: int) -> Lines:
    """Grant the whole reservation: reserved -> obligation. `cents` is the whole of it."""
    ensure_within(cents, standing.amount("reserved"), _of("reserved"))
    if cents != standing.amount("reserved"):
        raise refused(
            "Er is meer gereserveerd. Verleen dan gedeeltelijk.", "More is reserved. Grant it partly.", "cents"
        )
    return _together(_move(cents, "obligation", "reserved"))


def grant_partly(standing: Standing, cents: int) -> Lines:
    """Grant less than was reserved; the rest is available again."""
    reserved = standing.amount("reserved")
    ensure_within(cents, reserved - 1, _of("reserved"))
    return _together(_move(cents, "obligation", "reserved"), _move(reserved - cents, "available", "reserved"))


def grant_above_ceiling(standing: Standing, cents: int) -> Lines:
    """Grant (more) after an objection although the pot is empty by now, Awb 4:25(3): it stands on an account of its own."""
    ensure_within(cents, MOST_CENTS, _ANY)
    return _together(_move(cents, "obligation", "above_ceiling"))


def amend_up(standing: Standing, cents: int) -> Lines:
    """Bring an obligation up to a new total; what is added comes from what is available."""
    now = standing.amount("obligation")
    if not now < cents <= MOST_CENTS or not now:
        raise refused(
            "Verhogen kan alleen een verlening die niet is vastgesteld, tot een hoger bedrag.",
            "Only a grant that has not been settled can be amended up, to a higher amount.", "cents",
        )  # fmt: skip
    return _together(_move(cents - now, "obligation", "available"))


def amend_down(standing: Standing, cents: int) -> Lines:
    """Bring an obligation down to a new total, 0 for a withdrawn grant: the rest is released.

    Advances above the new total are no longer due: first what was not paid yet, then what must come back.
    """
    now = standing.amount("obligation")
    if not 0 <= cents < now:
        raise refused(
            "Verlagen kan alleen een verlening die niet is vastgesteld, tot een lager bedrag.",
            "Only a grant that has not been settled can be amended down, to a lower amount.", "cents",
        )  # fmt: skip
    excess = max(0, standing.amount("advance") + standing.loan_to_settle - cents)
    advanced = min(standing.amount("advance"), excess)
    lent = min(standing.amount("loan"), excess - advanced)
    remitted = min(standing.amount("remitted"), excess - advanced - lent)
    return _together(
        _move(now - cents, "released", "obligation"),
        _less_due(standing, (advanced, "advance"), (lent, "loan"), (remitted, "remitted")),
        _move(excess - advanced - lent - remitted, "received", "repaid"),
    )


def grant_advance(standing: Standing, cents: int) -> Lines:
    """Grant an advance, which is then to be paid; all advances together never exceed the obligation."""
    ensure_within(cents, _not_given(standing), _NOT_GIVEN)
    return _together(_more_due(standing, cents, "advance"))


def lend(standing: Standing, cents: int) -> Lines:
    """Lend what was granted as a loan, which is then to be paid: a claim on who gets it, no expense."""
    ensure_within(cents, _not_given(standing), _NOT_GIVEN)
    return _together(_more_due(standing, cents, "loan"))


def lend_advanced(standing: Standing, cents: int) -> Lines:
    """Book as a loan what was booked as an advance, by a ledger that knew no loans."""
    return _bounded(standing, cents, "advance", "loan", "advance")


def charge_loan_interest(standing: Standing, cents: int) -> Lines:
    """Add the interest of a month to a loan that is outstanding."""
    if not standing.amount("loan"):
        raise refused(
            "Rente op een lening kan alleen zolang die uitstaat.", "A loan bears interest only while it is outstanding."
        )
    ensure_within(cents, MOST_CENTS, _ANY)
    return _together(_move(cents, "loan", "loan_interest"))


def repay(standing: Standing, cents: int) -> Lines:
    """Book what somebody repaid on a loan; what is more than the loan stands on suspense.

    Example: lent 1,000, with 10 interest; 1,020 comes in: nothing is outstanding, and 10 stands on suspense.
    """
    if not standing.amount("loan"):
        raise refused("Er staat geen lening uit.", "No loan is outstanding.")
    ensure_within(cents, MOST_CENTS, _ANY)
    off, over = comes_off(standing.amount("loan"), cents)
    return _together(_move(off, "repaid", "loan"), _move(over, "received", "suspense"))


def remit(standing: Standing, cents: int) -> Lines:
    """Remit what is outstanding of a loan, or a part of it."""
    return _bounded(standing, cents, "loan", "remitted", "loan")


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
        return _together(_move(cents, "settled", "obligation"), _move(now - cents, "released", "obligation"))
    if not now or not 0 <= cents <= now:
        raise refused(
            "Vaststellen kan op ten hoogste wat is verleend, en maar één keer.",
            "Settling is possible at no more than was granted, and only once.", "cents",
        )  # fmt: skip
    kept = min(advance, cents)
    return _together(
        _move(cents, "settled", "obligation"),
        _move(now - cents, "released", "obligation"),
        _move(kept, "expense", "advance"),
        _less_due(standing, (advance - kept, "advance")),
        _more_due(standing, cents - kept, "expense"),
    )


def settle_anew(standing: Standing, cents: int) -> Lines:
    """Bring a settlement to a new total, up or down: after an objection, or because of Awb 4:49."""
    now, most = standing.amount("settled"), standing.amount("settled") + standing.amount("released")
    if not 0 <= cents <= most or cents == now or standing.amount("obligation") or now != standing.amount("expense"):
        raise refused(
            "Een vaststelling kan worden gewijzigd naar een ander bedrag, tot wat er was verleend.",
            "A settlement can be changed to another amount, up to what had been granted.", "cents",
        )  # fmt: skip
    moved = _move(cents - now, "settled", "released")
    if cents > now:
        return _together(moved, _more_due(standing, cents - now, "expense"))
    return _together(moved, _less_due(standing, (now - cents, "expense")))


def order_payment(standing: Standing, cents: int) -> Lines:
    """Order the bank to pay what is to be paid, in a payment run that was released."""
    return _bounded(standing, cents, "payable", "payable", "in_transit")


def confirm_payment(standing: Standing, cents: int) -> Lines:
    """Book what the bank says that it paid."""
    return _bounded(standing, cents, "in_transit", "in_transit", "paid")


def fail_payment(standing: Standing, cents: int) -> Lines:
    """Book what the bank did not do: it is to be paid again."""
    return _bounded(standing, cents, "in_transit", "in_transit", "payable")


def return_payment(standing: Standing, cents: int) -> Lines:
    """Book a payment that came back, on the suspense account until somebody has looked at why."""
    return _bounded(standing, cents, "paid", "paid", "suspense")


def owe_again(standing: Standing, cents: int) -> Lines:
    """Take from suspense what came back or was received above the claim: it is to be paid (again)."""
    return _bounded(standing, cents, "suspense", "suspense", "payable")


def recover(standing: Standing, cents: int) -> Lines:
    """Decide that what was not due must be paid back: it becomes a claim."""
    return _bounded(standing, cents, "undue", "recoverable", "undue")


def charge_interest(standing: Standing, cents: int) -> Lines:
    """Add interest that was fixed to a claim, also to one that was paid meanwhile (too late)."""
    return _charged(standing, cents, "interest")


def charge_costs(standing: Standing, cents: int) -> Lines:
    """Add the fee of a reminder to a claim (Awb 4:113)."""
    return _charged(standing, cents, "costs")


def receive(standing: Standing, cents: int) -> Lines:
    """Book what somebody paid back; what is more than the claim stands on suspense."""
    ensure_within(cents, MOST_CENTS, _ANY)
    return _off_the_claim(standing, cents, "received")


def set_off(standing: Standing, cents: int) -> Lines:
    """Set a claim off against what is to be paid in the same case. What came in on it meanwhile was paid too much."""
    ensure_within(cents, standing.amount("payable"), _of("payable"))
    return _decided_off(standing, cents, "payable")


def pay_by_set_off(standing: Standing, cents: int) -> Lines:
    """Pay what is to be paid in this case by setting it off against a claim in another one (Awb 4:93); see receive_by_set_off."""
    return _bounded(standing, cents, "payable", "payable", "set_off_paid")


def receive_by_set_off(standing: Standing, cents: int) -> Lines:
    """Book the other half of a set-off: the claim of this case is less by it. What came in on it meanwhile was paid too much."""
    return _decided_off(standing, cents, "set_off_received")


def owe_penalty(standing: Standing, cents: int) -> Lines:
    """Owe the penalty for a late decision (Awb 4:17); the subject is the penalty of a case, no money of a round."""
    ensure_within(cents, MOST_CENTS, _ANY)
    return _together(_move(cents, "penalty", "payable"))


def lift_recovery(standing: Standing, cents: int) -> Lines:
    """Let (a part of) a recovery fall away after an objection: what is open is claimed no more, what was collected is owed back."""
    return _lifted(standing, cents, "undue")


def lift_interest(standing: Standing, cents: int) -> Lines:
    """Let interest fall away with the recovery that it was charged over."""
    ensure_within(cents, standing.amount("interest"), _of("interest"))
    return _lifted(standing, cents, "interest")


def lift_costs(standing: Standing, cents: int) -> Lines:
    """Let fees of reminders fall away with the recovery that they were charged for."""
    ensure_within(cents, standing.amount("costs"), _of("costs"))
    return _lifted(standing, cents, "costs")


def lift_write_off(standing: Standing, cents: int) -> Lines:
    """Let what was given up of a recovery fall away with it: it was never paid in, so that it becomes payable to nobody."""
    return _lifted(standing, cents, "undue", "written_off")


def restore(standing: Standing, cents: int) -> Lines:
    """Bring a grant that ended back, after an objection or a judgment: from what was released, not from the round."""
    if standing.amount("obligation") or standing.amount("settled"):
        raise refused(
            "Alleen een verlening die is ingetrokken, kan terugkomen.", "Only a grant that was withdrawn can come back."
        )
    return _bounded(standing, cents, "released", "obligation", "released")


def pay_outside(standing: Standing, cents: int) -> Lines:
    """Book that a penalty was paid outside a run, as a paymaster noted on evidence."""
    return _bounded(standing, cents, "payable", "payable", "paid")


def write_off(standing: Standing, cents: int) -> Lines:
    """Give up (a part of) a claim. What came in on that part before the ledger had it was paid too much.

    Example: of 200 is 150 given up, while 80 comes in: nothing is open, and 30 stands on suspense.
    """
    return _decided_off(standing, cents, "written_off")


Event = Callable[[Standing, int], Lines]

EVENTS: Mapping[str, Event] = MappingProxyType({
    event.__name__: event
    for event in (
        set_ceiling, reserve, release_reservation, grant, grant_partly, grant_above_ceiling, amend_up, amend_down,
        grant_advance, lend, lend_advanced, charge_loan_interest, repay, remit, settle, settle_anew, order_payment, confirm_payment, fail_payment, return_payment, owe_again,
        recover, charge_interest, charge_costs, receive, set_off, pay_by_set_off, receive_by_set_off, owe_penalty, write_off,
        lift_recovery, lift_interest, lift_costs, lift_write_off, restore, pay_outside,
    )
})  # fmt: skip
"""All events, by the name under which they are posted."""

_CLAIMED = ("recoverable", "received", "set_off_received", "written_off")
_ANY: Texts = {"nl": "meer telt het grootboek niet", "en": "the ledger counts no more"}
_NOT_GIVEN: Texts = {
    "nl": "verleend en nog niet als voorschot of lening gegeven",
    "en": "granted and not advanced or lent yet",
}


def _of(kind: str) -> Texts:
    return KINDS[kind].texts


def _ensure_amount(cents: int) -> None:
    if not 0 <= cents <= MOST_CENTS:
        ensure_within(cents, MOST_CENTS, _ANY)


def _move(cents: int, debit: str, credit: str) -> Lines:
    return Line(debit, cents), Line(credit, -cents)


def _bounded(standing: Standing, cents: int, bound: str, debit: str, credit: str) -> Lines:
    """Move at most what stands on the account that bounds it."""
    ensure_within(cents, standing.amount(bound), _of(bound))
    return _together(_move(cents, debit, credit))


def _charged(standing: Standing, cents: int, kind: str) -> Lines:
    """Add something to a claim that was decided: open, or paid, set off or given up meanwhile."""
    if not any(standing.amount(one) for one in _CLAIMED):
        raise refused("Rente en kosten kunnen alleen bij een vordering.", "Interest and costs go with a claim.")
    ensure_within(cents, MOST_CENTS, _ANY)
    return _together(_move(cents, "recoverable", kind))


def _decided_off(standing: Standing, cents: int, debit: str) -> Lines:
    """Take from a claim what was decided to come off it: at most what was claimed, also of what came in meanwhile."""
    came_in = sum(standing.amount(kind) for kind in ("received", "set_off_received"))
    ensure_within(
        cents, standing.amount("recoverable") + max(0, came_in - standing.amount("suspense")), _of("recoverable")
    )
    return _off_the_claim(standing, cents, debit)


def _off_the_claim(standing: Standing, cents: int, debit: str) -> Lines:
    """Take from a claim what is open of it; what is over stands on suspense."""
    claimed, over = comes_off(standing.amount("recoverable"), cents)
    return _together(_move(claimed, debit, "recoverable"), _move(over, debit, "suspense"))


def _lifted(standing: Standing, cents: int, debit: str, held: str = "recoverable") -> Lines:
    """Take from a claim what is open (or given up) of it; what is so no more was collected, and is to be paid back."""
    if not any(standing.amount(one) for one in _CLAIMED):
        raise refused("Er is geen vordering die kan vervallen.", "There is no claim that can fall away.")
    ensure_within(cents, MOST_CENTS, _ANY)
    still, collected = comes_off(standing.amount(held), cents)
    return _together(_move(still, debit, held), _move(collected, debit, "payable"))


def _more_due(standing: Standing, cents: int, debit: str) -> Lines:
    """Owe more to the payee: first what they hold without a ground becomes theirs, the rest is to be paid."""
    held = min(cents, standing.amount("undue"))
    return (*_move(held, debit, "undue"), *_move(cents - held, debit, "payable"))


def _not_given(standing: Standing) -> int:
    """Give what of the obligation was neither advanced nor lent."""
    return standing.amount("obligation") - standing.amount("advance") - standing.loan_to_settle


def _less_due(standing: Standing, *less: tuple[int, str]) -> Lines:
    """Owe less to the payee: first what was not ordered yet is no longer paid, the rest was paid without a ground."""
    unpaid, lines = standing.amount("payable"), list[Line]()
    for cents, credit in less:
        off = min(cents, unpaid)
        unpaid -= off
        lines += (*_move(off, "payable", credit), *_move(cents - off, "undue", credit))
    return tuple(lines)


def _together(*moves: Lines) -> Lines:
    """Write one line per account, and none of nothing. Raises PaymentRefused where nothing is left."""
    sums: dict[str, int] = {}
    for move in moves:
        for line in move:
            sums[line.kind] = sums.get(line.kind, 0) + line.cents
    lines = tuple(Line(kind, cents) for kind, cents in sums.items() if cents)
    if not lines:
        raise refused("Dit verandert niets.", "This changes nothing.", "cents")
    return lines
