"""How many were applied for, granted, refused (and why), left out, started, delivered and paid: by the decision in force and the ledger."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from doorleren.audit.acts import SITE, Party
from doorleren.cases.commands.ask_to_complete import ask_to_complete
from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide import leave_out
from doorleren.decisions.commands.decide_objection import uphold
from doorleren.decisions.commands.report_delivery import Done, report_delivery, say_of_delivery
from doorleren.decisions.commands.report_progress import report_progress
from doorleren.payments.commands.post import Event, post
from doorleren.payments.figures import Figures, figures
from doorleren.payments.jobs import follow_decisions
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import YES, a_case, assessed, by
from tests.decisions.objecting import WHY, Staff, applicant, granted, next_moment, objected, refused
from tests.payments.lifting import withdrawn
from tests.payments.test_direct_grants import DIRECT

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 12)
PAYING = ("order_payment", "confirm_payment")


def test_refused_is_counted_by_why(tmp_path: Path, db: None) -> None:
    """One refused on its conditions, one as the money had run out, one left out and one undecided are four different counts."""
    known = made.library(tmp_path, made.TIGHT)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    nadia, omar, els, piet, _ali = (a_case(known, round_, name) for name in ("Nadia", "Omar", "Els", "Piet", "Ali"))
    granted(nadia, known, staff)
    refused(els, known, staff, "ceiling")
    at = next_moment(piet)
    asked = ask_to_complete(
        piet.pk, until=day_of(at) + timedelta(days=14), parts=["offer"], by=by(staff["assessor"], at), at=at
    )
    note_dispatch(piet.pk, of=asked.number, on=day_of(at), by=SITE, at=at)
    at = next_moment(piet, 15)
    leave_out(piet.pk, by=by(staff["decider"], at), at=at)
    refused(omar, known, staff)
    assert figures(round_.body_id) == {
        made.SCHEME: Figures(
            applied=5, granted=1, refused=2, no_money=1, left_out=1, started=0, delivered=0, paid=0
        )
    }  # fmt: skip


def test_a_refusal_that_was_replaced_counts_no_more(tmp_path: Path, db: None) -> None:
    """Who objected and was granted after all is granted, and refused no more."""
    known = made.library(tmp_path)
    round_ = a_round(known, opened=True)
    staff, one = made.officials(round_.body), a_case(known, round_)
    refused(one, known, staff)
    assert (figures()[made.SCHEME].granted, figures()[made.SCHEME].refused) == (0, 1)
    objected(one)
    assessed(one, known, staff["assessor"], YES, at=next_moment(one))
    at = next_moment(one)
    uphold(one.pk, WHY, by=by(staff["second"], at), at=at)
    assert (figures()[made.SCHEME].granted, figures()[made.SCHEME].refused) == (1, 0)


def reported(case: Case, realised: int) -> None:
    """Let the applicant report that so much of ten was done."""
    at = next_moment(case)
    report_delivery(case.pk, Done(DAY, DAY, 10, realised), by=applicant(case, at), at=at, party=True)


def granted_cases(folder: Path, number: int, scheme: str = made.HARD) -> tuple[Staff, list[Case]]:
    """Grant so many cases of a round, and let the ledger follow."""
    known = made.library(folder, scheme)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    cases = [a_case(known, round_, name) for name in ("Nadia", "Omar", "Els", "Piet")[:number]]
    for one in cases:
        granted(one, known, staff)
    follow_decisions(lambda: made.AT)
    return staff, cases


def posted(case: Case, *acts: str, time: int = 1) -> None:
    """Let the ledger book what a bank does with all of a grant, one act after another; `time`: for the how manieth time."""
    decision = case.decisions.get()
    for act in acts:
        key, subject = f"{act}/{case.pk}/{time}", Party("case", str(case.pk))
        post(Event(act, subject, decision.amount_cents, key, case.body_id, decision.round_id), by=SITE, at=made.AT)


def counted() -> tuple[int, int, int, int]:
    """Give how many were granted, started, delivered and paid."""
    found = figures()[made.SCHEME]
    return found.granted, found.started, found.delivered, found.paid


def test_different_figures(tmp_path: Path) -> None:
    """Granted, started, delivered and paid are counted apart: a last report of nothing done is neither, and each body has its own."""
    _staff, cases = granted_cases(tmp_path, 4)
    for one in cases[:3]:
        posted(one, *PAYING)
    for place, realised in ((0, 10), (1, 0), (2, 10), (2, 0)):
        reported(cases[place], realised)
    assert counted() == (4, 1, 1, 3)
    assert figures(cases[0].body_id + 1) == {}


def test_progress_says_that_it_began(tmp_path: Path) -> None:
    """Who told how it goes has started; a report of nothing done says otherwise."""
    _staff, (case,) = granted_cases(tmp_path, 1)
    assert counted() == (1, 0, 0, 0)
    at = next_moment(case)
    report_progress(case.pk, "de lessen zijn begonnen", by=applicant(case, at), at=at, party=True)
    assert counted() == (1, 1, 0, 0)
    reported(case, 0)
    assert counted() == (1, 0, 0, 0)


def test_a_report_that_an_official_typed_is_delivered_once_confirmed(tmp_path: Path) -> None:
    """What an official entered has started; it counts as delivered when whom it was for said that it is right."""
    staff, (case,) = granted_cases(tmp_path, 1)
    at = next_moment(case)
    report_delivery(case.pk, Done(DAY, DAY, 10, 10), by=by(staff["assessor"], at), at=at)
    assert counted() == (1, 1, 0, 0)
    at = next_moment(case)
    say_of_delivery(case.pk, confirmed=True, by=applicant(case, at), at=at)
    assert counted() == (1, 1, 1, 0)


def test_what_came_back_from_the_bank_was_not_paid(tmp_path: Path) -> None:
    """A payment that the bank sent back is no longer counted; paid once more it is, and only once."""
    _staff, (case, other) = granted_cases(tmp_path, 2)
    for one in (case, other):
        posted(one, *PAYING)
    assert counted()[3] == 2
    for act in ("return_payment", "owe_again", "order_payment"):
        posted(case, act, time=2)
        assert counted()[3] == 1, act
    posted(case, "confirm_payment", time=2)
    assert counted()[3] == 2


def test_a_grant_that_settles_at_once_has_started(tmp_path: Path) -> None:
    """It is for what had begun when it was filed, so it started and nobody said that it was delivered; withdrawn it counts no more."""
    staff, cases = granted_cases(tmp_path, 2, DIRECT)
    posted(cases[0], *PAYING)
    assert counted() == (2, 2, 0, 1)
    withdrawn(cases[1], staff, "facts-after-settlement")
    assert counted()[1] == 1
