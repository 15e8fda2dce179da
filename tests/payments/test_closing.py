"""Closing by the site: only half a year after the last act, with every term over, every letter sent, all paid and no debts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from doorleren.audit.acts import SITE, Party
from doorleren.cases.appeals import appeals_running, to_appeal
from doorleren.cases.commands.note import note_post_returned
from doorleren.cases.commands.note_appeal import note_appeal, note_judgment
from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.cases.commands.perform import perform
from doorleren.cases.commands.write_message import write_message
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.models.message import MessageKind
from doorleren.core.days import day_of
from doorleren.core.looks import Looked
from doorleren.decisions.commands.recover import decide_recovery
from doorleren.decisions.commands.report_delivery import report_delivery
from doorleren.decisions.commands.settle import settle_as_granted
from doorleren.payments.balances import standing_of
from doorleren.payments.commands import close_cases
from doorleren.payments.commands.close_cases import QUIET, close_quiet, why_open
from doorleren.payments.commands.post import Event, post
from doorleren.payments.jobs import follow_all
from tests.applications.made import a_round
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import Staff, applicant, granted, next_moment, objected, refused, went
from tests.decisions.test_recovering import WEIGHED, paid, settled_at
from tests.decisions.test_settling import DONE, PROVEN
from tests.payments.test_afterwards import GRANTED, by_the_bank, followed

pytestmark = pytest.mark.django_db

DIRECT = made.HARD.replace('kind = "grant_settle"', 'kind = "direct"')


def quiet(case: Case, more: timedelta = timedelta()) -> datetime:
    """Give the moment at which a case has rested long enough."""
    case.refresh_from_db()
    return case.last_act_at + QUIET + more


def why(case: Case) -> str | None:
    """Say why a case stays open once it has rested."""
    at = quiet(case)
    return why_open(Case.objects.get(pk=case.pk), at)


@pytest.fixture
def life(tmp_path: Path) -> tuple[Staff, Case]:
    """The officials, and a case that was granted, paid, reported, settled as granted, and told so by letter."""
    staff, case = followed(tmp_path, PROVEN)
    assert by_the_bank(case) == GRANTED
    paid(case, staff)
    at = next_moment(case)
    report_delivery(case.pk, DONE, by=applicant(case, at), at=at, party=True)
    at = next_moment(case)
    went(settle_as_granted(case.pk, by=by(staff["decider"], at), at=at).act)
    follow_all(lambda: made.AT)
    return staff, case


def test_looked_along_some_at_a_time(life: tuple[Staff, Case]) -> None:
    """A look takes at most so many quiet cases and says after which the next goes on; the last look says that there are no more."""
    case = life[1]
    late = quiet(case)
    first = close_quiet(lambda: late, most=1)
    assert (first.done, first.after) == (1, case.pk)
    assert close_quiet(lambda: late, after=case.pk, most=1) == Looked(0, None)


def test_closed_once_after_half_a_year(life: tuple[Staff, Case]) -> None:
    """A case that was settled and paid is closed by the site once it has rested, with one act, and not a minute before."""
    case = life[1]
    early, late = quiet(case, -timedelta(minutes=1)), quiet(case)
    assert close_quiet(lambda: early).done == 0
    assert [close_quiet(lambda: late).done, close_quiet(lambda: late).done] == [1, 0]
    row = CaseAct.objects.get(case=case, act="closed")
    assert (row.by_kind, Case.objects.get(pk=case.pk).state) == ("site", "closed")


def test_a_refusal_whose_letter_went_out(tmp_path: Path) -> None:
    """A refusal is closed too; what has not been decided is not."""
    known = made.library(tmp_path)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    case = made.a_case(known, round_)
    refused(case, known, staff)
    follow_all(lambda: made.AT)
    assert why(case) is None
    other = made.a_case(known, round_, "Omar")
    made.assessed(other, known, staff["assessor"])
    assert why(other) == "state"


def test_a_direct_grant_is_closed_after_its_letter(tmp_path: Path) -> None:
    """A grant that settles at once has one letter; the term to object runs from that, and the case closes once it is paid."""
    known = made.library(tmp_path, DIRECT)
    round_ = a_round(known, opened=True)
    staff = made.officials(round_.body)
    case = made.a_case(known, round_)
    granted(case, known, staff)
    follow_all(lambda: made.AT)
    assert why(case) == "money"
    by_the_bank(case)
    assert why(case) is None


def _asks(staff: Staff, case: Case) -> None:
    at = next_moment(case)
    write_message(case.pk, MessageKind.QUESTION, "Klopt dit?", by=applicant(case, at), at=at)


def _objects(staff: Staff, case: Case) -> None:
    objected(case)


def _owes(staff: Staff, case: Case) -> None:
    subject = Party("case", str(case.pk))
    round_ = case.decisions.get().round_id
    for act in ("return_payment", "owe_again"):
        post(Event(act, subject, GRANTED, f"{act}/1", case.body_id, round_), by=SITE, at=made.AT)


def _appeals(staff: Staff, case: Case) -> None:
    """Let two appeals come in, and one of them end."""
    for _ in range(2):
        at = next_moment(case)
        note_appeal(case.pk, to_appeal(case)[0].number, by=by(staff["assessor"], at), at=at)
    at = next_moment(case)
    ended = appeals_running(case)[0].number
    note_judgment(case.pk, "unfounded", by=by(staff["assessor"], at), at=at, appeal=ended)


STAYS: dict[str, tuple[Callable[[Staff, Case], None], str]] = {
    "a question without an answer": (_asks, "question"), "an objection": (_objects, "state"), "money to pay": (_owes, "money"),
    "an appeal beside one that ended": (_appeals, "appeal"),
}  # fmt: skip


@pytest.mark.parametrize("what", STAYS)
def test_stays_open(what: str, life: tuple[Staff, Case]) -> None:
    """While something can still follow the case stays open, however long it rests."""
    staff, case = life
    assert why(case) is None
    happens, reason = STAYS[what]
    happens(staff, case)
    assert why(case) == reason
    at = quiet(case)
    assert close_quiet(lambda: at).done == 0


def test_a_debt_keeps_it_open(tmp_path: Path) -> None:
    """What must come back keeps a case open: before the recovery, with its claim, until it was paid."""
    staff, case = followed(tmp_path, PROVEN)
    by_the_bank(case)
    paid(case, staff)
    settled_at(40_000, case, staff)
    went(CaseAct.objects.filter(case=case, act="settled_lower").get())
    follow_all(lambda: made.AT)
    assert why(case) == "money"
    at = next_moment(case)
    row = decide_recovery(case.pk, 29_995, WEIGHED, paid_cents=GRANTED, by=by(staff["decider"], at), at=at)
    went(row.act)
    follow_all(lambda: made.AT)
    assert (why(case), standing_of("case", str(case.pk)).amount("recoverable")) == ("money", 29_995)
    event = Event(
        "receive", Party("case", str(case.pk)), 29_995, "receive/1", case.body_id, row.case.decisions.get().round_id
    )
    post(event, by=SITE, at=made.AT)
    assert why(case) is None


def test_a_letter_that_never_went_out_keeps_it_open(tmp_path: Path) -> None:
    """A settlement whose letter was not sent starts no term, so the case stays open; once it goes out and six weeks pass, it closes."""
    staff, case = followed(tmp_path, PROVEN)
    by_the_bank(case)
    paid(case, staff)
    at = next_moment(case)
    report_delivery(case.pk, DONE, by=applicant(case, at), at=at, party=True)
    at = next_moment(case)
    act = settle_as_granted(case.pk, by=by(staff["decider"], at), at=at).act
    follow_all(lambda: made.AT)
    assert why(case) == "term"
    at = quiet(case)
    note_dispatch(case.pk, of=act.number, on=day_of(at), by=SITE, at=at)
    assert why_open(Case.objects.get(pk=case.pk), at) == "recent"
    assert why(case) is None


def test_a_letter_that_came_back_keeps_it_open(life: tuple[Staff, Case]) -> None:
    """A letter that came back keeps a case open until it goes again; a copy of one that nobody took, which comes back too, does not."""
    case = life[1]
    assert why(case) is None
    of = CaseAct.objects.get(case=case, act="settled_as_granted").number
    back = note_post_returned(case.pk, of=of, by=SITE, at=next_moment(case))
    assert why(case) == "post"
    late = quiet(case)
    assert close_quiet(lambda: late).done == 0
    told = {"of": of, "returned": back.number, "why": "not_taken"}
    perform(case.pk, "dispatched", by=SITE, at=next_moment(case), details=told)
    assert why(case) is None
    note_post_returned(case.pk, of=of, by=SITE, at=next_moment(case))
    assert why(case) is None


def test_without_the_look_a_debt_would_be_closed_over(
    life: tuple[Staff, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: with the look at money taken away, a case in which money is owed is closed."""
    staff, case = life
    _owes(staff, case)
    at = quiet(case)
    assert close_quiet(lambda: at).done == 0
    monkeypatch.setattr(close_cases, "_money_left", lambda case, today: None)
    assert close_quiet(lambda: at).done == 1
