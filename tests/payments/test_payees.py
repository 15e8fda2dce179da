"""The bank account of a payee: two people, 48 hours, a notice; sealed, and found by a keyed hash."""

import shlex
import sys
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import IntegrityError, connection, transaction

from doorleren.audit.acts import Party
from doorleren.audit.models import Act
from doorleren.core.refusals import ActRefused
from doorleren.payments.commands.confirm_account import confirm_account, withdraw_account
from doorleren.payments.commands.propose_account import propose_account
from doorleren.payments.models import PayeeAccount, PayeeNotice
from doorleren.payments.name_checks import BadNameCheck, name_check_of
from doorleren.payments.payees import account_in_force, checked_iban, iban_hash, opened
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.access import NotAllowed
from doorleren.people.models import Body, RoleKind
from doorleren.people.national_number import keys, read_keys
from doorleren.people.signed_in import SignedIn
from tests.payments.made import AT, official, run, unguarded
from tests.people import made as people

pytestmark = pytest.mark.django_db

NADIA = Party("person", "700000007")  # no number that the database gives out in a test
FIRST, SECOND = "NL91ABNA0417164300", "NL20INGB0001234567"
HOURS = timedelta(hours=1)


@pytest.fixture
def body() -> Body:
    """Who pays."""
    return people.body("betaler")


@pytest.fixture
def mirjam(body: Body) -> SignedIn:
    """One paymaster."""
    return official("Mirjam", body)


@pytest.fixture
def joost(body: Body) -> SignedIn:
    """Another."""
    return official("Joost", body)


def proposed(body: Body, by: SignedIn, **other: Any) -> PayeeAccount:
    """Propose Nadia's first account, or another one."""
    told: dict[str, Any] = {"payee": NADIA, "iban": FIRST, "name": "N. de Vries", "reason": "Uit de aanvraag", "at": AT}
    told |= other
    return propose_account(told.pop("payee"), told.pop("iban"), told.pop("name"), body=body.pk, by=by, **told)


def test_two_people_and_48_hours(body: Body, mirjam: SignedIn, joost: SignedIn) -> None:
    """Proposed by one and confirmed by another, an account is in use 48 hours later and not a moment before."""
    row = proposed(body, mirjam)
    assert account_in_force(body.pk, NADIA.kind, NADIA.id, AT + 1000 * HOURS) is None
    confirm_account(row.pk, by=joost, at=AT + HOURS / 60)
    begins = AT + HOURS / 60 + 48 * HOURS
    assert account_in_force(body.pk, NADIA.kind, NADIA.id, begins - timedelta(microseconds=1)) is None
    assert account_in_force(body.pk, NADIA.kind, NADIA.id, begins) == row
    assert [(one.act, one.subject_id) for one in Act.objects.filter(subject_kind="payee_account")] == [
        ("proposed", str(row.pk)), ("confirmed", str(row.pk)),
    ]  # fmt: skip


def test_nobody_confirms_what_they_proposed(body: Body, mirjam: SignedIn) -> None:
    """The same person twice is refused, and nothing has changed."""
    row = proposed(body, mirjam)
    with pytest.raises(NotAllowed) as refused:
        confirm_account(row.pk, by=mirjam, at=AT)
    assert refused.value.refused.reason == "oneself"
    row.refresh_from_db()
    assert (row.confirmed_by, row.effective_at) == (None, None)
    assert not PayeeNotice.objects.exists()


def test_nobody_confirms_an_account_of_their_own(body: Body, mirjam: SignedIn, joost: SignedIn) -> None:
    """An official who is the payee does not confirm it either."""
    row = proposed(body, mirjam, payee=Party("person", str(joost.person)))
    with pytest.raises(NotAllowed):
        confirm_account(row.pk, by=joost, at=AT)


def test_another_account_leaves_the_old_one_in_use_for_48_hours(body: Body, mirjam: SignedIn, joost: SignedIn) -> None:
    """Until the new account takes effect the old one counts; the payee gets a notice of each, with what it replaces."""
    first = confirm_account(proposed(body, mirjam).pk, by=joost, at=AT)
    later = AT + 100 * HOURS
    joost_later, mirjam_later = (official(name, body, at=later) for name in ("Joost", "Mirjam"))
    second = confirm_account(proposed(body, joost_later, iban=SECOND, at=later).pk, by=mirjam_later, at=later)
    assert account_in_force(body.pk, NADIA.kind, NADIA.id, later + 47 * HOURS) == first
    assert account_in_force(body.pk, NADIA.kind, NADIA.id, later + 48 * HOURS) == second
    assert list(PayeeNotice.objects.order_by("at").values_list("account", "replaces", "at")) == [
        (first.pk, None, AT), (second.pk, first.pk, later),
    ]  # fmt: skip


def test_an_account_counts_for_its_own_body_and_payee(body: Body, mirjam: SignedIn, joost: SignedIn) -> None:
    """Another payee, another kind of payee and another body have no account because of it."""
    confirm_account(proposed(body, mirjam).pk, by=joost, at=AT)
    late = AT + 99 * HOURS
    for elsewhere in (
        (body.pk, "person", "8"),
        (body.pk, "organisation", NADIA.id),
        (people.body("elders").pk, NADIA.kind, NADIA.id),
    ):
        assert account_in_force(*elsewhere, late) is None


@pytest.mark.parametrize(
    "iban",
    [
        "NL92ABNA0417164300",
        "NL91ABNA041716430",
        "",
        "999990019",
        "NL91 ABNA 0417 1643 OO",
        "MU17BOMM0101101030300200000MUR",
    ],
    ids=["digits", "short", "empty", "number", "letters", "outside_sepa"],
)
def test_a_bad_iban_is_refused(iban: str, body: Body, mirjam: SignedIn) -> None:
    """A number whose digits do not fit, or of a country we cannot pay to, is refused by field and not repeated."""
    with pytest.raises(PaymentRefused) as refused:
        proposed(body, mirjam, iban=iban)
    assert refused.value.field == "iban"
    assert not iban or iban not in str(refused.value.texts)
    assert not PayeeAccount.objects.exists()


def test_an_iban_as_people_type_it(body: Body) -> None:
    """Spaces and small letters are taken away."""
    assert checked_iban(" nl91 abna 0417 1643 00 ") == FIRST


@pytest.mark.parametrize(
    ("field", "given"), [("name", " "), ("name", "x" * 71), ("reason", ""), ("reason", "x" * 1001)],
    ids=["no_name", "long_name", "no_reason", "long_reason"],
)  # fmt: skip
def test_what_lacks_is_told_by_field(field: str, given: str, body: Body, mirjam: SignedIn) -> None:
    """A name and a reason are needed, not longer than they may be."""
    with pytest.raises(PaymentRefused) as refused:
        proposed(body, mirjam, **{field: given})
    assert refused.value.field == field


def test_one_proposal_waits_at_a_time(body: Body, mirjam: SignedIn, joost: SignedIn) -> None:
    """A second proposal for the same payee waits until the first is confirmed or withdrawn."""
    row = proposed(body, mirjam)
    with pytest.raises(PaymentRefused, match="wacht al"):
        proposed(body, joost, iban=SECOND)
    withdraw_account(row.pk, by=joost, at=AT)
    with pytest.raises(PaymentRefused, match="al beslist"):
        confirm_account(row.pk, by=joost, at=AT)
    second = proposed(body, joost, iban=SECOND)
    confirm_account(second.pk, by=mirjam, at=AT)
    for again in (confirm_account, withdraw_account):
        with pytest.raises(PaymentRefused, match="al beslist"):
            again(second.pk, by=mirjam, at=AT)


@pytest.mark.parametrize(
    "kind", [kind for kind in RoleKind if kind in {RoleKind.DECIDER, RoleKind.AUDITOR, RoleKind.ADMINISTRATOR}]
)
def test_other_officials_may_not(kind: RoleKind, body: Body, mirjam: SignedIn) -> None:
    """Who decides, controls or administers neither proposes nor confirms an account; nor does a paymaster elsewhere."""
    row = proposed(body, mirjam)
    for who in (official("X", body, kind), official("Y", people.body("elders"))):
        for act in (
            lambda who=who: proposed(body, who, payee=Party("person", "8")),
            lambda who=who: confirm_account(row.pk, by=who, at=AT),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_an_assessor_proposes_and_does_not_confirm(body: Body, mirjam: SignedIn) -> None:
    """Whoever assesses may propose what stands in the application; confirming is for a paymaster who has just proven who they are."""
    assessor = official("Samira", body, RoleKind.ASSESSOR)
    row = proposed(body, assessor)
    for who, at in ((official("Sam", body, RoleKind.ASSESSOR), AT), (mirjam, AT + HOURS)):
        with pytest.raises(NotAllowed):
            confirm_account(row.pk, by=who, at=at)
    confirm_account(row.pk, by=mirjam, at=AT)


def test_the_number_is_kept_sealed_and_found_by_its_hash(body: Body, mirjam: SignedIn, joost: SignedIn) -> None:
    """No table has the number or the name; the hash is the same for the same number, and other with other keys."""
    row = confirm_account(proposed(body, mirjam).pk, by=joost, at=AT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payments_payeeaccount::text FROM payments_payeeaccount UNION ALL SELECT audit_act::text FROM audit_act"
        )
        text = " ".join(line for (line,) in cursor.fetchall())
    assert "ABNA" not in text
    assert "0417164300" not in text
    assert "Vries" not in text
    assert row.lookup == iban_hash(FIRST, keys()) != iban_hash(SECOND, keys())
    other = read_keys(f"lookup:{'A' * 43}= seal:{Fernet.generate_key().decode()}")
    assert iban_hash(FIRST, other) != row.lookup
    told = opened(row, keys())
    assert (told.iban, told.name) == (FIRST, "N. de Vries")
    assert FIRST not in repr(told)


@pytest.mark.parametrize("column", ["lookup", "sealed", "both"])
def test_an_account_that_was_changed_with_sql_is_not_opened(
    column: str, body: Body, mirjam: SignedIn, joost: SignedIn
) -> None:
    """Even with the guards off: another's number laid under this name, whole or in part, is refused when it is opened."""
    own = confirm_account(proposed(body, mirjam).pk, by=joost, at=AT)
    others = confirm_account(proposed(body, mirjam, payee=Party("person", "8"), iban=SECOND).pk, by=joost, at=AT)
    columns = ("lookup", "sealed") if column == "both" else (column,)
    with unguarded():
        for one in columns:
            run(f"UPDATE payments_payeeaccount SET {one} = %s WHERE id = %s", getattr(others, one), own.pk)
    own.refresh_from_db()
    with pytest.raises(ActRefused, match="buiten de gewone weg"):
        opened(own, keys())
    assert opened(others, keys()).iban == SECOND


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("print('{\"outcome\": \"no_match\"}')", "no_match"), ("import json, sys; told = json.load(sys.stdin); "
         "print(json.dumps({'outcome': 'match' if told == {'iban': 'NL91ABNA0417164300', 'name': 'N. de Vries'} else 'close'}))", "match"),
        ("print('{\"outcome\": \"sure\"}')", "failed"), ("raise SystemExit(3)", "failed"), ("print('no')", "failed"),
    ],
    ids=["no match", "match", "unheard of", "ends badly", "no JSON"],
)  # fmt: skip
def test_the_name_is_checked_by_a_service_of_ones_own(
    answer: str, said: str, body: Body, mirjam: SignedIn, settings: Any
) -> None:
    """What the service says of name and account stands with the proposal, whatever it says; and it never changes."""
    settings.DOORLEREN_NAME_CHECK = f"command:{shlex.join([sys.executable, '-c', answer])}"
    row = proposed(body, mirjam)
    assert PayeeAccount.objects.get(pk=row.pk).name_check == said
    with pytest.raises(IntegrityError, match="alleen bevestigd of ingetrokken"), transaction.atomic():
        run("UPDATE payments_payeeaccount SET name_check = 'unknown'")
    with pytest.raises(IntegrityError, match="alleen bevestigd of ingetrokken"), transaction.atomic():
        run("UPDATE payments_payeeaccount SET by_payee = true")


def test_without_a_service_nobody_is_asked(body: Body, mirjam: SignedIn) -> None:
    """By default no name is checked, and the proposal says so; a setting that cannot be read is refused by name."""
    assert proposed(body, mirjam).name_check == "absent"
    with pytest.raises(BadNameCheck, match="DOORLEREN_NAME_CHECK: given is 'https://bank', allowed is command:program"):
        name_check_of("https://bank")
