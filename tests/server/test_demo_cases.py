"""The invented cases of the demo: made by the product's own commands, in every state that an executor works with."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from doorleren.applications.models import CorrectionRequest
from doorleren.audit.acts import checked
from doorleren.audit.models import Act
from doorleren.cases.models import PROCEDURES, Case, CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.models import Batch, ObjectionDecision, Recovery, Settlement
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands.hand_over import file_of
from doorleren.payments.models import BankMessage, PayeeAccount, PaymentHandover, PaymentRun
from doorleren.payments.practice import PRACTICE
from doorleren.people.commands.enrol_demo_people import enrol_demo_people
from doorleren.people.models import Assurance, Identity
from doorleren.people.national_number import new_keys
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Gate, Round
from doorleren.rules.library import open_library
from doorleren.server.clock import now
from doorleren.server.demo_cases import making
from doorleren.server.demo_cases.acting import PROPOSES
from doorleren.server.demo_cases.lives import APPLICANT
from doorleren.server.demo_cases.scene import CODE
from doorleren.server.intake.keys import read_keys

BANK = "doorleren.server.demo_bank.DemoBank"
PARTS = ("long ago", "lately", "today", "batch", *(one for one in PROCEDURES if one != making.MAIN))


@pytest.mark.django_db
def test_cases_stand_in_every_state(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """All is made once, people differ by act, money and record hold, what is left waits for who may do it, and a next start reads no example."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_OUTBOX = tmp_path / "outbox"
    settings.DOORLEREN_DEMO, settings.DOORLEREN_PRACTICE_BANK = True, BANK
    enrol_demo_people(at=now())
    library, keys = open_library(), read_keys(tmp_path)
    assert making.make_demo_cases(library, keys, now=now) == PARTS
    _states()
    _money()
    _record()
    before = Case.objects.count()
    monkeypatch.setattr(making, "examples", lambda *_: pytest.fail("examples were read though nothing is lacking"))
    assert making.make_demo_cases(library, keys, now=now) == ()
    assert (Case.objects.count(), CorrectionRequest.objects.count()) == (before, 1)


def _states() -> None:
    """Each kind of procedure was lived to its end, and the main one stands in every state."""
    whole = Case.objects.filter(state="closed")
    assert sorted(whole.values_list("procedure", flat=True)) == sorted(set(PROCEDURES) - {making.MAIN})
    main = Case.objects.filter(procedure=making.MAIN)
    states = set(main.values_list("state", flat=True))
    assert states == {"being_assessed", "incomplete", "assessed", "granted", "refused", "objection", "settled"}
    nadia = Identity.objects.get(subject=APPLICANT).person_id
    own = main.filter(state="settled", settled_lower_at=None).get()
    assert own.subject_kind == "application"
    assert Act.objects.filter(act="started", actor_kind="person", actor_id=str(nadia)).count() == 2
    assert Settlement.objects.filter(kind="settled_as_granted", case=own).exists()
    late = main.filter(declared_in_default_at__isnull=False, decided_at=None).get()
    assert late.due_on is not None
    assert late.due_on < day_of(now())
    won = ObjectionDecision.objects.get()
    assert won.outcome == "objection_upheld"
    assert won.room_cents is not None
    assert Recovery.objects.get().instalments == 6
    assert Batch.objects.filter(released_at=None, withdrawn_at=None).get().items.count() == 3


def _money() -> None:
    """One run waits for its release; the others were paid; no money of anybody is in it, and the ledger holds."""
    runs = PaymentRun.objects.all()
    assert all(one.rehearsal for one in runs)
    waiting = runs.get(released_at=None)
    assert waiting.lines == 2
    assert waiting.pay_on > day_of(now())
    assert not PayeeAccount.objects.filter(effective_at__gt=now()).exists()
    assert not PayeeAccount.objects.filter(confirmed_at__gt=now() - timedelta(hours=48)).exists()
    assert check_ledger().holds
    wanda = SignedIn(Identity.objects.get(subject=PROPOSES).person_id, Assurance.SUBSTANTIAL, True, now())
    for one in runs.exclude(pk=waiting.pk):
        file = file_of(one.pk, by=wanda, at=now()).decode()
        assert file.count(f"<Ustrd>{PRACTICE.strip()} ") == one.lines
    released = runs.exclude(pk=waiting.pk)
    assert PaymentHandover.objects.count() == released.count()
    assert BankMessage.objects.count() == 2 * released.count()
    settled = CaseAct.objects.filter(act__in=("advance_paid", "paid")).values_list("case", flat=True)
    granted = Case.objects.filter(granted_at__isnull=False).exclude(procedure="service")
    assert set(granted.values_list("pk", flat=True)) - set(settled) == set(waiting.rows.values_list("case", flat=True))


def _record() -> None:
    """Nobody can apply in these rounds, which say what they are; the record of acts is whole and nothing is of the future."""
    rounds = Round.objects.filter(code__startswith=CODE)
    assert rounds.count() == Round.objects.count() == len(PARTS)
    assert all(one.rehearsal for one in rounds)
    assert not Gate.objects.filter(closed_at=None).exists()
    assert checked().broken is None
    assert not Act.objects.filter(at__gt=now()).exists()


@pytest.mark.django_db
def test_one_part_that_fails_stops_no_other(tmp_path: Path, settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    """What goes wrong in one part is said by name and leaves nothing behind; the parts after it are made."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_OUTBOX = tmp_path / "outbox"
    settings.DOORLEREN_DEMO, settings.DOORLEREN_PRACTICE_BANK = True, BANK
    enrol_demo_people(at=now())
    library = open_library()
    without = making.parts(lambda one: making.examples(library, one) if one == "service" else [])
    made = making.make_demo_cases(library, read_keys(tmp_path), now=now, some=list(without))
    assert made == ("service",)
    assert "the demo has no long ago" in caplog.text
    assert Round.objects.count() == 1
