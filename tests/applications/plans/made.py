"""Paths and plans to test with, the rows of them that a constraint refuses, and the ticket of what was frozen."""

from collections.abc import Callable, Mapping
from pathlib import Path as Folder
from typing import Any

from django.db.models import Model

from doorleren.applications.models import Application, Plan, PlanPath
from doorleren.applications.plans.paths import Path
from doorleren.rules.library import Library, open_library
from tests.applications import partners
from tests.applications.made import AT

CARE = Path("Naar de zorg", "winkelmedewerker", "helpende in de zorg", ("training", "guidance"), 20, 50, 1_500_00)
TECH = Path("Naar de techniek", "baliemedewerker", "monteur", ("training", "evc"), 5, 12)
ENOUGH = """
[[track.condition]]
id = "enough"
when = "partnership.participants >= 20"
nl = "er doen minstens 20 mensen mee"
source = "order"

[[round]]
"""


def library(folder: Folder) -> Library:
    """Open the library with the trial scheme for partnerships, in which at least 20 people must take part."""
    partners.library(folder)
    place = folder / partners.SCHEME / "2026-01-01.toml"
    place.write_text(place.read_text("utf-8").replace("\n[[round]]\n", ENOUGH, 1), "utf-8")
    return open_library([folder])


def version(one: Application, **other: Any) -> Plan:
    """Give a version of a plan that is right, but for what is said."""
    return Plan(**({"application": one, "number": 1, "by_kind": "person", "by_id": "1", "at": AT} | other))


def kept(one: Application) -> Plan:
    """Keep a version."""
    made = version(one)
    made.save()
    return made


def path(one: Application, **other: Any) -> PlanPath:
    """Give a path that is right, but for what is said, in a version that holds another."""
    made = other.pop("plan", None) or kept(one)
    given = {
        "place": 0, "name": "Zorg", "from_work": "winkel", "to_work": "zorg", "components": ["training"], "fewest": 1,
        "most": 2,
    }  # fmt: skip
    return PlanPath(plan=made, **(given | other))


def second(one: Application, **other: Any) -> PlanPath:
    """Give a second path of a version."""
    first = path(one)
    first.save()
    return path(one, plan=first.plan, **({"place": 1, "name": "Techniek"} | other))


WRONG: Mapping[str, Callable[[Application], Model]] = {
    "applications_plan_number_once": lambda one: version(one, number=kept(one).number),
    "applications_plan_by": lambda one: version(one, by_kind=""),
    "applications_plan_reason": lambda one: version(one, reason="  "),
    "applications_path_place_once": lambda one: second(one, place=0),
    "applications_path_name_once": lambda one: second(one, name="Zorg"),
    "applications_path_named": lambda one: path(one, to_work=" "),
    "applications_path_components": lambda one: path(one, components=["training", "holiday"]),
    "applications_path_people": lambda one: path(one, fewest=3),
    "applications_path_cents": lambda one: path(one, cents=-1),
    "applications_path_room": lambda one: path(one, vacancies=-1),
}
