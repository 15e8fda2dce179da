"""From a draft to what stands ready, without pages: what is asked, what is kept, what is refused."""

from datetime import timedelta
from typing import Any

import pytest

from doorleren.applications.answers import counted_answers, form_for, profile_of
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.withdraw_application import undo_withdrawal, withdraw_application
from doorleren.applications.models import Answer, Application, Freeze
from doorleren.applications.queries import state_now
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.sealing import token_of
from doorleren.applications.values import UNKNOWN
from doorleren.audit.models import Act
from doorleren.people.models import Person
from doorleren.rounds.commands.open_gate import close_gate, open_gate
from doorleren.rounds.models import Round
from doorleren.rounds.tokens import opened_token
from doorleren.rules.library import Library
from doorleren.rules.profile import NA
from tests.applications.made import (
    AT,
    KEY,
    SENSITIVE,
    TODAY,
    US,
    WHOLE,
    answer,
    draft,
    signed_in,
)
from tests.people import made as people


def needed(known: Library, application: Application) -> list[str]:
    """Name what is still asked."""
    form = form_for(application, profile_of(counted_answers(application.pk, known)), TODAY, known)
    return [fact.name for fact in form.needed]


def freeze(known: Library, application: Application, person: Person, **other: Any) -> Freeze:
    """Freeze with the sensitive answers."""
    told = {
        "sensitive": SENSITIVE,
        "person_key": KEY,
        "today": TODAY,
        "library": known,
        "by": signed_in(person),
        "at": AT,
    }
    return freeze_draft(application.pk, **(told | other))


def test_the_form_follows_from_the_file(known: Library, round_: Round, nadia: Person) -> None:
    """What the track's conditions and amount need is asked, what was told is not, and a sensitive fact only at the end."""
    one = draft(known, round_, nadia, told={"person.birth_date": WHOLE["person.birth_date"], **SENSITIVE})
    assert needed(known, one) == ["person.labour_market_link", "training.price"]
    form = form_for(one, {}, TODAY, known)
    assert [fact.name for fact in form.sensitive] == ["person.eu_citizen"]
    assert [condition.id for condition in form.why("person.birth_date")] == ["adult"]
    assert (form.for_amount("training.price"), form.for_amount("person.birth_date")) == (True, False)
    assert not Answer.objects.filter(fact__in=SENSITIVE).exists()


def test_what_the_register_tells_is_not_asked(known: Library, round_: Round, nadia: Person) -> None:
    """The register goes before what the applicant said of another training, and its answer keeps its origin."""
    one = draft(known, round_, nadia, told={"training.price": 1}, registered={"training.price": 69995})
    assert "training.price" not in needed(known, one)
    (kept,) = counted_answers(one.pk, known)
    assert (kept.value, kept.origin) == (69995, "register")


def test_an_earlier_application_is_not_asked_again(known: Library, round_: Round, nadia: Person) -> None:
    """What somebody told of themselves comes along in the next application, what they told of a training does not."""
    before = draft(known, round_, nadia)
    answer(known, before, nadia, WHOLE)
    freeze(known, before, nadia)
    assert needed(known, draft(known, round_, nadia)) == ["training.price"]
    assert len(needed(known, draft(known, round_, people.person(name="Olga")))) == 3


def test_a_no_ends_the_questions(known: Library, round_: Round, nadia: Person) -> None:
    """Once a condition fails nothing more is asked, and freezing is refused with the facts that it is about."""
    one = draft(known, round_, nadia)
    answer(known, one, nadia, {"person.labour_market_link": False})
    assert needed(known, one) == []
    with pytest.raises(ApplicationRefused) as refused:
        freeze(known, one, nadia)
    assert refused.value.facts == ("person.labour_market_link",)


def test_answers_are_only_added_to(known: Library, round_: Round, nadia: Person) -> None:
    """A changed answer is a new row, the same answer is none, and "I do not know" takes an answer away."""
    one = draft(known, round_, nadia)
    assert answer(known, one, nadia, WHOLE) == 3
    assert answer(known, one, nadia, WHOLE) == 0
    assert answer(known, one, nadia, {"training.price": 5, "person.labour_market_link": UNKNOWN}) == 2
    assert Answer.objects.filter(application=one).count() == 5
    assert profile_of(counted_answers(one.pk, known)) == {
        "person.birth_date": WHOLE["person.birth_date"],
        "training.price": 5,
    }


def test_a_sensitive_answer_is_never_kept(known: Library, round_: Round, nadia: Person) -> None:
    """Saving an answer that may not be kept is an error, not a silent loss."""
    with pytest.raises(ValueError, match=r"person\.eu_citizen"):
        answer(known, draft(known, round_, nadia), nadia, SENSITIVE)


def test_incomplete_cannot_stand_ready(known: Library, round_: Round, nadia: Person) -> None:
    """Freezing names what lacks, also a sensitive answer that was not given."""
    one = draft(known, round_, nadia)
    for told, lacking in (
        ({}, ("person.birth_date", "person.labour_market_link", "training.price", "person.eu_citizen")),
        (WHOLE, ("person.eu_citizen",)),
    ):
        answer(known, one, nadia, told)
        with pytest.raises(ApplicationRefused) as refused:
            freeze(known, one, nadia, sensitive={})
        assert refused.value.facts == lacking
    assert state_now(one) == "draft"


def test_what_stands_ready(known: Library, round_: Round, nadia: Person) -> None:
    """The token holds round, key, cents and hashes; freezing again without a change gives the same one."""
    one = draft(known, round_, nadia)
    answer(known, one, nadia, WHOLE)
    made = freeze(known, one, nadia)
    one.refresh_from_db()
    assert state_now(one) == "ready"
    read = opened_token(token_of(one, made, KEY).encode(), KEY, AT.timestamp())
    assert (read.round, read.key, read.cents, read.content, read.kind) == (round_.pk, one.key, 69995, made.content, "")
    assert freeze(known, one, nadia, at=AT + timedelta(hours=1)) == made
    assert "person.eu_citizen" not in str(list(Act.objects.values()))


def test_a_change_makes_it_a_draft_again(known: Library, round_: Round, nadia: Person) -> None:
    """An answer that changes takes readiness away, and freezing anew gives another content under the same key."""
    one = draft(known, round_, nadia)
    answer(known, one, nadia, WHOLE)
    first = freeze(known, one, nadia)
    answer(known, one, nadia, {"training.price": 50000})
    one.refresh_from_db()
    assert state_now(one) == "draft"
    second = freeze(known, one, nadia)
    assert (first.content != second.content, first.person == second.person, second.cents) == (True, True, 50000)


def test_the_person_is_told_by_the_national_number(known: Library, round_: Round, nadia: Person) -> None:
    """Two persons get two hashes; the hash of who has a national number follows from that, and shows nothing of it."""
    from doorleren.people.models import NationalNumber

    olga, hashes = people.person(name="Olga"), []
    NationalNumber.objects.create(person=olga, lookup="a" * 64, sealed="gAAAA" + "A" * 95)
    for person in (nadia, olga):
        one = draft(known, round_, person)
        answer(known, one, person, WHOLE)
        hashes.append(freeze(known, one, person).person)
    assert len({*hashes, "a" * 64}) == 3


def test_a_closed_round_takes_no_draft(known: Library, round_: Round, nadia: Person) -> None:
    """In a closed round no draft begins and none is put ready; what was filled in stays."""
    one = draft(known, round_, nadia)
    answer(known, one, nadia, WHOLE)
    open_gate(round_.pk, by=US, at=AT)
    close_gate(round_.pk, by=US, at=AT)
    with pytest.raises(ApplicationRefused):
        freeze(known, one, nadia)
    with pytest.raises(ApplicationRefused):
        draft(known, round_, nadia)
    assert len(counted_answers(one.pk, known)) == 3


def test_withdrawing_and_back(known: Library, round_: Round, nadia: Person) -> None:
    """A withdrawn draft takes no answers; taking that back brings all answers, but not what stood ready."""
    one = draft(known, round_, nadia)
    answer(known, one, nadia, WHOLE)
    freeze(known, one, nadia)
    withdraw_application(one.pk, by=signed_in(nadia), at=AT)
    with pytest.raises(ApplicationRefused):
        answer(known, one, nadia, {"training.price": NA})
    one = undo_withdrawal(one.pk, by=signed_in(nadia), at=AT)
    assert (state_now(one), needed(known, one)) == ("draft", [])
    assert list(Act.objects.filter(subject_kind="application").order_by("id").values_list("act", flat=True)) == [
        "started", "answered", "frozen", "withdrawn", "withdrawal_undone",
    ]  # fmt: skip
