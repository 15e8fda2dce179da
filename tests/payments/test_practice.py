"""Rehearsals in a demo: a whole payment file that nobody can take for a real one, an invented bank that answers it, and never a mix."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sepaxml
from django.db import IntegrityError, transaction
from lxml import etree
from schwifty import IBAN

from doorleren.audit.acts import Party
from doorleren.payments.balances import round_money
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands.hand_over import file_of, hand_over
from doorleren.payments.commands.let_bank_answer import let_bank_answer
from doorleren.payments.commands.post import Event, post
from doorleren.payments.commands.propose_run import withdraw_run
from doorleren.payments.models import BankMessage, PaymentEvent, PaymentLine, PaymentRun
from doorleren.payments.payable import owed_by
from doorleren.payments.practice import practice_bank
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.access import NotAllowed
from doorleren.server.demo_bank import DemoBank
from tests.payments.made import US, run
from tests.payments.paying import DAY, PAID, Scene
from tests.payments.test_runs import PAIN

BANK = "doorleren.server.demo_bank.DemoBank"


@pytest.fixture
def demo(settings: Any, tmp_path: Path) -> Path:
    """A demo with its invented bank; gives the outbox."""
    settings.DOORLEREN_DEMO, settings.DOORLEREN_PRACTICE_BANK, settings.DOORLEREN_OUTBOX = True, BANK, tmp_path
    settings.DOORLEREN_BANK_CHANNEL = "nowhere.Real"  # a rehearsal that asks for it fails
    return tmp_path


def practised(scene: Scene) -> tuple[PaymentRun, bytes]:
    """Release a run of rehearsals; give its file."""
    run("UPDATE rounds_round SET rehearsal = true")
    made = scene.release(scene.propose(rehearsal=True).run)
    return made.run, file_of(made.run.pk, by=scene.by("paymaster"), at=PAID)


def test_a_demo_pays_a_rehearsal_at_an_invented_bank(scene: Scene, demo: Path) -> None:
    """The file is a valid pain.001 that says four times over that it is an exercise; handed over once, its bank answers and all is booked, once."""
    row, content = practised(scene)
    found = etree.fromstring(content)
    etree.XMLSchema(file=str(Path(sepaxml.__file__).parent / "schemas" / "pain.001.001.09.xsd")).assertValid(found)
    ids = [one.text for name in ("MsgId", "PmtInfId") for one in found.iter(f"{PAIN}{name}")]
    assert ids == [f"OEF{row.message.hex}"] * 2
    assert [str(one.text)[:9] for one in found.iterfind(f".//{PAIN}Dbtr/{PAIN}Nm")] == ["OEFENING "]
    assert all(str(one.text).startswith("OEFENING, NIET BETALEN: ") for one in found.iter(f"{PAIN}Ustrd"))
    ibans = [IBAN(one.text) for one in found.iter(f"{PAIN}IBAN")]
    assert len({str(one) for one in ibans}) == 4
    assert {(one.bank_code, one.bic) for one in ibans} == {("OEFE", None)}
    by = scene.by("other")
    with pytest.raises(PaymentRefused, match="Geef eerst"):
        let_bank_answer(row.pk, by=by, at=PAID)
    hand_over(row.pk, content, by=by, at=PAID)
    (taken,) = (demo / "bank-oefening").iterdir()
    assert (taken.name, taken.read_bytes()) == (f"OEF{row.message.hex}.xml", content)
    assert not (demo / "bank").exists()
    for _ in range(2):
        let_bank_answer(row.pk, by=by, at=PAID)
        assert round_money(scene.round.pk).paid == 3 * 69995
        assert sorted(BankMessage.objects.values_list("kind", flat=True)) == ["camt.053", "pain.002"]
    assert PaymentEvent.objects.filter(event="confirmed").count() == 3
    assert check_ledger().breaks == ()


def test_who_may_let_it_answer(scene: Scene, demo: Path) -> None:
    """An assessor may not, a real run is not answered, nor anything where no demo is: there is no such bank there."""
    row, content = practised(scene)
    hand_over(row.pk, content, by=scene.by("other"), at=PAID)
    with pytest.raises(NotAllowed):
        let_bank_answer(row.pk, by=scene.by("assessor"), at=PAID)
    assert not BankMessage.objects.exists()


class Wary:
    """An invented bank that takes nothing, as DemoBank does with the file of an older version."""

    def answers(self, file: bytes, day: date) -> tuple[bytes, ...]:
        """Refuse."""
        raise ValueError("not a file of a rehearsal")


def test_a_file_that_is_not_plainly_an_exercise_is_refused_in_words(scene: Scene, demo: Path, settings: Any) -> None:
    """What the invented bank does not take is a refusal for who asked, and nothing is read in."""
    settings.DOORLEREN_PRACTICE_BANK = f"{__name__}.Wary"
    row, content = practised(scene)
    hand_over(row.pk, content, by=scene.by("other"), at=PAID)
    with pytest.raises(PaymentRefused, match="neemt dit bestand niet aan"):
        let_bank_answer(row.pk, by=scene.by("other"), at=PAID)
    assert not BankMessage.objects.exists()


@pytest.mark.parametrize("why", ["no_demo", "real"])
def test_no_answer_elsewhere(why: str, scene: Scene, demo: Path, settings: Any) -> None:
    """Outside a demo there is no invented bank, and in a demo a real run is nothing to it: its file is refused by the bank itself too."""
    made = scene.release(scene.propose().run)
    content = file_of(made.run.pk, by=scene.by("paymaster"), at=PAID)
    if why == "no_demo":
        settings.DOORLEREN_DEMO = False
        assert practice_bank() is None
    with pytest.raises(PaymentRefused, match="Alleen een oefening"):
        let_bank_answer(made.run.pk, by=scene.by("other"), at=PAID)
    with pytest.raises(ValueError, match="its id does not say"):
        DemoBank().answers(content, DAY)


def test_real_and_rehearsed_never_share_a_file(scene: Scene, demo: Path) -> None:
    """A run holds one kind, a penalty as the round of its case; past the command the database refuses both ways."""
    real = scene.propose().run
    line = real.rows.latest("number")
    withdraw_run(real.pk, by=scene.by("paymaster"), at=PAID)
    penalty = Event("owe_penalty", Party("penalty", str(scene.cases[0].pk)), 2300, "test:penalty", scene.body.pk)
    post(penalty, by=US, at=PAID)
    assert {one.what for one in owed_by(scene.body.pk, rehearsal=False)} == {"case", "penalty"}
    run("UPDATE rounds_round SET rehearsal = true")
    assert owed_by(scene.body.pk, rehearsal=False) == []
    assert {one.what for one in owed_by(scene.body.pk, rehearsal=True)} == {"case", "penalty"}
    practice = scene.propose(rehearsal=True).run
    assert practice.lines == 3
    withdraw_run(practice.pk, by=scene.by("paymaster"), at=PAID)
    for rehearsal, of_round in ((True, False), (False, True)):
        run("UPDATE rounds_round SET rehearsal = %s", of_round)
        for round_ in (line.round_id, None):  # None: a penalty, that is told by the case
            with pytest.raises(IntegrityError, match="nooit in dezelfde betaalrun"), transaction.atomic():
                _one_more(line, round_, rehearsal)


def _one_more(line: PaymentLine, round_: int | None, rehearsal: bool) -> None:
    other = PaymentRun.objects.get(pk=line.run_id)
    other.pk, other.message, other.withdrawn_at, other.rehearsal = None, line.pk, None, rehearsal
    other.save(force_insert=True)
    PaymentLine.objects.create(
        run=other, number=1, case_id=line.case_id, round_id=round_, payee_kind="person", payee_id="1",
        account=line.account, lookup=line.lookup, cents=1,
    )  # fmt: skip
