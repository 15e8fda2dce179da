"""How a partnership stands: its members, the divisions that count, and who may only look. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from doorleren.applications.models import (
    Application,
    Divided,
    Division,
    DivisionLine,
    Member,
    MemberMark,
    MemberStep,
    MemberTask,
    PartyKind,
    Sharing,
)
from doorleren.applications.partnerships.dividing import Part, Told
from doorleren.applications.partnerships.totals import Joined
from doorleren.applications.plans.standing import plan_applied_with
from doorleren.people.models import Organisation
from doorleren.rules.profile import Profile


@dataclass(frozen=True, slots=True)
class Standing:
    """A member as it stands: whether it takes part, and since when its organisation has confirmed that (None: not)."""

    member: Member
    present: bool
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Planned:
    """A division as it was told, with who told it (kind, id) and when."""

    told: Told
    by: tuple[str, str]
    at: datetime


def standings(application: int, until: datetime | None = None) -> list[Standing]:
    """Give all members an application ever had, by number, as they stand, or stood at a moment."""
    marks: dict[int, list[MemberMark]] = {}
    seen = MemberMark.objects.filter(member__application=application).order_by("id")
    for mark in seen if until is None else seen.filter(at__lte=until):
        marks.setdefault(mark.member_id, []).append(mark)
    found = Member.objects.filter(application=application).order_by("number")
    return [_standing(one, marks.get(one.pk, [])) for one in (found if until is None else found.filter(at__lte=until))]


def _standing(member: Member, marks: Iterable[MemberMark]) -> Standing:
    present, confirmed = True, None
    for mark in marks:
        if mark.step == MemberStep.CONFIRMED:
            confirmed = mark.at
        else:
            present, confirmed = mark.step == MemberStep.BACK, None
    return Standing(member, present, confirmed)


def joined(standing: Iterable[Standing], told: Mapping[int, Profile]) -> list[Joined]:
    """Give the members that take part, with what was told of each by its number."""
    return [
        Joined(one.member.number, one.member.kind, told.get(one.member.number, {})) for one in standing if one.present
    ]


def tasks_of(application: int, until: datetime | None = None) -> dict[int, MemberTask]:
    """Give what each member that takes part is responsible for, by its number, now or at a moment."""
    present = {one.member.pk: one.member.number for one in standings(application, until) if one.present}
    rows = MemberTask.objects.filter(member__in=present).select_related("member").order_by("id")
    return {present[row.member_id]: row for row in (rows if until is None else rows.filter(at__lte=until))}


def memberships_of(kvks: Iterable[str]) -> QuerySet[Member]:
    """Give where these organisations take part in an application of another, the newest first."""
    last = MemberMark.objects.filter(member=OuterRef("pk")).order_by("-id").values("step")[:1]
    others = Organisation.objects.filter(kvk=OuterRef("kvk"), pk=OuterRef("application__applicant_number"))
    return (
        Member.objects.filter(kvk__in=list(kvks))
        .annotate(last=Coalesce(Subquery(last), Value("")))
        .exclude(last=MemberStep.REMOVED)
        .exclude(Exists(others), application__applicant_kind=PartyKind.ORGANISATION)
        .select_related("application__round__version", "application__round__gate")
        .order_by("-application_id", "number")
    )


def planned(application: int, of: Divided, until: datetime | None = None) -> Planned | None:
    """Give the division that counts, or counted at a moment; None where there is none."""
    found = Division.objects.filter(application=application, of=of)
    row = (found if until is None else found.filter(at__lte=until)).order_by("-id").first()
    if row is None:
        return None
    lines = DivisionLine.objects.filter(division=row).select_related("member").order_by("id")
    parts = tuple(
        Part(one.part, one.member.number if one.member else None, one.financier, one.name, one.kvk) for one in lines
    )
    return Planned(Told(row.unit, row.whole, parts), (row.by_kind, row.by_id), row.at)


def told_of(one: Planned | None) -> Told | None:
    """Give the division itself."""
    return None if one is None else one.told


def frozen_of(application: Application) -> dict[str, Any]:
    """Say what is frozen of a partnership besides the answers; nothing where there are no members, no division and no plan."""
    members = [[one.member.number, one.member.kvk, one.member.kind] for one in standings(application.pk) if one.present]
    found: dict[str, Any] = {"members": members} if members else {}
    tasks = tasks_of(application.pk) if members else {}
    if tasks:
        found["tasks"] = [[number, one.does, one.reports] for number, one in sorted(tasks.items())]
    plan = plan_applied_with(application.pk)
    if plan is not None:
        found["plan"] = plan.digest
    for of in Divided:
        told = told_of(planned(application.pk, of))
        if told is not None:
            found[of.value] = [
                told.unit, told.whole,
                [[one.member, one.financier, one.name, one.part, *([one.kvk] if one.kvk else [])] for one in told.parts],
            ]  # fmt: skip
    return found


def only_looks(application: int, person: int) -> bool:
    """Say whether a colleague of the applicant may look but not change."""
    last = Sharing.objects.filter(application=application, person=person).order_by("-id").first()
    return last is not None and not last.may_edit
