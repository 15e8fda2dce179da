"""Requests to correct what is kept of people, for the officials of the body that was asked: by the day of the answer, and one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.applications.access import may_treat_correction
from doorleren.applications.corrections.commands.at_hand import REFUSE, TREAT
from doorleren.applications.corrections.letters import reference_of
from doorleren.applications.corrections.receivers import receivers
from doorleren.applications.corrections.standing import (
    Standing,
    ended_at,
    open_page,
    requests,
    standing_of,
    standings_of,
)
from doorleren.applications.corrections.whose import answer_now
from doorleren.applications.models import About, CorrectionAct
from doorleren.applications.own_case import case_of
from doorleren.people.access import NotAllowed, Refused
from doorleren.web import known
from doorleren.web.applicant.words import answer_shown
from doorleren.web.officer.asked import LARGEST_NUMBER, number, paging, table, written_day
from doorleren.web.officer.correction_objections import OBJECTION_ACTS, objection_titles, possible_on_objection
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.people.correction_shown import is_readable, shown, stands, what
from doorleren.web.viewing import viewed

VIEW = "view_corrections"
ON_A_PAGE = 50
ENDED_SHOWN = 20
ACTS = {
    "correct": CorrectionAct.CORRECTED, "correct-in-part": CorrectionAct.IN_PART, "complete": CorrectionAct.COMPLETED,
    "refuse": CorrectionAct.REFUSED, "extend": CorrectionAct.EXTENDED, **OBJECTION_ACTS, "tell": CorrectionAct.TOLD,
}  # fmt: skip
"""What an official does in a request, by the end of its address."""


def act_titles() -> dict[str, str]:
    """Name the acts, as headings and on buttons."""
    return {
        "correct": _("Verbeteren"), "correct-in-part": _("Voor een deel verbeteren"),
        "complete": _("Aanvullen met een verklaring"), "refuse": _("Niet verbeteren"),
        "extend": _("Termijn verlengen"), **objection_titles(), "tell": _("Anderen inlichten"),
    }  # fmt: skip


@page
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """List the open requests to the own bodies by the day on which they are due, then those that ended last; GET: after."""
    asking = official(request, VIEW)
    mine = own_bodies(asking, VIEW)
    rows, following = open_page(mine, number(request.GET.get("after", "")), ON_A_PAGE)
    ended = list(ended_at(mine)[:ENDED_SHOWN])
    if rows or ended:
        viewed(request, "correction", *(one.pk for one in [*rows, *ended]))
    return render(request, "officer/corrections.html", {
        "open": _table("open", _("Wachten op antwoord"), standings_of(rows), asking),
        "any": bool(rows),
        "ended": _table("ended", _("Beantwoord of ingetrokken"), standings_of(ended), asking),
        "any_ended": bool(ended),
        **paging(request, "after", following),
    })  # fmt: skip


def _table(name: str, caption: str, rows: list[Standing], asking: Official) -> dict[str, Any]:
    columns = [_("Verzoek"), _("Van"), _("Instantie"), _("Uiterlijk"), _("Stand")]
    return table(name, caption, columns, [_row(one, asking) for one in rows])


def _row(one: Standing, asking: Official) -> list[str | dict[str, Any]]:
    request = one.request
    late = one.waits and asking.today > one.due_on
    stand: str | dict[str, Any] = {"text": _("te laat"), "badge": "maybe"} if late else stands(one)
    return [
        {"text": what(one), "url": reverse("officer-correction", args=[request.pk])},
        request.person.name or _("zonder naam"), request.body.name, written_day(one.due_on), stand,
    ]  # fmt: skip


@page
@require_safe
def correction(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show one request with what is kept now, who received it, and what one may do."""
    asking = official(request, VIEW)
    standing = at_own_body(asking, number_of)
    viewed(request, "correction", standing.request.pk)
    return render(request, "officer/correction.html", frame(asking, standing) | {
        "acts": offered(asking, standing),
        "receivers": receivers(standing.request),
        "trail": trail(standing),
    })  # fmt: skip


def at_own_body(asking: Official, number_of: int, act: str = VIEW) -> Standing:
    """Give a request to a body where one may do an act. Raises Http404; NotAllowed for a request of one's own."""
    found = requests().filter(pk=min(number_of, LARGEST_NUMBER), body__in=own_bodies(asking, VIEW)).first()
    if found is None:
        raise Http404
    answer = may_treat_correction(asking.who, found, act, at=asking.at)
    if isinstance(answer, Refused):
        raise NotAllowed(answer)
    standing = standing_of(found)
    if not is_readable(standing):
        raise Http404
    return standing


def frame(asking: Official, standing: Standing) -> dict[str, Any]:
    """Give what every page of a request shows: the request, what is kept now, and the case with whether it was decided."""
    request = standing.request
    case = case_of(request.application) if request.application else None
    return {
        "one": shown(standing, asking.today, to_official=True),
        "who": request.person.name or _("zonder naam"),
        "now": now_kept(standing),
        "case": {"reference": case.reference, "url": reverse("officer-case", args=[case.reference])} if case else None,
        "decided": case is not None and case.decided_at is not None,
    }  # fmt: skip


def now_kept(standing: Standing) -> str:
    """Say what is kept now of what the request is about; nothing where that is no field of its own."""
    request = standing.request
    if request.about == About.CONTACT:
        return str(getattr(request.person, request.fact)) or _("niets")
    if request.about != About.APPLICATION or request.application is None:
        return ""
    found = answer_now(request.application, request.fact, known.library())
    return str(answer_shown(found)["answer"]) if found else _("niets")


def offered(asking: Official, standing: Standing) -> list[dict[str, str]]:
    """List what one may do now, with its address."""
    rights = {
        act: bool(may_treat_correction(asking.who, standing.request, act, at=asking.at)) for act in (TREAT, REFUSE)
    }
    possible = {
        "correct": standing.end is None and rights[TREAT], "correct-in-part": standing.end is None and rights[REFUSE],
        "complete": standing.end is None and rights[TREAT], "refuse": standing.end is None and rights[REFUSE],
        "extend": standing.end is None and standing.extended is None and asking.today <= standing.due_on and rights[TREAT],
        **possible_on_objection(asking, standing), "tell": standing.changed and rights[TREAT],
    }  # fmt: skip
    titles = act_titles()
    return [
        {"words": titles[name], "url": reverse("officer-correction-act", args=[standing.request.pk, name])}
        for name, may in possible.items()
        if may
    ]


def trail(standing: Standing, title: str = "") -> list[dict[str, str]]:
    """Say where one is."""
    one = {"label": reference_of(standing.request.pk)}
    found = [{"url": reverse("officer-corrections"), "label": _("Verzoeken om verbetering")}, one]
    if title:
        one["url"] = reverse("officer-correction", args=[standing.request.pk])
        found.append({"label": title})
    return found
