"""What a piece of a file says that is no letter and no document: of whom it is about, in their language, and without the names of officials."""

from typing import Any

from django.utils.translation import gettext as _

from doorleren.cases.messages import messages_of
from doorleren.cases.models import CaseAct, Message
from doorleren.core.money import euros
from doorleren.decisions.committee.scores import motivations_of, points_of
from doorleren.decisions.delivering import word_on_report, words_of_report
from doorleren.decisions.letter_values import reasons
from doorleren.decisions.matters import matter_of
from doorleren.decisions.models import ActWords, Assessment, Delivery, Hearing, Objection, ScoreSheet
from doorleren.decisions.objections import words_of
from doorleren.decisions.said_with_acts import words_with
from doorleren.decisions.sealed import content_of
from doorleren.schemes.queries import version_of
from doorleren.web.applicant.delivery import report_shown
from doorleren.web.applicant.file.decision import calculation_shown, reasons_shown, used
from doorleren.web.applicant.file.own import OwnFile
from doorleren.web.public.questions import language

READ = (Assessment, ActWords, Delivery, Hearing, Objection, Message, ScoreSheet)
"""Tables of which a row has the content of the piece that an act left."""
FILED = ("opened", "entered")
"""Acts of which the piece is the application itself."""


def piece_said(found: OwnFile, act: CaseAct) -> dict[str, Any]:
    """Give what the piece of an act says; empty where it has no content. Raises Destroyed, DoesNotOpen."""
    if act.act in FILED:
        return {"used": used(found)}
    assessment = Assessment.objects.select_related("act").filter(act=act).first()
    if assessment is not None:
        return _assessment(found, assessment)
    message = next((one for one in Message.objects.filter(act=act)), None)
    if message is not None:
        text = next(one.text for one in messages_of(found.case.pk) if one.number == message.number)
        return {"words": text, "document": found.url("-document", message.number) if message.file_kind else ""}
    hearing = Hearing.objects.select_related("act").filter(act=act).first()
    if hearing is not None:
        return {"words": words_of(hearing)}
    objection = Objection.objects.select_related("act").filter(act=act).first()
    if objection is not None:
        return {"words": words_of(objection)}
    sheet = ScoreSheet.objects.select_related("act").filter(act=act).first()
    if sheet is not None:
        return {"scores": _scores(found, sheet)}
    delivery = Delivery.objects.select_related("act__case", "word").filter(act=act).first()
    if delivery is not None:
        return _delivery(found, delivery)
    words = words_with(act)
    return {"words": words, "outcome": _advice().get(str(act.details.get("advice", "")), "")} if words else {}


def _delivery(found: OwnFile, one: Delivery) -> dict[str, Any]:
    """Describe a report of what was done: from when to when, how much, in whose words, and what whom it was for said of it.

    The words of whom it was for are theirs: another party reads only whether they said that it is right.
    """
    word = getattr(one, "word", None)
    own = word is not None and word.by_id == found.own.who.person
    return {
        "report": report_shown(one), "words": words_of_report(one), "answer": word_on_report(one) if own else "",
    }  # fmt: skip


def _assessment(found: OwnFile, one: Assessment) -> dict[str, Any]:
    """Describe an assessment: what it came to, the reason per condition, the calculation, and what was noted with it."""
    content, outcomes = content_of(one), _outcomes()
    return {
        "outcome": outcomes[one.outcome],
        "amount": "" if one.amount_cents is None else euros(one.amount_cents),
        "automatic": one.automatic,
        "reasons": reasons_shown(reasons(matter_of(found.case), content.results, language())),
        "calculation": calculation_shown(content),
        "words": content.words,
    }


def _scores(found: OwnFile, one: ScoreSheet) -> list[dict[str, str]]:
    """Describe what a member of the committee gave per criterion and why; never who that was. Ground: Awb 7:4(6), recalled and not read."""
    points, why = points_of(one), motivations_of(one)
    return [
        {
            "name": each.says(language()), "why": why.get(each.id, ""),
            "points": _("%(points)s van %(most)s") % {"points": points[each.id], "most": each.most},
        }
        for each in version_of(found.application.round.version_id).criteria if each.id in points
    ]  # fmt: skip


def _outcomes() -> dict[str, str]:
    return {
        "meets": _("De aanvraag voldoet."), "fails": _("De aanvraag voldoet niet."), "open": _("Er stond nog iets open."),
    }  # fmt: skip


def _advice() -> dict[str, str]:
    return {
        "positive": _("Het advies is positief."), "negative": _("Het advies is negatief."),
        "mixed": _("Het advies is voor een deel positief."),
    }  # fmt: skip
