"""Withdrawing and filing anew in the same round, for every kind of applicant; never two tickets of one that count."""

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from doorleren.applications.commands import freeze_draft as freezing
from doorleren.applications.commands.freeze_draft import freeze_draft
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.start_draft import start_draft
from doorleren.applications.commands.withdraw_application import withdraw_application
from doorleren.applications.models import Application, Freeze
from doorleren.applications.one_place import chain
from doorleren.applications.parties import Named
from doorleren.applications.queries import state_now
from doorleren.people.models import Person, RoleKind
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.commands.announce_from_scheme import announce_from_scheme
from doorleren.rounds.models import NUMBER_BITS, Round, Superseded, Ticket
from tests.applications import made
from tests.applications.made import AT, KEY, SENSITIVE, TODAY, US, WHOLE, firm_as, oneself, signed_in, submitted
from tests.applications.partners import partner
from tests.applications.test_region import FILE as REGIONS
from tests.people import made as people

pytestmark = pytest.mark.django_db

SCHOOL = made.FILE.replace('"employer"\n', '"education_institution"\n')
FILES = {
    "person": ("learner", made.FILE, "voorjaar", WHOLE),
    "employer": ("firm", made.FILE, "voorjaar", {"employer.employees": 20}),
    "organisation": ("firm", SCHOOL, "voorjaar", {"employer.employees": 20}),
    "region": ("plan", REGIONS, "2026", {"region.code": "AM05"}),
}
KINDS = list(FILES)
SEEDS = range(6)


class One:
    """Somebody of a kind who files, in a round of a scheme of its own."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.track, text, code, self.told = FILES[kind]
        self.library = made.library(folder / "schemes", text)
        self.round: Round = announce_from_scheme(self.library, made.SCHEME, code, by=US, at=AT)
        self.person, self.party = self._who(kind)

    def _who(self, kind: str) -> tuple[Person, Named]:
        if kind == "person":
            found = people.person(name="Nadia")
            return found, oneself(found)
        organisation = people.organisation("90000075")
        if kind == "region":
            return partner(organisation, "Leila"), firm_as(organisation)
        found = people.person(name="Marieke")
        people.mandate(found, organisation)
        people.role(found, RoleKind.EMPLOYER if kind == "employer" else RoleKind.PROVIDER, organisation=organisation)
        return found, firm_as(organisation)

    def begun(self) -> Application:
        """Start one more application."""
        by = signed_in(self.person)
        one = start_draft(self.round, self.track, applicant=self.party, library=self.library, by=by, at=AT)
        save_answers(one.pk, [Given(*told) for told in self.told.items()], library=self.library, by=by, at=AT)
        return one

    def ready(self, one: Application) -> Freeze:
        """Put one ready."""
        return freeze_draft(
            one.pk, sensitive=SENSITIVE, person_key=KEY, today=TODAY, library=self.library, by=signed_in(self.person), at=AT
        )  # fmt: skip

    def withdraw(self, one: Application) -> None:
        """Withdraw one."""
        withdraw_application(one.pk, by=signed_in(self.person), at=AT)

    def live(self) -> int:
        """Count the tickets that count."""
        return Ticket.objects.filter(round=self.round, withdrawal=None).count()


@pytest.mark.parametrize("kind", KINDS)
def test_withdrawing_and_filing_anew(kind: str, tmp_path: Path) -> None:
    """Twice over, the next application comes in at its own number; what was withdrawn has no place, and the last one has."""
    one = One(kind, tmp_path)
    for number in (1, 2):
        before = one.begun()
        one.ready(before)
        submitted(before, number)
        one.withdraw(before)
    last = one.begun()
    one.ready(last)
    ticket = submitted(last, 3)
    assert (ticket.number, one.live()) == (3, 1)
    allocate(one.round.pk, at=AT)
    places = [(each.place.outcome, each.place.reason) for each in Ticket.objects.filter(round=one.round).order_by("id")]
    assert places[:2] == [("outside", "withdrawn")] * 2
    assert places[2][0] != "outside"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", [0, 1])
def test_of_two_that_were_ready_one_counts(kind: str, first: int, tmp_path: Path) -> None:
    """Whichever of two comes in first, the other does not; after a withdrawal it is put ready anew, and then it does."""
    one = One(kind, tmp_path)
    two = [one.begun(), one.begun()]
    for each in two:
        one.ready(each)
    came, other = two[first], two[1 - first]
    submitted(came)
    with pytest.raises(IntegrityError, match="rounds_ticket_one_a_person"), transaction.atomic():
        submitted(other, 2)
    old = other.freezes.get()
    one.withdraw(came)
    other.refresh_from_db()
    assert state_now(other) == "draft"
    new = one.ready(other)
    assert (new.content, new.person != old.person) == (old.content, True)
    submitted(other, 2)
    assert one.live() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_what_came_in_after_its_withdrawal(kind: str, tmp_path: Path) -> None:
    """A token that is sent after its application was withdrawn is refused; another application comes in."""
    one = One(kind, tmp_path)
    late, next_ = one.begun(), one.begun()
    token = one.ready(late)
    one.withdraw(late)
    one.ready(next_)
    assert not enter(token, 1)
    submitted(next_, 2)
    assert one.live() == 1


def enter(token: Freeze, number: int) -> bool:
    """Enter a token as the intake does; say whether it was taken."""
    if Superseded.objects.filter(round=token.application.round, content=token.content).exists():
        return False
    id_ = (token.application.round_id << NUMBER_BITS) + number
    try:
        with transaction.atomic():
            Ticket.objects.create(
                id=id_, round=token.application.round, key=token.application.key, person=token.person,
                content=token.content, cents=token.cents, kind=token.kind, batch=id_, arrived_at=AT,
            )  # fmt: skip
    except IntegrityError:
        return False
    return True


def most_at_once(one: One, seed: int) -> int:
    """Put ready, hand in any token that was ever given, and withdraw, in any order; give how many counted at most at once."""
    random_ = random.Random(seed)
    drafts, tokens, most = [one.begun() for _ in range(3)], list[Freeze](), 0
    for number in range(1, 19):
        draft = random_.choice(drafts)
        draft.refresh_from_db()
        act, state = random_.choice(("ready", "enter", "enter", "withdraw")), state_now(draft)
        if act == "ready" and state in ("draft", "ready"):
            tokens.append(one.ready(draft))
        elif act == "enter" and tokens:
            enter(random_.choice(tokens), number)
        elif act == "withdraw" and state in ("ready", "submitted"):
            one.withdraw(draft)
            drafts.append(one.begun())
        most = max(most, one.live())
    return most


@pytest.mark.parametrize("seed", SEEDS)
def test_in_any_order_one_counts(seed: int, tmp_path: Path) -> None:
    """Whatever is put ready, sent and withdrawn in whichever order, there is one ticket that counts, and never two."""
    assert most_at_once(One("person", tmp_path), seed) == 1


def one_after_the_other(one: One) -> int:
    """Put one ready and hand it in, then another, without a withdrawal; give how many count."""
    for number, draft in enumerate((one.begun(), one.begun()), 1):
        enter(one.ready(draft), number)
    return one.live()


def test_a_next_hash_without_a_withdrawal_would_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a next hash after every ticket, withdrawn or not, two of one person count, and counting them tells."""
    one = One("person", tmp_path)
    assert one_after_the_other(one) == 1
    monkeypatch.setattr(freezing, "hashes_now", after_any)
    again = one.begun()
    enter(one.ready(again), 3)
    assert one.live() == 2


def after_any(round_: int, persons: Iterable[str], key: bytes) -> dict[str, str]:
    """Give the next hash where a ticket has one, whether it was withdrawn or not: what must not be."""
    taken = set(Ticket.objects.filter(round=round_).values_list("person", flat=True))
    return {first: next(one for one in chain(first, key) if one not in taken) for first in persons}
