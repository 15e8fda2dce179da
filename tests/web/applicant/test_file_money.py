"""What a file says of money: what was settled, by when the rest is paid, and nothing of an account where nobody is paid."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from doorleren.applications.models import Application
from doorleren.cases.commands.perform import perform
from doorleren.cases.frameworks import law_of_terms
from doorleren.cases.models import CaseAct
from doorleren.core.days import day_of
from doorleren.web.applicant.file import page
from doorleren.web.applicant.file.objecting import terms_named
from doorleren.web.applicant.file.own import OwnFile
from doorleren.web.applicant.file.page import paid_by
from doorleren.web.applicant.own import Asking
from doorleren.web.public.values import day_in_words
from tests.decisions import made
from tests.people import made as people
from tests.web.applicant.filed import Filed

pytestmark = pytest.mark.django_db
ACCOUNT = "Wij weten nog niet op welke rekening"


@dataclass
class Standing:
    """How a case stands in the ledger: so much is payable."""

    payable: int

    def amount(self, kind: str) -> int:
        """Give what stands on an account."""
        return self.payable if kind == "payable" else 0


def settled(filed: Filed) -> CaseAct:
    """Let the grant be settled, and send the letter."""
    filed.decided()
    at = filed.at()
    details = {"cents": 69_995}
    act = perform(filed.case.pk, "settled_as_granted", by=made.by(filed.staff["decider"], at), at=at, details=details)
    filed.send(act, letter=False)
    return act


def test_who_gets_nothing_is_asked_no_account(filed: Filed) -> None:
    """After a refusal the file says nothing of an account and takes none; after a grant it does."""
    filed.decided(granted=False)
    shown = filed.nadia.open(filed.place)
    assert ACCOUNT not in shown.words
    assert f"{filed.place}/give-account" not in shown.links
    filed.nadia.open(f"{filed.place}/give-account")
    assert filed.nadia.status == 409


def test_who_gets_something_is_asked_an_account(filed: Filed) -> None:
    """The other half: with a grant there is the sentence and the button."""
    filed.decided()
    shown = filed.nadia.open(filed.place)
    assert ACCOUNT in shown.words
    assert f"{filed.place}/give-account" in shown.links


def test_what_was_settled_is_shown_once_told(filed: Filed) -> None:
    """Beside the decision stands what was settled, with its day and amount; before that it does not."""
    filed.decided()
    assert "vastgesteld: €" not in filed.nadia.open(filed.place).words.replace("\N{NO-BREAK SPACE}", " ")
    at = filed.at()
    by = made.by(filed.staff["decider"], at)
    act = perform(filed.case.pk, "settled_as_granted", by=by, at=at, details={"cents": 69_995})
    assert "vastgesteld: €" not in filed.nadia.open(filed.place).words.replace("\N{NO-BREAK SPACE}", " ")
    filed.send(act, letter=False)
    words = filed.nadia.open(filed.place).words.replace("\N{NO-BREAK SPACE}", " ")
    assert f"Op {day_in_words(act.happened_on)} vastgesteld: € 699,95" in words


@pytest.mark.parametrize(("payable", "account", "over", "said"), [
    (69_995, True, False, "Wij betalen uiterlijk {day}."),
    (69_995, True, True, "Wij hadden uiterlijk {day} moeten betalen. Wij zijn te laat."),
    (69_995, False, False, ""),
    (0, True, False, ""),
])  # fmt: skip
def test_by_when_the_rest_is_paid(
    payable: int, account: bool, over: bool, said: str, filed: Filed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six weeks after the settlement (Awb 4:87), and honestly when they are over; not where nothing is left, or where no account is known."""
    act = settled(filed)
    monkeypatch.setattr(page, "standing_of", lambda kind, number: Standing(payable))
    monkeypatch.setattr(page, "account_in_force", lambda *asked: object() if account else None)
    last = law_of_terms().reckon("payment", act.happened_on).last
    found = _file(filed)
    assert paid_by(found, date(2027, 1, 1) if over else last) == said.format(day=day_in_words(last))


def test_a_suspended_payment_promises_no_day(filed: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    """While payment is suspended the file names no day of payment."""
    act = settled(filed)
    monkeypatch.setattr(page, "standing_of", lambda kind, number: Standing(69_995))
    monkeypatch.setattr(page, "account_in_force", lambda *asked: object())
    assert paid_by(_file(filed), act.happened_on)
    filed.suspended()
    assert not paid_by(_file(filed), act.happened_on)


def test_a_term_that_was_used_is_done(filed: Filed, settings: Any) -> None:
    """The term for objecting of who objected in time is done on that day; it is not called over."""
    filed.decided()
    settings.DOORLEREN_AHEAD = filed.at() - timezone.now()
    filed.nadia.send(f"{filed.place}/write/objection", text="Ik vroeg meer.", step="send")
    shown = next(one for one in terms_named(_file(filed)) if one["id"] == "objection")
    filed.case.refresh_from_db()
    assert (shown["ended"], shown["met"]) == (day_in_words(day_of(filed.case.objection_received_at)), True)


def _file(filed: Filed) -> OwnFile:
    """Give the file as its pages read it, whoever asks."""
    filed.case.refresh_from_db()
    application = Application.objects.select_related("round").get(pk=int(filed.case.subject_id))
    return OwnFile(
        application,
        filed.case,
        Asking(people.signed_in(people.Person.objects.get(name="Nadia"), at=filed.at()), filed.at()),
    )
