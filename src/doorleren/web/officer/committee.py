"""The committee of a round that ranks: who is in it, how far the scoring is, who fixes it, and the list that follows."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.core.refusals import ActRefused
from doorleren.decisions.access import APPOINT, FIX, SCORE, VIEW
from doorleren.decisions.commands.appoint_scorer import appoint_scorer, end_scorer
from doorleren.decisions.commands.fix_scores import fix_scores, propose_scores, why_not_yet, withdraw_scores
from doorleren.decisions.commands.rank_round import needs_draw
from doorleren.decisions.committee.scores import Committee, committee_of
from doorleren.decisions.models import CommitteeMember, Ranking
from doorleren.people.acts import DEMANDS
from doorleren.people.models import Person, Role
from doorleren.people.queries import in_force
from doorleren.rounds.models import Round
from doorleren.web.officer.asked import field, given, number
from doorleren.web.officer.committee_told import cases_told, criteria_told, list_told
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.roles import ask_again, led_back
from doorleren.web.officer.rounds import own_bodies, round_of
from doorleren.web.public.questions import in_language
from doorleren.web.rounds.written import instant, name_of

ACTS = {"appoint": APPOINT, "end": APPOINT, "propose": FIX, "fix": FIX, "withdraw": FIX}
"""What can be sent from the page, and the act of people/acts.py that it is."""


@page
@require_safe
def committee(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show the committee of a round of one's own body."""
    asking = official(request, VIEW)
    return _page(request, asking, _round(asking, number_of, VIEW))


@page
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number_of: int, name: str) -> HttpResponse:
    """Do one act of ACTS; POST: person, member, ranking and digest, as the act needs. GET is where signing in again leads back to."""
    if name not in ACTS:
        raise Http404
    asking = ask_again(request, ACTS[name], {})
    if isinstance(asking, HttpResponse):
        return asking
    row = _round(asking, number_of, ACTS[name])
    if request.method != "POST":
        return led_back(_address(row))
    told = given(request.POST)
    try:
        DONE[name](row, told, asking)
    except ActRefused as refused:
        return _page(request, asking, row, in_language(refused.texts), getattr(refused, "field", ""), told)
    return HttpResponseRedirect(f"{_address(row)}?done={name}")


def _appoint(row: Round, told: dict[str, str], asking: Official) -> None:
    appoint_scorer(row.pk, number(told.get("person", "")) or 0, by=asking.who, at=asking.at)


def _end(row: Round, told: dict[str, str], asking: Official) -> None:
    member = CommitteeMember.objects.filter(round=row, pk=number(told.get("member", "")) or 0).first()
    if member is None:
        raise Http404
    end_scorer(member.pk, by=asking.who, at=asking.at)


def _propose(row: Round, _told: dict[str, str], asking: Official) -> None:
    propose_scores(row.pk, by=asking.who, at=asking.at)


def _fix(row: Round, told: dict[str, str], asking: Official) -> None:
    fix_scores(_ranking(row, told).pk, told.get("digest", ""), by=asking.who, at=asking.at)


def _withdraw(row: Round, told: dict[str, str], asking: Official) -> None:
    withdraw_scores(_ranking(row, told).pk, by=asking.who, at=asking.at)


DONE: dict[str, Callable[[Round, dict[str, str], Official], None]] = {
    "appoint": _appoint, "end": _end, "propose": _propose, "fix": _fix, "withdraw": _withdraw,
}  # fmt: skip


def _ranking(row: Round, told: dict[str, str]) -> Ranking:
    found = Ranking.objects.filter(round=row, pk=number(told.get("ranking", "")) or 0).first()
    if found is None:
        raise Http404
    return found


def _round(asking: Official, number_of: int, act: str) -> Round:
    """Give a round of the own body in which a committee ranks. Raises Http404."""
    row = round_of(asking, number_of, act)
    if row.order != "ranking":
        raise Http404
    return row


def _address(row: Round) -> str:
    return reverse("officer-committee", args=[row.pk])


def _page(
    request: HttpRequest, asking: Official, row: Round, refused: str = "", wrong: str = "", told: dict[str, str] | None = None
) -> HttpResponse:  # fmt: skip
    found = committee_of(row)
    appoints = row.body_id in own_bodies(asking, APPOINT) and found.ranking is None
    chosen = field("person", "choice", _("Wie wilt u benoemen?"), told or {}, options=_to_appoint(found, asking),
                   error=refused if wrong == "person" else "")  # fmt: skip
    return render(request, "officer/committee.html", {
        "round": row,
        "name": name_of(row),
        "criteria": criteria_told(found),
        "ties": _ties(found),
        "members": [{"id": one.pk, "name": _called(one.person)} for one in found.members],
        "appoints": appoints,
        "field": chosen,
        "cases": cases_told(found, asking),
        "scores": row.body_id in own_bodies(asking, SCORE) and found.member(asking.who.person) is not None,
        "fixing": _fixing(found, asking),
        "list": list_told(found, asking),
        "refused": "" if wrong == "person" else refused,
        "errors": [{"name": "person", "text": refused}] if wrong == "person" else [],
        "done": _done_words().get(request.GET.get("done", ""), ""),
        "trail": [
            {"url": reverse("officer-rounds"), "label": _("Aanvraagtijdvakken")},
            {"url": reverse("officer-round", args=[row.pk]), "label": name_of(row)}, {"label": _("Commissie")},
        ],
    }, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)  # fmt: skip


def _fixing(found: Committee, asking: Official) -> dict[str, Any]:
    """Say how far fixing is, and what this official may do about it."""
    may = found.round.body_id in own_bodies(asking, FIX) and not _was_in_it(found.round, asking.who.person)
    one = found.ranking
    if one is None:
        lacking = why_not_yet(found, at=asking.at)
        return {
            "proposes": may and lacking is None, "done": lacking is None,
            "lacking": in_language(lacking.texts) if lacking else "",
        }  # fmt: skip
    return {
        "number": one.pk, "digest": one.digest, "by": _called(one.proposed_by), "at": instant(one.proposed_at),
        "fixed_by": _called(one.fixed_by) if one.fixed_by else "", "fixed_at": instant(one.fixed_at) if one.fixed_at else "",
        "fixes": may and one.waits and one.proposed_by_id != asking.who.person,
        "own": one.waits and one.proposed_by_id == asking.who.person,
        "withdraws": may and one.waits,
        "draw": one.fixed_at is not None and one.ranked_at is None and not found.round.allocation.seed and needs_draw(found),
        "ranked": one.ranked_at is not None,
    }  # fmt: skip


def _was_in_it(row: Round, person: int) -> bool:
    return CommitteeMember.objects.filter(round=row, person=person).exists()


def _to_appoint(found: Committee, asking: Official) -> list[tuple[str, str]]:
    """List the assessors of the body who are not in the committee, but oneself."""
    kinds = DEMANDS[SCORE].roles
    held = Role.objects.filter(in_force(asking.today), body=found.round.body_id, kind__in=kinds)
    people = Person.objects.filter(pk__in=held.values("person"), is_active=True)
    there = {one.person_id for one in found.members} | {asking.who.person}
    return [(str(one.pk), _called(one)) for one in people.order_by("name", "pk") if one.pk not in there]


def _called(person: Person) -> str:
    return person.name or _("persoon %(number)s") % {"number": person.pk}


def _ties(found: Committee) -> str:
    words = {
        "draw": _("Bij een gelijke score beslist de loting."),
        "criteria": _("Bij een gelijke score tellen de punten per criterium, in deze volgorde. Is ook dat gelijk, dan beslist de loting."),
    }  # fmt: skip
    return words[found.ties]


def _done_words() -> dict[str, str]:
    return {
        "appoint": _("Het lid is benoemd."), "end": _("Het lidmaatschap is beëindigd."),
        "propose": _("De scores zijn voorgesteld. Een collega moet ze vaststellen."),
        "fix": _("De scores zijn vastgesteld. De lijst volgt zo."), "withdraw": _("Het voorstel is ingetrokken."),
    }  # fmt: skip
