"""Who is what and acts for whom: a list for administrators, giving a role, ending a role or mandate.

What is given and ended is decided in people/commands/authorise.py. Every name on the list is noted as viewed.
"""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.people.access import NotAllowed
from doorleren.people.commands.authorise import end_mandate, end_role
from doorleren.people.models import IN_BODY, IN_ORGANISATION, Body, Mandate, Organisation, Role, RoleKind
from doorleren.people.queries import Narrowed, mandates_kept, page_after, roles_kept_by
from doorleren.web.officer.asked import field, given, number, paging, table, written_day
from doorleren.web.officer.official import Official, official, page
from doorleren.web.people.words import roles as words_of_roles
from doorleren.web.viewing import viewed

ON_A_PAGE = 50
KINDS = (*IN_BODY, *IN_ORGANISATION)


def own_bodies(asking: Official) -> list[Body]:
    """Give the bodies that somebody is an administrator of now."""
    held = [role.body for role in asking.roles if role.kind == RoleKind.ADMINISTRATOR and role.body]
    return sorted({body.pk: body for body in held}.values(), key=lambda body: body.name)


@page
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """List roles, or mandates with `what=mandates`; GET: body, kind, organisation, name, after."""
    asking = official(request, "view_roles")
    told, bodies = given(request.GET), own_bodies(asking)
    mandates = told.get("what") == "mandates"
    body = next((one.pk for one in bodies if one.code == told.get("body")), None)
    kind = told.get("kind", "") if told.get("kind") in KINDS and not mandates else ""
    narrowed = Narrowed(None if mandates else body, told.get("organisation", ""), kind, told.get("name", ""))
    rows, after = _mandates(asking, narrowed, told) if mandates else _roles(asking, bodies, narrowed, told)
    viewed_people = sorted({one.person_id for one in rows})
    if viewed_people:
        viewed(request, "person_roles", *viewed_people)
    return render(request, "officer/roles.html", {
        "mandates": mandates,
        "fields": _filters(told, bodies, mandates=mandates),
        "action": reverse("officer-roles"),
        "table": _table(rows, mandates=mandates),
        "any": bool(rows),
        "narrowed": any((narrowed.body, narrowed.kind, narrowed.name, narrowed.organisation)),
        "done": _done(told),
        **paging(request, "after", after),
    })  # fmt: skip


def _roles(
    asking: Official, bodies: list[Body], narrowed: Narrowed, told: dict[str, str]
) -> tuple[list[Role], int | None]:  # fmt: skip
    found = roles_kept_by([one.pk for one in bodies], asking.today, narrowed)
    after = Role.objects.select_related("person").filter(pk=number(told.get("after", "")) or 0).first()
    return page_after(found, after, ON_A_PAGE)


def _mandates(asking: Official, narrowed: Narrowed, told: dict[str, str]) -> tuple[list[Mandate], int | None]:
    after = Mandate.objects.select_related("person").filter(pk=number(told.get("after", "")) or 0).first()
    return page_after(mandates_kept(asking.today, narrowed), after, ON_A_PAGE)


def _table(rows: list[Role] | list[Mandate], *, mandates: bool) -> dict[str, Any]:
    name = _("Machtigingen") if mandates else _("Rollen")
    columns = [_("Wie"), _("Wat"), _("Waar"), _("Team"), _("Vanaf"), _("Tot en met"), _("Beëindigen")]
    return table("kept", name, columns, [_row(one) for one in rows])


def _row(one: Role | Mandate) -> list[str | dict[str, Any]]:
    address = "officer-mandate-end" if isinstance(one, Mandate) else "officer-role-end"
    until = written_day(one.ends_on) or _("geen einde")
    end = {"text": _("Beëindig"), "url": reverse(address, args=[one.pk])}
    return [who(one), what(one), where(one), _team(one), written_day(one.starts_on), until, end]


def _team(one: Role | Mandate) -> str | dict[str, Any]:
    """Name the team with the page on which it is changed; nothing outside a body."""
    if isinstance(one, Mandate) or one.body_id is None:
        return "-"
    return {"text": one.team or _("geen team"), "url": reverse("officer-role-team", args=[one.pk])}


def who(one: Role | Mandate) -> str:
    """Name the person, with the number under which this site knows them."""
    return _("%(name)s (nummer %(number)s)") % {"name": one.person.name or _("zonder naam"), "number": one.person_id}


def what(one: Role | Mandate) -> str:
    """Name what is held."""
    return _("machtiging") if isinstance(one, Mandate) else words_of_roles()[one.kind]


def where(one: Role | Mandate) -> str:
    """Name the body or the organisation."""
    place: Body | Organisation | None = one.organisation
    if isinstance(one, Role) and one.body:
        place = one.body
    return place.name if place else ""


def _filters(told: dict[str, str], bodies: list[Body], *, mandates: bool) -> list[dict[str, Any]]:
    words = words_of_roles()
    asked = [
        field(
            "what", "choice", _("Laat zien"), told, options=[("roles", _("rollen")), ("mandates", _("machtigingen"))]
        ),
        field("name", "line", _("Naam van de persoon"), told),
        field("organisation", "line", _("Organisatie of KvK-nummer"), told),
    ]
    if not mandates:
        kinds = [("", _("alle rollen")), *((kind.value, words[kind]) for kind in KINDS)]
        asked.append(field("kind", "choice", _("Rol"), told, options=kinds))
        places = [("", _("alle instanties en organisaties")), *((one.code, one.name) for one in bodies)]
        asked.append(field("body", "choice", _("Instantie"), told, options=places))
    return asked


def _done(told: dict[str, str]) -> str:
    return {
        "given": _("De rol is gegeven. Deze persoon heeft de rol vanaf de eerste dag, zonder opnieuw in te loggen."),
        "team": _("Het team is veranderd. Deze persoon ziet het meteen bij de zaken."),
        "ended": _("Dit is beëindigd. Het geeft vanaf nu geen toegang meer."),
    }.get(told.get("done", ""), "")


def to_list(done: str, what_list: str = "roles") -> HttpResponse:
    """Lead back to the list, with word of what was done."""
    return HttpResponseRedirect(f"{reverse('officer-roles')}?{urlencode({'what': what_list, 'done': done})}")


def ask_again(request: HttpRequest, act: str, told: dict[str, str]) -> Official | HttpResponse:
    """Give who asks; where a form comes too long after signing in, lead to the same page, that asks for it and leads back.

    What was typed goes along in the address: numbers, days and names of officials.
    """
    try:
        return official(request, act)
    except NotAllowed as refused:
        if request.method != "POST" or refused.refused.reason != "renewal":
            raise
        asked = {name: text for name, text in told.items() if text and name not in ("csrfmiddlewaretoken", "step")}
        return HttpResponseRedirect(f"{request.path}?{urlencode(asked)}" if asked else request.path)


def led_back(address: str) -> HttpResponse:
    """Lead from where signing in again came back to, to a page that says that nothing was done yet (officer/not_yet.html)."""
    return HttpResponseRedirect(f"{address}?again=1")


@page
@require_http_methods(["GET", "HEAD", "POST"])
def end_a_role(request: HttpRequest, role: int) -> HttpResponse:
    """Ask whether a role is to end; with POST end it."""
    asking = ask_again(request, "end_role", {})
    if isinstance(asking, HttpResponse):
        return asking
    bodies = own_bodies(asking)
    found = roles_kept_by([one.pk for one in bodies], asking.today, Narrowed())
    kept = found.filter(pk=min(role, 2**63 - 1)).first()
    if kept is None:
        raise Http404
    if request.method == "POST":
        end_role(kept.pk, for_body=kept.body_id or bodies[0].pk, by=asking.who, at=asking.at)
        return to_list("ended")
    return _confirm(request, kept, asking)


@page
@require_http_methods(["GET", "HEAD", "POST"])
def end_a_mandate(request: HttpRequest, mandate: int) -> HttpResponse:
    """Ask whether a mandate is to end; with POST end it."""
    asking = ask_again(request, "end_mandate", {})
    if isinstance(asking, HttpResponse):
        return asking
    kept = mandates_kept(asking.today, Narrowed()).filter(pk=min(mandate, 2**63 - 1)).first()
    if kept is None:
        raise Http404
    if request.method == "POST":
        end_mandate(kept.pk, for_body=own_bodies(asking)[0].pk, by=asking.who, at=asking.at)
        return to_list("ended", "mandates")
    return _confirm(request, kept, asking)


def _confirm(request: HttpRequest, kept: Role | Mandate, asking: Official) -> HttpResponse:
    mandate = isinstance(kept, Mandate)
    viewed(request, "person_roles", kept.person_id)
    back = f"{reverse('officer-roles')}?{urlencode({'what': 'mandates' if mandate else 'roles'})}"
    return render(request, "officer/role_end.html", {
        "mandate": mandate,
        "oneself": kept.person_id == asking.who.person,
        "who": who(kept),
        "what": what(kept),
        "where": where(kept),
        "starts_on": written_day(kept.starts_on),
        "back": back,
        "trail": [{"url": back, "label": _("Rollen en machtigingen")}, {"label": _("Beëindigen")}],
    })  # fmt: skip


def sentences(error: ValidationError) -> dict[str, str]:
    """Give what the database refuses, by field; what belongs to no field under "kind"."""
    told = error.message_dict if hasattr(error, "error_dict") else {"kind": error.messages}
    return {("kind" if name == "__all__" else name): " ".join(words) for name, words in told.items()}
