"""What who has a loan is told of it: the plan of repayment by letter, and a reminder of what is late."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from doorleren.audit.acts import SITE
from doorleren.cases.commands.note_dispatch import note_dispatch
from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.models import ActLetter
from doorleren.decisions.refusing import DecisionRefused
from doorleren.letters.models import Letter
from doorleren.payments.commands.tell_of_loan import PLAN, remind_of_loan
from doorleren.payments.jobs import follow_all
from doorleren.people.access import NotAllowed
from tests.decisions import made
from tests.decisions.made import by
from tests.decisions.objecting import Staff, said
from tests.payments.test_afterwards import by_the_bank
from tests.payments.test_loans import MONTHLY, STOPPED, came_in, granted_until, kept, lent

__all__ = ["lent"]

pytestmark = pytest.mark.django_db


def test_the_plan_is_told_once_it_is_known(lent: tuple[Staff, Case]) -> None:
    """The day after the activities stopped the site writes the letter with the plan, once; a later decision makes another."""
    case = lent[1]
    assert (kept(STOPPED), Letter.objects.filter(template=PLAN).count()) == (0, 0)
    assert kept(STOPPED + timedelta(days=1)) == 1
    assert kept(STOPPED + timedelta(days=2)) == 0
    words = written(CaseAct.objects.get(case=case, details__what=PLAN))
    for said_ in ("U leende € 1.000,00.", "in 12 maanden", "12,00% per jaar", "€ 88,85, de laatste maand", "31 januari 2027",
                  "31 december 2027", "€ 66,", "Dat is een aanname van ons"):  # fmt: skip
        assert said_ in words, said_
    note = CaseAct.objects.get(case=case, details__what=PLAN)
    assert (note.by_kind, ActLetter.objects.filter(act=note).count()) == ("site", 1)


def test_no_plan_is_told_that_nobody_knows(tmp_path: Path) -> None:
    """Without a last day of the activities there is no plan, and no letter with one."""
    _, case = granted_until(tmp_path, None)
    follow_all(lambda: made.AT)
    by_the_bank(case)
    kept(date(2028, 1, 1))
    assert not Letter.objects.filter(template=PLAN).exists()


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=made.AT.tzinfo)


def test_an_instalment_that_is_late(lent: tuple[Staff, Case]) -> None:
    """An official reminds of what is late, once the plan was sent and there was time to pay; not again while a reminder runs."""
    staff, case = lent

    def remind(day: date) -> CaseAct:
        return remind_of_loan(case.pk, by=by(staff["assessor"], at_noon(day)), at=at_noon(day))

    kept(date(2026, 12, 1))
    with pytest.raises(DecisionRefused, match="niets te laat"):
        remind(date(2027, 1, 31))
    with pytest.raises(DecisionRefused, match="nog niet verstuurd"):
        remind(date(2027, 2, 1))
    sent(CaseAct.objects.get(case=case, details__what=PLAN), date(2027, 2, 1))
    with pytest.raises(DecisionRefused, match="nog tijd om te betalen"):
        remind(date(2027, 3, 15))
    kept(date(2027, 3, 16))
    act = remind(date(2027, 3, 16))
    assert (act.details["cents"], act.details["until"]) == (2 * MONTHLY, "2027-03-30")
    words = written(act)
    assert "Er is € 177,70 te laat. Betaal dat uiterlijk op 30 maart 2027." in words
    sent(act, date(2027, 3, 17))
    with pytest.raises(DecisionRefused, match="nog tijd om te betalen"):
        remind(date(2027, 3, 30))
    came_in(case, 2 * MONTHLY, staff, at_noon(date(2027, 3, 30)))
    with pytest.raises(DecisionRefused, match="niets te laat"):
        remind(date(2027, 3, 31))
    with pytest.raises(NotAllowed):
        remind_of_loan(case.pk, by=by(staff["paymaster"], at_noon(date(2027, 4, 1))), at=at_noon(date(2027, 4, 1)))


def sent(act: CaseAct, day: date) -> None:
    """Note that the letter of an act went out on a day."""
    note_dispatch(act.case_id, of=act.number, on=day, by=SITE, at=at_noon(day))


def written(act: CaseAct) -> str:
    """Give the words of the letter of an act."""
    return said(act).replace("\N{NO-BREAK SPACE}", " ")
