"""The invented cases of the demo: made by the product's own commands, in every state that an executor works with."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F

from doorleren.applications.commands.check_document import keep_evidence
from doorleren.applications.evidence.queries import opened
from doorleren.applications.evidence.scanning import scanner_of
from doorleren.applications.models import Application, CorrectionRequest, Document, DocumentStep, Step
from doorleren.audit.acts import checked
from doorleren.audit.models import Act
from doorleren.cases.models import PROCEDURES, Case, CaseAct
from doorleren.core.days import day_of
from doorleren.decisions.commands.decide_objection import Heard, reject, uphold
from doorleren.decisions.commands.hear_objection import hear_objection
from doorleren.decisions.commands.recover import decide_recovery
from doorleren.decisions.models import Batch, Delivery, ObjectionDecision, Recovery, Settlement
from doorleren.decisions.refusing import DecisionRefused
from doorleren.letters.models import Dispatch
from doorleren.payments.balances import round_money, standing_of
from doorleren.payments.banking_days import next_banking_day
from doorleren.payments.checking import check_ledger
from doorleren.payments.claims import paid_on
from doorleren.payments.commands.hand_over import file_of
from doorleren.payments.commands.propose_run import propose_run
from doorleren.payments.commands.release_run import release_run
from doorleren.payments.models import BankMessage, PayeeAccount, PaymentHandover, PaymentRun
from doorleren.payments.practice import PRACTICE
from doorleren.people.commands.enrol_demo_people import enrol_demo_people
from doorleren.people.demo import BODY
from doorleren.people.models import Assurance, Body, Identity, Person
from doorleren.people.national_number import new_keys
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.models import Gate, PlaceChange, Round
from doorleren.rules.library import open_library
from doorleren.server.clock import now
from doorleren.server.demo_cases import making
from doorleren.server.demo_cases import scene as scenery
from doorleren.server.demo_cases.acting import DECIDES, PROPOSES, RELEASES, REVIEWS, Life, propose
from doorleren.server.demo_cases.lives import APPLICANT, JUST_NOW, WEIGHED
from doorleren.server.demo_cases.scene import CODE, Applied, Scene, example_round, fill, scene_of
from doorleren.server.intake.keys import read_keys
from doorleren.web.applicant.evidence import store

BANK = "doorleren.server.demo_bank.DemoBank"
OTHERS = tuple(one for one in PROCEDURES if one != making.MAIN)
PARTS = ("long ago", "lately", "today", "batch", *OTHERS, *(f"{one} {making.WAITS}" for one in OTHERS))
REPAID = 2
"""How often somebody of a loan paid in."""


@pytest.mark.django_db
def test_cases_stand_in_every_state(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """All is made once, people differ by act, money and record hold, what is left waits for who may do it, and a next start reads no example."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    settings.DOORLEREN_OUTBOX, settings.DOORLEREN_EVIDENCE = tmp_path / "outbox", tmp_path / "evidence"
    settings.DOORLEREN_DEMO, settings.DOORLEREN_PRACTICE_BANK = True, BANK
    enrol_demo_people(at=now())
    library, keys = open_library(), read_keys(tmp_path)
    assert making.make_demo_cases(library, keys, now=now) == PARTS
    _states()
    _won_above_the_ceiling()
    _money()
    _record()
    _letters()
    _proofs()
    _every_procedure_to_payment()
    _heard_by_hand(scene_of(library, keys, now()))
    _won_and_recovered_by_hand(scene_of(library, keys, now()))
    before = Case.objects.count()
    monkeypatch.setattr(making, "examples", lambda *_: pytest.fail("examples were read though nothing is lacking"))
    assert making.make_demo_cases(library, keys, now=now) == ()
    assert (Case.objects.count(), CorrectionRequest.objects.count()) == (before, 1)


def _official(name: str) -> SignedIn:
    """Let an official of the demo be signed in now."""
    return SignedIn(Identity.objects.get(subject=name).person_id, Assurance.SUBSTANTIAL, True, now())


def _won_above_the_ceiling() -> None:
    """The refused one's place went to who stood outside a pot of three, so what was won since stands above the ceiling, in the ledger too."""
    (won,) = ObjectionDecision.objects.all()
    case = won.objection.case
    (late,) = Case.objects.filter(declared_in_default_at__isnull=False)
    changes = PlaceChange.objects.filter(ticket__round__code=f"{CODE}-1").select_related("ticket")
    assert {(one.outcome, one.reason, one.ticket.key) for one in changes} == {
        ("outside", "refused", _application(case).key), ("inside", "", _application(late).key),
    }  # fmt: skip
    money = round_money(_application(case).round_id)
    gained = {won.room_cents, won.above_ceiling_cents, won.awarded_cents, money.above_ceiling}
    assert gained == {(money.ceiling or 0) // 3} != {0}
    assert won.left_now_cents == 0


def _proofs() -> None:
    """Evidence that a report tells of is there as a document, given by who applied; none was refused, and it opens once the site looked at it."""
    told = {(each.case.subject_id, name) for each in Delivery.objects.select_related("case") for name in each.evidence}
    given = {(str(one.application_id), one.evidence) for one in Document.objects.all()}
    assert told == given != set()
    assert set(DocumentStep.objects.values_list("step", flat=True)) == {Step.RECEIVED}
    one, at = Document.objects.latest("pk"), now()
    keep_evidence(store=store(), scanner=scanner_of(""), at=at)
    assert opened(one, store(), by=SignedIn(int(one.by_id), Assurance.SUBSTANTIAL, True, at), at=at)[2].startswith(
        b"%PDF"
    )


def _application(case: Case) -> Application:
    return Application.objects.get(pk=int(case.subject_id))


def _every_procedure_to_payment() -> None:
    """Of each kind of procedure a case waits for a decision; what is granted and owed can be paid, but where the procedure pays nothing."""
    for procedure in ("grant_settle", "reserve_claim", "direct", "purchase", "loan", "service"):
        assert Case.objects.filter(procedure=procedure, state="assessed").exists(), procedure
    body = Body.objects.get(code=BODY[0])
    made = propose_run(
        body.pk, pay_on=next_banking_day(day_of(now())), by=_official(PROPOSES), at=now(), rehearsal=True
    )
    paid = Case.objects.filter(pk__in=made.run.rows.values("case"))
    assert sorted(paid.values_list("procedure", flat=True)) == sorted(set(OTHERS) - {"service"})
    released = release_run(made.run.pk, by=_official(RELEASES), at=now())
    assert not released.left_out
    assert file_of(made.run.pk, by=_official(RELEASES), at=now()).count(b"<EndToEndId>") == len(paid)


def _won_and_recovered_by_hand(scene: Scene) -> None:
    """What the README says to try: the objection that runs is won today without a hearing, and what was paid too much is recovered."""
    open_ = Case.objects.filter(procedure=making.MAIN, state="objection").latest("pk")
    applicant = Person.objects.get(pk=_application(open_).applicant_number)
    assert applicant.name == "Teun Voorbeeld"
    life = Life.of(scene, Applied(open_.pk, applicant.pk))
    life.assess(0)
    heard = Heard("de rekening laat het zien", without_hearing="fully_upheld")
    at = scene.at(0)
    won = uphold(open_.pk, heard, by=scene.by(REVIEWS, at), at=at)
    assert (won.outcome, won.above_ceiling_cents) == ("objection_upheld", 0)
    scene.works(0)
    assert life.payable
    assert propose(scene, [life], 0), "to an account that two people set long enough ago"
    case = Case.objects.get(settled_lower_at__isnull=False, recovery_decided_at=None)
    owed = standing_of("case", str(case.pk))
    at, undue = scene.at(0), owed.amount("undue")
    made = decide_recovery(case.pk, undue, WEIGHED, paid_cents=paid_on(case.pk), by=scene.by(DECIDES, at), at=at)
    scene.works(0)
    assert made.cents == standing_of("case", str(case.pk)).amount("recoverable") == undue > 0
    assert check_ledger().holds


def _heard_by_hand(scene: Scene) -> None:
    """What the README says to try: of the three objections one was called to a hearing in time, which is held today and decided on."""
    waits = Case.objects.filter(procedure=making.MAIN, state="objection", hearing_called_at__isnull=False)
    case = waits.get(heard_at=None)
    assert Person.objects.get(pk=_application(case).applicant_number).name == "Tirza Voorbeeld"
    at = scene.at(0)
    with pytest.raises(DecisionRefused, match="Hoor eerst"):
        reject(case.pk, Heard("de rekening is van een ander jaar"), by=scene.by(REVIEWS, at), at=at)
    hear_objection(case.pk, "de aanvrager liet de rekening zien", by=scene.by(REVIEWS, at), at=at)
    at = scene.at(0)
    assert (
        reject(case.pk, Heard("de rekening is van een ander jaar"), by=scene.by(REVIEWS, at), at=at).act.act
        == "objection_rejected"
    )


def _states() -> None:
    """Each kind of procedure was lived to its end, and the main one stands in every state; one loan was repaid, one partly."""
    whole = Case.objects.filter(state="closed")
    assert sorted(whole.values_list("procedure", flat=True)) == sorted(OTHERS)
    sums = [
        standing_of("case", str(one.pk))
        for one in Case.objects.filter(procedure="loan", state__in=("closed", "granted"))
    ]
    loans = [(one.amount("loan") > 0, one.amount("repaid") > 0, one.amount("expense")) for one in sums if one.lent]
    assert {(False, True, 0), (True, True, 0)} <= set(loans)
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
    too_much = main.filter(settled_lower_at__isnull=False, recovery_decided_at=None).get()
    assert standing_of("case", str(too_much.pk)).amount("undue") > 0
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
    wanda = _official(PROPOSES)
    for one in runs.exclude(pk=waiting.pk):
        file = file_of(one.pk, by=wanda, at=now()).decode()
        assert file.count(f"<Ustrd>{PRACTICE.strip()} ") == one.lines
    released = runs.exclude(pk=waiting.pk)
    assert PaymentHandover.objects.count() == released.count()
    assert BankMessage.objects.count() == 2 * released.count() + REPAID
    settled = CaseAct.objects.filter(act__in=("advance_paid", "paid")).values_list("case", flat=True)
    granted = Case.objects.filter(granted_at__isnull=False).exclude(procedure="service")
    unpaid = granted.exclude(pk__in=settled)
    on_run = unpaid.filter(procedure=making.MAIN).values_list("pk", flat=True)
    assert set(on_run) == set(waiting.rows.values_list("case", flat=True))
    assert sorted(unpaid.exclude(procedure=making.MAIN).values_list("procedure", flat=True)) == sorted(
        set(OTHERS) - {"service"}
    )


def _record() -> None:
    """Nobody can apply in these rounds, which say what they are; the record of acts is whole and nothing is of the future."""
    rounds = Round.objects.filter(code__startswith=CODE)
    assert rounds.count() == Round.objects.count() == len(PARTS)
    assert all(one.rehearsal for one in rounds)
    assert not Gate.objects.filter(closed_at=None).exists()
    assert checked().broken is None
    assert not Act.objects.filter(at__gt=now()).exists()


def _letters() -> None:
    """Letters were sent, none of them before it was made."""
    sent = Dispatch.objects.filter(sent=True)
    early = Dispatch.objects.filter(at__lt=F("letter__made_at")).values_list(
        "letter__template", "at", "letter__made_at"
    )
    assert (sent.count() > len(PARTS), list(early)) == (True, [])


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
    assert made == ("service", f"service {making.WAITS}")
    assert "the demo has no long ago" in caplog.text
    assert Round.objects.count() == len(made)


@pytest.mark.django_db
def test_what_waits_of_others_is_left_to_the_site(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An application of another round gets no case while invented ones are made: of who opens it the demo would wait, and it them."""
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()
    enrol_demo_people(at=now())
    library = open_library()
    scene, one = scene_of(library, read_keys(tmp_path), now()), making.examples(library, "service")[0]
    rounds = [example_round(scene, one, name, JUST_NOW, None) for name in ("of others", "our own")]
    with monkeypatch.context() as waits:
        waits.setattr(scenery, "open_cases", lambda **_: 0)
        with pytest.raises(LookupError, match="has no case"):
            fill(scene, one, rounds[0], ["Yara Voorbeeld"], JUST_NOW)
    (own,) = fill(scene, one, rounds[1], ["Zita Voorbeeld"], JUST_NOW)
    assert Application.objects.count() == 2
    assert list(Case.objects.values_list("pk", flat=True)) == [own.case]


@pytest.mark.parametrize("month", range(1, 13))
def test_what_is_told_of_a_day_is_on_that_day(month: int) -> None:
    """Whatever the hour, and over a change of summer time, each moment of so many days ago is on that day and before now."""
    for hour in range(24):
        at = datetime(2026, month, 14, hour, 31, 7, tzinfo=UTC)
        scene = Scene(None, None, at, None, {})  # type: ignore[arg-type]
        days = range(0, 400, 7)
        moments = [scene.at(days_ago) for days_ago in days]
        assert [day_of(one) for one in moments] == [scene.day(days_ago) for days_ago in days]
        assert max(moments) < at
        assert day_of(at) - timedelta(days=1) <= scene.day(0) <= day_of(at)
