"""The token of what stood ready is refused once something of it changed, or it was withdrawn; what stands ready now is not."""

from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction

from doorleren.applications.commands.confirm_known import confirm_known
from doorleren.applications.commands.save_answers import Given, save_answers
from doorleren.applications.commands.withdraw_application import undo_withdrawal, withdraw_application
from doorleren.applications.models import Application, Freeze
from doorleren.applications.queries import last_freeze, state_now
from doorleren.applications.refusing import SUBMITTED, ApplicationRefused
from doorleren.applications.sealing import frozen_of
from doorleren.audit.models import Act
from doorleren.people.models import Person
from doorleren.rounds.commands.open_gate import open_gate
from doorleren.rounds.models import Round, Superseded, Ticket
from doorleren.rules.library import Library
from tests.applications.made import AT, US, WHOLE, answer, draft, signed_in, stood_ready, submitted
from tests.applications.test_draft import freeze
from tests.server.intake.conftest import Entering, entering, refused
from tests.server.intake.test_batches import one_after_another

__all__ = ["entering"]
PRICE = "training.price"


@pytest.fixture
def one(known: Library, round_: Round, nadia: Person) -> Application:
    """What is answered whole."""
    made = draft(known, round_, nadia)
    answer(known, made, nadia, WHOLE)
    return made


def now_of(one: Application) -> Application:
    """Give it as the database has it."""
    return Application.objects.get(pk=one.pk)


def gone() -> set[str]:
    """Give the contents that are refused."""
    return set(Superseded.objects.values_list("content", flat=True))


def test_only_the_last_token_comes_in(entering: Entering, one: Application, known: Library, nadia: Person) -> None:
    """At the intake every token of before a change is refused, and the last one gets the receipt."""
    open_gate(one.round_id, by=US, at=AT)
    tokens = []
    for price in (50000, 60000, 50000):
        answer(known, one, nadia, {PRICE: price})
        tokens.append(frozen_of(one, freeze(known, one, nadia)))
    answers = entering(lambda batches: one_after_another(batches, tokens))
    assert refused(answers) == ["changed", "changed", ""]
    assert Ticket.objects.get().content == tokens[2].content


@pytest.mark.django_db
def test_the_same_again_is_another_content(one: Application, known: Library, nadia: Person) -> None:
    """Who changes an answer and changes it back puts another content ready each time; a press on the button more does nothing."""
    stood = []
    for price in (50000, 60000, 50000, 60000, 50000):
        answer(known, one, nadia, {PRICE: price})
        stood.append(freeze(known, one, nadia).content)
        assert freeze(known, one, nadia).content == stood[-1]
        assert gone() == set(stood[:-1])
    assert len(set(stood)) == one.freezes.count() == 5


@pytest.mark.django_db
def test_what_says_nothing_new_supersedes_nothing(one: Application, known: Library, nadia: Person) -> None:
    """The same answer once more, or that what was taken over is right, leaves the token as good as it was."""
    frozen = freeze(known, one, nadia)
    answer(known, one, nadia, {PRICE: WHOLE[PRICE]})
    confirm_known(one.pk, seen=2**40, library=known, by=signed_in(nadia), at=AT)
    assert (last_freeze(now_of(one)), gone()) == (frozen, set())


@pytest.mark.django_db
def test_what_nobody_typed(one: Application, known: Library, nadia: Person) -> None:
    """Where the content became another without an edit, putting it ready again supersedes the one before."""
    first = freeze(known, one, nadia)
    Round.objects.filter(pk=one.round_id).update(announced_hash="e" * 64)
    second = freeze(known, one, nadia)
    assert (second.content != first.content, gone()) == (True, {first.content})
    assert last_freeze(now_of(one)) == second


@pytest.mark.django_db
def test_withdrawn_and_taken_back(one: Application, known: Library, nadia: Person) -> None:
    """The token of what was withdrawn is refused for good; after taking that back it is put ready anew, with the same answers."""
    first = freeze(known, one, nadia)
    withdraw_application(one.pk, by=signed_in(nadia), at=AT)
    undo_withdrawal(one.pk, by=signed_in(nadia), at=AT)
    assert (state_now(now_of(one)), gone()) == ("draft", {first.content})
    second = freeze(known, one, nadia)
    assert second.content not in gone()


@pytest.mark.django_db
@pytest.mark.parametrize("came_in", [False, True])
def test_it_came_in_just_before(
    one: Application, known: Library, nadia: Person, came_in: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it came in after the command looked, and before it held the gate, nothing is changed and the reason is told."""
    content = freeze(known, one, nadia).content
    monkeypatch.setattr("doorleren.applications.commands.save_answers.ticket_of", lambda _: None)
    if came_in:
        submitted(one)
        with pytest.raises(ApplicationRefused, match=SUBMITTED["nl"]):
            change(one, known, nadia)
        assert (gone(), now_of(one).frozen_content) == (set(), content)
    else:
        change(one, known, nadia)
        assert (gone(), now_of(one).frozen_content) == ({content}, "")
    assert Act.objects.filter(act="answered").count() == 2 - came_in


def change(one: Application, known: Library, nadia: Person) -> Any:
    """Change an answer, with nothing of it left where that is refused."""
    with transaction.atomic():
        return save_answers(one.pk, [Given(PRICE, 100)], library=known, by=signed_in(nadia), at=AT)


@pytest.mark.django_db
def test_what_was_there_before(one: Application, known: Library, round_: Round, nadia: Person) -> None:
    """The migration supersedes what stood ready before and was changed, not what stands ready, nor anything of what came in."""
    stood_ready(one)
    ready = freeze(known, one, nadia)
    came = draft(known, round_, nadia)
    Freeze.objects.create(
        application=came, content="a" * 64, person="b" * 64, cents=0, until=AT.replace(year=2027), at=AT
    )
    Ticket.objects.create(
        id=round_.pk << 32 | 1, round=round_, key=came.key, person="b" * 64, content="a" * 64, cents=0, kind="",
        batch=round_.pk << 32 | 1, arrived_at=AT,
    )  # fmt: skip
    fill = import_module("doorleren.applications.migrations.0018_superseded").FILL
    with connection.cursor() as cursor:
        cursor.execute(fill)
        cursor.execute(fill)
    assert gone() == {"0" * 64}
    assert freeze(known, one, nadia) == ready
