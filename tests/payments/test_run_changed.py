"""What happens around a run: cases taken out of it, money that came back owed again, and the ledger of one round checked."""

from uuid import uuid4

import pytest

from doorleren.audit.models import Act
from doorleren.cases.commands.perform import perform
from doorleren.payments.checking import check_ledger
from doorleren.payments.checking_round import check_round
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.commands.leave_out import left_out_of
from doorleren.payments.commands.owe_again import owe_again
from doorleren.payments.commands.propose_run import withdraw_run
from doorleren.payments.commands.take_out import take_out
from doorleren.payments.models import LeftOut, PaymentLine, PaymentRun
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from tests.payments.made import LAST_POSTING, checked_at_commit, run, unguarded
from tests.payments.paying import PAID, Scene, entry, statement
from tests.people import made as people

WHY = "de rekening wordt nagekeken"


def test_taken_out(scene: Scene) -> None:
    """The old list is withdrawn, the rest is a proposal of who took out, without anything new; a released run stays as it is."""
    made = scene.propose().run
    one, two, three = (case.pk for case in scene.cases)
    for cases, said in (([], "staan"), ([one, -1], "staan"), ([one, two, three], "niets over")):
        with pytest.raises(PaymentRefused, match=said):
            take_out(made.pk, cases, WHY, by=scene.by("other"), at=PAID)
    for reason in (" ", "x" * 1001):
        with pytest.raises(PaymentRefused, match="waarom u deze zaken nu niet betaalt") as lacks:
            take_out(made.pk, [two], reason, by=scene.by("other"), at=PAID)
        assert lacks.value.field == "reason"
    made.refresh_from_db()
    assert made.waits
    rest = take_out(made.pk, [two], WHY, by=scene.by("other"), at=PAID)
    assert [line.case_id for line in rest.run.rows.order_by("number")] == [one, three]
    assert dict(rest.not_on_it) == {two: "taken_out"}
    assert rest.run.proposed_by_id == scene.staff["other"].pk
    scene.release(rest.run, "paymaster")
    with pytest.raises(PaymentRefused, match="al beslist"):
        take_out(rest.run.pk, [one], WHY, by=scene.by("other"), at=PAID)
    checked_at_commit()
    assert check_ledger().breaks == ()
    ((row, why),) = left_out_of(scene.cases[1])
    assert (row.run_id, row.by_id, why) == (rest.run.pk, scene.staff["other"].pk, WHY)
    assert WHY.encode() not in bytes(row.content)
    told = Act.objects.get(act="left_out")
    assert (told.subject_id, told.details) == (str(two), {"run": rest.run.pk})


def test_not_on_the_list_for_a_reason(scene: Scene) -> None:
    """Who proposes and leaves out what could be paid says why, in the file of each such case; what could not be paid anyway asks no reason."""
    two, three = (case.pk for case in scene.cases[1:])
    suspended = scene.cases[2]
    perform(three, "payment_suspended", by=scene.by("decider"), at=PAID)
    assert scene.propose(out=[three]).run.lines == 2
    withdraw_run(PaymentRun.objects.get().pk, by=scene.by("paymaster"), at=PAID)
    with pytest.raises(PaymentRefused, match="waarom u deze zaken nu niet betaalt"):
        scene.propose(out=[two])
    assert not LeftOut.objects.exists()
    made = scene.propose(out=[two, three], reason=WHY)
    assert made.not_on_it == {two: "taken_out", three: "suspended"}
    assert [why for _, why in left_out_of(scene.cases[1])] == [WHY]
    assert left_out_of(suspended) == []


def test_owed_again(scene: Scene) -> None:
    """Only what came back is owed again, once, by a paymaster of the body, and recorded; then it is paid by a new line."""
    first, second, _third = scene.release(scene.propose().run).ordered
    said = statement(
        entry(first.end_to_end, first.cents, debit=False, back="AC04"), entry(second.end_to_end, second.cents)
    )
    import_message(scene.body.pk, said, by=scene.by("paymaster"), at=PAID)
    people.role(stranger := people.person(name="stranger"), RoleKind.PAYMASTER, body=people.body("elders"))
    scene.staff["stranger"] = stranger
    with pytest.raises(NotAllowed):
        owe_again(first.pk, by=scene.by("stranger"), at=PAID)
    with pytest.raises(PaymentRefused, match="niet teruggekomen"):
        owe_again(second.pk, by=scene.by("other"), at=PAID)
    with pytest.raises(PaymentLine.DoesNotExist):
        owe_again(uuid4(), by=scene.by("other"), at=PAID)
    owe_again(first.pk, by=scene.by("other"), at=PAID)
    with pytest.raises(PaymentRefused, match="al opnieuw"):
        owe_again(first.pk, by=scene.by("other"), at=PAID)
    assert Act.objects.get(act="owed_again").details == {"payment": first.end_to_end, "cents": first.cents}
    again = scene.propose().run.rows.get()
    assert (again.case_id, again.pk == first.pk) == (first.case_id, False)
    checked_at_commit()
    assert check_ledger().breaks == ()


BROKEN = {
    "transaction_zero": f"UPDATE payments_posting SET cents = cents + 1 WHERE {LAST_POSTING}",
    "transaction_whole": f"DELETE FROM payments_posting WHERE {LAST_POSTING}",
    "paid_as_answered": "DELETE FROM payments_paymentevent WHERE event = 'confirmed'",
    "underway_as_ordered": "INSERT INTO payments_paymentevent (line_id, step, event, reason, at) "
                           "SELECT line_id, 2, 'failed', 'AC04', at FROM payments_paymentevent WHERE event = 'ordered' "
                           "AND line_id NOT IN (SELECT line_id FROM payments_paymentevent WHERE step = 2)",
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_round_is_checked(name: str, scene: Scene) -> None:
    """A sound round holds; what is changed past the commands is found in the round itself, and another round still holds."""
    ordered = scene.release(scene.propose().run).ordered
    said = statement(entry(ordered[0].end_to_end, ordered[0].cents))
    import_message(scene.body.pk, said, by=scene.by("paymaster"), at=PAID)
    checked_at_commit()
    sound = check_round(scene.round.pk)
    assert (sound.breaks, sound.subjects >= 3) == ((), True)
    with unguarded():
        run(BROKEN[name])
    assert name in {one.invariant for one in check_round(scene.round.pk).breaks}
    assert check_round(scene.round.pk + 1).holds
