"""What may be undone or closed on the pages of payments: a changed account stopped, an entry of the bank closed, the demo's bank."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doorleren.applications.models import Application
from doorleren.audit.acts import SITE
from doorleren.payments.commands.destroy_accounts import destroy_payments
from doorleren.payments.models import BankAnswer, BankClosing, PayeeAccount, PaymentHandover
from doorleren.people.models import Person
from tests.payments.made import run as sql
from tests.payments.paying import LATER, entry, statement
from tests.web.officer.desk import Desk, counts
from tests.web.officer.paying_desks import LIST, Till, a_till

pytestmark = pytest.mark.django_db
ACCOUNTS = "/officer/accounts"
GOOD = {"iban": "NL69INGB0123456789", "name": "N. Nieuw", "reason": "Gebeld"}


@pytest.fixture
def till(settings: Any, tmp_path: Path, db: None) -> Iterator[Till]:
    """One granted case of which an advance is to be paid."""
    with a_till(settings, tmp_path, 1) as made:
        yield made


def coming(till: Till) -> PayeeAccount:
    """Let two people set another account for the payee, through the pages."""
    till.wim.send(f"{ACCOUNTS}/of-case/{till.scene.cases[0].reference}", **GOOD)
    row = PayeeAccount.objects.latest("pk")
    till.ria.send(f"{ACCOUNTS}/{row.pk}/confirm")
    assert till.ria.status == 302
    return row


def test_an_official_stops_a_changed_account(till: Till) -> None:
    """Who may propose stops it with a reason; who may not is refused; the page then says by whom, why, and that the payee is told."""
    row = coming(till)
    address = f"{ACCOUNTS}/{row.pk}"
    assert "Stop deze rekening" in till.fatima.open(address).words
    page = till.fatima.send(f"{address}/stop", reason=" ")
    assert (till.fatima.status, "U schreef er 0" in page.words) == (409, True)
    for desk, status in ((till.joost, 403), (till.eva, 403), (till.stranger, 404)):
        desk.send(f"{address}/stop", reason="r")
        assert desk.status == status
    before = counts()
    assert till.fatima.open(f"{address}/stop") is not None
    assert (till.fatima.status, counts()) == (302, before)
    till.fatima.send(f"{address}/stop", reason="de ontvanger weet van niets")
    assert till.fatima.place == f"{address}?done=account_stopped"
    words = till.fatima.open(address).words
    for said in ("gestopt", "de ontvanger weet van niets", "Bericht dat zij is gestopt", "wacht op verzending"):
        assert said in words, said
    assert "Stop deze rekening" not in words
    page = till.fatima.send(f"{address}/stop", reason="nog eens")
    assert (till.fatima.status, "al gestopt" in page.words) == (409, True)
    assert "Nadia 0" not in till.wim.open(ACCOUNTS).words


def test_the_payee_stops_a_changed_account(till: Till) -> None:
    """In the own file the payee reads that another account comes, from when, and stops it; without one the page says that nothing can be."""
    application = Application.objects.get(pk=int(till.scene.cases[0].subject_id))
    nadia, file = Desk(Person.objects.get(pk=application.applicant_number)), f"/applications/{application.pk}/file"
    assert "Stop de andere rekening" not in nadia.open(file).words
    nadia.open(f"{file}/account")
    assert nadia.status == 409
    coming(till)
    assert f"{file}/account" in nadia.open(file).links
    before = counts()
    page = nadia.open(f"{file}/account")
    assert "Aan ons is een andere rekening voor u doorgegeven." in page.words
    assert counts() == before
    assert till.wim.client.post(f"{file}/account").status_code in (403, 404)
    nadia.send(f"{file}/account")
    assert (nadia.status, nadia.place) == (302, f"{file}?done=account_stopped")
    words = nadia.open(nadia.place).words
    assert "De andere rekening is gestopt." in words
    assert "Stop de andere rekening" not in words
    page = nadia.send(f"{file}/account")
    assert (nadia.status, "geen rekening meer" in page.words) == (409, True)
    assert PayeeAccount.objects.latest("pk").stopped_by_id == nadia.person.pk  # type: ignore[union-attr]


def test_an_entry_of_the_bank_is_closed_by_two(till: Till) -> None:
    """Money that moved: one says what they found out, another agrees, and it leaves the list; an auditor only reads, and what they wrote is gone with the books."""
    till.wim.send(f"{LIST}/bank", file=SimpleUploadedFile("camt.xml", statement(entry("x", 500))))
    address = f"{LIST}/bank/entries/{BankAnswer.objects.get().pk}"
    assert address in till.wim.open(f"{LIST}/bank").links
    before = counts()
    assert "een tweede collega moet dit ook bekijken" in till.wim.open(address).words
    assert "Haal deze regel van de lijst" not in till.eva.open(address).words
    assert counts() == before
    page = till.wim.send(address, reason="")
    assert (till.wim.status, 'href="#q-reason"' in page.page) == (422, True)
    for desk, status in ((till.eva, 403), (till.fatima, 403), (till.stranger, 404)):
        desk.send(address, reason="r")
        assert desk.status == status
    till.wim.send(address, reason="van een andere afdeling")
    assert "Een collega die betaalt, moet het ook bekijken." in till.wim.open(address).words
    till.wim.send(address, reason="nog eens")
    assert till.wim.status == 403
    assert address in till.wim.open(f"{LIST}/bank").links
    till.ria.send(address, reason="klopt")
    words = till.ria.open(address).words
    assert ("afgehandeld" in words, "van een andere afdeling" in words, "klopt" in words) == (True, True, True)
    assert address not in till.wim.open(f"{LIST}/bank").links
    assert BankClosing.objects.count() == 2
    destroy_payments(date(2090, 1, 1), by=SITE, at=LATER)
    words = till.ria.open(address).words
    assert ("afgehandeld" in words, "van een andere afdeling" in words, words.count("is vernietigd: de bewaartermijn is voorbij")) == (
        True, False, 2,
    )  # fmt: skip


def test_a_rehearsal_to_its_payment_file_and_back(till: Till, settings: Any) -> None:
    """In a demo a run of rehearsals is handed over and answered by two buttons; outside one neither is there, and both are refused."""
    settings.DOORLEREN_PRACTICE_BANK = "doorleren.server.demo_bank.DemoBank"
    sql("UPDATE rounds_round SET rehearsal = true")
    settings.DOORLEREN_DEMO = False
    run = till.propose(rehearsal="1")
    address = f"{LIST}/{run.pk}"
    till.ria.send(f"{address}/release")
    assert "Geef het bestand aan de bank" not in till.ria.open(address).words
    page = till.ria.send(f"{address}/hand-over")
    assert (till.ria.status, "Dit is een oefening." in page.words) == (409, True)
    assert till.ria.client.post(f"{address}/answer").status_code == 404
    assert not PaymentHandover.objects.exists()
    settings.DOORLEREN_DEMO = True
    page = till.ria.send(f"{address}/answer")
    assert (till.ria.status, "Geef eerst het bestand aan de bank." in page.words) == (409, True)
    till.ria.send(f"{address}/hand-over")
    assert till.ria.status == 302
    words = till.ria.open(address).words
    assert f"OEF{run.message.hex}" in words
    assert "Laat de verzonnen bank antwoorden" in words
    assert till.eva.client.post(f"{address}/answer").status_code == 403
    till.ria.send(f"{address}/answer")
    assert till.ria.place == f"{address}?done=practised"
    words = till.ria.open(till.ria.place).words
    assert "beantwoord door de bank" in words
    assert "Laat de verzonnen bank antwoorden" not in words
