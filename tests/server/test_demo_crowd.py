"""The people who apply in the demo by themselves: real applications, so that every euro of their places stands in the ledger."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from doorleren.applications.models import Application, Freeze
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.open_cases import open_cases
from doorleren.payments.balances import round_money
from doorleren.payments.checking import check_ledger
from doorleren.payments.jobs import follow_all
from doorleren.people.models import Identity, Person
from doorleren.rounds.commands.allocate import allocate
from doorleren.rounds.models import PotPart, Round, Ticket
from doorleren.rounds.tokens import BadToken, opened_token
from doorleren.rules.library import Library, open_library
from doorleren.server import demo_crowd
from doorleren.server.clock import now
from doorleren.server.demo_cases.examples import amounts
from doorleren.server.demo_round import open_demo_rounds

pytestmark = pytest.mark.django_db
KEY = b"t" * 32
TODAY = day_of(now())
FEW = 4


@pytest.fixture(scope="module")
def library() -> Library:
    """The schemes of the product."""
    return open_library()


@pytest.fixture
def round_(library: Library) -> Round:
    """The round that the crowd comes to."""
    return Round.objects.get(pk=open_demo_rounds(library, TODAY))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A crowd of a few people."""
    monkeypatch.setattr(demo_crowd, "FIRST_NAMES", demo_crowd.FIRST_NAMES[:FEW])


def ready(round_: Round, library: Library, today: date = TODAY) -> list[str]:
    """Let the crowd put its applications ready; give the tokens."""
    return list(demo_crowd.ready_tokens(round_, library, today, key=KEY))


def enter(round_: Round) -> None:
    """Submit what stands ready, as the intake would have it."""
    for number, one in enumerate(Freeze.objects.select_related("application").order_by("pk"), 1):
        id_ = round_.pk << 32 | number
        Ticket.objects.create(
            id=id_, round=round_, key=one.application.key, person=one.person, content=one.content, cents=one.cents,
            kind=one.kind, batch=id_, arrived_at=now(),
        )  # fmt: skip
    while allocate(round_.pk, at=now()):
        pass


def test_each_is_somebody_with_an_application(round_: Round, library: Library) -> None:
    """Each token is of an application of its own person, who cannot sign in; they ask various amounts, and nobody is named twice."""
    tokens = [one.encode() for one in ready(round_, library)]
    told = [opened_token(one, KEY, now().timestamp()) for one in tokens]
    assert len(told) == len(set(demo_crowd.FIRST_NAMES)) == 40
    assert len({one.person for one in told}) == len(told)
    assert {one.round for one in told} == {round_.pk}
    assert len({one.cents for one in told}) > 1
    people = Person.objects.filter(name__endswith=" Voorbeeld")
    assert set(Application.objects.values_list("applicant_number", flat=True)) == set(
        people.values_list("pk", flat=True)
    )
    assert not Identity.objects.filter(person__in=people).exists()
    with pytest.raises(BadToken):
        opened_token(tokens[0], bytes(32), now().timestamp())


@pytest.mark.usefixtures("few")
def test_what_their_places_hold_stands_in_the_ledger(round_: Round, library: Library) -> None:
    """Without cases nothing stands in the ledger; with the cases of the crowd it says what the round says, to the cent."""
    ready(round_, library)
    enter(round_)
    follow_all(now)
    used = PotPart.objects.get(round=round_).cents
    assert (used > 0, round_money(round_.pk).reserved) == (True, 0)
    assert open_cases(at=now(), rehearsals=True) == Case.objects.count() == FEW
    follow_all(now)
    money = round_money(round_.pk)
    assert money.reserved == used == sum(Ticket.objects.values_list("cents", flat=True))
    assert (money.available or 0) + used == money.ceiling
    assert check_ledger().holds


@pytest.mark.usefixtures("few")
def test_in_a_demo_of_another_day(library: Library) -> None:
    """On another day that the demo shows they can apply too: their training was admitted before it."""
    other = date(2022, 11, 17)
    round_ = Round.objects.get(pk=open_demo_rounds(library, other))
    assert len(ready(round_, library, other)) == FEW


@pytest.mark.usefixtures("few")
def test_what_cannot_be_filed_is_passed_over(
    round_: Round, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """An example that lacks facts leaves nothing behind, and the others are used; where none is left it is said."""

    def lacking(*given: Any) -> list[Any]:
        return [replace(one, profile={}) for one in amounts(*given)[:1]]

    monkeypatch.setattr(demo_crowd, "amounts", lambda *given: [*lacking(*given), *amounts(*given)])
    assert len(ready(round_, library)) == FEW == Application.objects.count()
    assert Person.objects.filter(name__endswith=" Voorbeeld").count() == FEW
    monkeypatch.setattr(demo_crowd, "amounts", lacking)
    with pytest.raises(LookupError, match=f"round {round_.code}"):
        ready(round_, library)
    assert Application.objects.count() == FEW
