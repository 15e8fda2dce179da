"""Who looked at a file, when and why: from the log of views, by role and body and never by name."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from doorleren.applications.models import Document
from doorleren.audit.acts import Party
from doorleren.audit.models import Act, View
from doorleren.audit.viewing import kept_days
from doorleren.core.days import day_of
from doorleren.letters.models import Letter
from doorleren.people.models import IN_BODY
from doorleren.people.queries import roles_in_force
from doorleren.web.applicant.file.own import OwnFile, own_file
from doorleren.web.applicant.words import moment
from doorleren.web.people.words import roles

MOST = 200


@never_cache
@require_safe
def seen(request: HttpRequest, number: int) -> HttpResponse:
    """Show who looked, the newest first."""
    found = own_file(request, number)
    rows = seen_shown(found)
    return render(request, "applicant/file_seen.html", {
        **found.frame(_("Wie keek in uw dossier")), "rows": rows[:MOST], "more": len(rows) > MOST, "most": MOST,
        "kept": kept_days(day_of(found.own.at)), "together": together(found),
    })  # fmt: skip


def seen_shown(found: OwnFile) -> list[dict[str, str]]:
    """List the views of this file by others than who asks, one more than MOST at most, and why each was looked at."""
    own = found.own.who.party
    views = View.objects.filter(_of(found)).exclude(viewer_kind=own.kind, viewer_id=own.id).order_by("-id")[: MOST + 1]
    given, role_of = _reasons(found), roles_of_viewers()
    return [
        {
            "at": moment(one.at),
            "who": role_of(one),
            "what": whats().get(one.subject_kind, _("uw dossier")),
            "why": _why(one, given),
        }
        for one in views
    ]


def together(found: OwnFile) -> bool:
    """Say whether it was decided on together with others, which opens no file by itself."""
    decision = found.told.decision
    return decision is not None and decision.batch_id is not None


def _of(found: OwnFile) -> Q:
    """Ask for the views of everything that belongs to this file: the case, its letters, the application and its documents."""
    application, case = str(found.application.pk), str(found.case.pk)
    letters = Letter.objects.filter(about_kind="case", about_id=case).values_list("pk", flat=True)
    documents = Document.objects.filter(application=found.application).values_list("pk", flat=True)
    return (
        Q(subject_kind="case", subject_id=case)
        | Q(subject_kind="letter", subject_id__in=[str(one) for one in letters])
        | Q(subject_kind__in=["application", "application_evidence"], subject_id=application)
        | Q(subject_kind="evidence", subject_id__in=[str(one) for one in documents])
    )


def roles_of_viewers() -> Callable[[View], str]:
    """Give what names the role of who viewed, for a list: it asks once for each viewer and day, however often they looked."""
    asked = cache(_role_on)

    def role_of(one: View) -> str:
        """Name the role that somebody had in a body on that day, or in an organisation; never a person."""
        if one.viewer_kind != "person" or not one.viewer_id.isdecimal():
            return _("de site")
        return asked(int(one.viewer_id), day_of(one.at))

    return role_of


def _role_on(person: int, day: date) -> str:
    held = roles_in_force(person, day)
    told = []
    for role in sorted(held, key=lambda role: (role.kind not in IN_BODY, role.pk)):
        place = role.body.name if role.body else role.organisation.name if role.organisation else ""
        told.append(f"{roles()[role.kind]}, {place}" if place else roles()[role.kind])
    return told[0] if told else _("iemand van uw kant")


def _reasons(found: OwnFile) -> dict[Party, list[Any]]:
    """Give the reasons that officials named when they opened this file, by who they are."""
    acts = Act.objects.filter(subject_kind="case", subject_id=str(found.case.pk), act="looked_into").order_by("-id")
    reasons: dict[Party, list[Any]] = {}
    for act in acts:
        reasons.setdefault(Party(act.actor_kind, act.actor_id), []).append(act)
    return reasons


def _why(one: View, given: dict[Party, list[Any]]) -> str:
    """Say why somebody looked: the last reason that they gave before, else because of their work on it."""
    for act in given.get(Party(one.viewer_kind, one.viewer_id), []):
        if act.at <= one.at:
            return reasons_in_words().get(str(act.details.get("why", "")), "")
    return _("behandelt uw aanvraag")


def reasons_in_words() -> dict[str, str]:
    """Say to the person whom it is about why an official opened a file of somebody else's list."""
    return {
        "asked": _("u of een collega vroeg ernaar"), "replacing": _("verving een collega"),
        "worked_on_it": _("werkte eerder aan uw aanvraag"), "checking": _("deed een controle"),
        "contested": _("er is een bezwaar, een klacht of een rechtszaak"),
    }  # fmt: skip


def whats() -> dict[str, str]:
    """Say what was looked at."""
    return {
        "case": _("uw dossier"), "letter": _("een brief"), "application": _("uw aanvraag"),
        "application_evidence": _("uw bewijsstukken"), "evidence": _("een bewijsstuk"),
    }  # fmt: skip
