"""What a decision changes for others: the page of the training and the interface say how it stands."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from doorleren.register.commands.remove_from_register import remove_from_register
from doorleren.register.commands.suspend import suspend
from doorleren.register.models import Activity
from doorleren.register.standings import admitted_activities
from doorleren.web import known
from tests.web.markup import Markup
from tests.web.officer.visitor import DECIDER

NOT_ADMITTED = "Deze opleiding is nu niet toegelaten tot het scholingsregister."


def seen(number: int) -> tuple[Markup, dict[str, object]]:
    """The page of a training and what the interface says of it."""
    client = Client(headers={"host": "localhost"})
    told = client.get(f"/api/v1/activities/{number}").json()
    return Markup(client.get(f"/trainings/{number}").content.decode()), told


@pytest.mark.parametrize("act", ["suspended", "removed"])
@pytest.mark.parametrize("subject", ["activity", "provider"])
def test_who_is_suspended_or_removed_is_seen_as_such(demo: None, act: str, subject: str) -> None:
    """Of an admitted training nothing is said; once it or its provider is stopped, page and interface say so at once."""
    number = min(admitted_activities(known.today()))
    page, told = seen(number)
    assert NOT_ADMITTED not in page.words
    assert (told["admitted"], told["standing"]) == (True, "admitted")
    one = Activity.objects.get(pk=number)
    command = suspend if act == "suspended" else remove_from_register
    about = {"activity": number} if subject == "activity" else {"provider": one.provider_id}
    command(**about, effective_on=known.today(), reason="Lessen vallen uit.", by=DECIDER, at=datetime.now(UTC))
    page, told = seen(number)
    assert NOT_ADMITTED in page.words
    assert f"is {'geschorst' if act == 'suspended' else 'verwijderd'} sinds" in page.words
    assert "Lessen vallen uit." not in page.words
    assert told["admitted"] is False
    assert told["standing"] == (act if subject == "activity" else "admitted")
    found = Client(headers={"host": "localhost"}).get("/api/v1/activities?size=50").json()
    stands = {one["id"]: one["admitted"] for one in found["items"]}
    assert stands.get(number, False) is False
    assert True in stands.values()
