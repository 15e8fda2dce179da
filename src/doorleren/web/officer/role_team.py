"""The team of a body that an official is in: for the work list of that team. Changed here, and back again the same way."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.people.commands.authorise import RoleRefused
from doorleren.people.commands.set_team import LONGEST, set_team
from doorleren.people.models import Role
from doorleren.people.queries import teams_of
from doorleren.web.officer.asked import LARGEST_NUMBER, field
from doorleren.web.officer.official import official, page
from doorleren.web.officer.roles import own_bodies, to_list, what, where, who
from doorleren.web.public.questions import in_language
from doorleren.web.viewing import viewed


@page
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, role: int) -> HttpResponse:
    """Show the form for the team of a role; with POST set it (empty: none)."""
    asking = official(request, "set_team")
    bodies = [one.pk for one in own_bodies(asking)]
    kept = Role.objects.select_related("person", "body").filter(pk=min(role, LARGEST_NUMBER), body__in=bodies).first()
    if kept is None or kept.body_id is None:
        raise Http404
    typed, error = request.POST.get("team", kept.team)[:1000], ""
    if request.method == "POST":
        try:
            set_team(kept.pk, typed, by=asking.who, at=asking.at)
            return to_list("team")
        except RoleRefused as refused:
            error = in_language(refused.faults["team"])
    viewed(request, "person_roles", kept.person_id)
    there = teams_of(kept.body_id)
    named = _("Deze teams zijn er: %(teams)s.") % {"teams": ", ".join(there)} if there else _("Er zijn nog geen teams.")
    said = _("%(named)s Een nieuwe naam maakt een nieuw team. Leeg is geen team. Hoogstens %(most)s tekens.")
    shown = field(
        "team", "line", _("Team"), {"team": typed}, error=error, help=said % {"named": named, "most": LONGEST}
    )
    return render(request, "officer/role_team.html", {
        "who": who(kept), "what": what(kept), "where": where(kept), "field": shown,
        "errors": [{"name": "team", "text": error}] if error else [], "back": reverse("officer-roles"),
        "trail": [{"url": reverse("officer-roles"), "label": _("Rollen en machtigingen")}, {"label": _("Team")}],
    }, status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK)  # fmt: skip
