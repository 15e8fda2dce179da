"""What the scheme's own rules say of a submitted application, on the day that it was filed. Reads only.

Nothing but the conditions and the amount of the scheme's file is asked; which answers count is said by `applications`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from doorleren.applications.answers import Counted, form_for, profile_of
from doorleren.applications.evidence.queries import Piece
from doorleren.applications.form import Form
from doorleren.applications.one_training import is_enrolment
from doorleren.core.days import day_of
from doorleren.decisions.activities import Activities, activities_of
from doorleren.decisions.double_funding import Declared
from doorleren.decisions.matters import Matter
from doorleren.decisions.on_record import NUMBERS, ORIGIN, SUM, OnRecord, read_together, written
from doorleren.decisions.rules import Result
from doorleren.decisions.sealed import Row, Seen
from doorleren.decisions.undertakings import undertakings_of
from doorleren.finder.plan import aid_used, paid_by_others
from doorleren.rules.files import ENGINE
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile
from doorleren.rules.verdicts import judge, unsettled
from doorleren.rules.vocabulary import Vocabulary

STEPS = 8
"""How many grants as large as this one are tried."""
PRICES = ("training.price", "training.price_excluding_vat")
"""What a training costs, as a scheme counts it; the first on which the amount depends."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say: results in the order of the track, evidence as it stands, the amount and how it was computed.

    `cents`: what the scheme gives at most; None where that cannot be told. `exact`: it follows from the scheme, or
    from the division of the round. `to_read`: a document must be looked at, or is lacking. `complete`: nothing is still to come in.
    `on_record`: what our own decisions say of earlier grants, and how much more or of what less lets the rules say the same, as it is kept.
    """

    day: date
    results: tuple[Result, ...]
    seen: tuple[Seen, ...]
    cents: int | None
    calculation: tuple[Row, ...]
    exact: bool
    to_read: bool
    complete: bool
    rules_digest: str
    declared: Declared
    activities: Activities
    on_record: Mapping[str, Any]


def judged(
    matter: Matter, library: Library, submitted: OnRecord | None = None, form: Form | None = None
) -> Judged:  # fmt: skip
    """Judge what was submitted, for the day on which it was filed. `submitted` and its verdict `form`: where the caller has them."""
    submitted = submitted or submitted_of(matter, library)
    form, pieces = form or submitted_form(matter, library, submitted), submitted.pieces
    results = tuple(_results(form, library.vocabulary, submitted.raised))
    amount = _exact(form)
    cents, told = form.cents if amount is None else amount, profile_of(submitted.answers)
    exact = amount is not None or matter.round.order == "pro_rata"
    return Judged(
        form.judgement.settled.day, results, tuple(map(_seen, pieces)), cents,
        tuple(_calculation(form, library.vocabulary, cents, submitted.raised, told)), exact, _to_read(submitted), submitted.complete,
        rules_digest(matter, library), _declared(form, matter, submitted.answers), activities_of(form.judgement.profile),
        written(submitted.record, _room(form, submitted.record, cents), _less(form, submitted)),
    )  # fmt: skip


def _room(form: Form, record: Mapping[str, Any], cents: int | None) -> dict[str, int]:
    """Say by number on record how much more it can be while the rules say the same: tried in steps of this grant, ever more.

    So that another small grant does not ask that it is assessed anew. Between the steps they are taken to say the same too.
    """
    settled, profile, found = form.judgement.settled, form.judgement.profile, dict[str, int]()
    for name in record.keys() & NUMBERS:
        told = profile.get(name)
        step = (cents or 0) if name == SUM else 1
        if not isinstance(told, int):
            continue
        found[name] = 0
        for times in range(1, STEPS + 1 if step else 1):
            again = judge(settled, profile | {name: told + times * step})
            if (again.holds, again.amount, again.amount_max) != _said(form):
                break
            found[name] = times * step
    return found


def _less(form: Form, submitted: OnRecord) -> frozenset[str]:
    """Name the facts on record of which the rules say the same without our own decisions: by what was answered alone.

    With only some of those decisions less they are taken to say the same too.
    """
    own = profile_of(one for one in submitted.answers if one.origin != ORIGIN)
    settled, found = form.judgement.settled, set[str]()
    for name in (name for name, known in submitted.record.items() if known):
        without = {one: value for one, value in form.judgement.profile.items() if one != name}
        again = judge(settled, without | ({name: own[name]} if name in own else {}))
        if (again.holds, again.amount, again.amount_max) == _said(form):
            found.add(name)
    return frozenset(found)


def _said(form: Form) -> tuple[tuple[bool | None, ...], int | None, int | None]:
    return form.judgement.holds, form.judgement.amount, form.judgement.amount_max


def _declared(form: Form, matter: Matter, answers: tuple[Counted, ...]) -> Declared:
    """Give what who applied said of other money: the price, what others pay, its own contribution, aid over three years and to whom."""
    told = profile_of(answers)
    price = next((told.get(one) for one in PRICES if form.for_amount(one)), None)
    own = told.get("employer.own_contribution")
    return Declared(
        price if isinstance(price, int) else None,
        paid_by_others(told),
        own if isinstance(own, int) else 0,
        aid_used(told),
        undertakings_of(matter, answers),
    )


def _exact(form: Form) -> int | None:
    """Give the amount that the scheme fixes, in cents, whatever is open of the conditions; None where it gives only a most.

    What was asked for several is a most: how many of them count is for who treats the application.
    """
    if form.several:
        return None
    if form.asked is not None:
        return form.asked
    track = form.judgement.settled.tracks[0]
    found = track.ask_amount(form.judgement.profile) if track.ask_amount else None
    return found if isinstance(found, int) else None


def submitted_form(matter: Matter, library: Library, submitted: OnRecord | None = None) -> Form:
    """Give the verdict on what was submitted, for the day on which it was filed. `submitted`: where the caller has read it."""
    submitted = submitted or submitted_of(matter, library)
    filed = day_of(matter.ticket.arrived_at)
    return form_for(matter.application, profile_of(submitted.answers), filed, library)


def submitted_of(matter: Matter, library: Library) -> OnRecord:
    """Read what was submitted: its answers and its evidence, with what our own decisions say of earlier grants."""
    return read_together((matter,), library)[matter.case.pk]


def rules_digest(matter: Matter, library: Library) -> str:
    """Give the hash of what judges: the version of the scheme, the tables of law, the engine."""
    told = "\n".join((matter.version.digest, library.law.digest, ENGINE))
    return hashlib.sha256(told.encode()).hexdigest()


def _results(form: Form, vocabulary: Vocabulary, raised: frozenset[str]) -> Iterator[Result]:
    """Say of each condition of the track whether it is met, as written: nothing is presumed of advisers and providers.

    `raised`: facts of which our own decisions say more than was answered.
    """
    track, judgement = form.judgement.settled.tracks[0], form.judgement
    places = {judgement.settled.conditions[place].condition: place for place in track.places}
    for condition in track.track.conditions:
        place = places.get(condition)
        if place is None:
            yield Result(condition.id, None, "stated")
            continue
        one = judgement.settled.conditions[place]
        met = judgement.asked(one)
        if met is not None:
            yield Result(condition.id, met, "on_record" if one.facts & raised else "computed")
            continue
        lacking = unsettled(one.written, judgement.profile)
        kept_nowhere = bool(lacking) and all(vocabulary.facts[name].sensitive for name in lacking)
        yield Result(condition.id, True if kept_nowhere else None, "declared" if kept_nowhere else "unknown")


def _seen(piece: Piece) -> Seen:
    standing = "by_answers" if piece.asked.by_answers else piece.standing
    return Seen(piece.asked.evidence.id, standing, tuple(one.document.pk for one in piece.given))


def _to_read(submitted: OnRecord) -> bool:
    """Say whether evidence that is asked by now is a file: it must be read, or it lacks.

    What a form of the scheme answers, and an enrolment that its provider confirmed, need nobody to read.
    """
    return any(
        piece.asked.now and not piece.asked.by_answers and not (submitted.proven and is_enrolment(piece.asked.evidence))
        for piece in submitted.pieces
    )


def _calculation(
    form: Form, vocabulary: Vocabulary, cents: int | None, raised: frozenset[str], told: Profile
) -> Iterator[Row]:
    """Write how the amount came about: the sums of money that it looked at, then what the scheme gives.

    `told`: what was submitted; where less of a sum counts, for other money pays the rest, both are written.
    """
    track, profile = form.judgement.settled.tracks[0], form.judgement.profile
    for name, fact in vocabulary.facts.items():
        value = profile.get(name)
        if fact.type == "money" and isinstance(value, int) and form.for_amount(name):
            label = (
                {one: f"{text} ({_OURS[one]})" for one, text in fact.label.items()} if name in raised else fact.label
            )
            if isinstance(before := told.get(name, value), int) and before > value:
                yield Row(_BY_APPLICATION, before)
                yield Row(_PAID_ELSEWHERE, value - before)
            yield Row(label, value)
    if cents is not None:
        called = track.track.name or form.judgement.settled.version.name
        yield Row({language: f"{_BY[language]}: {text}" for language, text in called.items() if language in _BY}, cents)


_OURS = {"nl": "volgens onze eigen besluiten", "en": "by our own decisions"}
_BY_APPLICATION = {"nl": "kosten volgens de aanvraag", "en": "cost by the application"}
_PAID_ELSEWHERE = {
    "nl": "daarvan betaalt ander geld een deel, en dat telt hier niet mee",
    "en": "other money pays a part of that, which does not count here",
}
_BY = {"nl": "bedrag volgens de regeling", "en": "amount by the scheme"}
