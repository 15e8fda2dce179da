"""Doing something about a claim with its case locked: what the ledger says of it cannot change between the reading and the act.

The commands of recovering and collecting stand below the ledger, so whoever calls gives them what it says. What the bank says is
booked with the case locked too (import_message.py, book_receipt.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from doorleren.cases.locking import locked_case


@contextmanager
def claim_held(case: int) -> Iterator[None]:
    """Lock a case until what is done within has been done, or was refused. Raises Case.DoesNotExist."""
    with transaction.atomic():
        locked_case(case)
        yield
