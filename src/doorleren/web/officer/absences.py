"""Who is away and who takes their cases: for oneself, or as an administrator for somebody else; looked over first, and ended with a press."""

from collections.abc import Collection, Iterable
from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doorleren.people.absences import known_to
from doorleren.people.access import NotAllowed, Refused, Thing, allowed
from doorleren.people.commands.authorise import RoleRefused
from doorleren.people.commands.name_deputy import WITH_DEPUTY, end_absence, ensure_deputy, kinds_throughout, name_deputy
from doorleren.people.models import Absence, Body
from doorleren.register.intake.faults import Misread
from doorleren.web.officer.asked import LARGEST_NUMBER, field, given, number, typed_day, written_day
from doorleren.web.officer.case_asked import colleagues
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.people.words import roles
from doorleren.web.public.questions import in_language

OWN, FOR = "name_deputy", "name_deputy_for"
MOST = 200
"""Absences that are shown."""


@page
@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """Show who is or will be away, and the form; with POST (body, person, deputy, starts_on, ends_on) look it over or (step=send) keep it."""
    asking = _asking(request)
    told = given(request.POST if request.method == "POST" else request.GET)
    bodies = bodies_of(asking)
    body = next((one for one in bodies if one.code == told.get("body")), bodies[0])
    if request.method != "POST":
        return _page(request, asking, body, told, {})
    days, errors = _days(told, asking)
    person = number(told.get("person", "")) or asking.who.person
    deputy = number(told.get("deputy", ""))
    if deputy is None:
        errors["deputy"] = _("Kies wie de zaken overneemt.")
    if errors or deputy is None:
        return _page(request, asking, body, told, errors)
    sends = told.get("step") == "send"
    act = name_deputy if sends else ensure_deputy
    try:
        act(person, deputy, body.pk, starts_on=days["starts_on"], ends_on=days["ends_on"], by=asking.who, at=asking.at)
    except RoleRefused as refused:
        faults = {name: in_language(said) for name, said in refused.faults.items()}
        return _page(request, asking, body, told, faults)
    if not sends:
        undone = kinds_throughout(person, body.pk, days["starts_on"], days["starts_on"]) - kinds_throughout(
            deputy, body.pk, days["starts_on"], days["ends_on"]
        )
        return _page(request, asking, body, told, {}, check=True, undone=undone)
    return HttpResponseRedirect(f"{reverse('officer-absences')}?body={body.code}&done=named")


@page
@require_POST
def end(request: HttpRequest, absence: int) -> HttpResponse:
    """End an absence; one of another body, or of a colleague for who administers nothing, is not found."""
    asking = _asking(request)
    row = Absence.objects.select_related("body").filter(pk=min(absence, LARGEST_NUMBER)).first()
    if row is None or not _may_end(asking, row):
        raise Http404
    done = "ended"
    try:
        end_absence(row.pk, by=asking.who, at=asking.at)
    except RoleRefused:
        done = "over"
    return HttpResponseRedirect(f"{reverse('officer-absences')}?body={row.body.code}&done={done}")


def bodies_of(asking: Official) -> list[Body]:
    """Give the bodies in which one may name a deputy, by name; never none, for the page asked for the role."""
    mine = own_bodies(asking, OWN) | own_bodies(asking, FOR)
    held = {role.body.pk: role.body for role in asking.roles if role.body is not None and role.body_id in mine}
    return sorted(held.values(), key=lambda one: one.name)


def _asking(request: HttpRequest) -> Official:
    """Give who asks, who names a deputy for themselves or for others. Raises NotAllowed."""
    try:
        return official(request, OWN)
    except NotAllowed as refused:
        if refused.refused.reason != "no_role":
            raise
        return official(request, FOR)


def _administers(asking: Official, body: int) -> bool:
    return bool(allowed(asking.who, FOR, Thing("absence", "", body=body), at=asking.at, held=asking.held))


def _may_end(asking: Official, row: Absence) -> bool:
    """Say whether somebody may end an absence: their own, or one in a body that they administer."""
    own = row.person_id == asking.who.person and not isinstance(
        allowed(asking.who, OWN, Thing("absence", "", body=row.body_id), at=asking.at, held=asking.held), Refused
    )
    return own or _administers(asking, row.body_id)


def _days(told: dict[str, str], asking: Official) -> tuple[dict[str, date], dict[str, str]]:
    days, errors = dict[str, date](), dict[str, str]()
    for name in ("starts_on", "ends_on"):
        try:
            day = typed_day(told.get(name, ""), asking.today)
        except Misread as wrong:
            errors[name] = _("Vul een dag in: %(allowed)s.") % {"allowed": in_language(wrong.allowed)}
            continue
        if day is None:
            errors[name] = _("Vul een dag in, bijvoorbeeld 1-9-2026.")
        else:
            days[name] = day
    return days, errors


def _page(
    request: HttpRequest, asking: Official, body: Body, told: dict[str, str], errors: dict[str, str], *, check: bool = False,
    undone: Collection[str] = (),
) -> HttpResponse:  # fmt: skip
    """Show the page. `check`: to look over what was typed; `undone`: roles of who is away that the deputy has not."""
    people = colleagues(body.pk, asking.today, WITH_DEPUTY)
    names = dict(people)
    administers = _administers(asking, body.pk)
    person = told.get("person", "") if administers else str(asking.who.person)
    rows = known_to([one.pk for one in bodies_of(asking)], asking.today)[:MOST]
    typed = {name: told.get(name, "") for name in ("starts_on", "ends_on", "deputy")} | {
        "person": person,
        "body": body.code,
    }
    return render(request, "officer/absences.html", {
        "body": body.name,
        "rows": [_row(one, asking) for one in rows],
        "bodies": [
            {"name": one.name, "url": f"{reverse('officer-absences')}?body={one.code}", "current": one == body} for one in bodies_of(asking)
        ],
        "fields": _fields(
            typed, errors, _deputies(asking, body) if not administers else people, people if administers else ()
        ),
        "typed": typed,
        "check": check,
        "said": {
            "who": names.get(person) or _("u"), "deputy": names.get(typed["deputy"], ""),
            "starts_on": typed["starts_on"], "ends_on": typed["ends_on"],
            "undone": ", ".join(roles()[one] for one in sorted(undone)),
        },
        "errors": [{"name": name, "text": text} for name, text in errors.items()],
        "done": _done(told.get("done", "")),
    }, status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)  # fmt: skip


def _deputies(asking: Official, body: Body) -> list[tuple[str, str]]:
    """Give the colleagues who could stand in for who asks: those with one of their roles."""
    own = [role.kind for role in asking.roles if role.body_id == body.pk and role.kind in WITH_DEPUTY]
    return [one for one in colleagues(body.pk, asking.today, own) if one[0] != str(asking.who.person)]


def _row(one: Absence, asking: Official) -> dict[str, Any]:
    return {
        "person": one.person.name or str(one.person_id), "deputy": one.deputy.name or str(one.deputy_id),
        "body": one.body.name, "starts_on": written_day(one.starts_on), "ends_on": written_day(one.ends_on),
        "now": one.starts_on <= asking.today,
        "end": reverse("officer-absence-end", args=[one.pk]) if _may_end(asking, one) else "",
    }  # fmt: skip


def _fields(
    typed: dict[str, str], errors: dict[str, str], deputies: Iterable[tuple[str, str]], people: Iterable[tuple[str, str]]
) -> list[dict[str, Any]]:  # fmt: skip
    named = list(deputies)
    nobody = "" if named else _("Er is nu geen collega met uw rol. Een beheerder kan iemand die rol geven.")
    whose = [field("person", "choice", _("Wie is er niet?"), typed, options=list(people))] if people else []
    fields = [
        *whose,
        field("starts_on", "line", _("Eerste dag"), typed, short=True, help=_("Bijvoorbeeld: 1-9-2026")),
        field("ends_on", "line", _("Laatste dag"), typed, short=True, help=_("Bijvoorbeeld: 15-9-2026")),
        field("deputy", "choice", _("Wie neemt de zaken over?"), typed, options=named, help=nobody),
    ]
    return [one | {"error": errors.get(one["name"], ""), "needed": True} for one in fields]


def _done(done: str) -> str:
    return {
        "named": _("De vervanging is bewaard. Nieuwe zaken gaan in die dagen naar de vervanger."),
        "ended": _("De vervanging is beëindigd."), "over": _("Deze vervanging was al voorbij."),
    }.get(done, "")  # fmt: skip
