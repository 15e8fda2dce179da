"""Two officials confirm a decision on the same activity at the same moment, each from a page that showed the same."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from doorleren.people.models import RoleKind
from doorleren.register.commands.admit import admit
from doorleren.register.models import AdmissionDecision
from doorleren.web.officer import deciding
from tests.web.officer.visitor import DECIDER, Visitor, applied, moment, official

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Lets each command wait until both pages have asked what was decided; tells it what was seen, or hides that.

    Both decide at one moment: of two moments the earlier is refused anyway when it comes second.
    """
    both, at = threading.Barrier(2), moment(0)

    def arrange(told: bool) -> None:
        def wait_and_admit(*, seen: int | None, **given: Any) -> AdmissionDecision:
            both.wait(20)
            return admit(**given | {"at": at}, seen=seen if told else None)

        monkeypatch.setattr(deciding, "admit", wait_and_admit)

    return arrange


@pytest.mark.parametrize("told", [True, False], ids=["as it is", "with what was seen hidden"])
def test_exactly_one_goes_through(together: Callable[[bool], None], told: bool) -> None:
    """One official changes the cap and the other reads that somebody was first; without that question both would change it."""
    _, activity = applied()
    last = admit(activity=activity.pk, by=DECIDER, at=moment(1)).pk
    together(told)
    officials = [Visitor(official(RoleKind.DECIDER, name)) for name in ("Joost", "Hanna")]
    shown: dict[int, Any] = {}

    def confirm(place: int) -> None:
        address = f"/officer/admissions/activities/{activity.pk}/admit"
        most = str(10 * (place + 1))
        shown[place] = officials[place].send(address, grants_a_year=most, reason="", seen=str(last), confirmed="1")
        connection.close()

    threads = [threading.Thread(target=confirm, args=(place,)) for place in (0, 1)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    made = AdmissionDecision.objects.filter(activity=activity, pk__gt=last)
    assert sorted(one.status for one in officials) == ([302, 409] if told else [302, 302])
    assert made.count() == (1 if told else 2)
    if told:
        late = next(place for place, one in enumerate(officials) if one.status == 409)
        assert "Er is intussen een ander besluit genomen. Bekijk dat eerst." in shown[late].words
        assert f'name="seen" value="{made.get().pk}"' in shown[late].page
