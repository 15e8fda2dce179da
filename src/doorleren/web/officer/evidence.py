"""The evidence of applications that were submitted in rounds of the own body, for who assesses, decides and audits.

Drafts are not here: what nobody submitted is nobody's to treat. Each page that is looked at is in the log of who viewed,
and so is each document that is opened (web/applicant/evidence.py).
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doorleren.applications import access
from doorleren.applications.evidence.queries import given_of, pieces_of, with_evidence
from doorleren.applications.models import Application
from doorleren.applications.rules import state_of
from doorleren.people.access import Thing, ensure
from doorleren.web.applicant.evidence import piece_shown
from doorleren.web.applicant.words import moment, round_shown, state_shown
from doorleren.web.officer.asked import LARGEST_NUMBER, number, paging, table
from doorleren.web.officer.official import official, page
from doorleren.web.officer.rounds import own_bodies, round_of
from doorleren.web.rounds.written import name_of
from doorleren.web.viewing import viewed

VIEW = access.VIEW_EVIDENCE
AT_ONCE = 100


@page
@require_safe
def of_round(request: HttpRequest, number_of: int) -> HttpResponse:
    """List the submitted applications of a round that have documents, in the order of their numbers."""
    asking = official(request, VIEW)
    row = round_of(asking, number_of, VIEW)
    ensure(asking.who, VIEW, Thing("round", str(row.pk), body=row.body_id), at=asking.at)
    after = number(request.GET.get("after", "")) or 0
    found = list(with_evidence(row.pk, after)[: AT_ONCE + 1])
    more, found = len(found) > AT_ONCE, found[:AT_ONCE]
    viewed(request, "round_evidence", row.pk)
    columns = [_("Aanvraag"), _("Stand"), _("Bewijsstukken"), _("Laatste op")]
    return render(request, "officer/evidence.html", {
        "name": name_of(row),
        "table": table("evidence", _("Aanvragen met bewijsstukken"), columns, [_row(one) for one in found]),
        "any": bool(found),
        "paging": paging(request, "after", found[-1].pk if more else None),
        "trail": [*_trail(row.pk, name_of(row)), {"label": _("Bewijsstukken")}],
    })  # fmt: skip


@page
@require_safe
def of_application(request: HttpRequest, number_of: int) -> HttpResponse:
    """Show what evidence a submitted application of the own body was asked and gave, each document to open."""
    asking = official(request, VIEW)
    rows = Application.objects.filter(round__body_id__in=own_bodies(asking, VIEW))
    row = rows.select_related("round__version", "round__gate").filter(pk=min(number_of, LARGEST_NUMBER)).first()
    if row is None or not with_evidence(row.round_id).filter(pk=row.pk).exists():
        raise Http404
    access.ensure(access.may_treat(asking.who, row, VIEW, at=asking.at))
    viewed(request, "application_evidence", row.pk)
    here = reverse("officer-round-evidence", args=[row.round_id])
    return render(request, "officer/evidence_one.html", {
        "application": row,
        "round": round_shown(row.round),
        "state": _state(row),
        "pieces": [piece_shown(one, row, "") for one in pieces_of(row)],
        "trail": [
            *_trail(row.round_id, name_of(row.round)), {"url": here, "label": _("Bewijsstukken")},
            {"label": _("Aanvraag %(number)s") % {"number": row.pk}},
        ],
    })  # fmt: skip


def _state(one: Application) -> dict[str, str]:
    """Say how an application stands that has a ticket, as all here."""
    return state_shown(state_of(frozen_at=one.frozen_at, withdrawn_at=one.withdrawn_at, ticket=True))


def _trail(of_round: int, name: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("officer-rounds"), "label": _("Aanvraagtijdvakken")},
        {"url": reverse("officer-round", args=[of_round]), "label": name},
    ]


def _row(one: Application) -> list[str | dict[str, Any]]:
    given = [given_of(document) for document in one.documents.all()]
    whole = [each for each in given if each.standing == "uploaded"]
    waits = sum(each.standing == "waiting" for each in given)
    said = _("%(n)s ontvangen") % {"n": len(whole)}
    if waits:
        said += _(", %(n)s in de viruscontrole") % {"n": waits}
    last = max((each.document.at for each in whole), default=None)
    url = reverse("officer-application-evidence", args=[one.pk])
    return [
        {"text": _("Aanvraag %(number)s") % {"number": one.pk}, "url": url}, _state(one)["words"], said,
        moment(last) if last else "-",
    ]  # fmt: skip
