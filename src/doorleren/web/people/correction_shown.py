"""A request to correct as both sides see it: what was asked, the day of the answer with its calculation, and each step."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from doorleren.applications.corrections.law import correction_law
from doorleren.applications.corrections.letters import reference_of
from doorleren.applications.corrections.sealed import party_of, said_in
from doorleren.applications.corrections.standing import Standing
from doorleren.applications.models import About, Application, ContactField, CorrectionAct, CorrectionStep
from doorleren.core.days import day_of
from doorleren.letters.models import Letter
from doorleren.letters.queries import letters_about
from doorleren.people.file_keys import Destroyed, DoesNotOpen
from doorleren.schemes.queries import version_of
from doorleren.web import known
from doorleren.web.officer.asked import written_day
from doorleren.web.public.questions import in_language, label, language


def shown(standing: Standing, today: date) -> dict[str, Any]:
    """Describe a request. Raises Destroyed, DoesNotOpen for one that cannot be read."""
    request = standing.request
    return {
        "number": request.pk, "reference": reference_of(request.pk), "body": request.body.name,
        "what": what(standing), "asked_on": written_day(day_of(request.asked_at)), "due_on": written_day(standing.due_on),
        "open": standing.end is None, "late": standing.end is None and today > standing.due_on,
        "stands": stands(standing), "about": request.about, **_asked(standing), "steps": [_step(one) for one in standing.steps],
        "term": [{"text": in_language(one.text), "source": one.source} for one in standing.term.steps],
    }  # fmt: skip


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
    if standing.end is not None:
        return step_words()[standing.end.step]
    return _("wacht op antwoord, termijn verlengd") if standing.extended else _("wacht op antwoord")


def step_words() -> Mapping[str, str]:
    """Name the steps."""
    return {
        CorrectionAct.ASKED: _("gevraagd"), CorrectionAct.EXTENDED: _("termijn verlengd"),
        CorrectionAct.CORRECTED: _("verbeterd"), CorrectionAct.IN_PART: _("voor een deel verbeterd"),
        CorrectionAct.COMPLETED: _("aangevuld met een verklaring"), CorrectionAct.REFUSED: _("niet verbeterd"),
        CorrectionAct.TAKEN_BACK: _("ingetrokken"), CorrectionAct.TOLD: _("anderen ingelicht"),
    }  # fmt: skip


def letters(standing: Standing) -> list[Letter]:
    """Give the letters of a request, the oldest first."""
    return list(letters_about(party_of(standing.request)).order_by("pk"))


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


def _step(one: CorrectionStep) -> dict[str, Any]:
    """Describe a step with what it says; what was asked stands elsewhere on the page."""
    said = said_in(one) if one.step != CorrectionAct.ASKED else {}
    article = correction_law().articles.get(one.step)
    return {
        "words": step_words()[one.step], "day": written_day(day_of(one.at)), "article": in_language(article) if article else "",
        "until": written_day(one.until), "new": said.get("new", ""), "said": said.get("words", ""),
        "told": ", ".join(said.get("told", ())), "nobody": said.get("nobody", ""),
    }  # fmt: skip
