"""Why somebody closed an entry of the bank goes after the term of the books, and not before; who closed it, and when, stay."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from doorleren.audit.acts import SITE, Party, record
from doorleren.audit.models import Act
from doorleren.payments.commands.close_entry import close_entry
from doorleren.payments.commands.destroy_accounts import destroy_payments
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.models import BankAnswer, BankClosing
from doorleren.payments.queries import entries_for_a_person
from doorleren.payments.retention import due_closed_entries
from tests.applications.retention.made import in_database
from tests.payments.made import run
from tests.payments.paying import LATER, PAID, Scene, entry, guards_off, statement
from tests.payments.test_retention import LAST

WORDS = ["van mevrouw Ongewoon-Naamsma", "klopt zei Zelda aan de telefoon"]
EMPTIED = "UPDATE payments_bankclosing SET reason = '', destroyed_at = '2090-01-01'"


@pytest.fixture
def closed(scene: Scene) -> BankAnswer:
    """An entry of which money moved, closed by two, each with a reason."""
    import_message(scene.body.pk, statement(entry("x", 5)), by=scene.by("paymaster", 5), at=PAID)
    row = BankAnswer.objects.get()
    for name, words in zip(("paymaster", "other"), WORDS, strict=True):
        close_entry(row.pk, words, by=scene.by(name, 9), at=PAID)
    return row


def test_the_words_go_with_the_books(closed: BankAnswer, scene: Scene) -> None:
    """On the last day of seven years they are found, the day after nowhere; the entry stays closed by the same two, and it is done once."""
    who = list(BankClosing.objects.values_list("step", "by", "at"))
    assert (list(due_closed_entries(LAST)), destroy_payments(LAST, by=SITE, at=LATER)) == ([], (0, 0, 0))
    assert in_database(WORDS) == {"payments_bankclosing": WORDS}
    (told,) = due_closed_entries(LAST + timedelta(days=1))
    assert (told.kind, told.number, told.kept_until, told.term) == (
        "bank_entry", closed.pk, LAST, "retention-payments",
    )  # fmt: skip
    assert destroy_payments(LAST + timedelta(days=1), by=SITE, at=LATER)[2] == 1
    assert in_database(WORDS) == {}
    assert list(BankClosing.objects.values_list("step", "by", "at")) == who
    assert set(BankClosing.objects.values_list("reason", "destroyed_at")) == {("", LATER)}
    assert not entries_for_a_person(scene.body.pk).exists()
    assert Act.objects.filter(act="destroyed", subject_kind="bank_entry", subject_id=str(closed.pk)).count() == 1
    assert destroy_payments(LAST + timedelta(days=1), by=SITE, at=LATER)[2] == 0


@pytest.mark.parametrize("what", ["no act", "act of another"])
def test_the_database_refuses_it_without_an_act(what: str, closed: BankAnswer) -> None:
    """Without an act about that very entry nobody empties a closing with SQL; without the trigger (a control) somebody could."""
    if what == "act of another":
        record("destroyed", Party("bank_entry", str(closed.pk + 1)), by=SITE, at=LATER)
    for sql in (EMPTIED, "UPDATE payments_bankclosing SET reason = 'x'", "DELETE FROM payments_bankclosing"):
        with pytest.raises(IntegrityError, match="verandert niet"), transaction.atomic():
            run(sql)
    with guards_off("payments_bankclosing"):
        run(EMPTIED)
    assert in_database(WORDS) == {}


@pytest.mark.parametrize(
    "other", ["step = 3 - step", "at = '2091-01-01'", "by_id = by_id + 1"], ids=["step", "moment", "who"]
)
def test_destroying_changes_nothing_else(other: str, closed: BankAnswer) -> None:
    """With the act the words go whole, and nothing else of a closing changes; after it nothing does any more."""
    record("destroyed", Party("bank_entry", str(closed.pk)), by=SITE, at=LATER)
    with pytest.raises(IntegrityError, match="verandert niet"), transaction.atomic():
        run(f"{EMPTIED}, {other}")
    with pytest.raises(IntegrityError, match="payments_closing_reasoned"), transaction.atomic():
        run("UPDATE payments_bankclosing SET destroyed_at = '2090-01-01'")
    run(EMPTIED)
    for sql in (EMPTIED, "UPDATE payments_bankclosing SET destroyed_at = NULL, reason = 'x'"):
        with pytest.raises(IntegrityError, match="verandert niet"), transaction.atomic():
            run(sql)
