"""After a no: the place of the registration is freed, and the person can apply or be registered again, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.bundles.candidates import candidates
from doorleren.applications.bundles.queries import rows_of, states_of
from doorleren.applications.commands.confirm_registration import confirm_registration
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.models import Application, Bundle, BundleRow, Confirmation, Registration, Word
from doorleren.applications.queries import last_freeze, state_now
from doorleren.audit.models import Act
from doorleren.people.models import NationalNumber, Person
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.fill_freed import fill_freed
from doorleren.rounds.commands.fix_place import fix_place
from doorleren.rounds.models import Round, Ticket, Withdrawal
from doorleren.rounds.queries import place_now
from doorleren.rules.library import Library
from tests.applications.bundles import made
from tests.applications.bundles.made import AT, KEYS, NUMBERS, row, signed_in, submit
from tests.applications.made import KEY, TODAY, answer, draft
from tests.people import made as people

pytestmark = pytest.mark.django_db
NOES = [Word.NOT_ME, Word.NOT_WANTED]
OWN_TRACK = """
[[track]]
id = "own"
applicant = "person"
beneficiary = "person"
[track.amount]
kind = "fixed"
is = "price"
[[track.condition]]
id = "adult"
when = "age(person.birth_date) >= 18"
nl = "de deelnemer is 18 jaar of ouder"
source = "order"
[[round]]
"""


@pytest.fixture
def known(tmp_path: Any, monkeypatch: Any) -> Library:
    """The library with the trial scheme, in which people may apply themselves too."""
    monkeypatch.setattr(made, "ROUND", made.ROUND.replace("[[round]]\n", OWN_TRACK.lstrip(), 1))
    return made.library(tmp_path / "schemes")


@pytest.fixture
def round_(known: Library, tom: Any) -> Round:
    """The open round, with a registration of the first person."""
    opened = made.a_round(known)
    submit(known, opened, tom, row(0))
    return opened


@pytest.fixture
def nadia(db: None) -> Person:
    """The person whose number was registered."""
    person = people.person(name="Nadia")
    NationalNumber.objects.create(person=person, lookup=KEYS.hashed(NUMBERS[0]), sealed=KEYS.sealed(NUMBERS[0]))
    return person


def say(word: Word, nadia: Person, registration: Registration | None = None) -> None:
    """Have the participant say something of a registration, the last one if none is named."""
    one = registration or Registration.objects.latest("pk")
    confirm_registration(one.pk, word, by=people.signed_in(nadia), at=AT)


def own(known: Library, round_: Round, nadia: Person) -> Application:
    """Put an application of the person's own ready."""
    one = draft(known, round_, nadia, "own")
    answer(known, one, nadia, {"person.birth_date": TODAY.replace(year=1990)})
    ready(known, one, nadia)
    return one


def ready(known: Library, one: Application, nadia: Person) -> str:
    """Put an application ready; give the keyed hash of the person."""
    frozen = freeze_draft(
        one.pk, sensitive={}, person_key=KEY, today=TODAY, library=known, by=signed_in(nadia), at=AT
    )  # fmt: skip
    return frozen.person


def came_in(one: Application) -> Ticket:
    """Enter what stands ready as the intake does."""
    one.refresh_from_db()
    told, id_ = last_freeze(one), (one.round_id << 32) + Ticket.objects.count() + 100
    assert told is not None
    return Ticket.objects.create(
        id=id_, round=one.round, key=one.key, person=told.person, content=told.content, cents=told.cents,
        kind=told.kind, batch=id_, arrived_at=AT,
    )  # fmt: skip


@pytest.mark.parametrize("word", NOES)
def test_the_place_is_freed(word: Word, round_: Round, nadia: Person) -> None:
    """A no withdraws the ticket too; its place and money go back, and the adviser and the record know of it."""
    allocate(round_.pk, at=AT)
    ticket = Ticket.objects.get()
    say(word, nadia)
    assert ticket.withdrawal.withdrawn_at == AT
    assert fill_freed(round_.pk, at=AT) == 1
    now = place_now(ticket)
    assert now is not None
    assert (now.outcome, now.cents, now.reason) == ("outside", 0, "withdrawn")
    state = states_of(rows_of(Bundle.objects.get()))[Registration.objects.get().pk]
    assert (state.said, state.place) == (word.value, "outside")
    assert Act.objects.get(act="confirmed_registration").details == {"word": word.value}


def test_a_yes_frees_nothing(known: Library, round_: Round, nadia: Person) -> None:
    """Who said yes has the place, and cannot apply besides: the hash is the same, and the database takes it once."""
    say(Word.CONFIRMED, nadia)
    assert not Withdrawal.objects.exists()
    one = own(known, round_, nadia)
    with pytest.raises(IntegrityError, match="rounds_ticket_one_a_person"), transaction.atomic():
        came_in(one)


def test_the_person_applies_after_a_no(known: Library, round_: Round, nadia: Person) -> None:
    """What stood ready is put ready anew, and comes in by another hash; a second one of the same person does not."""
    one = own(known, round_, nadia)
    with pytest.raises(IntegrityError, match="rounds_ticket_one_a_person"), transaction.atomic():
        came_in(one)
    before = last_freeze(one)
    say(Word.NOT_ME, nadia)
    one.refresh_from_db()
    assert state_now(one) == "draft"
    person = ready(known, one, nadia)
    assert before is not None
    assert person != before.person
    came_in(one)
    another = own(known, round_, nadia)
    assert ready(known, another, nadia) == person
    with pytest.raises(IntegrityError, match="rounds_ticket_one_a_person"), transaction.atomic():
        came_in(another)


def test_ready_before_and_after_is_not_the_same(known: Library, round_: Round, nadia: Person) -> None:
    """The same content is frozen anew when the person's place became free meanwhile, even where nothing took it back."""
    one = own(known, round_, nadia)
    frozen = Application.objects.filter(pk=one.pk).values("frozen_at", "frozen_content").get()
    say(Word.NOT_WANTED, nadia)
    Application.objects.filter(pk=one.pk).update(**frozen)
    ready(known, one, nadia)
    assert [two.content for two in one.freezes.all()] == [frozen["frozen_content"]] * 2
    assert len({two.person for two in one.freezes.all()}) == 2


def test_another_adviser_registers_after_a_no(known: Library, round_: Round, nadia: Person) -> None:
    """Another adviser can register the person then, once, and after another no once more; doubles in between are refused."""
    others = [made.adviser("Eva", "90000031"), made.adviser("Ali", "90000032"), made.adviser("Bo", "90000033")]

    def outcome(who: Any, name: str) -> str:
        return BundleRow.objects.get(bundle=submit(known, round_, who, row(0, reference=name))).outcome

    assert outcome(others[0], "a") == "refused"
    say(Word.NOT_ME, nadia)
    assert (outcome(others[0], "b"), outcome(others[1], "c")) == ("accepted", "refused")
    say(Word.NOT_WANTED, nadia)
    assert (outcome(others[1], "d"), outcome(others[2], "e")) == ("accepted", "refused")
    assert Ticket.objects.filter(round=round_, withdrawal=None).count() == 1
    assert len(set(Registration.objects.values_list("person", flat=True))) == 3
    assert candidates(round_.pk, KEYS) == []


def test_the_same_adviser_needs_another_reference(known: Library, round_: Round, tom: Any, nadia: Person) -> None:
    """The bundle of then is answered as then; the reference of a registration that went is not used again."""
    first = Bundle.objects.get()
    say(Word.NOT_ME, nadia)
    assert submit(known, round_, tom, row(0)) == first
    later = {"at": AT + timedelta(minutes=1)}
    again = BundleRow.objects.get(bundle=submit(known, round_, tom, row(0, name="Piet Boer"), **later))
    assert [one["rule"] for one in again.faults] == ["reference_once"]
    assert (
        BundleRow.objects.get(bundle=submit(known, round_, tom, row(0, reference="new"), **later)).outcome == "accepted"
    )


def test_what_one_withdrew_oneself_is_filed_anew(known: Library, round_: Round, nadia: Person) -> None:
    """After one's own withdrawal too the next application comes in by another hash, and an adviser can register the person."""
    say(Word.NOT_ME, nadia)
    one = own(known, round_, nadia)
    came_in(one)
    withdraw_application(one.pk, by=signed_in(nadia), at=AT)
    another = own(known, round_, nadia)
    came_in(another)
    withdraw_application(another.pk, by=signed_in(nadia), at=AT)
    bundle = submit(known, round_, made.adviser("Eva", "90000031"), row(0, reference="eva"))
    assert BundleRow.objects.get(bundle=bundle).outcome == "accepted"
    assert Ticket.objects.filter(round=round_, withdrawal=None).count() == 1


def test_a_no_after_the_decision(known: Library, round_: Round, nadia: Person) -> None:
    """Once it was decided the no is kept and stands in the record, and the place stays, with the person."""
    allocate(round_.pk, at=AT)
    fix_place(Ticket.objects.get().pk, at=AT)
    say(Word.NOT_ME, nadia)
    assert Confirmation.objects.get().word == Word.NOT_ME
    assert not Withdrawal.objects.exists()
    assert state_now(Application.objects.get()) == "submitted"
    assert Act.objects.get(act="confirmed_registration").details == {"word": "not_me", "decided": True}
    one = own(known, round_, nadia)
    with pytest.raises(IntegrityError, match="rounds_ticket_one_a_person"), transaction.atomic():
        came_in(one)
