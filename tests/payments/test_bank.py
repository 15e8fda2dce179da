"""What the bank says: read without trusting it, matched by the payment's id, booked once, and the rest left for a person."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from doorleren.cases.models import CaseAct
from doorleren.payments.balances import round_money, standing_of
from doorleren.payments.bank_messages import read_message
from doorleren.payments.bank_xml import NotReadable
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands.import_message import Imported, import_message
from doorleren.payments.models import BankAnswer, BankEntry, BankMessage, PaymentEvent, PaymentLine, Transaction
from doorleren.payments.queries import entries_for_a_person
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.access import NotAllowed
from tests.payments.made import checked_at_commit
from tests.payments.paying import PAID, Scene, batch, entry, statement, status
from tests.payments.test_runs import suspend

LATER = PAID + timedelta(minutes=10)


@pytest.fixture
def ordered(scene: Scene) -> list[PaymentLine]:
    """The payments of a run that was released."""
    return list(scene.release(scene.propose().run).ordered)


def imported(scene: Scene, content: bytes) -> dict[str, int]:
    """Read in a file; give how many of its entries came to what."""
    return whole(scene, content).outcomes


def whole(scene: Scene, content: bytes) -> Imported:
    """Read in a file as a paymaster."""
    return import_message(scene.body.pk, content, by=scene.by("paymaster", 10), at=LATER)


def kept() -> list[int]:
    """Count the rows of all that an import writes."""
    tables = (BankMessage, BankEntry, BankAnswer, PaymentEvent, Transaction, CaseAct)
    return [one.objects.count() for one in tables]


def test_booked(scene: Scene, ordered: list[PaymentLine]) -> None:
    """A statement that has them booked: confirmed, posted as paid, and the case has its act by the run's two people."""
    assert imported(scene, statement(*(entry(one.end_to_end, one.cents) for one in ordered))) == {"matched": 3}
    assert round_money(scene.round.pk).paid == 3 * 69995
    act = CaseAct.objects.get(case=scene.cases[0], act="advance_paid")
    assert (act.by_kind, act.happened_on.isoformat()) == ("payment_run", "2026-03-15")
    assert act.details == {
        "payment": ordered[0].end_to_end, "cents": 69995, "proposed_by": scene.staff["paymaster"].pk,
        "released_by": scene.staff["other"].pk,
    }  # fmt: skip
    checked_at_commit()
    assert check_ledger().breaks == ()


def test_twice_is_once(scene: Scene, ordered: list[PaymentLine]) -> None:
    """The same file again changes nothing; the same statement in other bytes is known already; nothing is paid twice."""
    content = statement(*(entry(one.end_to_end, one.cents) for one in ordered))
    first, before = whole(scene, content), kept()
    again = whole(scene, content)
    assert (first.new, again.new, again.outcomes) == (True, False, {"matched": 3})
    assert kept() == before
    assert imported(scene, statement(*(entry(one.end_to_end, one.cents) for one in ordered), version="02")) == {
        "already": 3
    }
    assert imported(scene, status(ordered, "ACSC")) == {"already": 3}
    assert round_money(scene.round.pk).paid == 3 * 69995
    assert CaseAct.objects.filter(act="advance_paid").count() == 3


def test_booked_as_one_sum(scene: Scene, ordered: list[PaymentLine]) -> None:
    """A file that was booked as one sum confirms every payment in it; another sum is left for a person."""
    message, cents = ordered[0].run.message.hex, sum(one.cents for one in ordered)
    assert imported(scene, statement(batch(message, cents - 1))) == {"unknown": 1}
    assert imported(scene, statement(batch(message, cents))) == {"matched": 3}
    assert round_money(scene.round.pk).paid == cents


def test_rejected_is_owed_again(scene: Scene, ordered: list[PaymentLine]) -> None:
    """A payment that the bank rejects is owed again and can be proposed again, under another id; under way is only noted."""
    assert imported(scene, status(ordered, "ACSP")) == {"noted": 3}
    assert imported(scene, status(ordered[:1], "RJCT", "AC04", version="03")) == {"matched": 1}
    assert PaymentEvent.objects.get(event="failed").reason == "AC04"
    assert scene.payable(scene.cases[0]) == 69995
    again = scene.propose().run.rows.get()
    assert (again.case_id, again.end_to_end != ordered[0].end_to_end) == (scene.cases[0].pk, True)
    assert imported(scene, statement(entry(ordered[0].end_to_end, 69995))) == {"contradicts": 1}
    assert check_ledger().breaks == ()


def test_returned(scene: Scene, ordered: list[PaymentLine]) -> None:
    """What came back stands on suspense, also where nobody said before that it was paid; after a return it is not owed again."""
    one, two = ordered[:2]
    back = statement(entry(one.end_to_end, one.cents), entry(one.end_to_end, one.cents, debit=False, back="AC04"))
    assert imported(scene, back) == {"matched": 2}
    assert imported(scene, statement(entry(two.end_to_end, two.cents, debit=False, back="MD07"))) == {"matched": 1}
    for case in scene.cases[:2]:
        standing = standing_of("case", str(case.pk))
        assert [standing.amount(kind) for kind in ("paid", "suspense", "payable")] == [0, 69995, 0]
    assert check_ledger().breaks == ()


def test_what_waits_for_a_person(scene: Scene, ordered: list[PaymentLine]) -> None:
    """Another amount, another currency's side, an id of nobody, against what is known: nothing is posted, all is on a list."""
    one = ordered[0]
    before = Transaction.objects.count()
    said = statement(
        entry(one.end_to_end, one.cents - 1), entry("NOTPROVIDED", 500), entry("0" * 32, 500),
        entry(one.end_to_end, one.cents, debit=False), entry(one.end_to_end, one.cents, booked="PDNG"),
        entry(one.end_to_end.upper() + "X", one.cents), entry("x" * 50, 5), entry(one.end_to_end, 70_000, back="AC04", debit=False),
    )  # fmt: skip
    assert imported(scene, said) == {"differs": 3, "noted": 1, "unknown": 4}
    assert Transaction.objects.count() == before
    listed = entries_for_a_person(scene.body.pk)
    assert [answer.entry.number for answer in listed] == [8, 7, 6, 4, 3, 2, 1]


def test_a_case_that_refuses_the_act(scene: Scene, ordered: list[PaymentLine]) -> None:
    """What the bank paid is booked although the case was suspended in between, and the entry waits for a person."""
    suspend(scene)
    assert imported(scene, status(ordered, "ACSC")) == {"matched": 2, "act_refused": 1}
    assert round_money(scene.round.pk).paid == 3 * 69995
    assert check_ledger().breaks == ()


def test_a_whole_file_rejected(scene: Scene, ordered: list[PaymentLine]) -> None:
    """A status of the whole file counts for each payment in it."""
    told = status([], "").replace(
        b"<OrgnlMsgId>x</OrgnlMsgId>", f"<OrgnlMsgId>{ordered[0].run.message.hex}</OrgnlMsgId>".encode()
    )
    told = told.replace(b"<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>", b"<GrpSts>RJCT</GrpSts>")
    assert imported(scene, told) == {"matched": 3}
    assert [scene.payable(case) for case in scene.cases] == [69995] * 3


def test_another_bodys_payments_are_unknown(scene: Scene, ordered: list[PaymentLine]) -> None:
    """A paymaster reads in for the own body only, and what another body pays is unknown there."""
    with pytest.raises(NotAllowed):
        import_message(scene.body.pk + 1, status(ordered, "ACSC"), by=scene.by("paymaster", 10), at=LATER)


BAD = {
    "no_xml": (b"IBAN;amount", "no whole XML"),
    "half": (statement()[:-5], "no whole XML"),
    "entities": (b'<!DOCTYPE a [<!ENTITY b "c">]>' + statement(), "no whole XML|document type"),
    "bomb": (
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><Document>&c;</Document>', "document type",
    ),
    "fetched": (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><Document/>', "document type"),
    "deep": (b"<a>" * 100 + b"</a>" * 100, "deeper"),
    "another_kind": (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.02"/>', "allowed are pain.002"),
    "amount": (statement(entry("x", 5)).replace(b"0.05", b"5e-2000"), "an amount"),
    "day": (statement(entry("x", 5)).replace(b"<Dt>2026-03-15</Dt>", b"<Dt>15 March</Dt>"), "a day"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_files(name: str) -> None:
    """No XML, half of it, entities, a bomb, another message: one line that says what is wrong and what is allowed."""
    content, told = BAD[name]
    with pytest.raises(NotReadable, match=told):
        read_message(content)


def test_a_bad_file_leaves_nothing(scene: Scene) -> None:
    """A file that cannot be read is refused in a sentence, and nothing is kept."""
    before = kept()
    with pytest.raises(PaymentRefused) as refused:
        imported(scene, b"<!DOCTYPE a><a/>")
    assert refused.value.field == "file"
    assert kept() == before


def test_two_imports_at_once(emptied_after: None, known: Any) -> None:
    """Four who read in the same file at the same moment book each payment once."""
    from tests.applications.made import a_round
    from tests.payments.paying import a_scene

    scene = a_scene(known, a_round(known, opened=True))
    ordered = scene.release(scene.propose().run).ordered
    content = statement(*(entry(one.end_to_end, one.cents) for one in ordered))
    barrier, faults = threading.Barrier(4), []

    def one() -> None:
        barrier.wait(30)
        try:
            imported(scene, content)
        except Exception as fault:  # told below
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert round_money(scene.round.pk).paid == 3 * 69995
    assert BankAnswer.objects.count() == 3
    assert check_ledger().breaks == ()
