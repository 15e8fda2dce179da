"""A file for the bank leaves the outbox, where it lies readable, once the bank has it or it was destroyed; nothing else does."""

from pathlib import Path
from typing import Any

import pytest

from doorleren.payments.commands.hand_over import file_of, hand_over
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.models import PaymentRun
from doorleren.payments.outbox import take_out
from tests.payments.made import run
from tests.payments.paying import PAID, Scene, entry, guards_off, statement, status


def handed(scene: Scene, rehearsal: bool = False) -> PaymentRun:
    """Release a run and hand its file over."""
    row = scene.release(scene.propose(rehearsal=rehearsal).run).run
    by = scene.by("paymaster")
    hand_over(row.pk, file_of(row.pk, by=by, at=PAID), by=by, at=PAID)
    return row


def destroyed(row: PaymentRun) -> None:
    """Let the file of a run have been destroyed."""
    with guards_off("payments_paymentfile"):
        run("UPDATE payments_paymentfile SET sealed = '', destroyed_at = '2090-01-01' WHERE run_id = %s", row.pk)


def names(outbox: Path) -> set[str]:
    return {path.relative_to(outbox).as_posix() for path in outbox.rglob("*") if path.is_file()}


@pytest.mark.parametrize("rehearsal", [False, True], ids=["bank", "practice"])
@pytest.mark.parametrize("why", ["answered", "destroyed"])
def test_it_leaves_once_nobody_has_to_fetch_it(
    why: str, rehearsal: bool, scene: Scene, outbox: Path, settings: Any
) -> None:
    """Before that it stays; then the file goes and what was half written of it; another run's, and what is no file of ours, stays."""
    settings.DOORLEREN_DEMO = True
    if rehearsal:
        run("UPDATE rounds_round SET rehearsal = true")
    row = handed(scene, rehearsal)
    folder = "bank-oefening" if rehearsal else "bank"
    others = {f"{folder}/{'0' * 32}.xml", f"{folder}/notes.txt", "letters.xml"}
    for name in (*others, f"{folder}/{row.message_id}.xml.77.part"):
        (outbox / name).write_bytes(b"x")
    before = others | {f"{folder}/{row.message_id}.xml", f"{folder}/{row.message_id}.xml.77.part"}
    assert (take_out(), names(outbox)) == (0, before)
    if why == "answered":
        answer = status([row.rows.latest("number")], "ACSP")
        import_message(scene.body.pk, answer, by=scene.by("paymaster", 5), at=PAID)
    else:
        destroyed(row)
    assert (take_out(), names(outbox)) == (2, others)
    assert take_out() == 0


def test_what_the_bank_says_of_something_else_removes_nothing(scene: Scene, outbox: Path) -> None:
    """An answer about no payment of ours does not say that the bank has the file."""
    row = handed(scene)
    import_message(scene.body.pk, statement(entry("x", 5)), by=scene.by("paymaster", 5), at=PAID)
    assert (take_out(), names(outbox)) == (0, {f"bank/{row.message_id}.xml"})


def test_what_cannot_be_removed_is_told_and_tried_again(
    scene: Scene, outbox: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault names the file, without anything of it, and stops nothing; the next run removes it, though it was destroyed long ago."""
    row = handed(scene)
    destroyed(row)

    def unwilling(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", unwilling)
        assert take_out() == 0
    assert names(outbox) == {f"bank/{row.message_id}.xml"}
    assert f"{row.message_id}.xml stays in the outbox until the next run: Permission denied" in caplog.text
    assert (take_out(), names(outbox)) == (1, set())


def test_where_there_is_no_outbox_nothing_happens(db: None, outbox: Path) -> None:
    """A site that has handed over nothing yet, or whose channel is another, has no folder to look in."""
    assert take_out() == 0
    assert not outbox.exists()
