"""The objections of a file that wait for an answer: which decisions each goes about; and the terms, each with what it is about."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from doorleren.cases.models import CaseAct
from doorleren.cases.recording import life_of
from doorleren.cases.terms import notices_of
from doorleren.cases.terms.facts import ENDS_TERMS
from doorleren.decisions.joining import joined
from doorleren.decisions.objections import objections_open
from doorleren.web.applicant.file.own import OwnFile
from doorleren.web.applicant.file.words import act_named, happened, late_with_words, term_shown
from doorleren.web.public.values import day_in_words


def objections_shown(found: OwnFile) -> list[dict[str, Any]]:
    """Describe the open objections in the order in which they are answered; only decisions that a letter told of."""
    told, rows = {one.number for one in found.told.acts}, objections_open(found.case.pk)
    said = happened(found.case.procedure)
    more = joined(rows)
    return [
        {
            "day": day_in_words(one.received_on),
            "about": [
                f"{said[act.act]} ({day_in_words(act.happened_on)})"
                for act in (one.against, *more[one.pk])
                if act.number in told
            ],
        }
        for one in rows
    ]


def terms_named(found: OwnFile) -> list[dict[str, Any]]:
    """Describe every term of a file; where there are several of a kind each says what it is about."""
    terms, acts = found.told.terms, {one.number: one for one in found.told.acts}
    number = Counter(one.id for one in terms)
    came = {one.done.number: one.about for one in notices_of(life_of(found.case, found.told.acts), terms)}
    dropped, shown = found.told.last(*ENDS_TERMS) is not None, []
    for one in terms:
        act = acts.get(one.about) if number[one.id] > 1 else None
        named = [act_named(each, found.case.procedure) for each in (act, _against(act, acts)) if each is not None]
        if act is not None and act.number in came:
            named.append(late_with_words(found.told.acts, came[act.number], found.case.procedure))
        in_time = one.ended_on is not None and (one.last is None or one.ended_on <= one.last)
        shown.append(term_shown(one, ": ".join(named), met=(one.whose == "authority" or in_time) and not dropped))
    return shown


def _against(act: CaseAct | None, acts: Mapping[int, CaseAct]) -> CaseAct | None:
    """Give the decision that an objection is against, if the party was told of it; nothing of another act."""
    return None if act is None else acts.get(int(act.details.get("against", 0)))
