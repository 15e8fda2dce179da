"""The end of retention on the pages of officials: what is due, the list that one proposes and another releases, the report."""

from http import HTTPStatus
from itertools import islice
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doorleren.applications.retention.commands.propose_destruction import propose_destruction, withdraw_destruction
from doorleren.applications.retention.commands.release_destruction import release_destruction
from doorleren.applications.retention.commands.run_destruction import report_of
from doorleren.applications.retention.due import due_cases
from doorleren.applications.retention.lists import PROPOSE, RELEASE, VIEW, items_to_do
from doorleren.applications.retention.refusing import DestructionRefused
from doorleren.audit.models import Act
from doorleren.cases.models import Case, DestructionList
from doorleren.core.texts import only_english
from doorleren.people.models import Body
from doorleren.web.officer.asked import LARGEST_NUMBER, table, written_day, written_moment
from doorleren.web.officer.official import Official, official, page
from doorleren.web.officer.roles import ask_again, led_back
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.words import cited

SHOWN = 500


@page
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """Show what is due today at the own bodies and the lists there are; with POST propose a list of one body."""
    if request.method != "POST":
        return _overview(request, official(request, VIEW))
    asking = ask_again(request, PROPOSE, {})
    if isinstance(asking, HttpResponse):
        return asking
    body = request.POST.get("body", "")
    if not body.isascii() or not body.isdecimal() or int(body) not in own_bodies(asking, PROPOSE):
        raise Http404
    try:
        row = propose_destruction(int(body), on=asking.today, by=asking.who, at=asking.at)
    except DestructionRefused as refused:
        return _overview(request, asking, in_language(refused.texts))
    return HttpResponseRedirect(reverse("officer-retention-list", args=[row.pk]))


@page
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show a list: its cases, who proposed and released it, and what came of each."""
    asking = official(request, VIEW)
    return _list(request, asking, _row(asking, number, VIEW))


@page
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, number: int) -> HttpResponse:
    """Release a list that a colleague proposed; the site destroys it after that. GET is where signing in again leads back to."""
    asking = ask_again(request, RELEASE, {})
    if isinstance(asking, HttpResponse):
        return asking
    row = _row(asking, number, RELEASE)
    if request.method != "POST":
        return led_back(_address(row))
    try:
        release_destruction(row.pk, digest=request.POST.get("digest", ""), by=asking.who, at=asking.at)
    except DestructionRefused as refused:
        return _list(request, asking, row, in_language(refused.texts))
    return HttpResponseRedirect(_address(row))


@page
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a list that waits."""
    asking = ask_again(request, PROPOSE, {})
    if isinstance(asking, HttpResponse):
        return asking
    row = _row(asking, number, PROPOSE)
    if request.method != "POST":
        return led_back(_address(row))
    try:
        withdraw_destruction(row.pk, by=asking.who, at=asking.at)
    except DestructionRefused as refused:
        return _list(request, asking, row, in_language(refused.texts))
    return HttpResponseRedirect(_address(row))


def _row(asking: Official, number: int, act: str) -> DestructionList:
    rows = DestructionList.objects.select_related("body", "proposed_by", "released_by")
    found = rows.filter(pk=min(number, LARGEST_NUMBER), body__in=own_bodies(asking, act)).first()
    if found is None:
        raise Http404
    return found


def _address(row: DestructionList) -> str:
    return reverse("officer-retention-list", args=[row.pk])


def _overview(request: HttpRequest, asking: Official, refused: str = "") -> HttpResponse:
    mine = own_bodies(asking, VIEW)
    rows = DestructionList.objects.filter(body__in=mine).select_related("body", "proposed_by").order_by("-pk")[:SHOWN]
    columns = [_("Lijst"), _("Instantie"), _("Voorgesteld"), _("Vrijgegeven"), _("Stand")]
    return render(request, "officer/retention.html", {
        "bodies": [_due_at(one, asking) for one in Body.objects.filter(pk__in=mine).order_by("name")],
        "lists": table("lists", _("Lijsten"), columns, [_told(row) for row in rows]),
        "any": bool(rows),
        "proposes": bool(own_bodies(asking, PROPOSE)) and asking.has_role_for(PROPOSE),
        "refused": refused,
    }, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)  # fmt: skip


def _due_at(body: Body, asking: Official) -> dict[str, Any]:
    """Give a body with the cases that are due there, as many as a page shows."""
    found = list(islice(due_cases(asking.today, body.pk), SHOWN + 1))
    named = Case.objects.in_bulk([one.number for one in found])
    listed = dict(items_to_do(body.pk).values_list("case", "list"))
    columns = [_("Zaak"), _("Gesloten op"), _("Bewaren tot en met"), _("Waarom zo lang"), _("Staat op")]
    cells: list[list[str | dict[str, Any]]] = [
        [
            named[one.number].reference, written_day(one.began_on), written_day(one.kept_until), _because(one.source),
            _on_list(listed.get(one.number)),
        ]
        for one in found[:SHOWN]
    ]  # fmt: skip
    return {
        "id": body.pk,
        "name": body.name,
        "table": table(f"due-{body.pk}", _("Zaken die vernietigd moeten worden"), columns, cells),
        "any": bool(found),
        "left": any(one.number not in listed for one in found),
        "more": len(found) > SHOWN,
    }


def _because(source: str) -> str | dict[str, Any]:
    """Say why a case is kept so long; what has no Dutch bears the language that it is in."""
    return {"text": cited(source), "lang": "en"} if language() == "nl" and only_english(source) else cited(source)


def _on_list(number: int | None) -> str | dict[str, Any]:
    """Lead to the list that a case stands on and that is still to be done; a dash for none."""
    if number is None:
        return "-"
    return {"text": _("Lijst %(number)s") % {"number": number}, "url": reverse("officer-retention-list", args=[number])}


def _told(row: DestructionList) -> list[str | dict[str, Any]]:
    number = {"text": _("Lijst %(number)s") % {"number": row.pk}, "url": _address(row)}
    released = written_moment(row.released_at) if row.released_at else "-"
    return [number, row.body.name, written_moment(row.proposed_at), released, _standing(row)]


def _standing(row: DestructionList) -> str:
    if row.withdrawn_at is not None:
        return _("ingetrokken")
    if row.released_at is None:
        return _("wacht op een collega")
    report = report_of(row)
    if report.to_do:
        return _("vrijgegeven, nog %(n)s te doen") % {"n": report.to_do}
    return _("klaar: %(gone)s vernietigd, %(left)s gebleven") % {"gone": report.destroyed, "left": report.left}


def _list(request: HttpRequest, asking: Official, row: DestructionList, refused: str = "") -> HttpResponse:
    items = row.items.select_related("case").order_by("number")[:SHOWN]
    columns = [_("Zaak"), _("Bewaren tot en met"), _("Wat ermee is gebeurd")]
    cells = [[item.case.reference, written_day(item.kept_until), _ended(item.act, item.left)] for item in items]
    return render(request, "officer/retention_list.html", {
        "row": row,
        "standing": _standing(row),
        "done": _done(row),
        "count": row.items.count(),
        "table": table("cases", _("Zaken op deze lijst"), columns, cells),
        "releases": row.waits and row.proposed_by_id != asking.who.person and asking.has_role_for(RELEASE),
        "withdraws": row.waits and asking.has_role_for(PROPOSE),
        "own": row.waits and row.proposed_by_id == asking.who.person,
        "refused": refused,
        "trail": [
            {"url": reverse("officer-retention"), "label": _("Vernietigen")},
            {"label": _("Lijst %(number)s") % {"number": row.pk}},
        ],
    }, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)  # fmt: skip


def _done(row: DestructionList) -> str:
    """Say when a released list was carried out, or that it will be; nothing of one that was not released."""
    if row.released_at is None:
        return ""
    if report_of(row).to_do:
        return _("nog niet: de site vernietigt deze zaken vanzelf, meestal binnen een paar minuten")
    last = Act.objects.filter(pk__in=row.items.values("act")).aggregate(at=Max("at"))["at"]
    return written_moment(last) if last else _("er is niets vernietigd")


def _ended(act: int | None, left: str) -> str:
    if act is not None:
        return _("vernietigd, handeling %(act)s") % {"act": act}
    words = {
        "not-due-any-more": _("gebleven: er loopt weer iets in deze zaak"),
        "refused-by-the-case": _("gebleven: de zaak staat het niet toe"),
    }
    return words.get(left, _("nog niets"))
