"""A demo that shows another day: acts carry that day, while sessions and proofs go by the clock of the machine."""

from datetime import UTC, datetime, timedelta

import pytest

from doorleren.audit.models import Act
from doorleren.people.models import Session
from doorleren.people.signed_in import SignedIn
from doorleren.web.people import account
from tests.web.people.browsers import Browser


@pytest.mark.parametrize("days", [-1300, 1300], ids=["long ago", "yet to come"])
def test_acts_carry_the_day_of_the_demo(days: int, browser: Browser, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing in and out is recorded on the day of the demo; the session lives, and the proof is as fresh as it is."""
    settings.DOORLEREN_AHEAD = ahead = timedelta(days=days)
    seen: list[SignedIn] = []
    told = account.signed_in
    monkeypatch.setattr(account, "signed_in", lambda request: seen.append(told(request)) or seen[-1])
    browser.sign_in("nadia")
    assert browser.client.get("/account").status_code == 200
    there = datetime.now(UTC) + ahead
    assert timedelta(0) <= there - seen[-1].proven_at < timedelta(minutes=2)
    row = Session.objects.get()
    assert timedelta(0) < row.expire_date - datetime.now(UTC) < timedelta(minutes=16)
    for act in Act.objects.filter(act="signed_in"):
        assert abs(there - act.at) < timedelta(minutes=2)
    assert Act.objects.filter(act="signed_in").exists()
