"""The file for the bank: a SEPA credit transfer, pain.001.001.09, written by sepaxml. Pure: the same payments, the same bytes.

What the library draws or takes from the clock (ids, moment) is given here. Names keep only the signs that every bank of
SEPA takes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from schwifty import IBAN
from sepaxml import SepaTransfer  # type: ignore[import-untyped]

from doorleren.core.days import AMSTERDAM

SCHEMA = "pain.001.001.09"
_OTHER_SIGNS = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


@dataclass(frozen=True, slots=True)
class Debtor:
    """The account that is paid from."""

    iban: str = field(repr=False)
    name: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment: its end-to-end id, to whom, how many cents, and what the payee reads with it."""

    end_to_end: str
    iban: str = field(repr=False)
    name: str = field(repr=False)
    cents: int
    about: str


class _Transfers(SepaTransfer):  # type: ignore[misc]
    """The library's file, with ids and moment of our own."""

    def __init__(self, debtor: Debtor, message: str, at: datetime) -> None:
        self._message, self._at = message, at.astimezone(AMSTERDAM).strftime("%Y-%m-%dT%H:%M:%S")
        told = {"name": debtor.name, "IBAN": debtor.iban, "currency": "EUR", "batch": True}
        bic = IBAN(debtor.iban).bic
        super().__init__(told | ({"BIC": str(bic)} if bic else {}), SCHEMA)

    def _finalize_batch(self) -> None:
        super()._finalize_batch()
        for name, text in (("MsgId", self._message), ("PmtInfId", self._message), ("CreDtTm", self._at)):
            for one in self._xml.iter(name):
                one.text = text
        for one in (*self._xml.iter("Nm"), *self._xml.iter("Ustrd")):
            one.text = " ".join(_OTHER_SIGNS.sub(" ", one.text or "").split()) or "-"


def written(debtor: Debtor, transfers: Iterable[Transfer], *, message: str, pay_on: date, at: datetime) -> bytes:
    """Write the file. `message`: its id at the bank, at most 35 signs; it is the id of the one batch in it too."""
    made = _Transfers(debtor, message, at)
    for one in transfers:
        made.add_payment({
            "name": one.name, "IBAN": one.iban, "amount": one.cents, "execution_date": pay_on,
            "description": one.about, "endtoend_id": one.end_to_end,
        })  # fmt: skip
    found: bytes = made.export(validate=False)
    return found
