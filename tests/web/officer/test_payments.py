"""Payments on the pages: one paymaster proposes, another releases, the bank answers; an auditor looks, nobody else sees anything."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doorleren.audit.models import Act, View
from doorleren.cases.commands.perform import perform
from doorleren.core.days import day_of
from doorleren.payments.balances import round_money
from doorleren.payments.banking_days import next_banking_day
from doorleren.payments.commands.confirm_account import confirm_account
from doorleren.payments.commands.propose_account import propose_account
from doorleren.payments.models import PaymentFile, PaymentHandover, PaymentRun
from doorleren.people.models import RoleKind
from doorleren.rounds.models import Gate
from doorleren.web.officer import payment_bank, payment_rounds
from doorleren.web.officer.asked import written_day
from doorleren.web.surroundings import now
from tests.decisions.objecting import objected, went
from tests.payments.made import LAST_POSTING, unguarded
from tests.payments.made import run as sql
from tests.payments.paying import IBANS, PAID, entry, payee_of, statement
from tests.people import made as people
from tests.web.officer.desk import Desk, counts, with_role
from tests.web.officer.paying_desks import LIST, Till, a_till

pytestmark = pytest.mark.django_db
WAITS, DONE = "wacht op een collega", "beantwoord door de bank"


@pytest.fixture
def till(settings: Any, tmp_path: Path, db: None) -> Iterator[Till]:
    """Three granted cases of which an advance is to be paid."""
    with a_till(settings, tmp_path) as made:
        yield made


@pytest.fixture
def small(settings: Any, tmp_path: Path, db: None) -> Iterator[Till]:
    """One granted case."""
    with a_till(settings, tmp_path, 1) as made:
        yield made


def upload(desk: Desk, content: bytes) -> Any:
    """Read in a file of the bank."""
    return desk.send(f"{LIST}/bank", file=SimpleUploadedFile("camt.xml", content))


def test_from_proposal_to_paid(till: Till) -> None:
    """One proposes and may not release; the other does; the file is as released, goes to the bank once, and its answer books all."""
    round_ = till.scene.round
    assert "€ 2.099,85 te betalen, in 3 zaken" in till.wim.open(LIST).words.replace("\N{NO-BREAK SPACE}", " ")
    page = till.wim.open(f"{LIST}/propose")
    assert all(case.reference in page.words for case in till.scene.cases)
    assert "Nadia 1" in page.words
    run = till.propose()
    address = f"{LIST}/{run.pk}"
    page = till.wim.open(address)
    assert WAITS in page.words
    assert all(iban[-4:] in page.words for iban in IBANS), "the last digits of each account"
    assert IBANS[0] not in page.page.replace(" ", "")
    assert "U stelde deze betaalrun voor. Een collega moet hem vrijgeven." in page.words
    assert "Ja, geef vrij" not in page.words
    till.wim.send(f"{address}/release")
    assert till.wim.status == 403
    assert f"Betaalrun {run.pk}" in till.ria.open(LIST).words
    assert "Ja, geef vrij" in till.ria.open(address).words
    till.ria.send(f"{address}/release")
    assert (till.ria.status, till.ria.place) == (302, f"{address}?done=released")
    reply = till.ria.client.get(f"{address}/file")
    file = PaymentFile.objects.get(run=run)
    assert hashlib.sha256(reply.content).hexdigest() == file.digest
    assert reply.headers["Content-Disposition"] == f'attachment; filename="{run.message.hex}.xml"'
    assert View.objects.filter(subject_kind="payment_file", subject_id=str(run.pk)).count() == 1
    till.ria.send(f"{address}/hand-over")
    assert "bij de bank" in till.ria.open(address).words
    lines = list(run.rows.order_by("number"))
    upload(till.ria, statement(*(entry(one.end_to_end, one.cents) for one in lines[:2])))
    assert "voor een deel beantwoord" in till.ria.open(address).words
    upload(till.ria, statement(*(entry(one.end_to_end, one.cents) for one in lines)))
    assert till.ria.open(till.ria.place).words.count("was al geboekt") == 2
    page = till.ria.open(address)
    assert DONE in page.words
    assert "3 betaald, 0 niet gelukt, 0 teruggekomen" in page.words
    assert round_money(round_.pk).paid == 3 * 69995
    page = till.eva.send(f"{LIST}/rounds/{round_.pk}")
    assert (till.eva.status, "Het grootboek van dit tijdvak klopt." in page.words) == (200, True)
    assert "Betaald € 2.099,85" in page.words.replace("\N{NO-BREAK SPACE}", " ")


def test_what_cannot_be_paid_and_what_one_leaves_out(till: Till) -> None:
    """A suspended case and a changed account stand apart with the reason; what is ticked is left out, accepted, or taken out later."""
    scene, (one, two, three) = till.scene, till.scene.cases
    perform(three.pk, "payment_suspended", by=scene.by("decider"), at=PAID)
    row = propose_account(payee_of(two), "NL91ABNA0417164300", "N. Nieuw", body=scene.body.pk, reason="r",
                          by=scene.by("paymaster"), at=PAID)  # fmt: skip
    confirm_account(row.pk, by=scene.by("other"), at=PAID + timedelta(minutes=1))
    page = till.wim.open(f"{LIST}/propose")
    assert "de betaling is opgeschort" in page.words
    assert "de rekening is veranderd" in page.words
    assert "1 betaling, samen" in page.words
    page = till.wim.send(f"{LIST}/propose", out=[one.pk])
    assert (till.wim.status, "Er blijft niets over om te betalen." in page.words) == (422, True)
    run = till.propose(accept=[two.pk])
    assert (run.lines, run.rows.get(case=two).changed) == (2, True)
    page = till.wim.send(f"{LIST}/{run.pk}/take-out")
    assert (till.wim.status, "Kies zaken die op de lijst staan." in page.words) == (409, True)
    page = till.wim.send(f"{LIST}/{run.pk}/take-out", cases=[one.pk, two.pk], reason="r")
    assert (till.wim.status, "Er blijft niets over." in page.words) == (409, True)
    page = till.ria.send(f"{LIST}/{run.pk}/take-out", cases=[one.pk])
    assert (till.ria.status, "Schrijf op waarom u deze zaken nu niet betaalt" in page.words) == (409, True)
    till.ria.send(f"{LIST}/{run.pk}/take-out", cases=[one.pk], reason="de rekening wordt nagekeken")
    rest = PaymentRun.objects.latest("pk")
    assert (till.ria.status, till.ria.place) == (302, f"{LIST}/{rest.pk}?done=taken_out")
    assert (rest.rows.get().case_id, rest.proposed_by_id) == (two.pk, scene.staff["other"].pk)
    assert "ingetrokken" in till.wim.open(f"{LIST}/{run.pk}").words
    till.ria.send(f"{LIST}/{rest.pk}/withdraw")
    page = till.ria.send(f"{LIST}/{rest.pk}/withdraw")
    assert (till.ria.status, "Over deze betaalrun is al beslist." in page.words) == (409, True)


def test_why_a_case_was_left_out_stands_in_its_file(till: Till) -> None:
    """Who ticks a case away must say why before the preview; the reason is on the page of the case's money, and nothing of it in a log."""
    one = till.scene.cases[0]
    page = till.wim.send(f"{LIST}/propose", out=[one.pk])
    assert (till.wim.status, "Schrijf op waarom u deze zaken nu niet betaalt" in page.words) == (422, True)
    run = till.propose(out=[one.pk], reason="de naam bij de rekening klopt niet")
    assert run.lines == 2
    till.wim.send(f"/officer/cases/{one.reference}/look", why="asked")
    page = till.wim.open(f"/officer/cases/{one.reference}/money")
    assert "Uit een betaalrun gelaten" in page.words
    assert "de naam bij de rekening klopt niet" in page.words
    assert not Act.objects.filter(details__icontains="naam bij de rekening").exists()


def test_an_objection_is_told_and_stops_no_payment(till: Till) -> None:
    """What is paid in a case with an objection stays on the list, with a warning that names the article and a remark at that case alone."""
    warning, remark = "Dat schorst het besluit niet (Awb artikel 6:16)", "er loopt een bezwaar"
    page = till.wim.open(f"{LIST}/propose")
    assert (warning in page.words, remark in page.words) == (False, False)
    case = till.scene.cases[0]
    went(case.decisions.get().act)
    objected(case)
    page = till.wim.open(f"{LIST}/propose")
    assert (page.words.count(warning), page.words.count(remark)) == (1, 1)
    run = till.propose()
    assert run.lines == 3
    page = till.ria.open(f"{LIST}/{run.pk}")
    assert (page.words.count(warning), page.words.count(remark)) == (1, 1)
    till.ria.send(f"{LIST}/{run.pk}/release")
    assert till.ria.place == f"{LIST}/{run.pk}?done=released"
    assert warning not in till.ria.open(f"{LIST}/{run.pk}").words


def test_a_list_that_changed_meanwhile_is_shown_again(till: Till) -> None:
    """What is proposed is what was seen: with another list in between nothing is proposed."""
    page = till.wim.send(f"{LIST}/propose")
    seen = page.page.split('name="seen" value="')[1].split('"')[0]
    perform(till.scene.cases[0].pk, "payment_suspended", by=till.scene.by("decider"), at=PAID)
    page = till.wim.send(f"{LIST}/propose", seen=seen, confirmed="1")
    assert (till.wim.status, "Er is intussen iets veranderd." in page.words) == (422, True)
    assert not PaymentRun.objects.exists()


def test_who_decided_does_not_release(small: Till) -> None:
    """An official who decided in a case sees why they cannot release it, and is refused."""
    run = small.propose()
    people.role(small.scene.staff["decider"], RoleKind.PAYMASTER, body=small.scene.body)
    page = small.joost.open(f"{LIST}/{run.pk}")
    assert "Een andere collega moet dit doen." in page.words
    assert "Ja, geef vrij" not in page.words
    small.joost.send(f"{LIST}/{run.pk}/release")
    assert small.joost.status == 403
    assert PaymentRun.objects.get().released_at is None


BAD_DAYS = {
    "": "U vulde in: niets.",
    "gisteren": "U vulde in: gisteren.",
    "1-3-2020": "Kies vandaag of een latere dag.",
}


@pytest.mark.parametrize("day", BAD_DAYS)
def test_a_day_that_cannot_be(day: str, small: Till) -> None:
    """No day, no such day and a day that has passed are told beside the field, with what was typed."""
    page = small.wim.send(f"{LIST}/propose", pay_on=day)
    assert (small.wim.status, BAD_DAYS[day] in page.words) == (422, True)
    assert 'aria-invalid="true"' in page.page
    assert not PaymentRun.objects.exists()


def test_a_day_on_which_banks_do_not_pay(small: Till) -> None:
    """The next Saturday is refused beside the field, with the first day after it on which banks pay."""
    today = day_of(now())
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    page = small.wim.send(f"{LIST}/propose", pay_on=f"{saturday:%d-%m-%Y}")
    told = f"voeren banken geen betalingen uit. De eerstvolgende dag is {written_day(next_banking_day(saturday))}."
    assert (small.wim.status, told in page.words) == (422, True)
    assert not PaymentRun.objects.exists()


def test_files_that_are_no_answer(small: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file, a file of something else and one that is too large are refused beside the field, and nothing is kept."""
    before = counts()
    page = small.wim.send(f"{LIST}/bank")
    assert (small.wim.status, "Kies eerst een bestand van de bank." in page.words) == (422, True)
    page = upload(small.wim, b"IBAN;amount")
    assert (small.wim.status, "het bestand is geen heel XML-bestand" in page.words) == (422, True)
    page = upload(small.wim, b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.02"/>')
    assert "toegestaan zijn pain.002.001 en camt.053.001" in page.words
    bank: Any = payment_bank.bank
    monkeypatch.setattr(bank, "takes_files", replace(bank.takes_files, most=1000))
    page = upload(small.wim, b"x" * 2000)
    assert (small.wim.status, "Dit bestand is te groot." in page.words) == (413, True)
    page = upload(small.wim, b"x" * 200_000)
    assert (small.wim.status, "Dit bestand is te groot." in page.words) == (413, True)
    assert counts() == before


def test_what_came_back_and_what_nobody_knows(small: Till) -> None:
    """A return stands on the run until somebody sets it to be paid again, once; a line of nobody is shown to be looked at."""
    run, (one,) = small.released()
    back = entry(one.end_to_end, one.cents, debit=False, back="AC04")
    upload(small.ria, statement(entry(one.end_to_end, one.cents), back, entry("0" * 32, 500)))
    page = small.ria.open(small.ria.place)
    assert "geen betaling van ons" in page.words
    assert "Iemand moet 1 regel bekijken." in page.words
    page = small.wim.open(f"{LIST}/bank")
    assert "Iemand moet dit bekijken" in page.words
    assert "Teruggekomen betalingen" in page.words
    assert "moet iemand 2 regels bekijken" in small.wim.open(LIST).words
    page = small.wim.open(f"{LIST}/{run.pk}")
    assert "teruggekomen, code AC04" in page.words
    small.wim.send(f"{LIST}/{run.pk}/again", payment=one.end_to_end)
    assert (small.wim.status, small.scene.payable(one.case)) == (302, one.cents)
    page = small.wim.send(f"{LIST}/{run.pk}/again", payment=one.end_to_end)
    assert (small.wim.status, "Dit staat al opnieuw te betalen." in page.words) == (409, True)
    for wrong in ("", "x", "0" * 32):
        assert small.wim.client.post(f"{LIST}/{run.pk}/again", {"payment": wrong}).status_code == 404
    assert "Teruggekomen betalingen" not in small.wim.open(f"{LIST}/bank").words
    assert "1 betaling, samen" in small.wim.open(f"{LIST}/propose").words


def test_a_ledger_that_does_not_hold_is_told(small: Till) -> None:
    """A posting that somebody changed past the commands is found by the button of the round, with where; another round's is not."""
    with unguarded():
        sql(f"UPDATE payments_posting SET cents = cents + 1 WHERE {LAST_POSTING}")
    page = small.wim.send(f"{LIST}/rounds/{small.scene.round.pk}")
    assert "Het grootboek van dit tijdvak klopt niet." in page.words
    assert "transaction_zero" in page.words


def addresses(till: Till) -> tuple[list[str], list[str]]:
    """Every page to look at, and every address to send to, of a run and a file of the bank."""
    run = PaymentRun.objects.latest("pk")
    one = f"{LIST}/{run.pk}"
    looks = [LIST, one, f"{LIST}/bank", f"{LIST}/bank/1", f"{LIST}/rounds", f"{LIST}/rounds/{till.scene.round.pk}"]
    sends = [
        f"{one}/release",
        f"{one}/withdraw",
        f"{one}/take-out",
        f"{one}/hand-over",
        f"{one}/again",
        f"{LIST}/propose",
        f"{LIST}/bank",
    ]
    return looks, sends


def test_who_sees_and_who_does(small: Till) -> None:
    """An auditor looks and does nothing; every other role sees nothing; a paymaster of another body finds nothing."""
    run, _lines = small.released()
    upload(small.wim, statement(entry("0" * 32, 5)))
    message = int(small.wim.place.split("?")[0].rpartition("/")[2])
    looks, sends = addresses(small)
    looks = [address.replace("/bank/1", f"/bank/{message}") for address in looks]
    before = counts()
    assert [small.eva.client.get(address).status_code for address in looks] == [200] * len(looks)
    assert [small.eva.client.post(address).status_code for address in sends] == [403] * len(sends)
    assert small.eva.client.get(f"{LIST}/{run.pk}/file").status_code == 403
    for kind in RoleKind:
        if kind in (RoleKind.AUDITOR, RoleKind.PAYMASTER):
            continue
        desk = Desk(with_role(kind, kind.value))
        assert {desk.client.get(address).status_code for address in (*looks, f"{LIST}/{run.pk}/file")} == {403}, kind
        assert {desk.client.post(address).status_code for address in sends} == {403}, kind
    cy = small.stranger
    assert f"Betaalrun {run.pk}" not in cy.open(LIST).words
    own = [address for address in looks if address.rpartition("/")[2].isdecimal()]
    assert {cy.client.get(address).status_code for address in (*own, f"{LIST}/{run.pk}/file")} == {404}
    assert {cy.client.post(address).status_code for address in sends[:5]} == {404}
    assert cy.client.post(f"{LIST}/propose", {"body": small.scene.body.pk}).status_code == 404
    assert cy.client.post(f"{LIST}/bank", {"body": small.scene.body.pk}).status_code == 404
    assert Desk(None).client.get(LIST).status_code in (302, 403)
    after = counts()
    made = ("people_person", "people_role", "people_mandate", "people_organisation", "people_body", "django_session")
    assert {name: after[name] for name in after if name not in made} == {
        name: before[name] for name in before if name not in made
    }


def test_looking_writes_nothing_and_shows_no_numbers(small: Till) -> None:
    """Every page leaves every table as it was, and none shows an account number or a national number."""
    run, (one,) = small.released()
    looks, _sends = addresses(small)
    looks = [address for address in looks if address != f"{LIST}/bank/1"]
    case = f"/officer/cases/{one.case.reference}"
    small.wim.send(f"{case}/look", why="checking")
    before = counts()
    for address in (*looks, f"{LIST}/propose", f"{case}/money"):
        page = small.wim.open(address)
        assert small.wim.status == 200, address
        assert "NL20" not in page.page.replace(" ", "")
        assert "INGB" not in page.page
    small.wim.client.get(f"{LIST}/{run.pk}/file")
    assert counts() == before
    page = small.wim.open(f"{case}/money")
    assert "opdracht tot betalen" in page.words
    assert one.end_to_end in page.words


def test_acts_that_are_hard_to_undo_ask_fresh_proof(small: Till) -> None:
    """Who signed in ten minutes ago releases nothing, gets no file and gives nothing to the bank."""
    run = small.propose()
    late = Desk(small.scene.staff["other"], minutes_ago=10)
    assert late.client.post(f"{LIST}/{run.pk}/release").status_code in (302, 403)
    assert PaymentRun.objects.get().released_at is None
    small.ria.send(f"{LIST}/{run.pk}/release")
    assert late.client.get(f"{LIST}/{run.pk}/file").status_code == 403
    assert late.client.post(f"{LIST}/{run.pk}/hand-over").status_code in (302, 403)
    assert not PaymentHandover.objects.exists()


def test_money_of_rounds_has_its_day(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of rounds says since when each is open, and has a column for money above the ceiling only where there is such money."""
    round_ = till.scene.round
    opened = Gate.objects.get(round=round_).opened_at
    assert opened is not None
    assert day_of(opened) != day_of(round_.opens_at)
    page = till.wim.open(f"{LIST}/rounds")
    assert "Open sinds" in page.words
    assert written_day(day_of(opened)) in page.words
    assert "niet geopend" not in page.words
    assert "Boven het plafond" not in page.words
    told = round_money(till.scene.round.pk)
    monkeypatch.setattr(payment_rounds, "round_money", lambda number: replace(told, above_ceiling=12_345))
    page = till.wim.open(f"{LIST}/rounds")
    assert "Boven het plafond" in page.words
    assert "123,45" in page.words


def test_a_round_that_never_opened_says_so(till: Till) -> None:
    """A round of which the gate was never opened has no day since when it is open, but the day that was announced."""
    round_ = till.scene.round
    Gate.objects.filter(round=round_).update(opened_at=None)
    page = till.wim.open(f"{LIST}/rounds")
    assert f"niet geopend, aangekondigd voor {written_day(day_of(round_.opens_at))}" in page.words


def test_rehearsals_are_owed_apart(till: Till) -> None:
    """What is owed in rehearsals is named beside what the ledger says is to be paid, and nothing of it where there is none."""
    assert "Oefeningen worden apart betaald" not in till.wim.open(LIST).words
    type(till.scene.round).objects.update(rehearsal=True)
    page = till.wim.open(LIST)
    assert "Volgens het grootboek is er nu niets te betalen." in page.words
    assert "Oefeningen worden apart betaald: daarvan staat € 2.099,85 open." in page.words.replace(
        "\N{NO-BREAK SPACE}", " "
    )
