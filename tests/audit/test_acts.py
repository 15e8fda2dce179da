"""The record of acts: it can only be added to, it is one chain, and it takes no personal content."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction

from doorleren.audit.acts import SITE, Break, NotForTheRecord, Party, ToRecord, checked, digest, record, record_all
from doorleren.audit.models import Act

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
ADVISER = Party("person", "7")
CASE = Party("case", "12")

pytestmark = pytest.mark.django_db


def three() -> list[Act]:
    return [record(act, CASE, by=ADVISER, at=AT, details={"cents": 100}) for act in ("filed", "completed", "granted")]


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def tamper(sql: str) -> None:
    """What somebody does who owns the database: takes the guard away, changes a row, puts it back."""
    run("ALTER TABLE audit_act DISABLE TRIGGER audit_act_row")
    run(sql)
    run("ALTER TABLE audit_act ENABLE ALWAYS TRIGGER audit_act_row")


def test_an_act_says_who_did_what_to_what_and_when() -> None:
    """What was recorded is read back as it was, whatever zone the moment was told in."""
    amsterdam = timezone(timedelta(hours=1))
    made = record("granted", CASE, by=ADVISER, at=AT.astimezone(amsterdam), details={"cents": 69995, "whole": True})
    read = Act.objects.get(pk=made.pk)
    assert (read.at, read.actor_kind, read.actor_id, read.act) == (AT, "person", "7", "granted")
    assert (read.subject_kind, read.subject_id, read.details) == ("case", "12", {"cents": 69995, "whole": True})
    assert read.hash == digest(read) == made.hash


def test_several_acts_at_once_are_one_chain() -> None:
    """Acts that are recorded together follow each other and what was there; one that does not belong in the record refuses all."""
    three()
    wanted = [ToRecord(act, CASE, ADVISER, AT, {"number": place}) for place, act in enumerate(("asked", "decided"), 1)]
    made = record_all(wanted)
    assert list(Act.objects.order_by("id").values_list("act", flat=True))[3:] == ["asked", "decided"]
    assert (made[1].previous, checked().acts, checked().broken) == (made[0].hash, 5, None)
    with pytest.raises(NotForTheRecord):
        record_all([*wanted, ToRecord("noted", CASE, ADVISER, AT, {"words": "free text"})])
    assert (Act.objects.count(), record_all([])) == (5, [])


@pytest.mark.parametrize(
    "sql", ["UPDATE audit_act SET act = 'refused'", "DELETE FROM audit_act", "TRUNCATE audit_act"], ids=str.split
)
def test_the_database_only_adds(sql: str) -> None:
    """Changing, deleting and emptying are refused by the database itself, in words."""
    three()
    with pytest.raises(IntegrityError, match="the record of acts is only added to"), transaction.atomic():
        run(sql)
    assert checked().broken is None


def test_the_model_only_adds() -> None:
    """The way of the ORM is closed too."""
    made = three()[1]
    for change in (lambda: Act.objects.filter(pk=made.pk).update(act="x"), made.delete, made.save):
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            change()


def test_each_act_holds_the_hash_of_the_one_before() -> None:
    """The acts form one chain, in the order in which they were recorded."""
    first, second, third = three()
    assert (second.previous, third.previous) == (first.hash, second.hash)
    assert checked().broken is None


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'", "actor_kind = 'persom'", "actor_id = '8'", "act = 'denied'",
        "subject_kind = 'cases'", "subject_id = '13'", "details = '{\"cents\": 101}'",
    ],
)  # fmt: skip
def test_one_changed_byte_is_found(change: str) -> None:
    """A change in any column of an act is found, at that act."""
    changed = three()[1]
    tamper(f"UPDATE audit_act SET {change} WHERE id = {changed.pk}")
    assert checked().broken == Break(changed.pk, "content")


def test_a_removed_act_is_found() -> None:
    """Where an act was taken out, the next one does not fit."""
    _first, second, third = three()
    tamper(f"DELETE FROM audit_act WHERE id = {second.pk}")
    assert checked().broken == Break(third.pk, "order")


def test_a_rehashed_act_is_found() -> None:
    """Who changes an act and its hash breaks the link to the next."""
    _first, second, third = three()
    second.act = "refused"
    tamper(f"UPDATE audit_act SET act = 'refused', hash = '{digest(second)}' WHERE id = {second.pk}")
    assert checked().broken == Break(third.pk, "order")


def test_the_chain_has_no_branches() -> None:
    """Two acts cannot follow the same act: the database refuses the second."""
    second = three()[1]
    twin = Act(
        at=AT, actor_kind="site", actor_id="", act="granted", subject_kind="case", subject_id="1",
        previous=second.previous, hash="0" * 64,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="audit_one_chain"), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"name": "Nadia Bakker"}, "name is free text"),
        ({"remark": "x" * 101}, "remark is free text"),
        ({"number": "999990019"}, "number looks like a national number"),
        ({"amount": 1.5}, "amount is float"),
        ({"answers": {"a": 1}}, "answers is dict"),
        ({"Free Text": 1}, "'Free Text' is no name"),
    ],
)
def test_personal_content_does_not_enter_the_record(details: dict[str, object], words: str) -> None:
    """Free text, a national number and nested values are refused, with the name of the detail and without its value."""
    with pytest.raises(NotForTheRecord, match=words) as refusal:
        record("filed", CASE, by=SITE, at=AT, details=details)  # type: ignore[arg-type]
    assert "Bakker" not in str(refusal.value)
    assert "999990019" not in str(refusal.value)


def test_a_national_number_is_no_id() -> None:
    """Neither actor nor subject may be named by a national number."""
    with pytest.raises(NotForTheRecord, match="the subject's id looks like a national number"):
        record("filed", Party("person", "999990019"), by=SITE, at=AT)


@pytest.mark.django_db(transaction=True)
def test_an_act_needs_the_transaction_of_its_command() -> None:
    """Outside a transaction nothing is recorded, and what a command takes back leaves no act behind."""
    before = Act.objects.count()
    with pytest.raises(transaction.TransactionManagementError, match="outside the transaction"):
        record("filed", CASE, by=SITE, at=AT)
    with transaction.atomic():
        record("filed", CASE, by=SITE, at=AT)
        transaction.set_rollback(True)
    assert Act.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_acts_of_many_at_once_make_one_chain() -> None:
    """Commands that record at the same time wait for each other, and none breaks the chain."""
    before = Act.objects.count()

    def add(number: int) -> None:
        try:
            for turn in range(5):
                with transaction.atomic():
                    record("filed", Party("case", f"{number}.{turn}"), by=SITE, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(add, range(4)))
    assert Act.objects.count() == before + 20
    assert checked().broken is None
