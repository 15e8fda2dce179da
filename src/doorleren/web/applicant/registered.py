"""What stands in the way of an application, and the right that it keeps, in words for the pages of an applicant."""

from collections.abc import Iterable
from typing import Any

from doorleren.applications.answers import Counted, profile_of, track_of
from doorleren.applications.grants import for_one_training
from doorleren.applications.in_the_way import in_the_way
from doorleren.applications.models import Application
from doorleren.applications.queries import state_now
from doorleren.applications.registered import PRICE, registered_of, told_anew
from doorleren.core.money import euros
from doorleren.register.models import Activity
from doorleren.register.queries import listings
from doorleren.web import known
from doorleren.web.public.questions import in_language
from doorleren.web.surroundings import now


def in_the_way_shown(application: Application, answers: Iterable[Counted]) -> dict[str, Any]:
    """Describe for applicant/in_the_way.html what stops putting ready or submitting, and the right that is kept."""
    told, library, at = list(answers), known.library(), now()
    anew = told_anew(application, told, library=library, at=at)
    found = in_the_way(application, profile_of(told) | anew, today=known.today(), library=library, at=at)
    said = found.registered
    return {
        "price": euros(anew[PRICE]) if PRICE in anew and state_now(application) == "draft" else "",
        "reasons": [in_language(texts) for texts, _facts in found.reasons],
        "kept": in_language(said.right.texts) if said and said.kept and said.right else "",
    }


def training_shown(application: Application) -> dict[str, Any] | None:
    """Describe for applicant/training_chosen.html the one training that is applied for; None where none must be chosen."""
    if not for_one_training(application.round, track_of(application), known.library()):
        return None
    activity = application.activity_id
    if activity is None:
        return {"title": "", "change": True}
    listed = listings([activity], in_short=True).get(activity)
    return {
        "title": listed.entry.title if listed else Activity.objects.values_list("code", flat=True).get(pk=activity),
        "provider": listed.provider.name if listed else "",
        "change": state_now(application) == "draft" and not application.freezes.exists(),
    }


def right_shown(application: Application) -> dict[str, Any]:
    """Describe the right of what was submitted: a reason where the register gives it none, or the right that is kept."""
    said = registered_of(application, {}, today=known.today(), library=known.library(), at=now())
    if said is None or said.right is None:
        return {}
    lost = said.right.holds is False
    return {
        "reasons": [in_language(said.right.texts)] if lost else [],
        "kept": in_language(said.right.texts) if said.kept else "",
    }
