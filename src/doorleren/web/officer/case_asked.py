"""What the address of a work list asks: which body, whose cases, which state, scheme and days; and the filter that shows it.

What cannot be asked is left out, as if it was not asked.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.cases.access import VIEW, ensure_may_list
from doorleren.cases.models import Case
from doorleren.cases.queries import LISTED, UNASSIGNED, Position, Wanted
from doorleren.people.models import Body, Role, RoleKind
from doorleren.people.queries import in_force
from doorleren.schemes.models import PublishedVersion
from doorleren.web import known
from doorleren.web.officer.asked import field, number
from doorleren.web.officer.case_search import Found, looked_up
from doorleren.web.officer.case_words import states
from doorleren.web.officer.official import Official
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.questions import language

TREATING = (RoleKind.ASSESSOR, RoleKind.DECIDER)
"""The roles of those to whom cases are given."""
MOST_COLLEAGUES = 200
NAMES = ("body", "search", "official", "scheme", "state", "due", "order")
"""What an address of a list holds, besides where its page begins."""


@dataclass(frozen=True, slots=True)
class List:
    """A list that was asked for: its body, what goes to the query, the address's own words (the empty ones left out), and what was looked up."""

    body: Body
    wanted: Wanted
    told: Mapping[str, str]
    found: Found

    def address(self, name: str, **other: str) -> str:
        """Give the address of a page about this list, with other words where they are given ("": left out)."""
        asked = {key: value for key, value in {**self.told, **other}.items() if value}
        return f"{reverse(name)}?{urlencode(asked)}" if asked else reverse(name)

    @property
    def narrowed(self) -> bool:
        """Say whether it is something else than all that is open."""
        return self.wanted != Wanted(self.body.pk, order=self.wanted.order)

    @property
    def only_searched(self) -> bool:
        """Say whether something was looked up among all cases, without any other choice."""
        only = Wanted(self.body.pk, order=self.wanted.order, search=self.found.search)
        return self.found.search is not None and replace(self.wanted, after=None) == only


def list_of(asking: Official, told: Mapping[str, str]) -> List:
    """Read an address. Raises NotAllowed for a body in which one may not look. Who searches looks at everybody's, unless they say whose."""
    bodies = bodies_of(asking)
    body = next((one for one in bodies if one.code == told.get("body")), bodies[0])
    ensure_may_list(asking.who, body.pk, at=asking.at, held=asking.held)
    found = looked_up(body, told.get("search", ""))
    if found.search:
        told = {**told, "official": told.get("official") or "all"}
    state = told.get("state", "")
    wanted = Wanted(
        body.pk, official=_official(told.get("official", ""), asking, body), team=_team(told.get("official", ""), asking, body), scheme=told.get("scheme", "")[:100],
        state=state if state in LISTED else "", due_by=_due_by(told.get("due", ""), asking.today),
        order="received" if told.get("order") == "received" else "due", after=_after(told.get("after", "")),
        search=found.search,
    )  # fmt: skip
    return List(body, wanted, {name: told[name] for name in NAMES if told.get(name)}, found)


def bodies_of(asking: Official) -> list[Body]:
    """Give the bodies whose lists one may see, by name; never none, for the page asked for the role."""
    mine = own_bodies(asking, VIEW)
    held = {role.body.pk: role.body for role in asking.roles if role.body is not None and role.body_id in mine}
    return sorted(held.values(), key=lambda one: one.name)


def treats(asking: Official, body: Body) -> bool:
    """Say whether somebody treats cases of a body, so that some can be theirs."""
    return any(role.kind in TREATING and role.body_id == body.pk for role in asking.roles)


def in_team(asking: Official, body: Body) -> bool:
    """Say whether somebody is in a team of a body, so that there is a list of it."""
    return any(role.team and role.body_id == body.pk for role in asking.roles)


def colleagues(body: int, today: date, kinds: Collection[str] = TREATING) -> list[tuple[str, str]]:
    """Give who has one of these roles in a body today, by name: number and name. By default who treats its cases."""
    held = Role.objects.filter(in_force(today), body=body, kind__in=kinds, person__is_active=True)
    rows = held.order_by("person__name", "person_id").values_list("person_id", "person__name").distinct()
    return [(str(key), name or str(key)) for key, name in rows[:MOST_COLLEAGUES]]


@dataclass(frozen=True, slots=True)
class Quick:
    """One of the lists that are asked most: its words, its own part of the address, what it asks."""

    words: str
    own: Mapping[str, str]
    wanted: Wanted


def quick(asked: List, asking: Official) -> list[Quick]:
    """Give the lists that are asked most."""
    mine = [("me", "", _("Van mij"))] if treats(asking, asked.body) else []
    team = [("team", "", _("Van mijn team"))] if in_team(asking, asked.body) else []
    named = [
        *mine, *team, ("none", "", _("Van niemand")), ("all", "over", _("Te laat")), ("all", "week", _("Uiterlijk deze week")),
        ("all", "", _("Alles")),
    ]  # fmt: skip
    return [
        Quick(
            words, {"official": official, "due": due, "scheme": "", "state": "", "search": ""},
            Wanted(
                asked.body.pk, _official(official, asking, asked.body), due_by=_due_by(due, asking.today),
                order=asked.wanted.order, team=_team(official, asking, asked.body),
            ),
        )
        for official, due, words in named
    ]  # fmt: skip


def quick_shown(asked: List, lists: Iterable[Quick], counts: Mapping[Wanted, int | None]) -> list[dict[str, Any]]:
    """Describe them, each with how many cases are on it."""
    here = replace(asked.wanted, after=None)
    return [
        {
            "words": one.words, "count": count_words(counts[one.wanted]), "current": here == one.wanted,
            "url": asked.address("officer-cases", **one.own),
        }
        for one in lists
    ]  # fmt: skip


def count_words(count: int | None) -> str:
    """Write a number of cases; None is more than what is counted."""
    if count is None:
        return _("meer dan 1.000")
    return str(count) if count < 1000 else "1.000"


def fields(asked: List, asking: Official, treating: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Give the fields of the filter, for officer/filter.html. `treating`: the colleagues, by number and name."""
    shown = {**asked.told, "official": asked.told.get("official") or ("me" if treats(asking, asked.body) else "all")}
    people = [("all", _("iedereen")), ("none", _("niemand")), *treating]
    if in_team(asking, asked.body):
        people.insert(0, ("team", _("mijn team")))
    if treats(asking, asked.body):
        people.insert(0, ("me", _("mij")))
    bodies = bodies_of(asking)
    held = [field("body", "choice", _("Instantie"), shown, options=[(one.code, one.name) for one in bodies])]
    named = states()
    searching = [field("search", "line", _("Kenmerk of naam"), shown)] if asked.found.search else []
    every = _("alles, ook gesloten") if searching else _("alles wat open is")
    return [
        *(held if len(bodies) > 1 else []), *searching,
        field("official", "choice", _("Van wie"), shown, options=people),
        field("state", "choice", _("Stand"), shown, options=[("", every), *named.items()]),
        field("scheme", "choice", _("Regeling"), shown, options=[("", _("alle regelingen")), *schemes_of(asked.body.pk)]),
        field("due", "choice", _("Uiterste dag"), shown, options=[
            ("", _("maakt niet uit")), ("over", _("voorbij")), ("week", _("deze week of voorbij"))]),
        field("order", "choice", _("Volgorde"), shown, options=[
            ("", _("wat het eerst af moet")), ("received", _("wat het eerst binnenkwam"))]),
    ]  # fmt: skip


def schemes_of(body: int) -> list[tuple[str, str]]:
    """Give the schemes under which a body has cases, by name."""
    there = Case.objects.filter(version=OuterRef("pk"), body=body)
    ids = set(PublishedVersion.objects.filter(Exists(there)).values_list("scheme", flat=True))
    return sorted(((one, scheme_name(one)) for one in ids), key=lambda pair: pair[1])


def scheme_name(scheme: str) -> str:
    """Name a scheme by its newest version; one that is in no file any more by its id."""
    found = known.library().schemes.get(scheme)
    return found.versions[-1].called(language()) if found else scheme


def written_position(after: Position | None) -> str:
    """Write where a page begins, for its address."""
    return "" if after is None else f"{after.day.isoformat() if after.day else ''}_{after.case}"


def _official(told: str, asking: Official, body: Body) -> int | None:
    if told == "none":
        return UNASSIGNED
    if told in ("", "me") and treats(asking, body):
        return asking.who.person
    return number(told)


def _team(told: str, asking: Official, body: Body) -> tuple[int, ...]:
    """Give whose cases together are asked: of one's team, or one's own with those of the colleagues that one stands in for."""
    if told == "team" and in_team(asking, body):
        return asking.held.team(body.pk)
    if told in ("", "me") and treats(asking, body):
        away = sorted(who for who, at_body in asking.held.stands_in if at_body == body.pk)
        return (asking.who.person, *away) if away else ()
    return ()


def _due_by(told: str, today: date) -> date | None:
    sunday = today + timedelta(days=6 - today.weekday())
    return {"over": today - timedelta(days=1), "week": sunday}.get(told)


def _after(told: str) -> Position | None:
    day, _stroke, case = told.partition("_")
    try:
        return (
            Position(date.fromisoformat(day) if day else None, int(case)) if case.isascii() and len(case) < 19 else None
        )
    except ValueError:
        return None
