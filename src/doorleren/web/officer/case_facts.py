"""The facts of a case beside the rules that look at them and the evidence; and what was found in assessments and decisions.

Facts and rules come from the application as it was submitted; nothing is judged here that `decisions` does not judge.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.urls import reverse

from doorleren.applications.answers import Counted
from doorleren.applications.form import Form
from doorleren.applications.models import PartyKind
from doorleren.applications.submitted import submitted_together
from doorleren.core.days import day_of
from doorleren.decisions.judging import judged, submitted_form
from doorleren.decisions.letter_values import name_of
from doorleren.decisions.matters import Matter
from doorleren.decisions.models import Assessment, Decision
from doorleren.decisions.queries import assessments_of, decisions_of
from doorleren.decisions.rules import Result
from doorleren.decisions.sealed import content_of
from doorleren.people.file_keys import Destroyed
from doorleren.rules.versions import Condition
from doorleren.web import known
from doorleren.web.applicant.evidence import piece_shown
from doorleren.web.applicant.words import answer_shown
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_at_hand import AtHand
from doorleren.web.officer.case_corrections import corrections_of
from doorleren.web.officer.case_found import badges, bases, cited, decision_kinds, outcomes
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.values import money, why_not_computed


def applicants(matter: Matter | None) -> tuple[int, ...]:
    """Give the number of the person who applies; none for an organisation, or for a case that is about no application."""
    one = None if matter is None else matter.application
    return (one.applicant_number,) if one is not None and one.applicant_kind == PartyKind.PERSON else ()


def file_shown(matter: Matter | None, names: Mapping[int, str] | None = None) -> dict[str, Any] | None:
    """Describe what was submitted, rule by rule, with the evidence; None for a case that is about no application.

    `names`: of people by number, where the applicant was looked up among them.
    """
    if matter is None:
        return None
    library = known.library()
    told = submitted_together([(matter.application, matter.ticket)], library)[matter.application.pk]
    form, answers = submitted_form(matter, library, told), told.answers
    found = judged(matter, library, told, form)
    results = {one.condition: one for one in found.results}
    looked_at = facts_by_condition(form)
    rules = [
        rule_shown(one, results.get(one.id), looked_at.get(one.id, frozenset()), answers)
        for one in matter.track.conditions
    ]
    used = {name for names in looked_at.values() for name in names}
    application = matter.application
    return {
        "applicant": _applicant(matter, names or {}),
        "number": application.pk,
        "filed": written_day(day_of(matter.ticket.arrived_at)),
        "asked": money(Fraction(matter.ticket.cents, 100)),
        "most": "" if found.cents is None else money(Fraction(found.cents, 100)),
        "rules": rules,
        "other": [answer_shown(one) for one in answers if one.subject_number or one.fact not in used],
        "corrections": corrections_of(application) if matter.corrected else [],
        "pieces": [piece_shown(one, application, "") for one in told.pieces],
        "round_url": reverse("officer-round", args=[matter.round.pk]),
    }


def _applicant(matter: Matter, names: Mapping[int, str]) -> str:
    one = matter.application
    known_here = one.applicant_kind == PartyKind.PERSON and one.applicant_number in names
    return names[one.applicant_number] if known_here else name_of(one.applicant_kind, one.applicant_number)


def facts_by_condition(form: Form) -> dict[str, frozenset[str]]:
    """Give for each condition that can be computed the facts that it looks at."""
    return {one.condition.id: one.facts for one in form.judgement.settled.conditions}


def rule_shown(
    condition: Condition, result: Result | None, facts: frozenset[str], answers: Iterable[Counted]
) -> dict[str, Any]:
    """Describe a condition: its sentence, source, what was answered to what it looks at, and what follows."""
    why, spoken = why_not_computed(condition.why) if condition.why else ("", True)
    return {
        "id": condition.id,
        "text": condition.says(language()),
        "cited": cited(condition.citation),
        "facts": [answer_shown(one) for one in answers if one.fact in facts and not one.subject_number],
        "why": why,
        "why_lang": "" if spoken else "en",
        "badge": badges()[result.met if result else None],
        "basis": bases()[result.basis] if result else "",
    }


def assessments_shown(hand: AtHand) -> list[dict[str, Any]]:
    """Describe the assessments and decisions of a case, the newest first, with grounds and calculation."""
    case, rows = hand.case, list[Assessment | Decision]()
    rows += assessments_of(case.pk, hand.acts) if case.assessed_at else []
    rows += decisions_of(case.pk, hand.acts) if case.decided_at else []
    rows.sort(key=lambda one: one.act.number, reverse=True)
    conditions = hand.matter.track.conditions if rows and hand.matter else ()
    texts, met, based = {one.id: one.says(language()) for one in conditions}, badges(), bases()
    found = []
    for row in rows:
        kind = outcomes()[row.outcome] if isinstance(row, Assessment) else decision_kinds()[row.kind]
        told: dict[str, Any] = {
            "words": kind, "assessment": isinstance(row, Assessment), "automatic": row.automatic if isinstance(row, Assessment) else row.batch_id is not None,
            "day": written_day(row.act.happened_on), "number": row.number,
            "amount": "" if row.amount_cents is None else money(Fraction(row.amount_cents, 100)),
        }  # fmt: skip
        try:
            content = content_of(row, hand.key())
        except Destroyed:
            found.append(told | {"gone": True})
            continue
        found.append(told | {
            "results": [
                {"text": texts.get(one.condition, one.condition), "badge": met[one.met],
                 "ground": one.ground or based[one.basis]}
                for one in content.results
            ],
            "rows": [
                {"text": in_language(one.texts), "total": one.total,
                 "amount": "" if one.cents is None else money(Fraction(one.cents, 100))}
                for one in content.calculation
            ],
            "said": content.words,
        })  # fmt: skip
    return found
