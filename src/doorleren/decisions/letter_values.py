"""What the letter of a decision says: values for every variable that its template names (letters/variables.py).

Reasons are the scheme's own sentences; dates are counted by law/terms.toml.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from doorleren.cases.frameworks import law_of_terms, proofs
from doorleren.cases.models import Case, CaseAct
from doorleren.core.days import day_of, written_day
from doorleren.core.texts import ASSUMED, Texts, in_language, law_said
from doorleren.decisions.advance_plan import Plan, in_words
from doorleren.decisions.committee.places import decimals, place_of
from doorleren.decisions.committee.ranking import most_of
from doorleren.decisions.joining import joining
from doorleren.decisions.matters import Matter
from doorleren.decisions.objections import objections_open
from doorleren.decisions.paid_together import paid_together, responsibilities
from doorleren.decisions.pay_to import pay_to_values
from doorleren.decisions.procedure_values import of_help, of_loan, of_provision
from doorleren.decisions.representatives import representative_of
from doorleren.decisions.rules import Basis, Result
from doorleren.decisions.sealed import Row
from doorleren.decisions.settlement_terms import claim_until, requested_within
from doorleren.letters.templates import Template, best_of, templates_of
from doorleren.letters.variables import Reason, Sum
from doorleren.people.models import Organisation, Person
from doorleren.rules.frameworks import WITH_GRANT
from doorleren.rules.handling import Handled
from doorleren.rules.provisions import provision_of
from doorleren.rules.versions import LATER_STAGES, Citation
from doorleren.shipped import folder

_WHY: Mapping[Basis, Texts] = {
    "computed": {"nl": "volgens uw aanvraag", "en": "by your application"},
    "declared": {
        "nl": "dit zei u bij het indienen; wij bewaren het niet",
        "en": "you said so when you submitted; we do not keep it",
    },
    "stated": {
        "nl": "dit is verklaard bij de aanvraag; wij hebben het niet nagegaan",
        "en": "this was stated with the application; we did not check it",
    },
    "unknown": {"nl": "wij weten dit niet", "en": "we do not know this"},
    "hand": {"nl": "", "en": ""},
    "on_record": {
        "nl": "volgens onze eigen besluiten over uw eerdere aanvragen",
        "en": "by our own decisions on your earlier applications",
    },
}
"""What a reason rests on, in words; an official's own ground goes before it."""
_ASSUMED = {"nl": "dit staat nergens precies; wij nemen het aan", "en": "this stands nowhere exactly; we assume it"}
_YOU = {"nl": "u", "en": "you"}
_NOBODY = {"nl": "aanvrager", "en": "applicant"}
_AND = {"nl": " en ", "en": " and "}
_PAYS_WITHIN = "payment"


@lru_cache(maxsize=64)
def _templates(scheme: str, folders: tuple[Path, ...]) -> Mapping[str, Template]:
    return templates_of(scheme, law=folder("law"), schemes=[folder("schemes"), *folders])


def template_for(case: Case, kind: str) -> Template:
    """Give the letter of a kind as the scheme has it, else as the law has it for its procedure. Raises KeyError."""
    return best_of(_templates(case.scheme, tuple(settings.DOORLEREN_SCHEMES)), kind, case.procedure)


def of_every_letter(matter: Matter, *, language: str, name: "NameOf | None" = None) -> dict[str, Any]:
    """Give what every letter names: whom it is for, of whom, about what, and how to object. `name` gives names, if not `name_of`."""
    case, entered = matter.case, matter.entered
    told = name or name_of
    called = entered.name if entered else told(matter.application.applicant_kind, matter.application.applicant_number)
    acting = representative_of(case)
    return {
        "reference": case.reference, "body": case.body.name,
        "recipient": acting.name if acting else called or in_language(_NOBODY, language),
        "address": acting.address if acting else tuple(part.strip() for part in entered.address.split(",")) if entered else (),
        "scheme": matter.version.called(language), "applied_on": day_of(matter.ticket.arrived_at),
        **of_provision(matter.version.procedure, language), "asked_cents": matter.ticket.cents, "objection_open": matter.framework.objection,
        "objection_where": tuple(one for one in (case.body.objection_url, case.body.address) if one) or _own_file(language),
        "objection_joins": False, "objected_on": "", "pays_back": False, "appeal_open": False, "court": "", "has_note": False, "note": "", "attachments": (),
        **standing_in_list(matter), **pay_to_values(None), **of_help(matter, told, language),
    }  # fmt: skip


def of_joined(act: CaseAct, language: str) -> dict[str, Any]:
    """Tell who objected before that their objection goes about a decision that was just taken too (Awb 6:19)."""
    found = joining(objections_open(act.case_id), act)
    days = list(dict.fromkeys(written_day(one.received_on, language) for one in found))
    return {"objection_joins": bool(days), "objected_on": in_language(_AND, language).join(days)}


def standing_in_list(matter: Matter) -> dict[str, Any]:
    """Give rank and score where a committee ranked the application, for every letter; nothing is looked up where none does."""
    place = place_of(matter.case.pk) if matter.version.criteria else None
    return {
        "has_score": place is not None, "score": "" if place is None else place.score_words,
        "most_score": "" if place is None else decimals(most_of(matter.version.criteria)),
        "has_rank": place is not None and place.rank is not None, "rank": 0 if place is None else place.rank or 0,
        "ranked_number": 0 if place is None else place.among,
    }  # fmt: skip


def name_of(kind: str, number: int | None) -> str:
    """Give the name of a party; empty where none is known."""
    table = Organisation if kind == "organisation" else Person
    return str(table._default_manager.values_list("name", flat=True).filter(pk=number or 0).first() or "")


NameOf = Callable[[str, int | None], str]
"""Gives the name of a party by kind and number, as `name_of`."""


def names_of(parties: Iterable[tuple[str, int | None]]) -> NameOf:
    """Read the names of parties at once, and give what says them."""
    asked = set(parties)
    known: dict[tuple[str, int | None], str] = {}
    for kind, table in (("organisation", Organisation), ("person", Person)):
        numbers = [number for told, number in asked if (told == "organisation") == (kind == "organisation") and number]
        rows = table._default_manager.filter(pk__in=numbers).values_list("pk", "name") if numbers else ()
        known |= {(kind, number): str(name or "") for number, name in rows}
    return lambda kind, number: known.get(("organisation" if kind == "organisation" else "person", number), "")


def reasons(matter: Matter, results: tuple[Result, ...], language: str) -> tuple[Reason, ...]:
    """Give the reason per condition, in the scheme's own sentences, with where it stands."""
    known = {one.id: one for one in matter.track.conditions}
    return tuple(
        Reason(known[one.condition].says(language), one.met, one.ground or in_language(_WHY[one.basis], language),
               plain_source(known[one.condition].citation, language))
        for one in results if one.condition in known
    )  # fmt: skip


def lacking(matter: Matter, results: Iterable[Result], language: str) -> tuple[Reason, ...]:
    """Give the reason per condition that is not met, as `reasons` does."""
    return reasons(matter, tuple(one for one in results if one.met is False), language)


def plain_source(citation: Citation, language: str) -> str:
    """Say where a condition stands; of one that the sources are silent on, that we assume it: why we do is no part of a letter."""
    if citation.weight == "assumption" or citation.cite.startswith(ASSUMED):
        return in_language(_ASSUMED, language)
    return law_said(citation.cite, language)


def sums(rows: tuple[Row, ...], language: str) -> tuple[Sum, ...]:
    """Give a calculation as a letter shows it."""
    return tuple(Sum(in_language(one.texts, language), one.cents, one.total) for one in rows)


def of_grant(
    matter: Matter, handled: Handled, results: tuple[Result, ...], rows: tuple[Row, ...], *, cents: int,
    advance: Plan, until: date | None, on: date, language: str, name: "NameOf | None" = None,
) -> dict[str, Any]:  # fmt: skip
    """Give what the letter of a grant names besides `of_every_letter`. `until`: the last day of the activities, where it is known."""
    return {
        "granted_cents": cents, "calculation": sums(rows, language), "reasons": reasons(matter, results, language),
        **of_advance(advance, matter.version.procedure, language), "pay_by": law_of_terms().reckon(_PAYS_WITHIN, on).last,
        "payee": _payee(matter, name or name_of, language), **of_loan(matter, handled, cents, until, on=on, language=language),
        "obligations": (
            *obligations(matter, results, language), *settling_duties(handled, cents, until, on, language),
            *((_RESERVED[language],) if handled.budget_reservation else ()),
            *responsibilities(matter, language),
        ),
        "has_financing": bool(shares := paid_together(matter, cents, language)), "financing": shares,
        "settled_now": (settled_now := handled.settling.how == WITH_GRANT), "proof_later": until is not None and not settled_now,
        "activities_until": until or on, "settle_until": settle_until(handled, until or on),
        "grounds": "",
    }  # fmt: skip


def _payee(matter: Matter, name: "NameOf", language: str) -> str:
    """Say who is paid: the reader, or else by name; who reads it for the applicant gets the name too."""
    one, case = matter.application, matter.case
    own, paid = (one.applicant_kind, one.applicant_number), (one.payee_kind, one.payee_number)
    if paid in (own, ("", None)) and case.guardian_noted_at is None and case.death_noted_at is None:
        return in_language(_YOU, language)
    return name(one.payee_kind or own[0], one.payee_number or own[1]) or in_language(_NOBODY, language)


def of_advance(advance: Plan, procedure: str, language: str) -> dict[str, Any]:
    """Give what a letter says of an advance: that it is paid at once, or its parts as a table; nothing where there is none."""
    parts = advance.in_parts
    rows = [Sum(in_language(texts, language), cents) for texts, cents in in_words(parts)]
    return {
        "has_advance": bool(advance.cents) and not parts, "advance_cents": advance.cents or 0,
        "has_advance_parts": bool(parts),
        "advance_parts": (*rows, Sum(in_language(provision_of(procedure).the_advance, language), advance.cents, True)) if parts else (),
        "advance_waits": advance.parts is None,
    }  # fmt: skip


def of_change(
    granted: tuple[int, int], until: tuple[date | None, date | None], rows: tuple[Row, ...], on: date, language: str
) -> dict[str, Any]:
    """Give what the letter of a changed grant names: what is other than it was, each as (before, now). `rows`: of the amount."""
    before, now = granted
    moved = until[0] != until[1]
    return {
        "granted_cents": now, "amount_changes": before != now, "amount_stays": before == now,
        "calculation": sums(rows, language) if before != now else (),
        "last_day_moves": moved and until[0] is not None, "last_day_set": moved and until[0] is None,
        "before_until": until[0] or on, "activities_until": until[1] or on,
    }  # fmt: skip


def obligations(matter: Matter, results: tuple[Result, ...], language: str) -> tuple[str, ...]:
    """Give what belongs to a grant: what was only stated must be so, and the evidence that comes later is kept."""
    stated = {one.condition for one in results if one.basis == "stated"}
    kept = [one for one in matter.version.evidence if matter.track.id in one.tracks and one.stage in LATER_STAGES]
    told = _KEEP[language]
    return (
        *(one.says(language) for one in matter.track.conditions if one.id in stated),
        *(f"{told} {in_language(one.text, language)}" for one in kept),
    )


def settling_duties(handled: Handled, cents: int, until: date | None, on: date, language: str) -> tuple[str, ...]:
    """Say by when the recipient asks to settle, where that waits for it, and which proofs of the arrangement go with that.

    Or by when they claim what was reserved, where it is paid after that and that day is yet to come.
    """
    claim = claim_until(handled)
    if claim is not None and claim > on:
        return (_CLAIM_BY[language].format(day=written_day(claim, language)),)
    if handled.settling.how != "on_request":
        return ()
    asked = ", ".join(in_language(proofs()[one].name, language) for one in handled.arrangement.asks(cents))
    last = None if until is None or requested_within(handled) is None else request_until(handled, until)
    within = _ASK_SOON[language] if last is None else _ASK_BY[language].format(day=written_day(last, language))
    return (within + (_ASK_WITH[language].format(proofs=asked) if asked else ""),)


def request_until(handled: Handled, until: date) -> date:
    """Give the last day on which the recipient asks to settle, counted from the last day of the activities: the scheme's weeks, else by law."""
    if handled.request_within is not None:
        return until + timedelta(weeks=handled.request_within.weeks)
    return law_of_terms().reckon(handled.settling.request, until).last if handled.settling.request else until


def settle_until(handled: Handled, until: date) -> date:
    """Give the day by which is settled, counted from the last day of the activities: the scheme's own weeks, else by law.

    Where the recipient asks for it, the term to ask comes first.
    """
    start = request_until(handled, until)
    if handled.settle_within is not None:
        return start + timedelta(weeks=handled.settle_within.weeks)
    return law_of_terms().reckon(handled.settling.term, start).last


def _own_file(language: str) -> tuple[str, ...]:
    return ("via Mijn aanvragen",) if language == "nl" else ("through My applications",)


_RESERVED = {
    "nl": "wij kennen dit toe onder de voorwaarde dat er genoeg geld op de begroting komt; is dat er niet, dan kunnen wij het bedrag "
    "verlagen (Awb artikel 4:34)",
    "en": "we grant this on condition that the budget will have enough money; if it has not, we can lower the amount (Awb 4:34)",
}
_CLAIM_BY = {
    "nl": "u declareert uiterlijk {day} wat is gedaan, met het bewijs; wij betalen daarna; doet u het niet, dan kan het geld vervallen",
    "en": "you claim by {day} what was done, with the proof; we pay after that; if you do not, the money can lapse",
}
_ASK_BY = {
    "nl": "u vraagt ons uiterlijk {day} om het bedrag vast te stellen",
    "en": "you ask us by {day} to settle the amount",
}
_ASK_SOON = {
    "nl": "u vraagt ons om het bedrag vast te stellen als de activiteiten klaar zijn",
    "en": "you ask us to settle the amount when the activities are done",
}
_ASK_WITH = {"nl": ", en levert daarbij: {proofs}", "en": ", and hand in with that: {proofs}"}
_KEEP = {"nl": "u bewaart, en levert als wij het vragen:", "en": "you keep, and hand in when we ask:"}
