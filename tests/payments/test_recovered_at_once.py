"""A recovery is decided over what the ledger says with the case locked: what the bank says at the same moment waits, or counts."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from django.db import connection, transaction

from doorleren.audit.acts import SITE, Party
from doorleren.cases.locking import locked_cases
from doorleren.cases.models import Case
from doorleren.decisions.models import Decision, Recovery
from doorleren.decisions.refusing import DecisionRefused
from doorleren.payments.claims import paid_on
from doorleren.payments.commands.post import Event, post
from doorleren.payments.commands.post_afterwards import post_afterwards
from doorleren.payments.jobs import follow_all
from doorleren.web.officer import case_forms_afterwards, case_forms_collecting
from doorleren.web.officer.case_form_kinds import Typed
from doorleren.web.officer.official import Official
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import Staff, next_moment
from tests.decisions.test_recovering import paid, settled_at
from tests.decisions.test_settling import PROVEN
from tests.payments.test_afterwards import GRANTED, SETTLED, by_the_bank, followed

CLAIM, CAME_IN = GRANTED - SETTLED, 10_000


@pytest.fixture
def life(emptied_after: None, tmp_path: Path) -> tuple[Staff, Case]:
    """The officials, and a case of which everything was paid and that was settled lower; in the database for everybody."""
    staff, case = followed(tmp_path, PROVEN)
    by_the_bank(case)
    paid(case, staff)
    settled_at(SETTLED, case, staff)
    follow_all(lambda: made.AT)
    return staff, case


def came_in(case: Case) -> bool:
    """Book what the debtor pays now, unless somebody else holds the case; say whether that was done."""
    with transaction.atomic():
        if not locked_cases([case.pk]):
            return False
        round_ = Decision.objects.filter(case=case).latest("number").round_id
        event = Event("receive_undue", Party("case", str(case.pk)), CAME_IN, "receipt/1", case.body_id, round_)
        post(event, by=SITE, at=made.AT)
    return True


def at_that_moment(case: Case, booked: list[bool]) -> Callable[[int], int]:
    """Read what was paid, and let the bank's word come right after that reading."""

    def elsewhere() -> None:
        try:
            booked.append(came_in(case))
        finally:
            connection.close()

    def read(number: int) -> int:
        told = paid_on(number)
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        return told

    return read


def recover(case: Case, staff: Staff, cents: int = CLAIM) -> Recovery:
    """Recover on the form, as an official does."""
    (form,) = (one for one in case_forms_afterwards.AFTERWARDS if one.name == "recover")
    typed = Typed({"grounds": "te veel", "weighing": "er is geld"}, cents={"cents": cents}, counts={"instalments": 1})
    at = next_moment(case)
    asking = cast("Official", type("Asking", (), {"who": by(staff["decider"], at), "at": at}))
    return cast("Recovery", form.run(case, typed, asking))


def test_the_bank_waits_for_who_decides(life: tuple[Staff, Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """A receipt that comes between the reading and the decision finds the case held; the ledger takes the recovery as it was decided."""
    staff, case = life
    booked: list[bool] = []
    monkeypatch.setattr(case_forms_afterwards, "paid_on", at_that_moment(case, booked))
    row = recover(case, staff)
    assert (booked, row.paid_cents, row.cents) == ([False], GRANTED, CLAIM)
    assert post_afterwards(at=made.AT, most=10).waiting == ()


def test_without_that_it_decides_on_what_is_no_longer_so(
    life: tuple[Staff, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: with the lock taken away the receipt is booked in between, and the ledger refuses the recovery."""

    @contextmanager
    def not_held(case: int) -> Iterator[None]:
        yield

    staff, case = life
    booked: list[bool] = []
    monkeypatch.setattr(case_forms_collecting, "claim_held", not_held)
    monkeypatch.setattr(case_forms_afterwards, "paid_on", at_that_moment(case, booked))
    row = recover(case, staff)
    assert booked == [True]
    assert post_afterwards(at=made.AT, most=10).waiting == (f"recovery/{row.pk}",)


def test_what_came_in_just_before_is_not_asked_again(life: tuple[Staff, Case]) -> None:
    """Who typed an amount before a receipt was booked is told what is left now."""
    staff, case = life
    assert came_in(case)
    with pytest.raises(DecisionRefused, match="tot en met € 199,95"):
        recover(case, staff)
    assert recover(case, staff, CLAIM - CAME_IN).paid_cents == GRANTED - CAME_IN
