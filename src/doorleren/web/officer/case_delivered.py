"""A report of what was delivered on the page of a case: who reported, with which documents, and what whom it was for said of it."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from doorleren.applications.delivering import acted_for, reporter_of
from doorleren.applications.evidence.queries import given_of
from doorleren.applications.models import Application, Document, PartyKind
from doorleren.cases.models import Case, CaseAct
from doorleren.cases.reportable import PROOF_ASKED
from doorleren.decisions.delivering import GRANTS, settled_at_once_now
from doorleren.decisions.models import Check, Delivery
from doorleren.people.models import Organisation
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_at_hand import AtHand
from doorleren.web.officer.case_words import reported

_MOVES = ("delivery_proven", "intent_notified", *GRANTS)
ASK = "ask-delivery"
"""The form with which an official asks what was done."""


def delivered_facts(hand: AtHand, one: Delivery) -> list[tuple[str, str]]:
    """Give the facts of a report: by whom, from when to when, how much, and whether it was confirmed."""
    found = [] if hand.matter is None else [(_("Gemeld door"), _reported_by(one, hand.matter.application))]
    return [
        *found, (_("Van en tot en met"), f"{written_day(one.started_on)} - {written_day(one.ended_on)}"),
        (_("Gepland"), str(one.planned)), (_("Gedaan"), str(one.realised)), (_("Bewijs"), ", ".join(one.evidence) or "-"),
        (_("Bevestigd door wie het volgde"), _confirmed(one)),
    ]  # fmt: skip


def delivered_links(hand: AtHand, one: Delivery) -> dict[str, Any]:
    """Give the documents of a report, and where to ask on, once it was denied."""
    word = getattr(one, "word", None)
    last = not Delivery.objects.filter(case=one.case_id, number__gt=one.number).exists()
    asks = word is not None and not word.confirmed and last and word_can_lead_on(hand.case)
    return {
        "documents": [] if hand.matter is None else _documents(hand.matter.application, one),
        "ask": reverse("officer-case-act", args=[hand.case.reference, ASK]) if asks else "",
    }


def report_told(case: Case, rows: Sequence[CaseAct]) -> str:
    """Say that a report came in on which nobody has acted yet; nothing where none waits. `rows`: all acts of the case."""
    last = next((one for one in reversed(rows) if one.act in _MOVES or one.details.get("what") == PROOF_ASKED), None)
    if not word_can_lead_on(case) or last is None or last.act != "delivery_proven":
        return ""
    told = {name: str(last.details.get(name, "-")) for name in ("planned", "realised")}
    return _("Op %(day)s kwam een melding van wat er is gedaan (%(realised)s van %(planned)s): %(words)s.") % {
        "day": written_day(last.happened_on), "words": reported(last.details) or _("uitvoering gemeld"), **told,
    }  # fmt: skip


def check_told(case: Case, rows: Sequence[CaseAct]) -> str:
    """Say that a case is checked, and what that waits for; nothing where it is not, or a report came. `rows`: all acts of the case."""
    if not word_can_lead_on(case) or any(one.act == "delivery_proven" for one in rows):
        return ""
    check = Check.objects.filter(case=case.pk).first()
    if check is None:
        return ""
    told = (
        _("Deze zaak is bij loting gekozen voor een controle.")
        if check.sample_id
        else _("Deze zaak is door een medewerker gekozen voor een controle.")
    )
    asked = any(one.details.get("what") == PROOF_ASKED for one in rows)
    return told if asked else f"{told} {_('Vraag wat er is gedaan.')}"


def word_can_lead_on(case: Case) -> bool:
    """Say whether an official can still ask on after a denial: the grant is not settled, or settled at once."""
    return case.state == "granted" or settled_at_once_now(case)


def _reported_by(one: Delivery, application: Application) -> str:
    reporter = reporter_of(application)
    name = _("de aanvrager")
    if reporter.kind == PartyKind.ORGANISATION:
        name = Organisation.objects.filter(pk=reporter.number or 0).values_list("name", flat=True).first() or "-"
    own = acted_for(one.act.by_kind, one.act.by_id, reporter)
    return name if own else _("een ambtenaar, voor %(name)s") % {"name": name}


def _confirmed(one: Delivery) -> str:
    word = getattr(one, "word", None)
    if one.own_word:
        return _("niet nodig: wie het volgde, meldde het zelf")
    if word is None:
        return _("nog niet")
    return _("ja, dit klopt") if word.confirmed else _("nee, dit klopt niet")


def _documents(application: Application, one: Delivery) -> list[dict[str, str]]:
    rows = (
        Document.objects.filter(pk__in=one.documents, application=application).prefetch_related("steps").order_by("pk")
    )
    return [
        {"url": reverse("applications-evidence-file", args=[application.pk, each.pk]), "label": each.file_name}
        for each in rows
        if given_of(each).standing == "uploaded"
    ]  # fmt: skip
