"""One application for a member of the committee: declare an interest or none, give points with a running total, see the others'."""

from fractions import Fraction
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doorleren.core.refusals import ActRefused
from doorleren.decisions.access import APPOINT, SCORE, VIEW
from doorleren.decisions.commands.declare_interest import declare_interest
from doorleren.decisions.commands.give_scores import LONGEST, faults_of, give_scores
from doorleren.decisions.committee.ranking import most_of, running_total
from doorleren.decisions.committee.scores import Committee, OfCase, committee_of, interest_of, motivations_of, points_of
from doorleren.decisions.matters import matter_of
from doorleren.decisions.models import CONFLICTS, ConflictDeclaration
from doorleren.people.file_keys import Destroyed
from doorleren.web.officer.asked import number as typed_number
from doorleren.web.officer.case_at_hand import case_of
from doorleren.web.officer.committee_told import criteria_told, given_told
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.roles import ask_again
from doorleren.web.officer.rounds import own_bodies, round_of
from doorleren.web.people.unsent import typed_before
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import number
from doorleren.web.rounds.written import name_of
from doorleren.web.viewing import viewed

Told = dict[str, str]


@page
@require_http_methods(["GET", "HEAD", "POST"])
def committee_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a case to the committee; POST step=declare (conflict, kind, words), total or give (points-ID and why-ID each)."""
    asking = official(request, VIEW) if request.method != "POST" else ask_again(request, SCORE, {})
    if isinstance(asking, HttpResponse):
        return asking
    found, one = _found(asking, reference)
    viewed(request, "case", one.case.pk)
    before = typed_before(request, asking.who)
    if request.method != "POST" and before is None:
        return _page(request, asking, found, one)
    posted = request.POST if before is None else before
    told = {name: str(text).replace("\x00", "")[: LONGEST + 1].strip() for name, text in posted.items()}
    if before is not None:
        return _page(request, asking, found, one, told)
    step = told.get("step", "")
    if step == "declare":
        return _declare(request, asking, found, one, told)
    if step == "give":
        return _give(request, asking, found, one, told)
    return _page(request, asking, found, one, told)


def _declare(request: HttpRequest, asking: Official, found: Committee, one: OfCase, told: Told) -> HttpResponse:
    conflict = {"yes": True, "no": False}.get(told.get("conflict", ""))
    if conflict is None:
        return _page(request, asking, found, one, told, errors={"conflict": _("Kies of u een belang hebt.")})
    try:
        declare_interest(
            one.case.pk, conflict=conflict, kind=told.get("kind", ""), words=told.get("words", ""), by=asking.who, at=asking.at
        )  # fmt: skip
    except ActRefused as refused:
        return _refused(request, asking, found, one, told, refused)
    return HttpResponseRedirect(f"{request.path}?done=declared")


def _give(request: HttpRequest, asking: Official, found: Committee, one: OfCase, told: Told) -> HttpResponse:
    points = _points(found, told)
    why = {each.id: told.get(f"why-{each.id}", "") for each in found.criteria}
    wrong = {name: in_language(texts) for name, texts in faults_of(found.criteria, points, why).items()}
    if wrong:
        return _page(request, asking, found, one, told, errors=wrong)
    try:
        give_scores(one.case.pk, points, why, by=asking.who, at=asking.at)
    except ActRefused as refused:
        return _refused(request, asking, found, one, told, refused)
    return HttpResponseRedirect(f"{request.path}?done=given")


def _refused(
    request: HttpRequest, asking: Official, found: Committee, one: OfCase, told: Told, refused: ActRefused
) -> HttpResponse:  # fmt: skip
    text, field = in_language(refused.texts), getattr(refused, "field", "")
    if field:
        return _page(request, asking, found, one, told, errors={field: text})
    return _page(request, asking, found, one, told, refused=text)


def _found(asking: Official, reference: str) -> tuple[Committee, OfCase]:
    """Give a case of a round that ranks, of a body where one may look, with its committee. Raises Http404."""
    case = case_of(asking, VIEW, reference)
    try:
        row = round_of(asking, matter_of(case).round.pk, VIEW)
    except ActRefused as nothing:
        raise Http404 from nothing
    if row.order != "ranking":
        raise Http404
    found = committee_of(row)
    one = next((each for each in found.cases if each.case.pk == case.pk), None)
    if one is None:
        raise Http404
    return found, one


def _points(found: Committee, told: Told) -> dict[str, int]:
    """Read the points that can be read and lie on the scale."""
    typed = ((each, typed_number(told.get(f"points-{each.id}", ""))) for each in found.criteria)
    return {each.id: value for each, value in typed if value is not None and each.least <= value <= each.most}


def _page(
    request: HttpRequest, asking: Official, found: Committee, one: OfCase, told: Told | None = None, *,
    errors: dict[str, str] | None = None, refused: str = "",
) -> HttpResponse:  # fmt: skip
    me, wrong = asking.who.person, errors or {}
    member = found.member(me)
    filled = told if told is not None and told.get("step") != "declare" else _given_before(one, me)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    shows = found.shows(one, me)
    scores = member is not None and found.ranking is None and me not in one.conflicts | one.undeclared
    back = reverse("officer-committee", args=[found.round.pk])
    return render(request, "officer/committee_case.html", {
        "case": one.case,
        "case_url": reverse("officer-case", args=[one.case.reference]),
        "declares": member is not None and found.ranking is None,
        "declared": me not in one.undeclared,
        "conflict": me in one.conflicts,
        "kinds": [(kind, kinds()[kind], (told or {}).get("kind") == kind) for kind in CONFLICTS],
        "told": told or {},
        "scores": scores,
        "rows": _rows(found, filled, wrong) if scores else [],
        "total": _total(found, filled),
        "asked_total": bool(told) and (told or {}).get("step") == "total",
        "given": given_told(found, one) if shows and one.sheets else None,
        "hidden": not shows,
        "interests": _interests(found, one, asking),
        "wrong": wrong,
        "errors": [{"name": name, "text": text} for name, text in wrong.items()],
        "refused": refused,
        "done": _done_words().get(request.GET.get("done", ""), ""),
        "back": back,
        "trail": [
            {"url": reverse("officer-rounds"), "label": _("Aanvraagtijdvakken")},
            {"url": reverse("officer-round", args=[found.round.pk]), "label": name_of(found.round)},
            {"url": back, "label": _("Commissie")}, {"label": one.case.reference},
        ],
    }, status=status)  # fmt: skip


def _given_before(one: OfCase, me: int) -> Told:
    """Give what this member gave before, as it was typed."""
    sheet = one.sheets.get(me)
    if sheet is None:
        return {}
    try:
        why = motivations_of(sheet)
    except Destroyed:
        why = {}
    points = {f"points-{name}": str(value) for name, value in points_of(sheet).items()}
    return points | {f"why-{name}": text for name, text in why.items()}


def _rows(found: Committee, filled: Told, wrong: dict[str, str]) -> list[dict[str, Any]]:
    return [
        one | {
            "points": filled.get(f"points-{one['id']}", ""), "why": filled.get(f"why-{one['id']}", ""),
            "wrong_points": wrong.get(f"points-{one['id']}", ""), "wrong_why": wrong.get(f"why-{one['id']}", ""),
        }
        for one in criteria_told(found)
    ]  # fmt: skip


def _total(found: Committee, filled: Told) -> dict[str, Any]:
    """Say what is filled in so far comes to."""
    score, count = running_total(found.criteria, _points(found, filled))
    most = most_of(found.criteria)
    return {"score": number(score), "most": number(most), "filled": count, "of": len(found.criteria),
            "share": int(Fraction(100) * score / most) if most else 0}  # fmt: skip


def _interests(found: Committee, one: OfCase, asking: Official) -> list[dict[str, str]]:
    """Tell the conflicts of interest in a case: to who appoints, and to each their own."""
    appoints = found.round.body_id in own_bodies(asking, APPOINT)
    rows = ConflictDeclaration.objects.filter(case=one.case, conflict=True, member__person__in=one.conflicts)
    told = []
    for row in rows.select_related("member__person").order_by("member", "-number").distinct("member"):
        if not appoints and row.member.person_id != asking.who.person:
            continue
        try:
            kind, words = interest_of(row)
        except Destroyed:
            continue
        told.append({"name": row.member.person.name, "kind": kinds()[kind], "words": words})
    return told


def kinds() -> dict[str, str]:
    """Name each kind of conflict of interest."""
    return {
        "family": _("familie, vriendschap of een andere persoonlijke band"), "work": _("werk of bestuur bij een partij in de aanvraag"),
        "money": _("een geldelijk belang"), "helped": _("meegeholpen aan deze aanvraag"), "other": _("iets anders"),
    }  # fmt: skip


def _done_words() -> dict[str, str]:
    return {
        "declared": _("Uw verklaring is vastgelegd."),
        "given": _("Uw punten zijn vastgelegd. U kunt ze veranderen tot de scores zijn voorgesteld."),
    }
