"""Acts in one's own file after the first ones: which decision to object to, repairing, being late, progress, settling, one's account."""

from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doorleren.applications.commands.act_in_own_case import declare_own_default
from doorleren.audit.acts import Party
from doorleren.audit.models import Act
from doorleren.cases.messages import messages_of
from doorleren.cases.models import CaseAct
from doorleren.cases.queries import terms_of_case
from doorleren.cases.refusing import CaseRefused
from doorleren.core.days import day_of
from doorleren.decisions.commands.receive_objection import receive_objection
from doorleren.decisions.commands.repair_objection import ask_to_repair
from doorleren.decisions.models import Objection
from doorleren.payments.commands.confirm_account import confirm_account
from doorleren.payments.commands.give_account import REASON, give_own_account, take_own_account_back
from doorleren.payments.commands.propose_account import propose_account
from doorleren.payments.models import PayeeAccount
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import IN_BODY, RoleKind
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Round
from doorleren.rules.library import Library
from doorleren.web import known as web_known
from tests.applications.evidence import files
from tests.decisions import made
from tests.people import made as people
from tests.web.applicant.filed import Filed
from tests.web.officer.desk import Desk, counts, with_role

ON_REQUEST = made.HARD.replace('kind = "grant_settle"', 'kind = "grant_settle"\nsettle = "on_request"')
IBAN = "NL91 ABNA 0417 1643 00"
NEW = (
    "/give-account",
    "/sure/default",
    "/sure/objection-withdrawal",
    "/sure/settlement",
    "/write/repair",
    "/write/progress",
)


def nadia(filed: Filed, fresh: bool = True) -> tuple[SignedIn, Any]:
    """Nadia as a command knows her, a minute after the last act."""
    at = filed.at()
    who = people.Person.objects.get(name="Nadia")
    return people.signed_in(who, at=at if fresh else at - timedelta(hours=1)), at


def test_which_decision(filed: Filed) -> None:
    """With several decisions one chooses against which: none chosen is an error at its field, and the objection is against the chosen one."""
    first = filed.decided().act
    second = filed.suspended()
    address = f"{filed.place}/write/objection"
    page = filed.nadia.open(address)
    for said in ("Tegen welk besluit maakt u bezwaar?", "Wij kenden uw aanvraag toe", "Wij stelden de betaling uit"):
        assert said in page.words, said
    for one in (first, second):
        assert f'name="against" value="{one.number}"' in page.page
    page = filed.nadia.send(address, text="Ik vroeg meer.", step="check")
    assert filed.nadia.status == 422
    assert "Kies tegen welk besluit u bezwaar maakt." in page.words
    assert 'id="q-against-error"' in page.page
    page = filed.nadia.send(address, text="Ik vroeg meer.", step="check", against=str(first.number))
    assert "U maakt bezwaar tegen: Wij kenden uw aanvraag toe." in page.words
    filed.nadia.send(address, text="Ik vroeg meer.", step="send", against=str(first.number))
    assert Objection.objects.get().against_id == first.pk


def test_an_unsent_decision_is_not_offered(filed: Filed) -> None:
    """A decision of which the letter was not sent is not among them, and cannot be chosen by its number either."""
    first = filed.decided().act
    hidden = filed.suspended(sent=False)
    address = f"{filed.place}/write/objection"
    assert "Tegen welk besluit" not in filed.nadia.open(address).words
    filed.nadia.send(address, text="Ik vroeg meer.", step="send", against=str(hidden.number))
    assert filed.nadia.status == 422
    filed.nadia.send(address, text="Ik vroeg meer.", step="send")
    assert Objection.objects.get().against_id == first.pk


def test_repairing_an_objection(filed: Filed) -> None:
    """Once the letter that asks it was sent one adds to the objection, with a document; before that, and a second time, one cannot."""
    filed.decided()
    by, at = nadia(filed)
    receive_objection(filed.case.pk, "Het klopt niet.", by=by, at=at, party=True)
    at = filed.at()
    asked = ask_to_repair(filed.case.pk, "Waarom niet?", until=day_of(at) + timedelta(days=300),
                          by=made.by(filed.staff["assessor"], at), at=at)  # fmt: skip
    address = f"{filed.place}/write/repair"
    assert address not in filed.nadia.open(filed.place).links
    filed.nadia.open(address)
    assert filed.nadia.status == 409
    filed.send(asked)
    page = filed.nadia.open(filed.place)
    assert address in page.links
    assert "U bent aan zet" in page.words
    told = {"text": "Omdat ik meer betaalde.", "step": "send", "file": SimpleUploadedFile("a.pdf", files.pdf())}
    filed.nadia.post(address, told)
    assert filed.nadia.place == f"{filed.place}?done=repair"
    filed.case.refresh_from_db()
    assert filed.case.objection_repaired_at is not None
    assert [(one.kind, one.file_kind) for one in messages_of(filed.case.pk)] == [("repair", "pdf")]
    page = filed.nadia.open(filed.place)
    assert "U vulde uw bezwaar aan." in page.words
    assert address not in page.links
    filed.nadia.post(address, told)
    assert filed.nadia.status == 409


def test_withdrawing_an_objection(filed: Filed) -> None:
    """One is asked whether one is sure; then the objection is withdrawn and the decision stands; not without one, nor twice."""
    filed.decided()
    address = f"{filed.place}/sure/objection-withdrawal"
    filed.nadia.send(address)
    assert filed.nadia.status == 409
    filed.nadia.send(f"{filed.place}/write/objection", text="Ik vroeg meer.", step="send")
    assert "Het besluit blijft zoals het is" in filed.nadia.open(address).words
    filed.nadia.send(address)
    assert filed.nadia.place == f"{filed.place}?done=objection_withdrawn"
    filed.case.refresh_from_db()
    assert filed.case.state == "granted"
    assert "U trok uw bezwaar in." in filed.nadia.open(filed.place).words
    filed.nadia.send(address)
    assert filed.nadia.status == 409


def test_saying_that_we_are_late(filed: Filed) -> None:
    """Once the day has passed one reads what follows and says so, once."""
    address = f"{filed.place}/sure/default"
    page = filed.nadia.open(filed.place)
    assert address in page.links
    page = filed.nadia.open(address)
    for said in ("hadden uiterlijk", "nog twee weken", "1442"):
        assert said in page.words.replace(".", ""), said
    filed.nadia.send(address)
    assert filed.nadia.place == f"{filed.place}?done=declared_in_default"
    filed.case.refresh_from_db()
    assert filed.case.declared_in_default_at is not None
    page = filed.nadia.open(filed.nadia.place)
    assert "U liet ons weten dat wij te laat zijn." in page.words
    assert address not in page.links
    filed.nadia.send(address)
    assert filed.nadia.status == 409
    assert CaseAct.objects.get(act="declared_in_default").details == {"objection": 0}


def test_not_late_yet(filed: Filed) -> None:
    """On the last day of the term notice of default is refused; the day after it is taken, once."""
    term = next(one for one in terms_of_case(filed.case) if one.id == "decision")
    assert term.last is not None
    who = people.Person.objects.get(name="Nadia")
    days = (term.last - day_of(made.AT)).days
    early, late = made.AT + timedelta(days=days), made.AT + timedelta(days=days + 1)
    with pytest.raises(CaseRefused, match="niet te laat"):
        declare_own_default(int(filed.case.subject_id), by=people.signed_in(who, at=early), at=early)
    declare_own_default(int(filed.case.subject_id), by=people.signed_in(who, at=late), at=late)
    with pytest.raises(CaseRefused, match="niet te laat"):
        declare_own_default(int(filed.case.subject_id), by=people.signed_in(who, at=late), at=late)


def test_late_on_an_objection(filed: Filed) -> None:
    """Once the application was decided on nobody is late; with the term of an objection over one can say so."""
    filed.decided()
    address = f"{filed.place}/sure/default"
    assert address not in filed.nadia.open(filed.place).links
    by, at = nadia(filed)
    receive_objection(filed.case.pk, "Het klopt niet.", by=by, at=at, party=True)
    assert address in filed.nadia.open(filed.place).links
    filed.nadia.send(address)
    assert CaseAct.objects.get(act="declared_in_default").details == {"objection": 1}


def test_progress(filed: Filed) -> None:
    """Who got a grant tells how it goes, with a document; before a grant one cannot."""
    address = f"{filed.place}/write/progress"
    filed.nadia.send(address, text="Goed.", step="send")
    assert filed.nadia.status == 409
    filed.decided()
    filed.nadia.send(address, text="De helft is gedaan.", step="check")
    assert filed.nadia.status == 200
    told = {"text": "De helft is gedaan.", "step": "send", "file": SimpleUploadedFile("a.pdf", files.pdf())}
    filed.nadia.post(address, told)
    filed.case.refresh_from_db()
    assert filed.case.progress_reported_at is not None
    assert [(one.kind, one.file_kind) for one in messages_of(filed.case.pk)] == [("progress", "pdf")]
    page = filed.nadia.open(filed.place)
    for said in ("U liet weten hoe het gaat.", "De helft is gedaan."):
        assert said in page.words, said


@pytest.mark.parametrize("on_request", [True, False])
def test_asking_to_settle(on_request: bool, db: None, known: Library, tmp_path: Path) -> None:
    """Where settling waits for a request one asks for it, once; where it does not neither the button nor the act is there."""
    made.library(tmp_path, ON_REQUEST if on_request else made.HARD)
    web_known.library.cache_clear()
    filed = Filed(web_known.library(), made.applications.a_round(web_known.library(), opened=True))
    address = f"{filed.place}/sure/settlement"
    filed.decided()
    assert (address in filed.nadia.open(filed.place).links) is on_request
    filed.nadia.send(address)
    assert filed.nadia.status == (302 if on_request else 409)
    filed.case.refresh_from_db()
    assert (filed.case.settlement_requested_at is not None) is on_request
    assert address not in filed.nadia.open(filed.place).links
    filed.nadia.send(address)
    assert filed.nadia.status == 409


def test_giving_an_account(filed: Filed) -> None:
    """A number is checked, looked over and given; it waits for an official, is never shown again, and can be taken back until then."""
    address = f"{filed.place}/give-account"
    filed.nadia.open(address)
    assert filed.nadia.status == 409
    filed.decided()
    assert "Wij weten nog niet op welke rekening" in filed.nadia.open(filed.place).words
    page = filed.nadia.send(address, iban="NL00 ABNA 0417 1643 00", name="", step="check")
    assert filed.nadia.status == 422
    for said in ("geen goed rekeningnummer", "Vul de naam bij de rekening in"):
        assert said in page.words, said
    page = filed.nadia.send(address, iban=IBAN.replace(" ", "").lower(), name="N. Voorbeeld", step="check")
    assert f'<dd class="dl-break">{IBAN}</dd>' in page.page
    assert "Klopt dit?" in page.words
    assert not PayeeAccount.objects.exists()
    filed.nadia.send(address, iban=IBAN, name="N. Voorbeeld", step="send")
    assert filed.nadia.place == f"{filed.place}?done=account_given"
    row = PayeeAccount.objects.get()
    who = people.Person.objects.get(name="Nadia")
    assert (row.payee_id, row.proposed_by_id, row.by_payee, row.confirmed_at) == (str(who.pk), who.pk, True, None)
    assert Act.objects.filter(subject_kind="payee_account", act="proposed", actor_id=str(who.pk)).exists()
    page = filed.nadia.open(address)
    assert "Wij kijken er nog naar" in page.words
    assert IBAN.replace(" ", "") not in page.words.replace(" ", "")
    filed.nadia.send(address, iban=IBAN, name="N. Voorbeeld", step="send")
    assert filed.nadia.status == 409
    filed.nadia.send(address, step="undo")
    assert filed.nadia.place == f"{filed.place}?done=account_taken_back"
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    filed.nadia.send(address, step="undo")
    assert filed.nadia.status == 409


def test_what_an_official_proposed_is_not_taken_back(filed: Filed, round_of_law: Round) -> None:
    """Who is paid cannot take back an account that an official proposed, in whatever words; the page says whose it is."""
    filed.decided()
    by, at = nadia(filed)
    payer = people.person(name="Paula")
    people.role(payer, RoleKind.PAYMASTER, body=round_of_law.body)
    row = propose_account(
        Party("person", str(by.person)), IBAN, "N. Voorbeeld", body=round_of_law.body_id, reason=REASON, at=at,
        by=people.signed_in(payer, at=at, second_factor=True),
    )  # fmt: skip
    address = f"{filed.place}/give-account"
    assert "Een medewerker gaf op" in filed.nadia.open(address).words
    filed.nadia.send(address, step="undo")
    row.refresh_from_db()
    assert (filed.nadia.status, row.by_payee, row.withdrawn_at) == (409, False, None)


def test_an_own_account_has_two_people(filed: Filed, round_of_law: Round) -> None:
    """An official confirms it, 48 hours later it is in use, and the payee is told; who gave it cannot confirm it, being a paymaster too, nor take it back after that."""
    filed.decided()
    by, at = nadia(filed)
    row = give_own_account(int(filed.case.subject_id), IBAN, "N. Voorbeeld", by=by, at=at)
    people.role(people.Person.objects.get(pk=by.person), RoleKind.PAYMASTER, body=round_of_law.body)
    own = people.signed_in(people.Person.objects.get(pk=by.person), at=at, second_factor=True)
    with pytest.raises(NotAllowed):
        confirm_account(row.pk, by=own, at=at)
    payer = people.person(name="Paula")
    people.role(payer, RoleKind.PAYMASTER, body=round_of_law.body)
    confirmed = confirm_account(row.pk, by=people.signed_in(payer, at=at, second_factor=True), at=at)
    assert confirmed.effective_at == at + timedelta(hours=48)
    assert confirmed.notice is not None
    with pytest.raises(PaymentRefused):
        take_own_account_back(int(filed.case.subject_id), by=by, at=at)


def test_an_account_asks_fresh_proof(filed: Filed) -> None:
    """Who signed in an hour ago, or is another person, gives no account."""
    filed.decided()
    by, at = nadia(filed, fresh=False)
    with pytest.raises(NotAllowed, match="renewal"):
        give_own_account(int(filed.case.subject_id), IBAN, "N. Voorbeeld", by=by, at=at)
    other = people.person(name="Piet")
    with pytest.raises(NotAllowed):
        give_own_account(int(filed.case.subject_id), IBAN, "P. Ander", by=people.signed_in(other, at=at), at=at)
    assert not PayeeAccount.objects.exists()


def test_nobody_else(filed: Filed, round_of_law: Round) -> None:
    """No role finds any of these pages in somebody else's file, or writes there."""
    filed.decided()
    others = {
        kind: Desk(with_role(kind, f"Otto {kind}", round_of_law.body if kind in IN_BODY else None)) for kind in RoleKind
    }
    before, told = counts(), {"text": "hallo", "step": "send", "iban": IBAN, "name": "Otto"}
    for kind, end in product(others, NEW):
        assert others[kind].client.get(filed.place + end).status_code == 404, (kind, end)
        assert others[kind].client.post(filed.place + end, told).status_code == 404, (kind, end)
    assert counts() == before


def test_reading_writes_nothing(filed: Filed) -> None:
    """Opening these pages writes nothing, and what is not in the list is not found."""
    filed.decided()
    before = counts()
    for end in NEW:
        assert filed.nadia.client.get(filed.place + end).status_code in (200, 409), end
    assert filed.nadia.client.get(f"{filed.place}/sure/anything").status_code == 404
    assert counts() == before
