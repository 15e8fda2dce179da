"""An application entered for somebody: the same draft and chance, with who entered it, on what consent, and who may go on."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.access import may_edit, may_view
from doorleren.applications.answers import counted_answers
from doorleren.applications.commands.enter_for import Entry, EntryRefused, enter_for
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.entered_for import NOT_DIGITAL, took_part
from doorleren.applications.models import Answer, Application, EnteredFor, Origin, PartyKind
from doorleren.applications.refusing import ApplicationRefused
from doorleren.audit.models import Act
from doorleren.core.days import day_of
from doorleren.people.access import NotAllowed
from doorleren.people.commands.know_by_number import know_by_number
from doorleren.people.models import NationalNumber, Organisation, Person, RoleKind
from doorleren.people.national_number import NotANationalNumber, new_keys
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.open_gate import close_gate, open_gate
from doorleren.rounds.models import NUMBER_BITS, DayOfReceipt, Gate, Round, Ticket
from doorleren.rounds.queries import day_counted
from doorleren.rules.library import Library
from tests.applications.made import AT, KEY, SENSITIVE, TODAY, US, WHOLE, answer, draft, signed_in, submitted
from tests.people import made as people

BSN = "999990019"
PAPER = Entry("paper", date(2026, 3, 9), "N. Bakker", "Dorpsstraat 1\n1234 AB Dorp", date(2026, 3, 8), "map 12", BSN)


@pytest.fixture(autouse=True)
def _keys(settings: Any) -> None:
    settings.DOORLEREN_IDENTITY_KEYS = new_keys()


def official(round_: Round, kind: RoleKind = RoleKind.DESK_ADVISER, name: str = "Bram", **place: Any) -> SignedIn:
    """Somebody with a role at the body of the round, with a second factor."""
    person = people.person(name=name)
    people.role(person, kind, **({"body": round_.body} | place))
    return people.signed_in(person, at=AT)


def entered(round_: Round, by: SignedIn, track: str = "learner", **other: Any) -> Application:
    """Enter what stands on the paper."""
    told = {name: getattr(PAPER, name) for name in Entry.__slots__} | other
    return enter_for(round_, track, Entry(**told), by=by, at=AT)


def filled_in(known: Library, application: Application, by: SignedIn) -> None:
    """Answer everything and freeze it."""
    save_answers(application.pk, [Given(*one) for one in WHOLE.items()], library=known, by=by, at=AT)
    freeze_draft(application.pk, sensitive=SENSITIVE, person_key=KEY, today=TODAY, library=known, by=by, at=AT)


def test_from_paper_to_what_stands_ready(known: Library, round_: Round) -> None:
    """A desk adviser enters a paper for a person: the row says how, when and by whom, answers come from an official, it freezes."""
    bram = official(round_)
    one = entered(round_, bram)
    row = EnteredFor.objects.get()
    assert (row.application_id, row.body_id, row.channel, row.entered_by_id) == (
        one.pk,
        round_.body_id,
        "paper",
        bram.person,
    )
    assert (row.received_on, row.signed_on, row.kept_as) == (date(2026, 3, 9), date(2026, 3, 8), "map 12")
    assert (one.applicant_kind, one.beneficiary_number) == (PartyKind.PERSON, one.applicant_number)
    filled_in(known, one, bram)
    assert set(Answer.objects.values_list("origin", "by_id")) == {(Origin.OFFICIAL, str(bram.person))}
    assert one.freezes.get().cents == WHOLE["training.price"]
    assert BSN not in str(Act.objects.values_list("details", flat=True))


def test_the_person_is_who_signs_in_later(known: Library, round_: Round) -> None:
    """The number leads to the person who has it, whose name stays; a new one is kept only hashed and sealed."""
    nadia = know_by_number(BSN, name="Nadia Bakker", at=AT)
    assert entered(round_, official(round_), name="Nadja Bakkr").applicant_number == nadia.pk
    assert Person.objects.get(pk=nadia.pk).name == "Nadia Bakker"
    kept = NationalNumber.objects.get()
    assert kept.person == nadia
    assert BSN not in kept.lookup + kept.sealed
    with pytest.raises(NotANationalNumber):
        know_by_number("999990018", name="", at=AT)


def test_the_applicant_has_the_same_rights(known: Library, round_: Round) -> None:
    """The applicant sees and changes what was entered; what they answer is theirs and what the official answered stays so."""
    bram = official(round_)
    one = entered(round_, bram)
    nadia = signed_in(Person.objects.get(pk=one.applicant_number))
    assert may_view(nadia, one, at=AT)
    save_answers(one.pk, [Given("training.price", 69995)], library=known, by=bram, at=AT)
    save_answers(one.pk, [Given("person.labour_market_link", True)], library=known, by=nadia, at=AT)
    origins = {each.fact: each.origin for each in counted_answers(one.pk, known)}
    assert origins == {"training.price": Origin.OFFICIAL, "person.labour_market_link": Origin.SELF}


def test_the_same_chance(known: Library, round_: Round) -> None:
    """The same person filing alone and being entered has the same keyed hash, so there is one place; the sum is the same."""
    bram = official(round_)
    one = entered(round_, bram)
    nadia = Person.objects.get(pk=one.applicant_number)
    own = draft(known, round_, nadia)
    answer(known, own, nadia, WHOLE)
    freeze_draft(own.pk, sensitive=SENSITIVE, person_key=KEY, today=TODAY, library=known, by=signed_in(nadia), at=AT)
    filled_in(known, one, bram)
    assert one.freezes.get().person == own.freezes.get().person
    assert (one.freezes.get().cents, one.freezes.get().kind) == (own.freezes.get().cents, own.freezes.get().kind)


def test_nothing_told_before_is_shown_to_the_official(known: Library, round_: Round) -> None:
    """What the applicant answered in an earlier application does not come along into what an official enters."""
    nadia = know_by_number(BSN, name="Nadia", at=AT)
    answer(known, draft(known, round_, nadia), nadia, WHOLE)
    assert counted_answers(entered(round_, official(round_)).pk, known) == []


def test_the_reserve_counts_where_the_file_has_one(known: Library, round_: Round) -> None:
    """With a part set apart for who cannot apply digitally, what was entered counts to it and what was filed alone does not."""
    round_.announced["apart"][NOT_DIGITAL] = {"cents": 100_000, "number": None}
    round_.save()
    bram = official(round_)
    one = entered(round_, bram)
    filled_in(known, one, bram)
    tom = people.person(name="Tom")
    own = draft(known, round_, tom)
    answer(known, own, tom, WHOLE)
    freeze_draft(own.pk, sensitive=SENSITIVE, person_key=KEY, today=TODAY, library=known, by=signed_in(tom), at=AT)
    assert (one.freezes.get().kind, own.freezes.get().kind) == (NOT_DIGITAL, "")


def test_an_organisation_by_its_number(known: Library, round_: Round) -> None:
    """An assessor of the round's body enters for an employer by its KvK number."""
    one = entered(
        round_, official(round_, RoleKind.ASSESSOR), "firm", national_number="", kvk="90000031", channel="desk"
    )
    assert one.applicant_number == Organisation.objects.get(kvk="90000031").pk


def test_who_may_enter(known: Library, round_: Round) -> None:
    """A desk adviser of another body may enter for any round, an assessor only in rounds of the own body, others nowhere."""
    other = people.body("loket-noord")
    desk = official(round_, body=other)
    assert EnteredFor.objects.get(pk=entered(round_, desk).pk).body_id == other.pk
    with pytest.raises(NotAllowed) as said:
        entered(round_, official(round_, RoleKind.ASSESSOR, body=other))
    assert said.value.refused.reason == "other_place"
    for kind in (RoleKind.DECIDER, RoleKind.AUDITOR, RoleKind.POLICY_MAKER, RoleKind.PAYMASTER, RoleKind.ADMINISTRATOR):
        with pytest.raises(NotAllowed) as said:
            entered(round_, official(round_, kind))
        assert said.value.refused.reason == "no_role"


def test_with_a_second_factor_only(known: Library, round_: Round) -> None:
    """Without a second factor nothing is entered, and what was entered is refused with that reason."""
    bram = official(round_)
    one = entered(round_, bram)
    weak = SignedIn(bram.person, bram.assurance, False, AT)
    for act in (lambda: may_edit(weak, one, at=AT), lambda: may_view(weak, one, at=AT)):
        answer_ = act()
        assert not answer_
        assert answer_.reason == "second_factor"
    with pytest.raises(NotAllowed):
        entered(round_, weak, national_number="", kvk="1")


def test_who_may_go_on(known: Library, round_: Round) -> None:
    """A colleague at the same body goes on with what was entered; another body, and a draft that nobody entered, are refused."""
    one = entered(round_, official(round_))
    colleague, stranger = official(round_, name="Els"), official(round_, body=people.body("loket-zuid"))
    assert may_edit(colleague, one, at=AT)
    assert not may_edit(stranger, one, at=AT)
    assert not may_view(stranger, one, at=AT)
    own = draft(known, round_, people.person(name="Tom"))
    assert not may_view(colleague, own, at=AT)
    assert not may_view(official(round_, RoleKind.DECIDER), one, at=AT)


def test_not_for_oneself(known: Library, round_: Round) -> None:
    """Nobody enters for themselves, or for an organisation that has given them a mandate; nothing is left behind."""
    bram = official(round_)
    national = know_by_number(BSN, name="Bram", at=AT)
    NationalNumber.objects.filter(person=national).update(person=bram.person)
    people.mandate(Person.objects.get(pk=bram.person), people.organisation("90000031"))
    for track, who in (("learner", {}), ("firm", {"national_number": "", "kvk": "90000031"})):
        with pytest.raises(NotAllowed) as said:
            entered(round_, bram, track, **who)
        assert said.value.refused.reason == "oneself"
    assert not Application.objects.exists()


WRONG = {
    "channel": {"channel": "fax"},
    "name": {"name": " "},
    "address": {"address": "x" * 301},
    "kept_as": {"kept_as": ""},
    "received_on": {"received_on": date(2026, 3, 11)},
    "signed_on": {"signed_on": None},
    "national_number": {"national_number": "123456789"},
    "kvk": {"kvk": "90000031"},
}


@pytest.mark.parametrize("name", list(WRONG))
def test_what_is_wrong_is_said_by_field(name: str, known: Library, round_: Round) -> None:
    """Each field that cannot be so is named in both languages, nothing is kept, and no number is repeated."""
    with pytest.raises(EntryRefused) as said:
        entered(round_, official(round_), **WRONG[name])
    assert list(said.value.faults) == [name]
    assert set(said.value.faults[name]) == {"nl", "en"}
    assert "123456789" not in str(said.value.faults)
    assert not Application.objects.exists()


def test_an_organisation_has_no_national_number(known: Library, round_: Round) -> None:
    """Where an organisation applies, a national number is refused, and a number of another length too."""
    bram = official(round_)
    for given, field in (({}, "national_number"), ({"national_number": "", "kvk": "123"}, "kvk")):
        with pytest.raises(EntryRefused) as said:
            entered(round_, bram, "firm", **given)
        assert list(said.value.faults) == [field]


def test_not_twice(known: Library, round_: Round) -> None:
    """The same applicant is entered once in a round at a body; after withdrawing the draft again."""
    bram = official(round_)
    one = entered(round_, bram)
    with pytest.raises(EntryRefused, match=str(one.pk)):
        entered(round_, bram)
    withdraw_application(one.pk, by=bram, at=AT)
    assert entered(round_, bram).pk != one.pk


def test_what_was_submitted_only_the_applicant_takes_back(known: Library, round_: Round) -> None:
    """An official may stop a draft, but what was submitted is withdrawn by the applicant alone."""
    bram = official(round_)
    one = entered(round_, bram)
    filled_in(known, one, bram)
    submitted(one)
    with pytest.raises(NotAllowed):
        withdraw_application(one.pk, by=bram, at=AT)
    withdraw_application(one.pk, by=signed_in(Person.objects.get(pk=one.applicant_number)), at=AT)


def test_after_closing_nothing_is_entered(known: Library, round_: Round) -> None:
    """A round that has closed takes nothing more on paper, and a track that does not exist neither."""
    bram = official(round_)
    open_gate(round_.pk, by=US, at=AT)
    with pytest.raises(ApplicationRefused):
        entered(round_, bram, "no-such-track")
    close_gate(round_.pk, by=US, at=AT + timedelta(minutes=1))
    with pytest.raises(ApplicationRefused):
        entered(round_, bram)


def test_who_took_part_can_be_told(known: Library, round_: Round) -> None:
    """Whoever entered it or answered in it for the applicant is named to whoever decides; the applicant is not."""
    bram, els = official(round_), official(round_, RoleKind.ASSESSOR, name="Els")
    one = entered(round_, bram)
    save_answers(one.pk, [Given("training.price", 69995)], library=known, by=els, at=AT)
    nadia = signed_in(Person.objects.get(pk=one.applicant_number))
    save_answers(one.pk, [Given("person.labour_market_link", True)], library=known, by=nadia, at=AT)
    assert took_part(one.pk) == {bram.person, els.person}
    assert took_part(draft(known, round_, people.person()).pk) == frozenset()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_row_stays(act: str, known: Library, round_: Round) -> None:
    """Who entered it, and on what consent, is never changed and never goes."""
    entered(round_, official(round_))
    rows = EnteredFor.objects.all()
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        rows.update(name="Another") if act == "update" else rows.delete()


def a_round_by_day(round_: Round, paper_days: int = 3) -> Round:
    """Let the day count in a round, as its file could say."""
    Round.objects.filter(pk=round_.pk).update(announced=round_.announced | {"per_day": True, "paper_days": paper_days})
    round_.refresh_from_db()
    Gate.objects.filter(pk=round_.pk).update(opened_at=AT - timedelta(days=9))
    return round_


def test_where_the_day_counts_a_paper_counts_on_its_day_of_receipt(known: Library, round_: Round) -> None:
    """What an official puts ready from paper carries the day of receipt in its content, and its ticket counts on that day."""
    bram, row = official(round_), a_round_by_day(round_)
    one = entered(row, bram)
    filled_in(known, one, bram)
    ticket = submitted(one)
    assert DayOfReceipt.objects.get().content == ticket.content
    assert day_counted(ticket) == PAPER.received_on != day_of(AT)


@pytest.mark.parametrize("why", ["the moment counts", "a call", "late", "the applicant puts it ready", "own answer"])
def test_where_it_is_no_paper_of_that_day_the_day_of_submitting_counts(known: Library, round_: Round, why: str) -> None:
    """Without such a round, by telephone, after the days for paper, or once who applies has a hand in it: no earlier day."""
    bram = official(round_)
    row = round_ if why == "the moment counts" else a_round_by_day(round_)
    told: dict[str, Any] = {"channel": "telephone"} if why == "a call" else {}
    one = entered(
        row,
        bram,
        **(told | ({"received_on": date(2026, 3, 5), "signed_on": date(2026, 3, 4)} if why == "late" else {})),
    )
    filled_in(known, one, bram)
    nadia = signed_in(Person.objects.get(pk=one.applicant_number))
    if why in ("own answer", "the applicant puts it ready"):
        save_answers(one.pk, [Given("training.price", 60000)], library=known, by=nadia, at=AT)
        by = nadia
        if why == "own answer":
            by = bram
        freeze_draft(one.pk, sensitive=SENSITIVE, person_key=KEY, today=TODAY, library=known, by=by, at=AT)
    one.refresh_from_db()
    frozen = one.freezes.order_by("-id")[0]
    id_ = (row.pk << NUMBER_BITS) + 1
    ticket = Ticket.objects.create(
        id=id_, round=row, key=one.key, person=frozen.person, content=frozen.content, cents=frozen.cents, kind="",
        batch=id_, arrived_at=AT,
    )  # fmt: skip
    assert day_counted(ticket) == (None if why == "the moment counts" else day_of(AT))
