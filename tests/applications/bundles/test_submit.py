"""A bundle from rows to tickets: every row is answered by itself, and the same bundle again changes nothing."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from doorleren.applications.answers import counted_answers, form_for, profile_of
from doorleren.applications.bundles.queries import answers_of
from doorleren.applications.bundles.refusing import BundleRefused
from doorleren.applications.commands import submit_bundle as command
from doorleren.applications.commands.freeze_draft import _told
from doorleren.applications.content import canonical, content_hash, person_hash
from doorleren.applications.models import Answer, Application, Bundle, BundleRow, Freeze, RegisteredPerson, Registration
from doorleren.applications.queries import receipt_of, state_now
from doorleren.applications.values import plain_value
from doorleren.audit.acts import Party, record
from doorleren.audit.models import Act
from doorleren.people.models import Mandate, NationalNumber, Organisation, Person, Role
from doorleren.rounds.commands.open_gate import close_gate, reopen_gate
from doorleren.rounds.models import Batch, Gate, Ticket
from doorleren.rounds.receipts import verify_receipt
from doorleren.rules.library import Library
from tests.applications.bundles import made
from tests.applications.bundles.made import AT, KEY, LIMITED, MOST, NUMBERS, SIGNING, TODAY, row, submit
from tests.applications.made import US

Adviser = tuple[Person, Organisation]
pytestmark = pytest.mark.django_db


def outcomes(bundle: Bundle) -> list[str]:
    """Give what came of each row."""
    return [one["outcome"] for one in answers_of(bundle)["answers"]]


def faults(bundle: Bundle) -> list[list[tuple[str, str]]]:
    """Give field and rule of what was wrong with each row."""
    return [[(fault["field"], fault["rule"]) for fault in one["faults"]] for one in answers_of(bundle)["answers"]]


def test_each_row_becomes_an_application(known: Library, tom: Adviser) -> None:
    """A registered person has an application of the firm, submitted, with a receipt that stands without us."""
    round_ = made.a_round(known)
    bundle = submit(known, round_, tom, row(0), row(1), row(2))
    assert outcomes(bundle) == ["accepted"] * 3
    assert [one["number"] for one in answers_of(bundle)["answers"]] == [1, 2, 3]
    for one in Application.objects.all():
        assert (one.applicant_kind, one.applicant_number, one.beneficiary_kind) == ("organisation", tom[1].pk, "")
        assert state_now(one) == "submitted"
        told = receipt_of(one, SIGNING.public_key().public_bytes_raw())
        assert told is not None
        assert verify_receipt(json.loads(told.receipt), SIGNING.public_key().public_bytes_raw()).cents == 50000
    persons = [set(model._default_manager.values_list("person", flat=True)) for model in (Ticket, Registration, Freeze)]
    assert persons[0] == persons[1] == persons[2]
    gate = Gate.objects.get(pk=round_.pk)
    assert (gate.batches, gate.tickets, Batch.objects.get().size) == (1, 3, 3)


def test_what_is_frozen_is_what_a_draft_would_freeze(known: Library, tom: Adviser) -> None:
    """The hash of the content is that of freezing a draft with the same answers and parties."""
    submit(known, made.a_round(known), tom, row(0))
    one = Application.objects.get()
    answers = counted_answers(one.pk, known)
    form = form_for(one, profile_of(answers), TODAY, known)
    facts = known.vocabulary.facts
    told = [
        (each.subject_kind, each.subject_number, each.fact, plain_value(facts[each.fact], each.value), each.origin)
        for each in answers
    ]
    assert form.complete
    assert content_hash(canonical(_told(one, form, 50000), told), one.salt) == one.frozen_content
    assert Ticket.objects.get().content == Freeze.objects.get().content == one.frozen_content


def test_nothing_that_names_a_person_is_readable(known: Library, tom: Adviser) -> None:
    """Number and name are in no column and in no act as they were written; with the keys they can be read back."""
    submit(known, made.a_round(known), tom, row(0, name="Nadia Bakker"))
    kept = [str(list(model._default_manager.values())) for model in (
        Act, Answer, Application, Bundle, BundleRow, Freeze, RegisteredPerson, Registration, Ticket)]  # fmt: skip
    assert not [text for text in kept if NUMBERS[0] in text or "Nadia" in text or "Bakker" in text]
    who = RegisteredPerson.objects.get()
    assert (made.KEYS.opened(who.sealed), made.KEYS.opened(who.sealed_name)) == (NUMBERS[0], "Nadia Bakker")


def test_the_same_bundle_again(known: Library, tom: Adviser) -> None:
    """Sent again the answers are the same to the letter and nothing is written, from CSV as from JSON; later also."""
    round_ = made.a_round(known)
    told = (row(0), row(1, national_number="123456789"), row(2, birth_date="2020-01-01"), row(0, reference="weer"))
    first = submit(known, round_, tom, *told)
    before = (json.dumps(answers_of(first)), Act.objects.count(), Ticket.objects.count(), Answer.objects.count())
    again = submit(known, round_, tom, *told, at=AT + timedelta(days=40))
    assert again.pk == first.pk
    close_gate(round_.pk, by=US, at=AT)
    again = submit(known, round_, tom, *told)
    assert (
        json.dumps(answers_of(again)),
        Act.objects.count() - 1,
        Ticket.objects.count(),
        Answer.objects.count(),
    ) == before
    record("destroyed", Party("bundle", str(first.pk)), by=US, at=AT, details={"rows": 2})
    BundleRow.objects.filter(bundle=first, registration=None).delete()
    with pytest.raises(BundleRefused, match="eerder ingediend"):
        submit(known, round_, tom, *told)
    assert len(outcomes(first)) == 1


def test_rows_are_independent(known: Library, tom: Adviser) -> None:
    """A wrong row names its field and rule, never what was given, and does not stop the rows around it."""
    wrong: list[dict[str, Any]] = [
        row(1, reference="met spatie erin"), row(2, reference=NUMBERS[3]), row(4, national_number="12345678"),
        row(5, name=""), row(6, name="R2D2"), row(7, birth_date="31-02-1985"), row(8, birth_date="2031-01-01"),
        row(9, **{"person.labour_market_link": ""}), row(10, **{"person.labour_market_link": "misschien"}),
        row(11, **{"person.labour_market_link": "nee"}), row(12, birth_date="2010-01-01"),
    ]  # fmt: skip
    bundle = submit(known, made.a_round(known), tom, row(0), *wrong, row(13))
    assert outcomes(bundle) == ["accepted", *["refused"] * len(wrong), "accepted"]
    assert faults(bundle)[1:-1] == [
        [("reference", "reference_written")], [("reference", "reference_written")], [("national_number", "eleven_test")],
        [("name", "name_written")], [("name", "name_written")], [("birth_date", "birth_date_written")],
        [("birth_date", "birth_date_written")], [("person.labour_market_link", "fact_told")],
        [("person.labour_market_link", "fact_told")], [("person.labour_market_link", "tie")],
        [("person.birth_date", "adult")],
    ]  # fmt: skip
    said = json.dumps(answers_of(bundle)["answers"])
    assert not [text for text in ("12345678", "R2D2", "31-02-1985", "misschien", NUMBERS[3]) if text in said]


def test_the_limit_of_a_day(known: Library, tom: Adviser) -> None:
    """One above the limit is refused with the rule and source of the scheme's file; the next day goes on, in Amsterdam."""
    round_ = made.a_round(known, LIMITED)
    bundle = submit(known, round_, tom, *(row(place) for place in range(MOST + 1)))
    assert outcomes(bundle) == [*["accepted"] * MOST, "refused"]
    (fault,) = answers_of(bundle)["answers"][-1]["faults"]
    assert (fault["rule"], fault["source"]) == ("not_too_many", "Staatscourant 2026, 2, art. 4")
    assert "nog geen 3 deelnemers" in fault["nl"]
    assert "3 participants" in fault["en"]
    before = AT.replace(hour=22, minute=59)  # 23:59 in Amsterdam
    assert outcomes(submit(known, round_, tom, row(MOST), at=before)) == ["refused"]
    after = before + timedelta(minutes=1)
    assert outcomes(submit(known, round_, tom, row(MOST), row(MOST + 1), at=after)) == ["accepted"] * 2


def test_a_round_without_a_limit(known: Library, tom: Adviser) -> None:
    """Where the scheme's file names no limit there is none, and another adviser's people never count to it."""
    bundle = submit(known, made.a_round(known), tom, *(row(place) for place in range(40)))
    assert set(outcomes(bundle)) == {"accepted"}
    olga, limited = made.adviser("Olga", "90000031"), made.a_round(known, LIMITED)
    assert outcomes(submit(known, limited, olga, *(row(place) for place in range(MOST)))) == ["accepted"] * MOST


def test_who_was_there_before(known: Library, tom: Adviser) -> None:
    """One's own earlier registration is there already, another's is refused, and a reference is for one person."""
    round_, olga = made.a_round(known), made.adviser("Olga", "90000031")
    submit(known, round_, tom, row(0), row(1))
    again = submit(known, round_, tom, row(0), row(1, reference="anders"), row(2, reference="klant-1"))
    assert outcomes(again) == ["already", "already", "refused"]
    assert faults(again)[2] == [("reference", "reference_once")]
    other = submit(known, round_, olga, row(0), row(3), row(3, reference="x"), row(4, reference="klant-3"))
    assert outcomes(other) == ["refused", "accepted", "refused", "refused"]
    assert faults(other)[0] == [("national_number", "one_person_once")]
    assert {fault[0][1] for fault in faults(other)[2:]} == {"once_in_a_bundle"}
    assert Ticket.objects.count() == 3


def test_who_applied_already(known: Library, tom: Adviser) -> None:
    """Somebody who has a ticket in the round, however it came in, is not registered in it as well."""
    round_ = made.a_round(known)
    submit(known, round_, tom, row(0))
    ticket = Ticket.objects.get()
    hashed = made.KEYS.hashed(NUMBERS[1])
    Ticket.objects.create(
        id=ticket.id + 1000, round=round_, key="k" * 20, person=person_hash(f"number:{hashed}", KEY), content="a" * 64,
        cents=0, kind="", batch=ticket.batch, arrived_at=AT,
    )  # fmt: skip
    assert faults(submit(known, round_, tom, row(1))) == [[("national_number", "one_person_once")]]


def test_without_a_number(known: Library, tom: Adviser) -> None:
    """Without a number somebody can be registered, and the same row again is the same person; another is not refused."""
    round_ = made.a_round(known)
    told = row(0, national_number="", name="Özlem van den Berg")
    assert outcomes(submit(known, round_, tom, told)) == ["accepted"]
    assert outcomes(submit(known, round_, tom, told, row(1))) == ["already", "accepted"]
    variant = told | {"reference": "klant-9", "name": "Ozlem Berg"}
    assert outcomes(submit(known, round_, tom, variant)) == ["accepted"]


@pytest.mark.parametrize("lacking", ["role", "mandate", "qualification"])
def test_who_may_not(lacking: str, known: Library) -> None:
    """Without the role, the mandate or a qualification that holds today nobody is registered, and nothing is kept."""
    round_, who = made.a_round(known), made.adviser(qualified=lacking != "qualification")
    if lacking == "role":
        Role.objects.all().delete()
    if lacking == "mandate":
        Mandate.objects.update(ends_on=made.people.LONG_AGO)
    with pytest.raises(BundleRefused if lacking == "qualification" else PermissionDenied):
        submit(known, round_, who, row(0))
    assert not Bundle.objects.exists()


def test_a_round_that_is_not_open(known: Library, tom: Adviser) -> None:
    """A round that is announced and not open takes nobody, and keeps nothing."""
    round_ = made.a_round(known, opened=False)
    with pytest.raises(BundleRefused):
        submit(known, round_, tom, row(0))
    assert not Bundle.objects.exists()


def test_it_goes_on_where_it_stopped(known: Library, tom: Adviser, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the gate shuts between two commits the first rows keep their answer, and the same bundle later does the rest."""
    round_ = made.a_round(known)
    monkeypatch.setattr(command, "AT_ONCE", 2)
    real, calls = command.register_people, []

    def stops(*given: Any, **named: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            close_gate(round_.pk, by=US, at=AT)
        real(*given, **named)

    monkeypatch.setattr(command, "register_people", stops)
    told = [row(place) for place in range(5)]
    with pytest.raises(BundleRefused):
        submit(known, round_, tom, *told)
    assert (Ticket.objects.count(), BundleRow.objects.count()) == (2, 2)
    assert not Act.objects.filter(act="registered").exists()
    reopen_gate(round_.pk, by=US, at=AT)
    bundle = submit(known, round_, tom, *told)
    assert [one["number"] for one in answers_of(bundle)["answers"]] == [1, 2, 3, 4, 5]
    assert Act.objects.get(act="registered").details["accepted"] == 5


def test_a_national_number_signs_in_to_it(known: Library, tom: Adviser) -> None:
    """The keyed hash of a registration is that of the person who signs in with the number, so that they find each other."""
    submit(known, made.a_round(known), tom, row(0))
    nadia = made.people.person(name="Nadia")
    NationalNumber.objects.create(
        person=nadia, lookup=made.KEYS.hashed(NUMBERS[0]), sealed=made.KEYS.sealed(NUMBERS[0])
    )  # fmt: skip
    assert RegisteredPerson.objects.get().lookup == nadia.national_number.lookup
