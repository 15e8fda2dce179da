"""A case of which the file was destroyed: that it was, when, under which acts of the record, and by which list. Nothing is offered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.applications.retention.lists import VIEW
from doorleren.cases.models import CaseAct, DestructionItem
from doorleren.cases.recording import party_of
from doorleren.people.file_keys import act_that_destroyed
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_asked import scheme_name
from doorleren.web.officer.case_at_hand import AtHand
from doorleren.web.officer.case_shown import ground_words
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.viewing import viewed


def case_destroyed(request: HttpRequest, found: AtHand) -> HttpResponse:
    """Say that the file of a case was destroyed."""
    case = found.case
    viewed(request, "case", case.pk)
    return render(request, "officer/case_destroyed.html", {
        "reference": case.reference,
        "scheme": scheme_name(case.scheme),
        "facts": _facts(found),
        "list": _list(found),
        "trail": [{"url": reverse("officer-cases"), "label": _("Zaken")}, {"label": case.reference}],
    })  # fmt: skip


def _facts(found: AtHand) -> list[tuple[str, str]]:
    """Give when it was closed and destroyed, on which ground, and the number of the act in the record."""
    acts = {one.act: one for one in found.acts if one.act in ("closed", "destroyed")}
    closed, gone = acts.get("closed"), acts["destroyed"]
    under = act_that_destroyed(party_of(found.case))
    return [
        (_("Ontvangen op"), written_day(found.case.received_on)),
        *([(_("Gesloten op"), written_day(closed.happened_on))] if closed else []),
        (_("Vernietigd op"), written_day(gone.happened_on)),
        (_("Grond"), _grounds(gone)),
        *([(_("Handeling in het logboek"), str(under))] if under is not None else []),
    ]


def _grounds(gone: CaseAct) -> str:
    return ground_words(gone.ground) or gone.ground


def _list(found: AtHand) -> dict[str, Any] | None:
    """Give the list of two officials on which it stood, with its page for who may see that."""
    item = DestructionItem.objects.select_related("list__proposed_by", "list__released_by").filter(
        case=found.case, act__isnull=False
    ).first()  # fmt: skip
    if item is None:
        return None
    row = item.list
    sees = found.case.body_id in own_bodies(found.asking, VIEW)
    return {
        "number": row.pk,
        "proposed_by": row.proposed_by.name,
        "released_by": row.released_by.name if row.released_by else "",
        "url": reverse("officer-retention-list", args=[row.pk]) if sees else "",
    }
