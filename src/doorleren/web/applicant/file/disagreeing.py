"""What somebody who disagrees can still do once objecting in time is over: appeal after an answer, or object too late. Awb 6:7, 6:11 and 8:1."""

from typing import Any

from django.utils.translation import gettext as _

from doorleren.cases.frameworks import frameworks
from doorleren.cases.models import CaseAct
from doorleren.cases.recording import life_of
from doorleren.cases.terms import CaseTerm
from doorleren.cases.terms.appealing import ANSWERS, appealable
from doorleren.core.days import day_of
from doorleren.decisions.decision_words import against_said, decision_said, objection_said
from doorleren.decisions.law_of_objection import law_of_objection
from doorleren.decisions.models import ObjectionDecision
from doorleren.web.applicant.file.doing import late_objections, objection_words, url_of
from doorleren.web.applicant.file.own import OwnFile
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.values import day_in_words


def appeals_shown(found: OwnFile) -> list[dict[str, str]]:
    """Describe each answer to an objection that one can appeal, the last one first: on which objection, where and until when.

    Only answers that a letter told of; one that a court has looked at, or looks at, is left out.
    """
    if not frameworks()[found.case.framework].objection or found.told.last(*ANSWERS) is None:
        return []
    open_to = {one.number for one in appealable(life_of(found.case, found.told.acts))}
    terms = {one.about: one for one in found.told.terms if one.id == "appeal" and one.ended_on is None}
    rows = ObjectionDecision.objects.select_related("act", "objection__against").filter(act__case=found.case.pk)
    return [
        {"decided": _decided(found, one), **_appeal(found, terms[one.act.number]), "letter": _letter(found, one.act)}
        for one in rows.order_by("-act__number")
        if one.act.number in open_to and one.act.number in terms and terms[one.act.number].last is not None
    ]


def _decided(found: OwnFile, one: ObjectionDecision) -> str:
    """Say when was decided on which objection, and against what that was."""
    spoken, about = language(), one.objection
    said = against_said(
        objection_said(about.received_on, spoken, about.number),
        decision_said(about.against, found.case.procedure, spoken), spoken,
    )  # fmt: skip
    return _("Op %(day)s beslisten wij op %(objection)s.") % {
        "day": day_in_words(one.act.happened_on), "objection": said,
    }  # fmt: skip


def _appeal(found: OwnFile, term: CaseTerm) -> dict[str, str]:
    assert term.last is not None
    told = {"last": day_in_words(term.last), "court": in_language(law_of_objection().court)}
    if term.last < day_of(found.own.at):
        return {
            "until": _("U kon in beroep gaan bij %(court)s, tot en met %(last)s. Die tijd is voorbij.") % told,
            "how": _("Gaat u nu nog in beroep? Dan kijkt de rechtbank alleen naar uw beroep als u er niets aan kon doen dat het te laat is (Awb artikel 6:11)."),
        }  # fmt: skip
    return {
        "until": _("Bent u het er niet mee eens? Dan kunt u tot en met %(last)s in beroep gaan bij %(court)s.") % told,
        "how": _("Dat doet u bij de rechtbank zelf, niet hier. Schrijf waarom u het er niet mee eens bent, en stuur een kopie van onze brief mee. U betaalt griffierecht."),
    }  # fmt: skip


def _letter(found: OwnFile, act: CaseAct) -> str:
    sent = next((one for one in found.told.letters if one.act is not None and one.act.pk == act.pk), None)
    return "" if sent is None else found.url("-letter", sent.letter.pk)


def late_shown(found: OwnFile) -> list[dict[str, Any]]:
    """Describe the decisions to which one can only object too late, the last one first: since when, and the page."""
    return [
        {
            "words": objection_words(one, found.case.procedure),
            "until": day_in_words(one.last_day) if one.last_day else "",
            "url": f"{url_of(found, 'objection')}?against={one.act.number}",
        }
        for one in late_objections(found)
    ]
