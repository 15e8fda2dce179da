"""Taking cases oneself, giving them to a colleague, many at once, and undoing that right after."""

from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doorleren.cases.access import VIEW
from doorleren.cases.commands.assign import assign_many
from doorleren.cases.commands.take_back_assignment import take_back_assignment
from doorleren.cases.models import Case
from doorleren.core.refusals import ActRefused
from doorleren.people.access import NotAllowed
from doorleren.web.officer.asked import given, number
from doorleren.web.officer.case_asked import list_of
from doorleren.web.officer.case_assigned import keep, taken_from_session
from doorleren.web.officer.cases import shown
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.rounds import own_bodies

MOST = 100
"""Cases that one press gives out."""
LONGEST_BACK = 3000
"""Characters of the address of the list that one goes back to."""


@page
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the chosen cases to who presses (`claim`) or to the chosen colleague; POST: cases, to, claim, back."""
    asking = official(request, "assign_case")
    told = given(request.POST)
    back = given(dict(parse_qsl(request.POST.get("back", "")[:LONGEST_BACK])))
    chosen = [one for text in request.POST.getlist("cases")[:MOST] if (one := number(text)) is not None]
    to = asking.who.person if "claim" in told else number(told.get("to", ""))
    errors: dict[str, str] = {}
    if not chosen:
        errors["cases"] = _("Kies eerst een of meer zaken in de lijst.")
    if to is None:
        errors["to"] = _("Kies aan wie u de zaken geeft.")
    if errors or to is None:
        return shown(request, asking, {**back, "to": told.get("to", "")}, errors, frozenset(chosen))
    references = _own(asking, chosen)
    keep(request, asking, to, assign_many(list(references), to=to, by=asking.who, at=asking.at), references)
    return HttpResponseRedirect(list_of(asking, back).address("officer-cases", done="1"))


@page
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what was assigned last, each case on its own; what can no longer be taken back stays as it is."""
    asking = official(request, "assign_case")
    for case in taken_from_session(request):
        try:
            take_back_assignment(case, by=asking.who, at=asking.at)
        except (ActRefused, NotAllowed, Case.DoesNotExist):
            continue
    back = request.POST.get("back", "")[:LONGEST_BACK]
    if back.startswith(reverse("officer-cases")) and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return HttpResponseRedirect(f"{back.partition('?')[0]}?done=taken_back")
    return HttpResponseRedirect(
        list_of(asking, given(dict(parse_qsl(back)))).address("officer-cases", done="taken_back")
    )


def _own(asking: Official, chosen: list[int]) -> dict[int, str]:
    """Give the references of the cases that are of one's own bodies; the others are nobody's to name."""
    rows: Any = Case.objects.filter(pk__in=chosen, body__in=own_bodies(asking, VIEW))
    return dict(rows.values_list("pk", "reference"))
