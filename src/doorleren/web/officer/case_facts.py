"""The facts of a case beside the rules that look at them and the evidence; and what was found in assessments and decisions.

Facts and rules come from the application as it was submitted; nothing is judged here that `decisions` does not judge.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.urls import reverse

from doorleren.applications.answers import Counted, form_for, profile_of
from doorleren.applications.evidence.queries import pieces_of
from doorleren.applications.form import Form
from doorleren.applications.queries import submitted_answers
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.judging import judged
from doorleren.decisions.letter_values import name_of
from doorleren.decisions.matters import Matter, matter_of
from doorleren.decisions.models import Assessment, Decision
from doorleren.decisions.queries import assessments_of, decisions_of
from doorleren.decisions.refusing import DecisionRefused
from doorleren.decisions.rules import Result
from doorleren.decisions.sealed import content_of
from doorleren.people.file_keys import Destroyed
from doorleren.rules.versions import Condition
from doorleren.web import known
from doorleren.web.applicant.evidence import piece_shown
from doorleren.web.applicant.words import answer_shown
from doorleren.web.officer.asked import written_day
from doorleren.web.officer.case_found import bases, decision_kinds, holds, outcomes
from doorleren.web.public.questions import in_language, language
from doorleren.web.public.scheme_cards import source
from doorleren.web.public.values import money, why_not_computed


def file_shown(case: Case) -> dict[str, Any] | None:
    """Describe what was submitted, rule by rule, with the evidence; None for a case that is about no application."""
    matter = submitted(case)
    if matter is None:
        return None
    library = known.library()
    answers = submitted_answers(matter.application, library)
    form = form_for(matter.application, profile_of(answers), day_of(matter.ticket.arrived_at), library)
    found = judged(matter, library)
    results = {one.condition: one for one in found.results}
    looked_at = facts_by_condition(form)
    rules = [
        rule_shown(one, results.get(one.id), looked_at.get(one.id, frozenset()), answers)
        for one in matter.track.conditions
    ]
    used = {name for names in looked_at.values() for name in names}
    application = matter.application
    return {
        "applicant": name_of(application.applicant_kind, application.applicant_number),
        "number": application.pk,
        "filed": written_day(day_of(matter.ticket.arrived_at)),
        "asked": money(Fraction(matter.ticket.cents, 100)),
        "most": "" if found.cents is None else money(Fraction(found.cents, 100)),
        "rules": rules,
        "other": [answer_shown(one) for one in answers if one.subject_number or one.fact not in used],
        "pieces": [piece_shown(one, application, "") for one in pieces_of(application)],
        "round_url": reverse("officer-round", args=[matter.round.pk]),
    }


def submitted(case: Case) -> Matter | None:
    """Give the application that a case is about; None where it is about something else."""
    try:
        return matter_of(case)
    except DecisionRefused:
        return None


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
        "source": source(condition.citation),
        "facts": [answer_shown(one) for one in answers if one.fact in facts and not one.subject_number],
        "why": why,
        "why_lang": "" if spoken else "en",
        "met": result.met if result else None,
        "result": holds()[result.met if result else None],
        "basis": bases()[result.basis] if result else "",
    }


def assessments_shown(case: Case) -> list[dict[str, Any]]:
    """Describe the assessments and decisions of a case, the newest first, with grounds and calculation."""
    rows: list[Assessment | Decision] = [*assessments_of(case.pk), *decisions_of(case.pk)]
    rows.sort(key=lambda one: one.act.number, reverse=True)
    texts = _condition_texts(case) if rows else {}
    found = []
    for row in rows:
        kind = outcomes()[row.outcome] if isinstance(row, Assessment) else decision_kinds()[row.kind]
        told: dict[str, Any] = {
            "words": kind, "assessment": isinstance(row, Assessment), "automatic": row.automatic if isinstance(row, Assessment) else row.batch_id is not None,
            "day": written_day(row.act.happened_on), "number": row.number,
            "amount": "" if row.amount_cents is None else money(Fraction(row.amount_cents, 100)),
        }  # fmt: skip
        try:
            content = content_of(row)
        except Destroyed:
            found.append(told | {"gone": True})
            continue
        found.append(told | {
            "results": [
                {"text": texts.get(one.condition, one.condition), "met": one.met, "result": holds()[one.met],
                 "ground": one.ground or bases()[one.basis]}
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


def _condition_texts(case: Case) -> dict[str, str]:
    matter = submitted(case)
    return {} if matter is None else {one.id: one.says(language()) for one in matter.track.conditions}
