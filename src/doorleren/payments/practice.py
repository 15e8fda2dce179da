"""What makes the file of a rehearsal plainly an exercise, and the bank of a demo that answers it.

Three times over, so that no bank can take it for a real one: the id of the message, the name of who pays with the words of
each payment, and accounts at a bank that there is not, in the place of those that people gave.
"""

from datetime import date
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from schwifty import IBAN

from doorleren.payments.bank_channel import Folder
from doorleren.payments.pain001 import Debtor
from doorleren.payments.payees import LONGEST_NAME, Opened

PRACTICE = "OEFENING, NIET BETALEN: "
"""What each payment in the file of a rehearsal begins with."""
PAYS = "OEFENING "
"""What the name of who pays begins with."""
BANK = "OEFE"
"""A bank that there is not: accounts with it have right check digits, and no bank behind them."""
FOLDER = "bank-oefening"
"""Where files of rehearsals go; never the channel to a bank."""
_DIGITS = 10


class PracticeBank(Protocol):
    """An invented bank."""

    def answers(self, file: bytes, day: date) -> tuple[bytes, ...]:
        """Give what it sends back for a file of a rehearsal, in order: pain.002 and camt.053. Raises ValueError for any other."""


def practice_bank() -> PracticeBank | None:
    """Give the bank that `DOORLEREN_PRACTICE_BANK` names; None where this is no demo."""
    if not settings.DOORLEREN_DEMO or settings.DOORLEREN_PRACTICE_BANK is None:
        return None
    made: PracticeBank = import_string(settings.DOORLEREN_PRACTICE_BANK)()
    return made


def practice_channel() -> Folder:
    """Give the place where the file of a rehearsal is left."""
    return Folder(FOLDER)


def practice_iban(lookup: str) -> str:
    """Give the invented account that stands for one with this keyed hash: the same one each time, and nothing of the real one."""
    return str(IBAN.generate("NL", bank_code=BANK, account_code=f"{int(lookup, 16) % 10**_DIGITS:0{_DIGITS}d}"))


def practising_debtor(name: str, lookup: str) -> Debtor:
    """Give who pays in a file of a rehearsal."""
    return Debtor(practice_iban(lookup), f"{PAYS}{name}"[:LONGEST_NAME])


def practising_payee(payee: Opened, lookup: str) -> Opened:
    """Give who is paid in a file of a rehearsal."""
    return Opened(practice_iban(lookup), payee.name)
