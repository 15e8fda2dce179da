"""The shop of the benchmark in pretix: one event, one free item, one quota, and a token for the order API.

Run by the Python of pretix's own environment, with `PRETIX_...` variables that say where its database is. Prints one
line of JSON: the path to post orders to, the token, and the number of the item.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "pretix.settings"
django.setup()

from django_scopes import scopes_disabled  # noqa: E402
from pretix.base.models import Event, Organizer  # noqa: E402


def main() -> int:
    """Make the shop; `size` is how many the quota holds."""
    size = int(sys.argv[1])
    soon = datetime.now(UTC) + timedelta(days=30)
    with scopes_disabled():
        organizer = Organizer.objects.create(name="Opening", slug="opening")
        event = Event.objects.create(
            organizer=organizer, name="Opening", slug="opening", currency="EUR", live=True, date_from=soon,
            presale_start=datetime.now(UTC) - timedelta(days=1),
        )  # fmt: skip
        item = event.items.create(name="Place", default_price=Decimal("0.00"), active=True)
        quota = event.quotas.create(name="Pot", size=size)
        quota.items.add(item)
        team = organizer.teams.create(
            name="API", all_events=True, all_event_permissions=True, all_organizer_permissions=True
        )
        token = team.tokens.create(name="load")
    path = f"/api/v1/organizers/{organizer.slug}/events/{event.slug}/orders/"
    print(json.dumps({"path": path, "token": token.token, "item": item.pk}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
