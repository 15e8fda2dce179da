"""Two officials decide on the same subject at the same moment, in two real transactions."""

import threading
from contextlib import suppress

import pytest
from django.db import connection

from doorleren.register.answers import ActRefused
from doorleren.register.commands import deciding
from doorleren.register.commands.admit import admit
from doorleren.register.commands.apply_for_admission import apply_for_admission
from doorleren.register.commands.refuse import refuse
from doorleren.register.models import Activity, AdmissionDecision, Provider
from tests.register.commands.scene import AT, DECIDER, OWNER, admitted_provider, listed

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 1.0
"""Seconds that one waits for the other after reading; with the lock the other never comes."""


def both_at_once(monkeypatch, **about: int) -> list[str]:
    """One admits and one refuses; each waits after reading until the other has read too. Gives what each came to."""
    both_have_read = threading.Barrier(2)
    ask = deciding.may_follow

    def ask_when_both_have_read(*given):
        with suppress(threading.BrokenBarrierError):  # the other is held by the lock
            both_have_read.wait(PATIENCE)
        return ask(*given)

    monkeypatch.setattr(deciding, "may_follow", ask_when_both_have_read)
    came_to: list[str] = []

    def decide(command, more) -> None:
        try:
            came_to.append(command(**about, **more, by=DECIDER, at=AT).act)
        except ActRefused:
            came_to.append("too late")
        finally:
            connection.close()

    acts = [(admit, {}), (refuse, {"reason": "r", "checks": ["participants_are_guided"]})]
    officials = [threading.Thread(target=decide, args=act) for act in acts]
    for one in officials:
        one.start()
    for one in officials:
        one.join()
    return came_to


@pytest.mark.parametrize("subject", ["provider", "activity"])
@pytest.mark.parametrize("locked", [True, False], ids=["as it is", "with the lock taken out"])
def test_two_officials_at_once(monkeypatch, subject, locked):
    """With the lock one decision is taken and the other official is too late; with the lock taken out both are taken."""
    provider, activity = admitted_provider() if subject == "activity" else listed()
    about = {subject: (activity if subject == "activity" else provider).pk}
    apply_for_admission(**about, by=OWNER, at=AT)
    if not locked:
        monkeypatch.setattr(deciding, "locked_providers", Provider.objects.all)
        monkeypatch.setattr(deciding, "locked_activities", Activity.objects.all)
    came_to = both_at_once(monkeypatch, **about)
    taken = AdmissionDecision.objects.filter(**about, act__in=("admitted", "refused")).count()
    if locked:
        assert "too late" in came_to
        assert taken == 1
    else:
        assert sorted(came_to) == ["admitted", "refused"]
        assert taken == 2


@pytest.mark.parametrize("told", [True, False], ids=["saying what they saw", "without saying it"])
def test_two_caps_at_once(told):
    """Two officials change the cap of an admitted activity, which the rules allow twice: who saw less is stopped by that alone."""
    _, activity = admitted_provider()
    apply_for_admission(activity=activity.pk, by=OWNER, at=AT)
    last = admit(activity=activity.pk, by=DECIDER, at=AT).pk
    before = AdmissionDecision.objects.count()
    start, came_to = threading.Barrier(2), []

    def decide(most: int) -> None:
        start.wait(10)
        try:
            seen = {"seen": last} if told else {}
            came_to.append(admit(activity=activity.pk, grants_a_year=most, by=DECIDER, at=AT, **seen).grants_a_year)
        except deciding.Overtaken as late:
            came_to.append(str(late))
        finally:
            connection.close()

    officials = [threading.Thread(target=decide, args=(most,)) for most in (10, 20)]
    for one in officials:
        one.start()
    for one in officials:
        one.join()
    if told:
        assert "Er is intussen een ander besluit genomen. Bekijk dat eerst." in came_to
        assert len({10, 20} & set(came_to)) == 1
    else:
        assert sorted(came_to) == [10, 20]
    assert AdmissionDecision.objects.count() - before == (1 if told else 2)
