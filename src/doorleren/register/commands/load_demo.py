"""Fill an empty register with the demo register: made-up providers and trainings, most admitted, some waiting for it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from doorleren.core.days import day_of
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.commands.replace_reference import replace_reference
from doorleren.register.demo import catalogue
from doorleren.register.demo.catalogue import activities
from doorleren.register.models import Activity, AdmissionDecision, Occupation, OccupationSkill, Provider, Skill

SOURCE = BY = "demo"
WAITING = 13
"""One in so many providers and trainings waits for a decision, so that officials have something to do."""


def load_demo(*, at: datetime) -> int:
    """Load the demo register where there are no activities at all; give how many activities came in."""
    if Activity.objects.exists():
        return 0
    today = day_of(at)
    rows = (Received(row, entry, provider) for row, (entry, provider) in enumerate(activities(today), 1))
    with transaction.atomic():
        outcome = receive_delivery(rows, source=SOURCE, form="form", by=BY, at=at)
        subjects: list[dict[str, Any]] = [{"provider": one} for one in Provider.objects.order_by("pk")]
        subjects += [{"activity": one} for one in Activity.objects.order_by("pk")]
        AdmissionDecision.objects.bulk_create(
            AdmissionDecision(**subject, act=act, effective_on=today, decided_at=at, decided_by=BY, checks=[])
            for act in ("applied", "admitted")
            for place, subject in enumerate(subjects, 1)
            if act == "applied" or place % WAITING
        )
    return outcome.new


def load_demo_skills() -> bool:
    """Load the occupations and skills of the demo beside its register, where nobody has imported any; say whether it did.

    The publishers' own files, imported later, take their place.
    """
    imported = any(model.objects.exists() for model in (Occupation, Skill, OccupationSkill))
    if imported or not Activity.objects.filter(current__delivery__source__name=SOURCE).exists():
        return False
    with transaction.atomic():
        replace_reference("occupations", catalogue.occupations())
        replace_reference("skills", catalogue.skills())
        replace_reference("occupation-skills", catalogue.occupation_skills())
    return True
