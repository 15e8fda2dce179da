"""What the register decides of a training binds who applies for it: the most grants a year, a right that stays, the price."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from doorleren.applications.answers import counted_answers, profile_of
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.grants import grants_for, grants_in
from doorleren.applications.in_the_way import in_the_way
from doorleren.applications.models import Application, Freeze
from doorleren.applications.offers.commands.confirm_enrolment import confirm_enrolment
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.registered import Registered, filed_at
from doorleren.core.days import day_of
from doorleren.people.models import Organisation, Person
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.entries import PricePart
from doorleren.register.models import AdmissionDecision
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.announce_from_scheme import announce_from_scheme
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.commands.open_gate import open_gate
from doorleren.rounds.models import Gate, Round, Ticket
from doorleren.rules.library import Library
from tests.applications.made import AT, KEY, TODAY, US, signed_in
from tests.applications.offers import made
from tests.people import made as people

AUTUMN = """
[[round]]
id = "najaar"
opens = 2026-09-01T09:00:00+02:00
closes = 2026-12-15T17:00:00+01:00
ceiling_money = 1000000
source = "order"
"""
LATER = datetime(2026, 9, 1, 9, tzinfo=UTC)


@pytest.fixture
def known(tmp_path: Path) -> Library:
    """The library with the trial scheme, which has a second round and may be changed by a test."""
    return made.library(tmp_path / "schemes", made.FILE + AUTUMN)


def decide(act: str, on: date, at: datetime = AT, **told: Any) -> None:
    """Decide on the short training."""
    AdmissionDecision.objects.create(
        activity=made.activity("kort"), act=act, effective_on=on, decided_at=at, decided_by="person:2",
        **({"reason": "klachten"} | told if act != "admitted" else told),
    )  # fmt: skip


def admitted_earlier() -> None:
    """Let the training have been admitted two hours before, past the guard that decisions never change."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE register_admissiondecision DISABLE TRIGGER USER")
        AdmissionDecision.objects.filter(decided_at=AT).update(decided_at=AT - timedelta(hours=2))
        cursor.execute("ALTER TABLE register_admissiondecision ENABLE TRIGGER USER")


def capped(most: int) -> None:
    """Admit the short training with a most of grants a year."""
    decide("admitted", TODAY, AT + timedelta(minutes=1), grants_a_year=most)


def autumn(known: Library, at: datetime = LATER) -> Round:
    """The second round, open."""
    round_ = announce_from_scheme(known, made.SCHEME, "najaar", by=US, at=AT)
    open_gate(round_.pk, by=US, at=at)
    return round_


def someone(known: Library, round_: Round, name: str) -> tuple[Application, Person]:
    """A draft of somebody for the short training."""
    person = people.person(name=name)
    return made.draft_of_learner(known, round_, person), person


def ready(known: Library, one: tuple[Application, Person], at: datetime = AT) -> Freeze:
    """Put a draft ready."""
    draft, person = one
    today = day_of(at)
    return freeze_draft(draft.pk, sensitive={}, person_key=KEY, today=today, library=known, by=signed_in(person), at=at)


def came_in(known: Library, round_: Round, number: int, at: datetime = AT) -> Application:
    """Somebody who has submitted, without the intake."""
    one = someone(known, round_, f"Mens {number}")
    told, id_ = ready(known, one, at), round_.pk << 32 | number
    Ticket.objects.create(
        id=id_, round=round_, key=one[0].key, person=told.person, content=told.content, cents=told.cents, kind=told.kind,
        batch=round_.pk << 32 | 1, arrived_at=at,
    )  # fmt: skip
    return one[0]


def counted(known: Library, round_: Round, at: datetime) -> int:
    """How many grants of the short training count for a round."""
    return grants_for(round_, [made.activity("kort").pk], library=known, at=at)[made.activity("kort").pk]


def said_of(known: Library, draft: Application, today: date, at: datetime) -> Registered:
    """What the register says."""
    found = in_the_way(draft, profile_of(counted_answers(draft.pk, known)), today=today, library=known, at=at)
    assert found.registered is not None
    return found.registered


def test_full_from_the_next_round_on(known: Library, round_: Round, oost: Organisation) -> None:
    """With a most of two, two places inside close the next round for the training: the refusal names it and both numbers."""
    capped(2)
    for number in (1, 2):
        came_in(known, round_, number)
    allocate(round_.pk, at=AT)
    next_ = autumn(known)
    with pytest.raises(ApplicationRefused, match=r"Rekenen voor de baan: .*vol voor dit jaar.* 2 van hoogstens 2"):
        ready(known, someone(known, next_, "Laat"), LATER)
    decide("admitted", day_of(LATER), LATER, grants_a_year=3)
    assert ready(known, someone(known, next_, "Op tijd"), LATER + timedelta(minutes=1)).pk, "one below the most"


def test_the_number_stands_still_while_a_round_is_open(known: Library, round_: Round, oost: Organisation) -> None:
    """Places given in a round, or beside it, never close that round; counted as of now (the control) the number moves."""
    capped(1)
    came_in(known, round_, 1)
    came_in(known, round_, 2)
    next_ = autumn(known, AT + timedelta(hours=1))
    late = AT + timedelta(hours=2)
    allocate(round_.pk, at=late)
    assert (counted(known, round_, late), counted(known, next_, late)) == (0, 0)
    assert grants_in(2026, [made.activity("kort").pk], until=late + timedelta(hours=1), library=known).total() == 2
    assert ready(known, someone(known, next_, "Nog net"), late).pk


def test_which_places_count(known: Library, round_: Round, oost: Organisation) -> None:
    """Withdrawn places, those of another year and those of rehearsals do not count; for a rehearsal those of rehearsals do."""
    gone = came_in(known, round_, 1)
    came_in(known, round_, 2)
    allocate(round_.pk, at=AT)
    person = Person.objects.get(pk=gone.applicant_number)
    kort = [made.activity("kort").pk]
    assert grants_in(2026, kort, until=LATER, library=known).total() == 2
    withdraw_application(gone.pk, by=signed_in(person), at=AT)
    fill_freed(round_.pk, at=AT)
    assert grants_in(2026, kort, until=LATER, library=known).total() == 1
    assert grants_in(2025, kort, until=LATER, library=known).total() == 0
    assert grants_in(2026, [made.activity("duur").pk], until=LATER, library=known).total() == 0
    Round.objects.filter(pk=round_.pk).update(rehearsal=True)
    assert grants_in(2026, kort, until=LATER, library=known).total() == 0
    assert grants_in(2026, kort, until=LATER, library=known, rehearsal=True).total() == 1


def test_who_was_there_before_keeps_the_right(known: Library, round_: Round, oost: Organisation) -> None:
    """Who stood ready before the suspension keeps the right and reads so; who comes after it is refused with the reason."""
    before, after = someone(known, round_, "Vroeg"), someone(known, round_, "Laat")
    ready(known, before)
    day = TODAY + timedelta(days=2)
    decide("suspended", day)
    at = AT + timedelta(days=3)
    said = said_of(known, before[0], day_of(at), at)
    assert (said.kept, list(said.in_the_way())) == (True, [])
    assert said.right is not None
    assert "geschorst sinds 12-03-2026. De aanvraag was er al en houdt haar recht." in said.right.texts["nl"]
    save_answers(
        before[0].pk, [Given("training.price", 150_00)], library=known, by=signed_in(before[1]), at=at
    )  # fmt: skip
    assert ready(known, before, at).cents == 150_00, "also after a change: the training is the same"
    with pytest.raises(ApplicationRefused, match=r"Rekenen voor de baan: De opleiding is geschorst sinds 12-03-2026\."):
        ready(known, after, at)
    assert not said_of(known, after[0], day_of(at), at).kept


@pytest.mark.parametrize(("minutes", "kept"), [(60, True), (-60, False)], ids=["an hour later", "an hour before"])
def test_what_was_decided_on_the_day_of_filing(
    minutes: int, kept: bool, known: Library, round_: Round, oost: Organisation
) -> None:  # fmt: skip
    """A suspension with effect on the day of filing leaves the right where it was decided after filing, not before it."""
    draft = someone(known, round_, "Vroeg")
    ready(known, draft)
    Gate.objects.filter(pk=round_.pk).update(opened_at=AT - timedelta(days=1))
    admitted_earlier()
    decide("suspended", TODAY, AT + timedelta(minutes=minutes))
    assert said_of(known, draft[0], TODAY, AT + timedelta(hours=2)).kept is kept


def test_the_right_is_of_an_open_round(known: Library, oost: Organisation) -> None:
    """Who stood ready before the opening keeps nothing where the training was suspended before it, and all where after it."""
    round_ = announce_from_scheme(known, made.SCHEME, "najaar", by=US, at=AT)
    draft = someone(known, round_, "Vroeg")
    ready(known, draft)
    decide("suspended", date(2026, 9, 1))
    open_gate(round_.pk, by=US, at=LATER)
    assert filed_at(draft[0]) == AT
    assert [texts["nl"] for texts, _facts in said_of(known, draft[0], day_of(LATER), LATER).in_the_way()] == [
        "Rekenen voor de baan: De opleiding is geschorst sinds 01-09-2026."
    ]
    decide("admitted", date(2026, 9, 1), LATER)
    decide("suspended", date(2026, 9, 2), LATER + timedelta(minutes=1))
    assert said_of(known, draft[0], date(2026, 9, 3), LATER + timedelta(days=2)).kept


def test_a_failed_opening_takes_no_right(known: Library, round_: Round, oost: Organisation) -> None:
    """Who had submitted keeps the right while the round waits for its new opening, and after it; who only stood ready is as anybody else."""
    filed, draft = came_in(known, round_, 1), someone(known, round_, "Klaar")
    ready(known, draft)
    Gate.objects.filter(pk=round_.pk).update(opened_at=None)
    decide("suspended", TODAY + timedelta(days=2))
    at = AT + timedelta(days=3)
    for opened in (None, AT + timedelta(days=2, hours=12)):
        Gate.objects.filter(pk=round_.pk).update(opened_at=opened)
        assert said_of(known, filed, day_of(at), at).kept
        assert not said_of(known, draft[0], day_of(at), at).kept


def test_a_price_is_never_above_the_register(known: Library, round_: Round, oost: Organisation, sanne: Person) -> None:
    """One sentence, the register's own, wherever a higher price comes from: typed, or told by the provider."""
    draft, person = someone(known, round_, "Nadia")
    price, sentence = "training.price", r"€ 200,01; in het register staat € 200,00\. De prijs mag nooit hoger"
    with pytest.raises(ApplicationRefused, match=sentence) as typed:
        save_answers(draft.pk, [Given(price, 200_01)], library=known, by=signed_in(person), at=AT)
    with pytest.raises(ApplicationRefused, match=sentence) as told:
        confirm_enrolment(
            draft.key, made.activity("kort").pk, cents=200_01, today=TODAY, library=known, by=signed_in(sanne), at=AT
        )
    assert (typed.value.facts, told.value.facts) == ((price,), ("price",))
    assert typed.value.texts == told.value.texts
    assert save_answers(draft.pk, [Given(price, 199_99)], library=known, by=signed_in(person), at=AT) == 1


def lower_price(cents: int) -> None:
    """The provider lowers the price of the short training."""
    entry = replace(made.SHORT, prices=(PricePart("tuition", cents),))
    receive_delivery([Received(1, entry, made.SCHOOL)], source="school", form="csv", by="test", at=AT)


def test_a_price_that_was_lowered(known: Library, round_: Round, oost: Organisation) -> None:
    """What the register told is told anew when putting ready; what somebody typed is theirs to change first."""
    by_register, typed = someone(known, round_, "Nadia"), someone(known, round_, "Tom")
    save_answers(typed[0].pk, [Given("training.price", 190_00)], library=known, by=signed_in(typed[1]), at=AT)
    lower_price(150_00)
    assert ready(known, by_register).cents == 150_00
    with pytest.raises(
        ApplicationRefused, match=r"Rekenen voor de baan: .*€ 190,00; in het register staat € 150,00"
    ) as no:
        ready(known, typed)
    assert no.value.facts == ("training.price",)


FREE = made.FILE.replace('when = "training.in_register"', 'when = "person.labour_market_link"').replace(
    'id = "enrolment_proof"', 'id = "offer_letter"'
)


def test_a_scheme_that_does_not_look_at_the_register(tmp_path: Path, oost: Organisation) -> None:
    """It is bound neither to admission nor to the most grants; no price above the registered one holds for it all the same."""
    known = made.library(tmp_path / "free", FREE)
    round_, told = made.a_round(known), {"person.labour_market_link": True}
    capped(1)
    decide("suspended", TODAY, AT + timedelta(minutes=2))
    person = people.person(name="Nadia")
    one = made.draft_of_learner(known, round_, person), person
    save_answers(one[0].pk, [Given(*fact) for fact in told.items()], library=known, by=signed_in(person), at=AT)
    said = said_of(known, one[0], TODAY, AT)
    assert (said.right, said.room) == (None, None)
    assert ready(known, one).pk
    assert grants_in(2026, [made.activity("kort").pk], until=LATER, library=known).total() == 0
    with pytest.raises(ApplicationRefused, match="mag nooit hoger"):
        save_answers(one[0].pk, [Given("training.price", 999_00)], library=known, by=signed_in(person), at=AT)


NEEDED = made.FILE.replace('types = ["pdf"]\n', 'types = ["pdf"]\nneeded_by = "submission"\n').replace(
    'id = "enrolment_proof"', 'id = "letter"\nconfirmed_by = "training_provider"'
)


def test_evidence_that_must_be_there(tmp_path: Path, oost: Organisation, sanne: Person) -> None:
    """Where the file says so one cannot submit without it, whatever its name; the provider's word stands in its place."""
    known = made.library(tmp_path / "needed", NEEDED)
    one = someone(known, made.a_round(known), "Nadia")
    with pytest.raises(ApplicationRefused, match="voordat u kunt indienen: het aanmeldingsbewijs van de opleider"):
        ready(known, one)
    confirm_enrolment(one[0].key, made.activity("kort").pk, today=TODAY, library=known, by=signed_in(sanne), at=AT)
    assert ready(known, one).pk
