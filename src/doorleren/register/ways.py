"""From one occupation to another: which skills one has, which lack, which trainings teach those, and where supply lacks.

Called by the portal. Skills come from the reference data; what a training teaches is what its provider told: skills,
or the occupation that it leads to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from doorleren.register.models import ActivityVersion, OccupationSkill, Skill
from doorleren.register.queries import Listing, listings, published_on

MOST_TRAININGS = 40


@dataclass(frozen=True, slots=True)
class SkillAsked:
    """A skill that an occupation always asks for: its id and name."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between two occupations. `untaught` are the skills that lack and that no training says it teaches."""

    had: tuple[SkillAsked, ...]
    lacking: tuple[SkillAsked, ...]
    untaught: tuple[SkillAsked, ...]
    listings: Mapping[int, Listing]


def gap_between(origin: str, target: str, *, today: date) -> Gap:
    """Compare what two occupations (ESCO ids) always ask, and find the trainings for what lacks or for the target itself."""
    asked = _essential(target)
    at_hand = set(OccupationSkill.objects.filter(occupation=origin).values_list("skill", flat=True))
    lacking = [skill for skill in asked if skill not in at_hand]
    names = dict(Skill.objects.filter(key__in=asked).values_list("key", "label"))
    teaching = ActivityVersion.objects.filter(published_on(today), activity__current=F("pk")).filter(
        Q(skills__overlap=lacking) | Q(occupations__contains=[target])
    )
    found = listings(list(teaching.order_by("activity_id").values_list("activity_id", flat=True)[:MOST_TRAININGS]))
    taught = {skill for told in teaching.values_list("skills", flat=True) for skill in told}
    return Gap(
        _told((skill for skill in asked if skill in at_hand), names),
        _told(lacking, names),
        _told((skill for skill in lacking if skill not in taught), names),
        found,
    )


def _essential(occupation: str) -> list[str]:
    rows = OccupationSkill.objects.filter(occupation=occupation, essential=True)
    return list(rows.order_by("skill").values_list("skill", flat=True))


def _told(skills: Iterable[str], names: Mapping[str, str]) -> tuple[SkillAsked, ...]:
    return tuple(sorted((SkillAsked(one, names.get(one, one)) for one in skills), key=lambda one: one.label))
