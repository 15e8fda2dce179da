"""To which account somebody pays an authority back, as a letter says it.

The account comes from payments, which stand above this package: whoever calls gives it.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PayTo:
    """The account of an authority: its number, and in whose name it is."""

    iban: str
    name: str


def pay_to_values(account: PayTo | None) -> dict[str, Any]:
    """Give what a letter says of the account; of none, that the reader asks for it. The number stands in groups of four."""
    number = "" if account is None else account.iban
    return {
        "account_known": account is not None, "account_unknown": account is None,
        "account": " ".join(number[place : place + 4] for place in range(0, len(number), 4)),
        "account_name": "" if account is None else account.name,
    }  # fmt: skip
