"""Two at once: bundles of one adviser do not pass the limit of a day together, and one person is registered once."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from doorleren.applications.bundles.queries import answers_of
from doorleren.applications.commands import register_people
from doorleren.applications.models import Bundle, Registration
from doorleren.people.models import Organisation, Person
from doorleren.rounds.models import Gate, Round, Ticket
from doorleren.rules.library import Library
from tests.applications.bundles import made
from tests.applications.bundles.made import LIMITED, MOST, row, submit

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20.0


def at_once(*acts: Callable[[], Any]) -> list[BaseException]:
    """Do these at the same time, each with a connection of its own; give what went wrong."""
    wrong: list[BaseException] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            act()
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join(SECONDS)
    return wrong


def together(known: Library, round_: Round, who: tuple[Person, Organisation], monkeypatch: Any) -> int:
    """Hand in two bundles that wait for each other after counting what the adviser registered; give how many are in."""
    meet, real = threading.Barrier(2), register_people.registered_on

    def counted(*given: Any) -> int:
        found = real(*given)
        with contextlib.suppress(threading.BrokenBarrierError):  # the other is held up, as it should be
            meet.wait(1.0)
        return found

    monkeypatch.setattr(register_people, "registered_on", counted)
    first, second = [row(place) for place in range(2)], [row(place) for place in range(2, 4)]
    wrong = at_once(lambda: submit(known, round_, who, *first), lambda: submit(known, round_, who, *second))
    assert not wrong
    return Registration.objects.count()


def test_the_limit_holds_for_two_bundles_at_once(known: Library, tom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two bundles of two people with room for three: three are registered, and the gate counted no more."""
    round_ = made.a_round(known, LIMITED)
    assert together(known, round_, tom, monkeypatch) == MOST == Ticket.objects.count()
    assert Gate.objects.get(pk=round_.pk).tickets == MOST


def test_without_holding_the_adviser_it_would_not(
    known: Library, tom: Any, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """The control: when the adviser's row is not held, both count two and the limit is passed."""
    monkeypatch.setattr(register_people, "hold_adviser", lambda adviser: None)
    assert together(known, made.a_round(known, LIMITED), tom, monkeypatch) == MOST + 1


def test_two_advisers_and_one_person(known: Library, tom: Any) -> None:
    """Bundles of two advisers with the same forty people at the same moment: each person is registered by one of them."""
    round_, olga, told = made.a_round(known), made.adviser("Olga", "90000031"), [row(place) for place in range(40)]
    other = [one | {"reference": f"o-{one['reference']}"} for one in reversed(told)]
    assert not at_once(lambda: submit(known, round_, tom, *told), lambda: submit(known, round_, olga, *other))
    assert (Registration.objects.count(), Ticket.objects.count()) == (40, 40)
    rows = [one for bundle in Bundle.objects.all() for one in answers_of(bundle)["answers"]]
    assert sorted(one["outcome"] for one in rows) == ["accepted"] * 40 + ["refused"] * 40


def test_the_same_bundle_twice_at_once(known: Library, tom: Any) -> None:
    """The same bundle sent twice at the same moment is one bundle with one answer a row."""
    round_, told = made.a_round(known), [row(place) for place in range(20)]
    assert not at_once(*[lambda: submit(known, round_, tom, *told)] * 2)
    assert (Bundle.objects.count(), Ticket.objects.count()) == (1, 20)
    assert [one["outcome"] for one in answers_of(Bundle.objects.get())["answers"]] == ["accepted"] * 20
