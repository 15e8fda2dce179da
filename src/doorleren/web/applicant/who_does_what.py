"""Who does what in a partnership, and who reports what of it, as its pages show it: to the lead partner, the members, officials."""

from typing import Any

from doorleren.applications.answers import cost_of
from doorleren.applications.delivering import reporter_of, reports_for_another
from doorleren.applications.models import Application, Divided, PartyKind
from doorleren.applications.partnerships.dividing import split
from doorleren.applications.partnerships.standing import planned, standings, tasks_of
from doorleren.applications.partnerships.totals import LEAD, PARTIES
from doorleren.core.money import euros
from doorleren.people.models import Organisation
from doorleren.web import known
from doorleren.web.public.questions import value_label


def members_told(application: int) -> list[dict[str, Any]]:
    """Describe the members that take part: kind, whether each confirmed, its part of the cost, what it does and reports."""
    parts, tasks = shares_in_cents(application), tasks_of(application)
    return [
        {
            "name": one.member.name, "kvk": one.member.kvk, "kind": kind_said(one.member.kind),
            "lead": one.member.number == LEAD, "confirmed": one.confirmed_at is not None,
            "share": euros(parts[one.member.number]) if one.member.number in parts else "",
            "does": tasks[one.member.number].does if one.member.number in tasks else "",
            "reports": tasks[one.member.number].reports if one.member.number in tasks else "",
        }
        for one in standings(application) if one.present
    ]  # fmt: skip


def tasks_told(application: int, kvks: frozenset[str] | None = None) -> list[dict[str, Any]]:
    """Describe what each member does and reports, where that was told; `kvks`: only of these organisations."""
    tasks = tasks_of(application)
    return [
        {
            "name": one.member.name, "lead": one.member.number == LEAD, "does": tasks[one.member.number].does,
            "reports": tasks[one.member.number].reports,
        }
        for one in standings(application)
        if one.present and one.member.number in tasks and (kvks is None or one.member.kvk in kvks)
    ]  # fmt: skip


def tasks_to_report(application: Application) -> list[dict[str, Any]]:
    """Describe for who reports a delivery what each member does and reports; another reporter reads of its own work only."""
    if not reports_for_another(application):
        return tasks_told(application.pk)
    reporter = reporter_of(application)
    if reporter.kind != PartyKind.ORGANISATION:
        return []
    found = Organisation.objects.filter(pk=reporter.number or 0).values_list("kvk", flat=True)
    return tasks_told(application.pk, frozenset(found))


def shares_in_cents(application: int) -> dict[int, int]:
    """Give the part of the cost that each member bears, by its number; nothing while that is not told."""
    shares, cost = planned(application, Divided.SHARES), cost_of(application, known.library())
    if shares is None or not cost or not any(one.part for one in shares.told.parts):
        return {}
    numbers = [one.member for one in shares.told.parts if one.member is not None]
    return dict(zip(numbers, split(cost, [one.part for one in shares.told.parts]), strict=True))


def kind_said(kind: str) -> str:
    """Say what kind of party a member is."""
    return value_label(known.library().vocabulary.facts[PARTIES], kind)
