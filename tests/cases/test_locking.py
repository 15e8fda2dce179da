"""Locking a case: two acts on it follow each other, and a row that names it by its key waits for nobody."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import OperationalError, connection, transaction

import doorleren
from doorleren.cases.locking import locked_case, locked_cases, to_lock
from doorleren.cases.models import Case
from tests.cases import made

Answer = TypeVar("Answer")
LOCKS: dict[str, Callable[[int], object]] = {
    "one": locked_case,
    "those_that_are_free": lambda case: locked_cases([case]),
    "those_of_a_question": lambda case: list(to_lock().filter(pk=case)),
}


def beside(ask: Callable[[], Answer]) -> Answer:
    """Ask on another connection, in a transaction of its own."""

    def asked() -> Answer:
        try:
            with transaction.atomic():
                return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asked).result()


def names(case: int) -> None:
    """Check the key as the database does for a row that names the case; without waiting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM cases_case WHERE id = %s FOR KEY SHARE NOWAIT", [case])


@pytest.mark.django_db(transaction=True)
def test_a_row_that_names_a_locked_case_waits_for_nobody() -> None:
    """However it was locked the key can be checked, and nobody else locks the case; a plain lock keeps out both, as a control."""
    case = made.a_case().pk
    for lock in LOCKS.values():
        with transaction.atomic():
            lock(case)
            beside(lambda: names(case))
            assert beside(lambda: locked_cases([case])) == {}
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case)
        with pytest.raises(OperationalError):
            beside(lambda: names(case))
    assert list(beside(lambda: locked_cases([case]))) == [case]


def test_nobody_locks_a_case_in_another_way() -> None:
    """No module but the one that locks cases asks a lock on them by itself."""
    source = Path(doorleren.__file__).parent
    own = re.compile(r"\bCase\.objects[^\n]*select_for_update|cases_case\b[^\"]*FOR (NO KEY )?UPDATE")
    found = {one.relative_to(source).as_posix() for one in source.rglob("*.py") if own.search(one.read_text("utf-8"))}
    assert found == {"cases/locking.py"}
