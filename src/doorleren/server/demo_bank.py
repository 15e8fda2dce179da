"""The invented bank of a demo: reads the payment file of a rehearsal and answers it with a status and with a statement.

It takes nothing that is not plainly an exercise, so that a real file laid before it by mistake is refused.
"""

from collections.abc import Iterator
from datetime import date

from doorleren.core.money import scaled
from doorleren.payments.bank_xml import Element, read_xml
from doorleren.payments.models import PRACTICE_ID
from doorleren.payments.practice import BANK, PAYS, PRACTICE
from doorleren.simulation.bank_words import statement, status
from doorleren.simulation.outside import Payment

_BANK_AT = slice(4, 8)
"""Where the bank stands in an account of the Netherlands."""


class DemoBank:
    """Takes every payment, and books it on the day that is asked."""

    def answers(self, file: bytes, day: date) -> tuple[bytes, ...]:
        """Give a pain.002 in which all is under way, and a camt.053 of a day in which all is booked.

        Raises ValueError for a file that does not say everywhere that it is an exercise.
        """
        root, _namespace = read_xml(file)
        payments = list(_payments(root))
        paid = [Payment(one.id, one.cents, "", "paid") for one in payments]
        return status(payments), statement(paid, day.isoformat())


def _payments(root: Element) -> Iterator[Payment]:
    """Give the payments of a file of a rehearsal."""
    for order in root.all("CstmrCdtTrfInitn"):
        _ensure(order.first("GrpHdr/MsgId").startswith(PRACTICE_ID), "its id")
        for batch in order.all("PmtInf"):
            _ensure(batch.first("Dbtr/Nm").startswith(PAYS), "who pays")
            _ensure(batch.first("DbtrAcct/Id/IBAN")[_BANK_AT] == BANK, "the account that is paid from")
            for one in batch.all("CdtTrfTxInf"):
                _ensure(one.first("CdtrAcct/Id/IBAN")[_BANK_AT] == BANK, "an account that is paid on")
                _ensure(one.first("RmtInf/Ustrd").startswith(PRACTICE.rstrip()), "the words of a payment")
                yield Payment(one.first("PmtId/EndToEndId"), scaled(one.first("Amt/InstdAmt"), 2), "", "ordered")


def _ensure(practised: bool, what: str) -> None:
    if not practised:
        raise ValueError(f"not a file of a rehearsal: {what} does not say that it is an exercise")
