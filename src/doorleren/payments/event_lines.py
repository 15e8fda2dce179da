"""The lines that the events of the ledger are made of: amounts moved between two kinds of account. Pure; read by events.py."""

from fractions import Fraction

from doorleren.core.money import comes_off, half_up
from doorleren.core.texts import Texts
from doorleren.payments.accounts import KINDS
from doorleren.payments.refusing import ensure_within, refused
from doorleren.payments.standings import Line, Standing

Lines = tuple[Line, ...]
MOST_CENTS = 10**14
"""The most of one event: a million million euros."""
CLAIMED = ("recoverable", "received", "set_off_received", "written_off")
"""On one of these something stands once a claim was decided."""
ANY: Texts = {"nl": "meer telt het grootboek niet", "en": "the ledger counts no more"}
NOT_GIVEN: Texts = {
    "nl": "verleend en nog niet als voorschot of lening gegeven",
    "en": "granted and not advanced or lent yet",
}


def name_of(kind: str) -> Texts:
    """Give what a kind of account is called."""
    return KINDS[kind].texts


def ensure_amount(cents: int) -> None:
    """Raise PaymentRefused for what is no amount, or more than the ledger counts; 0 is one."""
    if not 0 <= cents <= MOST_CENTS:
        ensure_within(cents, MOST_CENTS, ANY)


def move(cents: int, debit: str, credit: str) -> Lines:
    """Move cents from one kind of account to another."""
    return Line(debit, cents), Line(credit, -cents)


def bounded(standing: Standing, cents: int, bound: str, debit: str, credit: str) -> Lines:
    """Move at most what stands on the account that bounds it."""
    ensure_within(cents, standing.amount(bound), name_of(bound))
    return together(move(cents, debit, credit))


def charged(standing: Standing, cents: int, kind: str) -> Lines:
    """Add something to a claim that was decided: open, or paid, set off or given up meanwhile."""
    if not any(standing.amount(one) for one in CLAIMED):
        raise refused("Rente en kosten kunnen alleen bij een vordering.", "Interest and costs go with a claim.")
    ensure_within(cents, MOST_CENTS, ANY)
    return together(move(cents, "recoverable", kind))


def decided_off(standing: Standing, cents: int, debit: str) -> Lines:
    """Take from a claim what was decided to come off it: at most what was claimed, also of what came in meanwhile."""
    came_in = sum(standing.amount(kind) for kind in ("received", "set_off_received"))
    ensure_within(
        cents, standing.amount("recoverable") + max(0, came_in - standing.amount("suspense")), name_of("recoverable")
    )
    return off_the_claim(standing, cents, debit)


def off_the_claim(standing: Standing, cents: int, debit: str) -> Lines:
    """Take from a claim what is open of it; what is over stands on suspense."""
    claimed, over = comes_off(standing.amount("recoverable"), cents)
    return together(move(claimed, debit, "recoverable"), move(over, debit, "suspense"))


def lifted(standing: Standing, cents: int, debit: str, held: str = "recoverable") -> Lines:
    """Take from a claim what is open (or given up) of it; what is so no more was collected, and is to be paid back.

    What was paid in leaves the case, for it goes to who paid it (post_afterwards.py owes it to them); what was set off is to be paid
    again to who was paid less by it. What stands on suspense is owed back by itself.
    """
    ensure_within(cents, MOST_CENTS, ANY)
    still, collected = comes_off(standing.amount(held), cents)
    paid_in, set_off = comes_off(max(0, standing.amount("received") - standing.amount("suspense")), collected)
    return together(move(still, debit, held), move(paid_in, debit, "received"), move(set_off, debit, "payable"))


def ensure_claimed(standing: Standing) -> None:
    """Raise PaymentRefused where nothing was ever claimed."""
    if not any(standing.amount(one) for one in CLAIMED):
        raise refused("Er is geen vordering die kan vervallen.", "There is no claim that can fall away.")


def more_due(standing: Standing, cents: int, debit: str) -> Lines:
    """Owe more to the payee: first what they hold without a ground becomes theirs, the rest is to be paid."""
    held, rest = comes_off(standing.amount("undue"), cents)
    kept, rest = comes_off(standing.amount("kept"), rest)
    return (*move(held, debit, "undue"), *move(kept, debit, "kept"), *move(rest, debit, "payable"))


def not_given(standing: Standing) -> int:
    """Give what of the obligation was neither advanced nor lent."""
    return standing.amount("obligation") - standing.amount("advance") - standing.loan_to_settle


def less_due(standing: Standing, *less: tuple[int, str]) -> Lines:
    """Owe less to the payee: first what was not ordered yet is no longer paid, the rest was paid without a ground."""
    unpaid, lines = standing.amount("payable"), list[Line]()
    for cents, credit in less:
        off = min(cents, unpaid)
        unpaid -= off
        lines += (*move(off, "payable", credit), *move(cents - off, "undue", credit))
    return tuple(lines)


def taken_back(standing: Standing, advanced: int, lent: int) -> Lines:
    """Take back so much of the advances and of what was lent; the interest over the latter falls away, in the same share.

    It comes off what is outstanding, then off what was remitted; the rest was repaid, and was received for what was not due. What
    of that was interest is paid back.
    Example: lent 1,000 with 10 interest, 400 of it taken back: 404 comes off, of which 400 was not due, and 4 is never paid.
    """
    interest = half_up(Fraction(standing.amount("loan_interest") * lent, standing.loan_to_settle)) if lent else 0
    loan, over = comes_off(standing.amount("loan"), lent + interest)
    remitted, repaid = comes_off(standing.amount("remitted"), over)
    due = loan + remitted - interest
    undue = max(0, due)
    return (
        *less_due(standing, (advanced, "advance"), (undue, "loan")),
        *move(interest, "loan_interest", "loan"), *move(remitted, "loan", "remitted"),
        *move(repaid, "received", "repaid"), *more_due(standing, undue - due, "loan"),
    )  # fmt: skip


def together(*moves: Lines) -> Lines:
    """Write one line per account, and none of nothing. Raises PaymentRefused where nothing is left."""
    sums: dict[str, int] = {}
    for lines in moves:
        for line in lines:
            sums[line.kind] = sums.get(line.kind, 0) + line.cents
    whole = tuple(Line(kind, cents) for kind, cents in sums.items() if cents)
    if not whole:
        raise refused("Dit verandert niets.", "This changes nothing.", "cents")
    return whole
