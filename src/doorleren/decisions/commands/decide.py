"""Deciding on an application: granted, partly granted, refused, left out. Ground: Awb 4:5, 4:25, 4:30, 4:31 and 4:35.

One transaction fixes the place in the round, does the act, keeps the decision with the pot as it was, and writes the
letter. What is not granted of a place goes on to who comes next in the order (rounds/commands/fill_freed.py). Somebody else
than the assessor does it (cases/access.py); a batch does it for two people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from doorleren.applications.entered_for import took_part
from doorleren.cases.recording import moments_of
from doorleren.cases.rules import stands
from doorleren.core.days import day_of
from doorleren.decisions import letter_values
from doorleren.decisions.activities import activities_in, last_day
from doorleren.decisions.advance_plan import plan
from doorleren.decisions.commands.keep_decision import Made, keep_decision
from doorleren.decisions.completeness import lacking_asked
from doorleren.decisions.grounds import ground_of
from doorleren.decisions.grounds_now import Standing, lets_grant, standing_at, why_not_on
from doorleren.decisions.letter_values import NameOf, name_of
from doorleren.decisions.matters import Matter, matter_held
from doorleren.decisions.models import Assessment, BatchItem, Decision
from doorleren.decisions.on_record import ensure_still_so
from doorleren.decisions.other_money import cost_shares, left_by_other_money
from doorleren.decisions.pots import Snapshot, at_hand, before_left_out, fix
from doorleren.decisions.queries import assessment_in_force
from doorleren.decisions.refusing import refused
from doorleren.decisions.rules import (
    Ground,
    Result,
    accepting,
    article_of,
    granted_cents,
    outcome_of,
)
from doorleren.decisions.sealed import Content, Row, content_of
from doorleren.people.access import NotAllowed, Refused
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.fix_place import give_back
from doorleren.rules.provisions import provision_of

OUTSIDE = {
    "nl": "het geld van deze ronde was op bij uw plaats in de volgorde",
    "en": "the money ran out at your place in the order",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a decision rests on: the last assessment, what was found in it, and the results that count."""

    matter: Matter
    assessment: Assessment | None
    content: Content
    results: tuple[Result, ...]


def grant(
    case: int, *, by: SignedIn | BatchItem, at: datetime, activities_until: date | None = None, note: str = "",
) -> Decision:  # fmt: skip
    """Grant what the assessment gives, as far as it was asked and the place gives it; less than asked is partly granted.

    `activities_until`: their last day, if it is another than the application says. `note` is a sentence of the official in
    the letter. Raises NotAllowed, CaseRefused, RoundRefused, DecisionRefused.
    """
    with transaction.atomic():
        found = _ready(case, by)
        ensure_grantable(found)
        place = at_hand(found.matter)
        return _kept(found.matter, granted(found, place, at=at, until=activities_until, note=note), by=by, at=at)


def ensure_grantable(found: Found) -> Assessment:
    """Give the assessment that a grant rests on. Raises DecisionRefused where it leaves something open, or names no amount."""
    if not lets_grant(found.matter.case, outcome_of(found.results)):
        raise refused("open", "De beoordeling laat nog voorwaarden open, of er is er een niet vervuld.",
                      "The assessment leaves conditions open, or one is not met.")  # fmt: skip
    if found.assessment is None or found.assessment.amount_cents is None:
        raise refused("no_amount", "De beoordeling noemt nog geen bedrag.", "The assessment names no amount yet.")
    return found.assessment


def granted(
    found: Found, place: Snapshot, *, at: datetime, until: date | None = None, note: str = "", name: NameOf = name_of
) -> Made:  # fmt: skip
    """Say what a grant on a place that was fixed comes to; nothing is kept. `name` gives names. Raises DecisionRefused."""
    matter, content, results, assessment = found.matter, found.content, found.results, ensure_grantable(found)
    until = last_day(content, until)
    if place.outcome != "inside":
        raise refused(place.outcome, "Deze aanvraag heeft geen plaats binnen het plafond.",
                      "This application has no place within the ceiling.")  # fmt: skip
    within, on = (
        granted_cents(scheme=assessment.amount_cents or 0, asked=matter.ticket.cents, place=place.cents),
        day_of(at),
    )
    other = left_by_other_money(matter, content, within, on, automatic=assessment.automatic)
    cents = other.cents
    rows = (
        *content.calculation,
        *_cut(matter, place),
        *other.rows,
        Row(provision_of(matter.version.procedure).gets, cents, total=True),
    )
    handled = matter.handled(cents)
    advance = plan(handled.advance, cents, decided=on, starts=activities_in(content).starts, ends=until)
    values = letter_values.of_grant(
        matter, handled, results, rows, cents=cents, advance=advance, until=until, on=on, language="nl", name=name
    )  # fmt: skip
    values |= {
        "has_note": bool(note), "note": note, "grounds": other.why["nl"] if other.why else _less(assessment, matter, place),
    }  # fmt: skip
    return Made("granted" if cents == matter.ticket.cents else "partly_granted", values,
                Content(results, content.seen, rows, note), assessment=assessment, place=place, cents=cents,
                handled=handled, advance=advance, activities_until=until,
                shares=cost_shares(matter, content, cents))  # fmt: skip


def refuse(case: int, ground: str, *, by: SignedIn | BatchItem, at: datetime, words: str = "") -> Decision:
    """Refuse on a ground of law/refusals.toml; `words` say it for this case, where the ground asks that.

    A ground that asks a view is refused while no notice of intent was given (Awb 4:7, 4:12(2)). Raises as `grant`.
    """
    with transaction.atomic():
        found = _to_refuse(case, by)
        place = at_hand(found.matter, refuses=True)
        return _kept(found.matter, not_granted(found, place, ground_of(ground), words=words), by=by, at=at)


def not_granted(found: Found, place: Snapshot, ground: Ground, *, words: str = "") -> Made:
    """Say what a refusal on a ground comes to; nothing is kept. Raises DecisionRefused."""
    matter, results = found.matter, found.results
    ensure_fits(ground, standing_at(matter.case, results, place.outcome), words)
    if ground.given == "conditions":
        ensure_still_so(matter, found.content, {one.condition for one in results if one.met is False})
    values = {
        "grounds": words or ground.texts["nl"], "reasons": letter_values.reasons(matter, results, "nl"),
    }  # fmt: skip
    return Made("refused", values, Content(results, found.content.seen, (), words), assessment=found.assessment, place=place,
                ground=ground.id, article=article_of(ground, results, _sources(matter)))  # fmt: skip


def _sources(matter: Matter) -> Mapping[str, str]:
    """Give the place in the law of each condition; an assumption of ours is none."""
    cited = {one.id: one.citation for one in matter.track.conditions}
    return {name: one.cite for name, one in cited.items() if one.weight != "assumption"}


def _kept(matter: Matter, made: Made, *, by: SignedIn | BatchItem, at: datetime) -> Decision:
    """Keep a first decision, and fix the place that it rests on."""
    row = keep_decision(matter, made, by=by, at=at)
    fix({matter.ticket.pk: made.on_place}, at=at)
    return row


def leave_out(case: int, *, by: SignedIn, at: datetime, words: str = "") -> Decision:
    """Leave an application out of treatment that was not completed in time. Ground: Awb 4:5(1). Raises as `grant`.

    Its place in the round is given back. Who was only asked to explain cannot be left out.
    """
    with transaction.atomic():
        matter = _held(case, by)
        asked = lacking_asked(matter.case)
        if asked is None and stands(moments_of(matter.case), "asked_to_complete", ("completed",)):
            raise refused("explains", "U vroeg alleen om uitleg. Wie die niet geeft, kan niet buiten behandeling blijven.",
                          "You only asked for an explanation. An application cannot be left out for want of that.")  # fmt: skip
        parts = [] if asked is None else [str(part) for name, part in asked.details.items() if name.startswith("part_")]
        evidence = {one.id: one.text["nl"] for one in matter.version.evidence}
        values = {"missing": tuple(evidence.get(one, one) for one in parts)}
        place = before_left_out(matter)
        made = Made(
            "left_out", values, Content(words=words), place=place, ground="incomplete", article="Awb, art. 4:5(1)"
        )
        row = keep_decision(matter, made, by=by, at=at)
        give_back(matter.ticket.pk, by=by.party, at=at)
        return row


def ensure_fits(found: Ground, standing: Standing, words: str) -> None:
    """Raise DecisionRefused unless a ground can be used now (grounds_now.py), and is said in words where it must be."""
    why = why_not_on(found, standing)
    if why == "other_facts":
        raise refused("deviates", "U vond andere gegevens dan de aanvrager opgaf. Kies de grond die daarbij hoort.",
                      "You found other facts than the applicant gave. Choose the ground that belongs to that.", "ground")  # fmt: skip
    if why in ("not_found", "own_facts"):
        raise refused("ground", "Deze grond volgt niet uit de beoordeling of de plaats van deze aanvraag.",
                      "This ground does not follow from the assessment or the place of this application.", "ground")  # fmt: skip
    if found.words and not words.strip():
        raise refused(
            "words", "Schrijf op waarom deze grond hier geldt.", "Write down why this ground holds here.", "words"
        )
    if why == "intent_first":
        raise refused("no_intent", "Laat eerst weten wat u van plan bent, zodat de aanvrager een zienswijze kan geven.",
                      "First give notice of your intent, so that the applicant can give a view.")  # fmt: skip


def _held(case: int, by: SignedIn | BatchItem) -> Matter:
    """Lock a case and give what it is about; who entered or answered in the application may not decide on it."""
    matter = matter_held(case)
    hands = {by.person} if isinstance(by, SignedIn) else {by.batch.proposed_by_id, by.batch.released_by_id}
    if hands & took_part(matter.application.pk):
        raise NotAllowed(Refused("entered_it"))
    return matter


def _ready(case: int, by: SignedIn | BatchItem) -> Found:
    """Give a case with its last assessment and the results that count: of a batch, with the statements that it takes."""
    matter = _held(case, by)
    assessment = assessment_in_force(case)
    if assessment is None:
        raise refused("not_assessed", "De aanvraag is nog niet beoordeeld.", "It has not been assessed yet.")
    content = content_of(assessment)
    return Found(matter, assessment, content, content.results) if isinstance(by, SignedIn) else of_batch(
        matter, assessment, content, by
    )  # fmt: skip


def of_batch(matter: Matter, assessment: Assessment, content: Content, item: BatchItem) -> Found:
    """Give the same of a batch, whose list names the assessment. Raises DecisionRefused where there is a later one."""
    if assessment.pk != item.assessment_id:
        raise refused("assessed_anew", "De aanvraag is intussen opnieuw beoordeeld.", "It was assessed anew meanwhile.")
    return Found(matter, assessment, content, accepting(content.results, item.batch.accepted))


def _to_refuse(case: int, by: SignedIn | BatchItem) -> Found:
    """Give the same for a refusal; a repeat needs no assessment."""
    if assessment_in_force(case) is None and not isinstance(by, BatchItem):
        matter = _held(case, by)
        if matter.case.repeat_established_at is not None:
            return Found(matter, None, Content(), ())
    return _ready(case, by)


def _cut(matter: Matter, place: Snapshot) -> tuple[Row, ...]:
    if place.cents >= matter.ticket.cents:
        return ()
    return (Row({"nl": "nog beschikbaar voor uw aanvraag", "en": "left for your application"}, place.cents),)


def _less(assessment: Assessment, matter: Matter, place: Snapshot) -> str:
    """Say why less than asked is granted."""
    if assessment.amount_cents is not None and assessment.amount_cents < min(matter.ticket.cents, place.cents):
        return "volgens de regeling krijgt u minder dan u vroeg"
    return "er is niet genoeg geld over in deze ronde"
