"""A request to correct as both sides see it: what was asked, the day of the answer with its calculation, and each step."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from doorleren.applications.corrections.law import correction_law
from doorleren.applications.corrections.letters import TEMPLATES, reference_of
from doorleren.applications.corrections.sealed import party_of, said_in
from doorleren.applications.corrections.standing import Standing
from doorleren.applications.corrections.told import Sent, appeal_term, deciding_term, objecting_term, sent_of
from doorleren.applications.models import About, Application, ContactField, CorrectionAct, CorrectionStep
from doorleren.core.days import day_of
from doorleren.core.terms import Reckoned
from doorleren.letters.models import Letter
from doorleren.letters.queries import letters_about
from doorleren.people.file_keys import Destroyed, DoesNotOpen
from doorleren.schemes.queries import version_of
from doorleren.web import known
from doorleren.web.officer.asked import written_day
from doorleren.web.public.questions import in_language, label, language
from doorleren.web.public.words import cited


def shown(standing: Standing, today: date, *, to_official: bool = False) -> dict[str, Any]:
    """Describe a request; to an official also which letters were not sent yet. Raises Destroyed, DoesNotOpen for one that cannot be read."""
    request = standing.request
    sent = sent_of([standing]) if to_official else None
    return {
        "number": request.pk, "reference": reference_of(request.pk), "body": request.body.name,
        "what": what(standing), "asked_on": written_day(day_of(request.asked_at)), "due_on": written_day(standing.due_on),
        "open": standing.end is None, "waits": standing.waits, "late": standing.waits and today > standing.due_on,
        "contested": standing.contested, **_objecting(standing, today),
        "stands": stands(standing), "about": request.about, **_asked(standing), "steps": [_step(one, sent) for one in standing.steps],
        "term": [{"text": in_language(one.text), "source": cited(one.source)} for one in _term(standing).steps],
    }  # fmt: skip


def _term(standing: Standing) -> Reckoned:
    """Give the term that runs, or ran last: for deciding on the objection, or else for the answer."""
    extended = any(one.step == CorrectionAct.MORE_TIME for one in standing.steps)
    deciding = deciding_term(standing, extended=extended) if standing.objected else None
    return standing.term if deciding is None else deciding


def _objecting(standing: Standing, today: date) -> dict[str, Any]:
    """Say until when one can object to the answer, and appeal against the decision on that; only from a letter that was sent."""
    objecting, appeal = objecting_term(standing), appeal_term(standing)
    return {
        "object_until": written_day(objecting.last) if objecting and standing.objected is None else "",
        "object_late": objecting is not None and today > objecting.last,
        "appeal_until": written_day(appeal.last) if appeal else "",
        "court": in_language(correction_law().objection.court),
    }


def what(standing: Standing) -> str:
    """Say what is to be corrected: the field or the question, and where."""
    request = standing.request
    if request.about == About.CONTACT:
        return contact_words()[request.fact]
    if request.application is None:
        return _("iets anders")
    where = called(request.application)
    if request.about == About.CASE:
        return _("dossier: %(where)s") % {"where": where}
    fact = known.library().vocabulary.facts.get(request.fact)
    return _("%(question)s (aanvraag: %(where)s)") % {"question": label(fact) if fact else request.fact, "where": where}


def called(application: Application) -> str:
    """Name an application: its scheme and the day on which it was begun."""
    scheme = version_of(application.round.version_id).called(language())
    return _("%(scheme)s, begonnen op %(day)s") % {"scheme": scheme, "day": written_day(day_of(application.started_at))}


def contact_words() -> dict[str, str]:
    """Name the fields of an account that can be corrected."""
    return {ContactField.NAME: _("uw naam"), ContactField.EMAIL: _("uw e-mailadres voor berichten")}


def stands(standing: Standing) -> str:
    """Say in a few words how it stands."""
    last = standing.objection_end or standing.objected or standing.end
    if standing.contested:
        return _("wacht op beslissing op het bezwaar")
    if last is not None:
        return step_words()[last.step]
    return _("wacht op antwoord, termijn verlengd") if standing.extended else _("wacht op antwoord")


def step_words() -> Mapping[str, str]:
    """Name the steps."""
    return {
        CorrectionAct.ASKED: _("gevraagd"), CorrectionAct.EXTENDED: _("termijn verlengd"),
        CorrectionAct.CORRECTED: _("verbeterd"), CorrectionAct.IN_PART: _("voor een deel verbeterd"),
        CorrectionAct.COMPLETED: _("aangevuld met een verklaring"), CorrectionAct.REFUSED: _("niet verbeterd"),
        CorrectionAct.TAKEN_BACK: _("ingetrokken"), CorrectionAct.TOLD: _("anderen ingelicht"),
        CorrectionAct.OBJECTED: _("bezwaar gemaakt"), CorrectionAct.MORE_TIME: _("meer tijd voor het bezwaar"),
        CorrectionAct.UPHELD: _("bezwaar gegrond"), CorrectionAct.UPHELD_IN_PART: _("bezwaar voor een deel gegrond"),
        CorrectionAct.REJECTED: _("bezwaar ongegrond"), CorrectionAct.INADMISSIBLE: _("bezwaar niet behandeld"),
        CorrectionAct.WITHDRAWN: _("bezwaar ingetrokken"),
    }  # fmt: skip


def letters(standing: Standing) -> list[Letter]:
    """Give the letters of a request that were sent, the oldest first."""
    return list(letters_about(party_of(standing.request)).filter(dispatches__sent=True).order_by("pk"))


def is_readable(standing: Standing) -> bool:
    """Say whether its words still open."""
    try:
        said_in(standing.asked)
    except (Destroyed, DoesNotOpen):
        return False
    return True


def _asked(standing: Standing) -> dict[str, str]:
    said = said_in(standing.asked)
    return {"wrong": said["wrong"], "wished": said["wished"], "why": said["why"]}


def _step(one: CorrectionStep, sent: Sent | None) -> dict[str, Any]:
    """Describe a step with what it says; what was asked stands elsewhere on the page. `sent`: which letters went out, for officials."""
    said = said_in(one) if one.step != CorrectionAct.ASKED else {}
    article = correction_law().articles.get(one.step)
    return {
        "words": step_words()[one.step], "day": written_day(day_of(one.at)), "article": in_language(article) if article else "",
        "until": written_day(one.until), "new": said.get("new", ""), "said": said.get("words", ""),
        "told": ", ".join(said.get("told", ())), "nobody": said.get("nobody", ""), "late": bool(said.get("late")),
        "unsent": sent is not None and one.step in TEMPLATES and (one.request_id, TEMPLATES[one.step]) not in sent,
    }  # fmt: skip
