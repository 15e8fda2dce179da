"""Counting an application for whom it is, where its scheme says how often one may within a year or the scheme.

Done when a draft is put ready, somebody is registered or enrolled. The same keyed hash is refused once the scheme's number
stands; who only resembles is never (bundles/candidates.py). A count whose application was withdrawn, changed, refused, denied or
not submitted in time is ended by whoever wants the next one. The database holds it: of two at once, one gets the turn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from doorleren.applications.access import may_view
from doorleren.applications.bundles.storing import copy_rows
from doorleren.applications.models import Application, CountsFor, CountsNoMore, Enrolment, Over
from doorleren.applications.once import Held, Scope, held_by
from doorleren.applications.refusing import ApplicationRefused
from doorleren.applications.superseding import no_longer_ready
from doorleren.audit.acts import Party
from doorleren.audit.holding import hold
from doorleren.core.texts import Texts
from doorleren.people.signed_in import SignedIn
from doorleren.rules.once import said


@dataclass(frozen=True, slots=True)
class Counting:
    """What is to be counted: for which keyed hash, of which application, and of which enrolment in it."""

    person: str
    application: int
    enrolment: int | None = None


def count_for(
    scope: Scope | None, one: Counting, *, by: SignedIn, at: datetime, facts: tuple[str, ...] = ()
) -> None:  # fmt: skip
    """Count an application, once. Raises ApplicationRefused where the scheme's number counts already; nothing without a scope.

    In the transaction that puts it ready. `facts`: the fields that the refusal is about.
    """
    if scope is None:
        return
    hold_turns(scope, one.person)
    held = held_by(scope.name, (one.person,), at=at).get(one.person, Held())
    if any((row.application_id, row.enrolment_id) == (one.application, one.enrolment) for row in held.rows()):
        return  # it counted before, and nobody took the turn since
    held = replace(held, standing=[row for row in held.standing if row.application.round_id != scope.apart])
    if len(held.standing) >= scope.times:
        raise ApplicationRefused(why_full(scope, held, by=by, at=at), facts)
    try:
        with transaction.atomic():
            keep_counts(scope, (one,), {one.person: held}, at=at)
    except IntegrityError as error:
        raise ApplicationRefused(said_full(scope), facts) from error


def hold_turns(scope: Scope, person: str) -> None:
    """Let nobody else be counted for this keyed hash before this transaction ends."""
    hold(Party("counted", f"{scope.name} {person}"))


def keep_counts(scope: Scope, some: Sequence[Counting], held: Mapping[str, Held], *, at: datetime) -> None:
    """Keep counts, each for another person, and end what stands no longer. Raises IntegrityError where somebody came between.

    `held` is what was there: whoever was counted since it was read takes the same turn, and whoever stands in it is looked at here.
    """
    if any(len(held[one.person].standing) >= scope.times for one in some if one.person in held):
        raise IntegrityError("counted meanwhile")
    _end((pair for one in some if one.person in held for pair in held[one.person].over), at=at)
    some = sorted(some, key=lambda one: one.person)  # two at once wait for each other, and never both
    turns = (held[one.person].turns if one.person in held else 0 for one in some)
    copy_rows("applications_countsfor", ("application_id", "enrolment_id", "scope", "person", "turn", "at"),
              ((one.application, one.enrolment, scope.name, one.person, turn, at)
               for one, turn in zip(some, turns, strict=True)))  # fmt: skip


def _end(over: Iterable[tuple[CountsFor, Over]], *, at: datetime) -> None:
    """Keep that these count no more. What still stands ready in a round that is over can come in no more, also if that reopens."""
    rows = [CountsNoMore(counted=row, reason=why, at=at) for row, why in over]
    for one in rows:
        if one.reason == Over.NOT_SUBMITTED and one.counted.enrolment_id is None:
            draft = Application.objects.select_for_update().get(pk=one.counted.application_id)
            if not no_longer_ready(draft, at=at):
                raise IntegrityError("it came in meanwhile")
    CountsNoMore.objects.bulk_create(rows)


def why_full(scope: Scope, held: Held, *, by: SignedIn, at: datetime) -> Texts:
    """Say why no more can be counted, naming the applications that count where who asks may see them."""
    rule = said(scope.once.who, scope.once.within, scope.times)
    seen = sorted({row.application_id for row in held.standing if may_view(by, row.application, at=at)})
    numbers = ", ".join(map(str, seen))
    if not seen:
        return said_full(scope)
    if len(seen) == 1:
        return {
            "nl": f"{rule['nl']} Dat is al gebeurd met aanvraag {numbers}. Pas als die is ingetrokken of afgewezen, kan het met deze.",
            "en": f"{rule['en']} That was done with application {numbers}. Once that one was withdrawn or refused, it can be done with this one.",
        }
    return {
        "nl": f"{rule['nl']} Dat is al gebeurd met de aanvragen {numbers}. Pas als er een is ingetrokken of afgewezen, kan het met deze.",
        "en": f"{rule['en']} That was done with applications {numbers}. Once one of them was withdrawn or refused, it can be done with this one.",
    }


def said_full(scope: Scope) -> Texts:
    """Say that no more can be counted, without a word of what counts."""
    rule = said(scope.once.who, scope.once.within, scope.times)
    if scope.apart is not None:
        return {
            "nl": f"{rule['nl']} In een ander aanvraagtijdvak is dat al gebeurd, of staat daarvoor een aanvraag klaar.",
            "en": f"{rule['en']} In another round that was done already, or an application for it stands ready.",
        }
    return {"nl": f"{rule['nl']} Dat is al gebeurd.", "en": f"{rule['en']} That has been done already."}


def count_enrolment(scope: Scope | None, made: Enrolment, *, by: SignedIn, at: datetime, field: str) -> None:
    """Count an enrolment for the participant. Raises ApplicationRefused by field."""
    counting = Counting(made.person, made.application_id, made.pk)
    count_for(scope, counting, by=by, at=at, facts=(field,))
