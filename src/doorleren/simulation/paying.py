"""Accounts of payees, payment runs, and what the bank answers. Each function draws and gives what is about to be done."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from doorleren.audit.acts import Party
from doorleren.decisions.queries import decision_in_force
from doorleren.payments.banking_days import next_banking_day
from doorleren.payments.commands.confirm_account import confirm_account, withdraw_account
from doorleren.payments.commands.hand_over import file_of, hand_over
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.commands.owe_again import owe_again
from doorleren.payments.commands.pay_back import pay_back
from doorleren.payments.commands.propose_account import propose_account
from doorleren.payments.commands.propose_run import propose_run, withdraw_run
from doorleren.payments.commands.release_run import release_run
from doorleren.payments.commands.take_out import take_out
from doorleren.payments.models import PayeeAccount, PaymentFile, PaymentLine, PaymentRun
from doorleren.payments.too_much import paid_too_much_to
from doorleren.people.models import RoleKind
from doorleren.simulation.bank_words import statement, status
from doorleren.simulation.outside import Payment
from doorleren.simulation.seasons import iban
from doorleren.simulation.world import Act, World

_Row = TypeVar("_Row")
PAYS = (RoleKind.PAYMASTER,)
MOST = 100
"""The most cases of which it is looked up whether too much was paid in them."""
UNKNOWN = Payment("0" * 31 + "1", 12_345, "", "paid")
"""A payment that is none of ours."""


def account(world: World, case: int) -> Act:
    """Propose an account for the payee of a case: the first, or another."""
    decision, at, body = decision_in_force(case), world.at, world.season.body
    subject = Party(decision.payee_kind or "person", decision.payee_id or "1") if decision else Party("person", "1")
    by, number = world.official(*PAYS, RoleKind.ASSESSOR), iban(world.chance.randrange(10**9))
    return Act(
        "propose_account",
        lambda: propose_account(subject, number, "Näme of the Payee", body=body, reason="asked", by=by, at=at), case,
    )  # fmt: skip


def confirm(world: World) -> Act | None:
    """Confirm an account that waits, or withdraw it."""
    waiting = PayeeAccount.objects.filter(body=world.season.body, confirmed_at=None, withdrawn_at=None).order_by("pk")
    number = world.pick(list(waiting.values_list("pk", flat=True)))
    if number is None:
        return None
    by, at = world.official(*PAYS), world.at
    if world.maybe(0.1):
        return Act("withdraw_account", lambda: withdraw_account(number, by=by, at=at))
    return Act("confirm_account", lambda: confirm_account(number, by=by, at=at))


def propose(world: World) -> Act:
    """Propose a payment run."""
    by, at, body, day = world.official(*PAYS), world.at, world.season.body, world.today
    days = world.chance.choice((0, 2, 5, 9, 9, 9, -1))
    pay_on = day + timedelta(days=days)
    pay_on = pay_on if days in (2, -1) else next_banking_day(pay_on)
    accept = tuple(world.season.cases) if world.maybe(0.5) else ()
    return Act("propose_run", lambda: propose_run(body, pay_on=pay_on, by=by, at=at, accept=accept))


def release(world: World) -> Act | None:
    """Release a run that waits, or withdraw it: mostly where its day has passed."""
    runs = PaymentRun.objects.filter(body=world.season.body, released_at=None, withdrawn_at=None).order_by("pk")
    row = world.pick(list(runs))
    if row is None:
        return None
    by, at, number = world.official(*PAYS), world.at, row.pk
    if row.pay_on < world.today and world.maybe(0.8):
        return Act("withdraw_run", lambda: withdraw_run(number, by=by, at=at))
    if world.maybe(0.05):
        cases = world.season.cases[:1]
        return Act("take_out_of_run", lambda: take_out(number, cases, "de rekening wordt nagekeken", by=by, at=at))
    if world.maybe(0.08):
        return Act("withdraw_run", lambda: withdraw_run(number, by=by, at=at))
    return Act("release_run", lambda: release_run(number, by=by, at=at))


def bring(world: World) -> Act | None:
    """Hand the file of a released run to the bank; now and then with one byte flipped."""
    files = PaymentFile.objects.filter(run__body=world.season.body, handover=None).order_by("pk")
    number = world.pick(list(files.values_list("pk", flat=True)))
    if number is None:
        return None
    by, at = world.official(*PAYS), world.at
    if world.maybe(0.3):
        place = world.chance.randrange(1 << 30)
        return Act(
            "hand_over_altered",
            lambda: hand_over(number, flipped(file_of(number, by=by, at=at), place), by=by, at=at), forbidden=True,
        )  # fmt: skip
    return Act("hand_over", lambda: hand_over(number, file_of(number, by=by, at=at), by=by, at=at))


def again(world: World) -> Act | None:
    """Let what came back be paid again, or what somebody paid too much be paid back."""
    lines = PaymentLine.objects.filter(run__body=world.season.body, events__event="returned").order_by("run", "number")
    number = world.pick(list(lines.values_list("pk", flat=True)))
    much = world.pick(sorted(paid_too_much_to([world.season.body], MOST)))
    if much is not None and (number is None or world.maybe(0.5)):
        by, at = world.official(*PAYS), world.at
        return Act("pay_back", lambda: pay_back(much, by=by, at=at), much)
    if number is None:
        return None
    by, at = world.official(*PAYS), world.at
    return Act("owe_again", lambda: owe_again(number, by=by, at=at))


def flipped(content: bytes, place: int) -> bytes:
    """Flip one bit of one byte."""
    at = place % len(content)
    return content[:at] + bytes([content[at] ^ (1 << place % 8)]) + content[at + 1 :]


def answer(world: World) -> Act | None:
    """Let the bank work, and read in what it says, of some payments in and out, in any order; now and then of one that is not ours."""
    outside, book = world.outside, world.season.book
    outside.work()
    own = [one for one in book.payments.values() if one.state != "ordered"]
    if not own and not book.receipts:
        return None
    said, came = _some(world, own), _some(world, book.receipts)
    if world.maybe(0.1):
        said.append(UNKNOWN)
    booked = bool(came) or world.maybe(0.5)
    content = statement(said, world.today.isoformat(), came) if booked else status(said)
    by, at, body = world.official(*PAYS), world.at, world.season.body

    def run() -> None:
        import_message(body, content, by=by, at=at)
        for one in came:
            one.read = True

    return Act("import_message", run)


def _some(world: World, rows: Sequence[_Row]) -> list[_Row]:
    """Draw up to four of the latest."""
    latest = rows[-12:]
    return world.chance.sample(latest, world.chance.randint(1, min(4, len(latest)))) if latest else []
