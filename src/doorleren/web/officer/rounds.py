"""Rounds for officials: those of their own body, how each stands, and what was proposed for it by whom."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.people.acts import DEMANDS
from doorleren.rounds.access import FORECAST, PROPOSE, RELEASE, VIEW, may
from doorleren.rounds.acting import why_not
from doorleren.rounds.answers import RoundRefused
from doorleren.rounds.models import Round, RoundProposal
from doorleren.rounds.notices import jump_told
from doorleren.rounds.queries import announced_for
from doorleren.rounds.standing import counted, counters
from doorleren.web.adviser.candidates import may_be_twice
from doorleren.web.officer.asked import table
from doorleren.web.officer.committee_told import waits_for_scores
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.round_words import act_names, ahead, done_words, standing_words
from doorleren.web.public.questions import in_language
from doorleren.web.rounds.written import LARGEST_NUMBER, instant, name_of, written

SHOWN = 200
CANDIDATES = "view_candidates"
SIMPLE = ("open", "close", "reopen", "fall_back", "move_money", "raise_number")
"""Acts that are proposed from the page of a round."""
FAR_AWAY = {"opens": "9998-01-01T00:00:00+00:00", "until": "9999-01-01T00:00:00+00:00"}
"""Moments that are within whatever was announced: what is refused then, is refused whatever the form says."""


def own_bodies(asking: Official, act: str = VIEW) -> set[int]:
    """Give the bodies within which somebody may see rounds now, or do another act with them."""
    kinds = DEMANDS[act].roles
    return {role.body_id for role in asking.roles if role.kind in kinds and role.body_id is not None}


def round_of(asking: Official, number: int, act: str = VIEW) -> Round:
    """Give a round of a body where one may do an act, with what its standing is counted from. Raises Http404."""
    rows = counted(Round.objects.filter(body_id__in=own_bodies(asking, act)), asking.at)
    row = rows.filter(pk=min(number, LARGEST_NUMBER)).first()
    if row is None:
        raise Http404
    return row


@page
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds of the own body, and the announcements that wait."""
    asking = official(request, VIEW)
    bodies = own_bodies(asking)
    rows = counted(Round.objects.filter(body_id__in=bodies), asking.at).order_by("-opens_at", "-pk")[:SHOWN]
    columns = [_("Tijdvak"), _("Stand"), _("Gaat open"), _("Ingediend"), _("Over")]
    cells = [_row(row, written(row, counters(row, asking.at), asking.at)) for row in rows]
    announcing = RoundProposal.objects.filter(body_id__in=bodies, act="announce", released_at=None, withdrawn_at=None)
    return render(request, "officer/rounds.html", {
        "jump": jump(),
        "table": table("rounds", _("Aanvraagtijdvakken"), columns, cells),
        "any": bool(cells),
        "proposals": proposals_told(asking, announcing.select_related("proposed_by")),
        "proposes": any(may(asking.who, PROPOSE, body, at=asking.at) for body in bodies),
        "done": done_words(request.GET.get("done", "")),
        "trail": [{"label": _("Aanvraagtijdvakken")}],
    })  # fmt: skip


@page
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show a round: how it stands, what can be proposed, what was proposed, and its draw."""
    asking = official(request, VIEW)
    row = round_of(asking, number)
    proposals = RoundProposal.objects.filter(round=row).select_related("proposed_by", "released_by").order_by("-pk")
    proposes = may(asking.who, PROPOSE, row.body_id, at=asking.at)
    told = written(row, counters(row, asking.at), asking.at)
    return render(request, "officer/round.html", {
        "jump": jump(),
        "round": told,
        "public_url": reverse("rounds-one", args=[row.pk]),
        "twice_url": _twice(row, asking),
        "acts": _acts(row, asking) if proposes else [],
        "proposals": proposals_told(asking, proposals[:SHOWN]),
        "draws": _draws(row, told, proposes=proposes),
        "forecasts": row.body_id in own_bodies(asking, FORECAST),
        "evidence": row.body_id in own_bodies(asking, "view_evidence"),
        "committee": row.order == "ranking" and row.body_id in own_bodies(asking, "view_committee"),
        "done": done_words(request.GET.get("done", "")),
        "trail": [{"url": reverse("officer-rounds"), "label": _("Aanvraagtijdvakken")}, {"label": name_of(row)}],
    })  # fmt: skip


def _twice(row: Round, asking: Official) -> str:
    """Give where to see who may be here twice; nothing for who may not, or where nobody names others."""
    sees = may(asking.who, CANDIDATES, row.body_id, at=asking.at) and may_be_twice(row)
    return reverse("officer-round-twice", args=[row.pk]) if sees else ""


def jump() -> str:
    """Say that the clock jumped, so that no round opens or closes by itself; nothing where it is right."""
    told = jump_told(settings.DOORLEREN_HOME)
    if told is None:
        return ""
    words = _(
        "De klok van de server is %(seconds)s seconden versprongen. Er gaat nu geen tijdvak vanzelf open of dicht. "
        "Laat de klok herstellen; was hij eerder verkeerd, start de site dan opnieuw."
    )
    return words % {"seconds": told.seconds}


def proposals_told(asking: Official, rows: Any) -> list[dict[str, Any]]:
    """Describe proposals for templates/officer/round_proposals.html, with what this official may do with each."""
    names, found = act_names(), []
    for one in rows:
        mine = one.proposed_by_id == asking.who.person
        releases = one.waits and not mine and may(asking.who, RELEASE, one.body_id, at=asking.at)
        found.append({
            "number": one.pk,
            "act": names[one.act],
            "ahead": ahead(one.act, one.round, one.details),
            "reason": one.reason,
            "by": one.proposed_by.name or str(one.proposed_by_id),
            "at": instant(one.proposed_at),
            "released": instant(one.released_at) if one.released_at else "",
            "released_by": one.released_by.name if one.released_at else "",
            "withdrawn": instant(one.withdrawn_at) if one.withdrawn_at else "",
            "waits": one.waits,
            "mine": mine,
            "release_url": reverse("officer-round-release", args=[one.pk]) if releases else "",
            "withdraw_url": reverse("officer-round-withdraw", args=[one.pk])
            if one.waits and may(asking.who, PROPOSE, one.body_id, at=asking.at) else "",
        })  # fmt: skip
    return found


def _acts(row: Round, asking: Official) -> list[dict[str, str]]:
    """Give each act with its address where it can be proposed now, and else the reason why not."""
    names, found = act_names(), []
    for act in SIMPLE:
        fault = _why_not(act, row, asking)
        url = "" if fault else reverse("officer-round-propose", args=[row.pk, act])
        found.append({"name": names[act], "url": url, "why_not": in_language(fault.texts) if fault else ""})
    return found


def _why_not(act: str, row: Round, asking: Official) -> RoundRefused | None:
    """Give why an act cannot be proposed whatever its form says; None where that hangs on what is filled in."""
    match act:
        case "move_money":
            return None
        case "raise_number" if any(one.ceiling_number is not None for one in row.parts.all()):
            return None
        case "raise_number":
            return why_not(act, row, {"part": "", "number": 1}, at=asking.at)
        case "reopen":
            return why_not(act, row, FAR_AWAY, at=asking.at)
        case "fall_back":
            rule = announced_for(row).fallback
            wanted = ("until",) if rule is not None and rule.then == "extend" else tuple(FAR_AWAY)
            return why_not(act, row, {name: FAR_AWAY[name] for name in wanted}, at=asking.at)
        case _:
            return why_not(act, row, {}, at=asking.at)


def _draws(row: Round, told: dict[str, Any], *, proposes: bool) -> dict[str, str]:
    """Give the address at which the draw of a round is announced or held, where that comes next."""
    drawn = row.order not in ("arrival", "none") or told["draw_from"] or told["draw"] is not None
    if not proposes or not drawn or row.gate.closed_at is None or waits_for_scores(row):
        return {}
    if told["draw"] is None:
        return {"announce": reverse("officer-round-draw-announce", args=[row.pk])}
    return {} if told["draw"]["held"] else {"hold": reverse("officer-round-draw-hold", args=[row.pk])}


def _row(row: Round, told: dict[str, Any]) -> list[str | dict[str, Any]]:
    left = (told["money"] or told["places"] or {"left": "-"})["left"]
    url = reverse("officer-round", args=[row.pk])
    return [{"text": told["name"], "url": url}, standing_words()[told["state"]], told["opens"], told["received"], left]
