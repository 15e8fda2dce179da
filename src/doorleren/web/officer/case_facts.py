"""The facts of a case beside the rules that look at them and the evidence; and what was found in assessments and decisions.

Facts and rules come from the application as it was submitted; nothing is judged here that `decisions` does not judge.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from doorleren.applications.answers import Counted
from doorleren.applications.evidence.queries import Given, Piece
from doorleren.applications.form import Form
from doorleren.applications.models import PartyKind
from doorleren.applications.other_money import PAID_BY_OTHER
from doorleren.applications.partnerships.totals import AID, LINKED
from doorleren.applications.submitted import Submitted
from doorleren.core.days import day_of
from doorleren.decisions.judging import Judged, judged, submitted_form, submitted_of
from doorleren.decisions.letter_values import name_of
from doorleren.decisions.matters import Matter
from doorleren.decisions.models import Assessment, Decision
from doorleren.decisions.queries import assessments_of, decisions_of
from doorleren.decisions.rules import Result
from doorleren.decisions.sealed import Content, content_of
from doorleren.people.file_keys import Destroyed
from doorleren.rules.versions import Condition
from doorleren.web import known
from doorleren.web.applicant.evidence import OVER, standing_shown
from doorleren.web.applicant.words import answer_shown
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_at_hand import AtHand
from doorleren.web.officer.case_corrections import corrections_of
from doorleren.web.officer.case_documents import document_link, document_name, document_shown, documents_of, names_of
from doorleren.web.officer.case_found import badges, bases, cited, decision_named, outcomes
from doorleren.web.officer.case_other_money import other_money_shown
from doorleren.web.officer.case_together import together_shown
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.values import euros, why_not_computed
from doorleren.web.public.words import in_plain


def applicants(matter: Matter | None) -> tuple[int, ...]:
    """Give the number of the person who applies; none for an organisation, or for a case that is about no application."""
    one = None if matter is None else matter.application
    return (one.applicant_number,) if one is not None and one.applicant_kind == PartyKind.PERSON else ()


@dataclass(frozen=True, slots=True)
class OnFile:
    """What was submitted, the verdict of its form, and what the rules say of it."""

    submitted: Submitted
    form: Form
    says: Judged


def on_file(matter: Matter) -> OnFile:
    """Read what was submitted and judge it, once for a page."""
    library = known.library()
    told = submitted_of(matter, library)
    form = submitted_form(matter, library, told)
    return OnFile(told, form, judged(matter, library, told, form))


def file_shown(
    matter: Matter, there: OnFile, names: Mapping[int, str] | None = None, assessed: Iterable[Result] = ()
) -> dict[str, Any]:  # fmt: skip
    """Describe what was submitted, rule by rule, with the evidence.

    `names`: of people by number, where the applicant was looked up among them. `assessed`: what the assessment that counts found.
    Rules that are not met, or not yet, stand in `asks`, the others in `met`; both in the order of the scheme.
    """
    application, says, answers = matter.application, there.says, there.submitted.answers
    results, found = {one.condition: one for one in says.results}, {one.condition: one for one in assessed}
    looked_at, given = facts_by_condition(there.form), documents_of(there.submitted)
    rules = [
        rule_shown(one, results.get(one.id), looked_at.get(one.id, frozenset()), answers, found.get(one.id), given)
        for one in matter.track.conditions
    ]
    money = other_money_shown(matter, says, answers)
    used = {name for names in looked_at.values() for name in names} | ({AID, LINKED, PAID_BY_OTHER} if money else set())
    return {
        "applicant": _applicant(matter, names or {}),
        "number": application.pk,
        "filed": written_day(day_of(matter.ticket.arrived_at)),
        "asked": euros(matter.ticket.cents),
        "most": "" if says.cents is None else euros(says.cents),
        "asks": [one for one in rules if one["met"] is not True],
        "met": [one for one in rules if one["met"] is True],
        "failed": sum(one["met"] is False for one in rules),
        "other_money": money,
        "other": [answer_shown(one) for one in answers if one.subject_number or one.fact not in used],
        "corrections": corrections_of(application) if matter.corrected else [],
        "together": together_shown(matter),
        "pieces": [_piece(one, matter) for one in there.submitted.pieces],
        "round_url": reverse("officer-round", args=[matter.round.pk]),
    }


def _piece(one: Piece, matter: Matter) -> dict[str, Any]:
    """Describe a piece of evidence: what it is, how it stands, and its documents."""
    application = matter.application
    over = application.withdrawn_at is not None or matter.case.state in OVER
    return {
        "text": in_language(one.asked.evidence.text) or in_plain(one.asked.evidence.id),
        "standing": standing_shown(one, application, over=over),
        "documents": [document_shown(each) for each in one.given],
    }


def _applicant(matter: Matter, names: Mapping[int, str]) -> str:
    one = matter.application
    known_here = one.applicant_kind == PartyKind.PERSON and one.applicant_number in names
    return names[one.applicant_number] if known_here else name_of(one.applicant_kind, one.applicant_number)


def facts_by_condition(form: Form) -> dict[str, frozenset[str]]:
    """Give for each condition that can be computed the facts that it looks at."""
    return {one.condition.id: one.facts for one in form.judgement.settled.conditions}


def rule_shown(
    condition: Condition, result: Result | None, facts: frozenset[str], answers: Iterable[Counted], found: Result | None,
    given: Mapping[int, Given],
) -> dict[str, Any]:  # fmt: skip
    """Describe a condition: its sentence, source, what was answered to what it looks at, and whether it is met.

    `result`: what the rules say; `found`: what the assessment that counts says, where there is one; `given`: the documents of
    the application, by number.
    """
    why, spoken = why_not_computed(condition.why) if condition.why else ("", True)
    counts = found or result
    met = counts.met if counts else None
    return {
        "id": condition.id,
        "text": condition.says(language()),
        "cited": cited(condition.citation),
        "facts": [answer_shown(one) for one in answers if one.fact in facts and not one.subject_number],
        "why": why,
        "why_lang": "" if spoken else "en",
        "met": met,
        "badge": badges()[met],
        "basis": bases()[counts.basis] if counts else "",
        "ground": found.ground if found else "",
        "documents": [document_link(one, given) for one in found.documents] if found else [],
        "computed": badges()[result.met] if found and result and result.met is not met else "",
    }


def assessments_shown(hand: AtHand, *, listed: bool = False) -> list[dict[str, Any]]:
    """Describe the assessments and decisions of a case, the newest first, with grounds and calculation.

    `found` are the results of each. `listed`: those of the last assessment stand in a list on the same page (rule_shown), and are
    not shown again.
    """
    rows = _rows(hand)
    told = [(row, _content(row, hand)) for row in rows]
    assessed = (content.results for row, content in told if content and isinstance(row, Assessment))
    there = next(assessed, ()) if listed else ()
    conditions = hand.matter.track.conditions if rows and hand.matter else ()
    texts = {one.id: one.says(language()) for one in conditions}
    listing = [one for _row, content in told if content and content.results != there for one in content.results]
    names = names_of(number for one in listing for number in one.documents)
    return [_row_shown(row, hand.case.procedure) | _found(content, texts, there, names) for row, content in told]


def last_results(shown: Iterable[Mapping[str, Any]]) -> tuple[Result, ...]:
    """Give the results of the last assessment among these; none where its content is gone, or where there is none."""
    return next((one["found"] for one in shown if one["assessment"] and not one.get("gone")), ())


def _rows(hand: AtHand) -> list[Assessment | Decision]:
    case, rows = hand.case, list[Assessment | Decision]()
    rows += assessments_of(case.pk, hand.acts) if case.assessed_at else []
    rows += decisions_of(case.pk, hand.acts) if case.decided_at else []
    return sorted(rows, key=lambda one: one.act.number, reverse=True)


def _content(row: Assessment | Decision, hand: AtHand) -> Content | None:
    """Open what was found; None where the file was destroyed."""
    try:
        return content_of(row, hand.key())
    except Destroyed:
        return None


def _row_shown(row: Assessment | Decision, procedure: str) -> dict[str, Any]:
    assessed = isinstance(row, Assessment)
    return {
        "words": outcomes()[row.outcome] if isinstance(row, Assessment) else decision_named(row.kind, procedure),
        "assessment": assessed,
        "automatic": row.automatic if isinstance(row, Assessment) else row.batch_id is not None,
        "day": written_day(row.act.happened_on),
        "number": row.number,
        "amount": "" if row.amount_cents is None else euros(row.amount_cents),
    }


def _found(
    content: Content | None, texts: Mapping[str, str], there: tuple[Result, ...], names: Mapping[int, str]
) -> dict[str, Any]:  # fmt: skip
    """Describe what was found; results that are `there` already are left out. `names`: of documents, by number."""
    if content is None:
        return {"gone": True}
    met, based = badges(), bases()
    return {
        "found": content.results,
        "results": [] if content.results == there else [
            {"text": texts.get(one.condition, one.condition), "badge": met[one.met], "ground": one.ground or based[one.basis],
             "documents": ", ".join(document_name(number, names) for number in one.documents)}
            for one in content.results
        ],
        "rows": [
            {"text": in_language(one.texts), "total": one.total,
             "amount": "" if one.cents is None else euros(one.cents)}
            for one in content.calculation
        ],
        "said": content.words,
    }  # fmt: skip
