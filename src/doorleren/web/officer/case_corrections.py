"""What was corrected, completed or asked of the application of a case since it was submitted, beside its facts."""

from typing import Any

from django.urls import reverse

from doorleren.applications.corrections.letters import reference_of
from doorleren.applications.corrections.sealed import said_in
from doorleren.applications.corrections.standing import Standing, requests, standings_of
from doorleren.applications.models import CHANGES, UPHOLDS, Application
from doorleren.core.days import day_of
from doorleren.people.file_keys import Destroyed, DoesNotOpen
from doorleren.web.officer.asked import written_day
from doorleren.web.people.correction_shown import stands, what


def corrections_of(application: Application) -> list[dict[str, Any]]:
    """List the requests about an application, the oldest first, with what it says now where something changed."""
    return [_shown(one) for one in standings_of(requests().filter(application=application).order_by("pk"))]


def _shown(one: Standing) -> dict[str, Any]:
    last = one.objection_end or one.objected or one.end or one.asked
    return {
        "reference": reference_of(one.request.pk), "url": reverse("officer-correction", args=[one.request.pk]),
        "day": written_day(day_of(last.at)), "stands": stands(one), "what": what(one), "new": _new(one),
    }  # fmt: skip


def _new(one: Standing) -> str:
    """Give what is kept since the last step that changed it; nothing where none did."""
    changed = next((step for step in reversed(one.steps) if step.step in (*CHANGES, *UPHOLDS)), None)
    try:
        return str(said_in(changed).get("new", "")) if changed else ""
    except (Destroyed, DoesNotOpen):
        return ""
