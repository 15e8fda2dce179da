"""What a decision means for the ledger, as a pure function: how its case stands in, events out.

Called by commands/post_decisions.py. Ground: Awb 4:25(2) and (3): a first decision grants within what was reserved for
it; what an objection adds while the pot is empty stands above the ceiling, on an account of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from doorleren.payments.standings import Standing

GIVING = ("granted", "partly_granted")


@dataclass(frozen=True, slots=True)
class Told:
    """What of a decision counts here, in cents. `place`: what its place in the round gave; None where it has none.

    `taken_back`: the round took that place back already, for who comes next (rounds/commands/fill_freed.py).
    `replaces`: it takes the place of another decision. `above`: what an objection adds above the ceiling, by the pot as it
    was (decisions/late_wins.py). `settled`: it was settled in the same act (a direct grant). `loan`: what is advanced is lent, to be repaid.
    `repaid`: what was repaid on that loan before it was taken back, or came in on it since, and was not counted as repaid again;
    `remitted`: what had been remitted of it, and was not counted so again.
    """

    kind: str
    amount: int
    advance: int
    place: int | None
    replaces: bool
    settled: bool = False
    above: int = 0
    taken_back: bool = False
    loan: bool = False
    repaid: int = 0
    remitted: int = 0


Follows = tuple[tuple[str, int], ...]
"""Names of events with their cents, in order."""


def follows(told: Told, standing: Standing, available: int | None) -> Follows | None:
    """Give the events that a decision leads to; None where the place it rests on is not in the ledger yet.

    `available`: what the round has left (None: no ceiling in money). Example: 900 reserved and 700 granted with an advance
    of 500: grant_partly 700, grant_advance 500.
    """
    if told.replaces:
        return tuple(_replaced(told, standing, available))
    reserved, given = standing.amount("reserved"), _given(told)
    waits = reserved < given if given else reserved != told.place and not told.taken_back
    if told.place is not None and waits:
        return None
    return tuple(_first(told, given, reserved))


def _given(told: Told) -> int:
    return told.amount if told.kind in GIVING else 0


def _first(told: Told, given: int, reserved: int) -> Iterator[tuple[str, int]]:
    if not given:
        if reserved:
            yield "release_reservation", reserved
        return
    if told.place is None:
        yield "reserve", given
        reserved = given
    yield ("grant" if given == reserved else "grant_partly"), given
    yield from _due(told, given)


def _replaced(told: Told, standing: Standing, available: int | None) -> Iterator[tuple[str, int]]:
    """Bring the obligation to what was decided anew; what was reserved for an earlier one is none any more.

    A grant that ended and comes back takes what it released, and then of the round: it had been withdrawn, or a court annulled its
    settlement. What was paid on that counts as advanced.
    """
    given, now, settled = _given(told), standing.amount("obligation"), standing.amount("settled")
    if settled and (told.settled or not given):
        yield from _settled_again(told, given, settled, available)
        return
    if settled:
        yield "settle_anew", 0
    if given < now:
        yield "amend_down", given
    elif given > now:
        back = 0 if now else min(given - min(told.above, given), standing.amount("released") + settled)
        if back:
            yield "restore", back
        if given > now + back:
            yield from _raised(told, given, now + back, available)
    more = max(told.advance, min(given, _paid_on(standing))) - standing.amount("advance") - standing.loan_to_settle
    remitted, repaid = _again(told, given, standing)
    if remitted:
        yield "remit_again", remitted
    if repaid:
        yield "repay_again", repaid
    if given and more > remitted + repaid and not told.settled:
        yield _given_before(told), more - remitted - repaid
    if given and told.settled:
        yield "settle", given


def _again(told: Told, given: int, standing: Standing) -> tuple[int, int]:
    """Give what of a loan counts as remitted, and as repaid again, also where the rest is paid in parts: at most what was granted and is not lent."""
    if not told.loan:
        return 0, 0
    room = max(0, given - standing.amount("advance") - standing.loan_to_settle)
    remitted = max(0, min(room, told.remitted))
    return remitted, max(0, min(room - remitted, told.repaid, standing.amount("received")))


def _settled_again(told: Told, given: int, settled: int, available: int | None) -> Iterator[tuple[str, int]]:
    """Bring what was settled at once to what was decided and settled anew: what is more comes from the round, as in `_raised`."""
    if given < settled:
        yield "settle_anew", given
    elif given > settled:
        yield from _raised(told, given - settled, 0, available)
        yield "settle", given - settled


def _paid_on(standing: Standing) -> int:
    """Give what of a settlement was ordered or paid."""
    return max(0, standing.amount("expense") - standing.amount("payable"))


def _raised(told: Told, given: int, now: int, available: int | None) -> Iterator[tuple[str, int]]:
    """Raise an obligation: what the objection won above the ceiling, the rest from the round, all above where that is empty."""
    above = min(told.above, given - now)
    if available is not None and available < given - now - above:
        above = given - now
    if above:
        yield "grant_above_ceiling", above
    if given == now + above:
        return
    if now or above:
        yield "amend_up", given
    else:
        yield from (("reserve", given), ("grant", given))


def _due(told: Told, given: int) -> Iterator[tuple[str, int]]:
    if told.settled:
        yield "settle", given
    elif told.advance:
        yield _given_before(told), told.advance


def _given_before(told: Told) -> str:
    """Name the event by which money is given before the settlement."""
    return "lend" if told.loan else "grant_advance"
