"""From one occupation to another: which skills one has, which lack, which trainings teach those, and where supply lacks.

Called by the portal. Skills come from the reference data; what a training teaches is what its provider told: skills,
or the occupation that it leads to.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from django.db.models import F, Q

from doorleren.register.models import ActivityVersion, OccupationSkill, Skill
from doorleren.register.queries import Listing, listings, published_on

MOST_TRAININGS = 30


@dataclass(frozen=True, slots=True)
class SkillAsked:
    """A skill that an occupation always asks for: its id, its name, and the language of that name (ISO 639-1)."""

    id: str
    label: str
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between two occupations.

    `had` are skills that the first occupation brings, `lacking` the others that the second always asks, also those that
    somebody can after all. `listings` are the trainings that teach the most of what still lacks, the most first and no
    more than fit on a page; `useful` counts all of those, `spared` the trainings that teach only what one can. `untaught`
    are the skills that no training says it teaches.
    """

    had: tuple[SkillAsked, ...]
    lacking: tuple[SkillAsked, ...]
    untaught: tuple[SkillAsked, ...]
    listings: Mapping[int, Listing]
    useful: int
    spared: int


@dataclass(frozen=True, slots=True)
class SharedSkills:
    """Two occupations as the register knows them, and how many of the skills that the second always asks the first brings."""

    origin: str
    target: str
    had: int
    asked: int


@dataclass(frozen=True, slots=True)
class _Taught:
    """A training for the way: its number, what it teaches of what the second occupation asks, and whether it leads there."""

    activity: int
    skills: frozenset[str]
    leads: bool

    def helps(self, still: Collection[str]) -> bool:
        """Whether it teaches something that lacks; one for the occupation itself that names no skill may."""
        return not self.skills.isdisjoint(still) if self.skills else self.leads and bool(still)


def gap_between(origin: str, target: str, *, today: date, can: Collection[str] = ()) -> Gap:
    """Compare what two occupations (ESCO ids) always ask, and find the trainings for what lacks or for the target itself.

    `can` are skills that somebody has beside those of the first occupation: they need no training any more.
    """
    asked, at_hand = _essential(target), _brought(origin)
    lacking = [skill for skill in asked if skill not in at_hand]
    still = frozenset(lacking).difference(can)
    every = list(_teaching(target, lacking, frozenset(asked), today))
    useful = [one for one in every if one.helps(still)]
    best = nsmallest(MOST_TRAININGS, useful, key=lambda one: (-len(one.skills & still), one.activity))
    found = listings([one.activity for one in best])
    taught = frozenset[str]().union(*(one.skills for one in every))
    names = {one.key: SkillAsked(one.key, one.label, one.language) for one in Skill.objects.filter(key__in=asked)}
    return Gap(
        _told((skill for skill in asked if skill in at_hand), names),
        _told(lacking, names),
        _told((skill for skill in lacking if skill not in taught), names),
        {one.activity: found[one.activity] for one in best if one.activity in found},
        len(useful),
        len(every) - len(useful),
    )


def shared_skills(origin: tuple[str, str], target: tuple[str, str]) -> SharedSkills:
    """Count how many of the skills that an occupation always asks another brings; both as ESCO id and name."""
    asked, at_hand = _essential(target[0]), _brought(origin[0])
    return SharedSkills(origin[1], target[1], sum(one in at_hand for one in asked), len(asked))


def _teaching(target: str, lacking: list[str], asked: frozenset[str], today: date) -> Iterator[_Taught]:
    """Give every training that teaches a skill that lacks, or leads to the occupation."""
    found = ActivityVersion.objects.filter(published_on(today), activity__current=F("pk")).filter(
        Q(skills__overlap=lacking) | Q(occupations__contains=[target])
    )
    for activity, skills, occupations in found.values_list("activity_id", "skills", "occupations").iterator():
        yield _Taught(activity, asked.intersection(skills), target in occupations)


def _essential(occupation: str) -> list[str]:
    rows = OccupationSkill.objects.filter(occupation=occupation, essential=True)
    return list(rows.order_by("skill").values_list("skill", flat=True))


def _brought(occupation: str) -> frozenset[str]:
    return frozenset(OccupationSkill.objects.filter(occupation=occupation).values_list("skill", flat=True))


def _told(skills: Iterable[str], names: Mapping[str, SkillAsked]) -> tuple[SkillAsked, ...]:
    return tuple(sorted((names.get(one) or SkillAsked(one, one) for one in skills), key=lambda one: one.label))
