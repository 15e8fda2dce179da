"""The export of a work list is as at one moment, also where the days of cases move while it is being read."""

import csv
import io
import threading
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import connection

from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.web.officer import cases
from doorleren.web.surroundings import now
from tests.web.officer.cases_made import Bureau, many

pytestmark = pytest.mark.django_db(transaction=True)


def references(parts: Iterable[bytes]) -> Iterator[str]:
    """Give the references of an export, as its lines come."""
    for part in parts:
        yield from (row[0] for row in csv.reader(io.StringIO(part.decode("utf-8-sig"))))


def moved(first: Case, last: Case) -> None:
    """Let somebody else move the first case of a list beyond all others, and the last one before them."""

    def move() -> None:
        today = day_of(now())
        Case.objects.filter(pk=first.pk).update(due_on=today + timedelta(days=500))
        Case.objects.filter(pk=last.pk).update(due_on=today - timedelta(days=500))
        connection.close()

    somebody = threading.Thread(target=move)
    somebody.start()
    somebody.join()


@pytest.mark.parametrize("as_one", [True, False], ids=["as it is", "each page as it is then"])
def test_each_case_once(bureau: Bureau, monkeypatch: pytest.MonkeyPatch, as_one: bool) -> None:
    """Each case is in it once, where it stood at the beginning; read page by page as things then are, one comes twice and one never."""
    monkeypatch.setattr(cases, "AT_ONCE", 3)
    if not as_one:
        monkeypatch.setattr(cases, "one_moment", nullcontext)
    many(bureau.case, 8)
    listed = list(Case.objects.order_by("due_on", "pk"))
    reply = bureau.fatima.client.get("/officer/cases/export", {"official": "all"})
    rows = references(reply.streaming_content)
    begun = [next(rows), next(rows)]
    moved(listed[0], listed[-1])
    found = [*begun, *rows][1:]
    once = [one.reference for one in listed]
    assert found == (once if as_one else [*once[:-1], once[0]])
    assert not connection.in_atomic_block
