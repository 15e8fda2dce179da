"""Two officials answer one request at the same moment: one answer stands, and the other hears why not."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import IntegrityError, connection

from doorleren.applications.corrections.commands import answer_correction, at_hand
from doorleren.applications.corrections.commands.answer_correction import New, Told, complete_by_statement, correct
from doorleren.applications.corrections.refusing import CorrectionRefused
from doorleren.applications.corrections.standing import standing_of
from doorleren.applications.models import Answer
from doorleren.letters.models import Letter
from doorleren.people.models import Person
from doorleren.rules.library import Library
from tests.applications.corrections.conftest import Ask
from tests.decisions import made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("held", "other"),
    [(True, CorrectionRefused), (False, IntegrityError)],
    ids=["as it is", "without holding the request"],
)
def test_one_answer_stands(
    ask: Ask,
    staff: dict[str, Person],
    known: Library,
    monkeypatch: pytest.MonkeyPatch,
    held: bool,
    other: type[Exception],
) -> None:
    """The second waits and is refused in words; without that hold both come as far as the table, and its constraint keeps one out."""
    request, at, meeting = ask(), made.later(), Barrier(2)
    if not held:
        monkeypatch.setattr(at_hand, "hold", lambda thing: None)
    set_step = answer_correction.set_step

    def together(*given: Any, **named: Any) -> Any:
        with suppress(BrokenBarrierError):
            meeting.wait(0.5 if held else 20)
        return set_step(*given, **named)

    monkeypatch.setattr(answer_correction, "set_step", together)

    def answer(name: str) -> object:
        by = made.by(staff[name], at)
        try:
            if name == "assessor":
                return correct(request.pk, New("650 euro", 650_00), Told((), "x"), seen=1, library=known, by=by, at=at)
            return complete_by_statement(request.pk, "Er was korting.", Told((), "x"), seen=1, by=by, at=at)
        except (CorrectionRefused, IntegrityError) as fault:
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(answer, ("assessor", "decider")))
    assert sum(isinstance(one, other) for one in answers) == 1
    standing = standing_of(request)
    assert (standing.last, Letter.objects.count()) == (2, 1)
    end = standing.end
    assert end is not None
    assert Answer.objects.filter(correction=request).count() == (1 if end.step == "corrected" else 0)
