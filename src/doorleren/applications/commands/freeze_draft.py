"""Freezing a draft: everything is checked now, so that on the day itself submitting is one small act (ADR 0020, 0021)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from doorleren.applications.access import applicant_of, may_file
from doorleren.applications.answers import Counted, counted_answers, form_for, offer_now, profile_of
from doorleren.applications.commands.confirm_known import confirm_all
from doorleren.applications.commands.count_for import Counting, count_for
from doorleren.applications.commands.put_back import put_back_own
from doorleren.applications.commands.save_answers import Given, insert, open_for_change
from doorleren.applications.content import canonical, content_hash
from doorleren.applications.entered_for import NOT_DIGITAL, is_entered, received_on_paper
from doorleren.applications.form import Form
from doorleren.applications.in_the_way import in_the_way
from doorleren.applications.late_paper import is_late_paper
from doorleren.applications.models import PARTIES, Application, Freeze, Origin
from doorleren.applications.offers.commands.ensure_offer import bring_up_to_date, ensure_offer
from doorleren.applications.offers.rules import frozen_of_offer
from doorleren.applications.once import scope_of
from doorleren.applications.one_place import counted_for, hashes_now, place_of
from doorleren.applications.partnerships.commands.divide_cost import ensure_divisions_fit
from doorleren.applications.partnerships.standing import frozen_of
from doorleren.applications.queries import gate_of, last_freeze
from doorleren.applications.recording import party
from doorleren.applications.refusing import CLOSED, INCOMPLETE, NO_AMOUNT, NOT_ELIGIBLE, ApplicationRefused
from doorleren.applications.regions import (
    CODE,
    filed_already,
    filed_for_region,
    place_of_region,
)
from doorleren.applications.registered import told_anew
from doorleren.applications.rules import kind_for_pot
from doorleren.applications.superseding import content_anew, ensure_draft
from doorleren.applications.values import plain_value
from doorleren.audit.acts import ToRecord, record, record_all
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.commands.note_receipt import note_receipt
from doorleren.rounds.queries import announced_for
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile

GOOD_FOR = timedelta(days=366)
"""How long a token is good in a round that has no end."""


def freeze_draft(
    application: int, *, sensitive: Profile, person_key: bytes, today: date, library: Library, by: SignedIn, at: datetime
) -> Freeze:  # fmt: skip
    """Freeze a draft whose track asks nothing more. Raises NotAllowed, or ApplicationRefused with the facts that lack.

    Neither when evidence lacks that must be there, or the register stands in the way of the training (in_the_way.py).
    `sensitive` are answers that count for the verdict and are kept nowhere. Freezing the same content again gives what
    stands ready already.
    """
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        if gate_of(draft.round).closed_at is not None and not _late_paper(draft, by, at):
            raise ApplicationRefused(CLOSED)
        bring_up_to_date(draft, today=today, library=library, by=by, at=at)
        ensure_offer(draft, today=today, library=library)
        _tell_of_register(draft, library=library, by=by, at=at)
        answers = counted_answers(draft.pk, library)
        for texts, names in in_the_way(draft, profile_of(answers), today=today, library=library, at=at).reasons:
            raise ApplicationRefused(texts, names)
        form = form_for(draft, profile_of(answers) | sensitive, today, library)
        cents = _cents(draft, form)
        ensure_divisions_fit(draft, library)
        received = _received(draft, answers, by, at)
        told = (
            _told(draft, form, cents)
            | ({"received": received.isoformat()} if received else {})
            | frozen_of_offer(offer_now(draft, library))
        )
        content = _content(draft, told, answers, library)
        ready, person = last_freeze(draft), _person(draft, form, person_key)
        put_back = _count(draft, form, person_key, by, at)
        if ready is not None and (ready.content, ready.person) == (content, person):
            return ready
        if ready is not None and ready.content != content:
            ensure_draft(draft, at=at)  # something changed that nobody typed, such as a price in the register
        record_all(put_back)
        confirm_all(draft, library=library, by=by, at=at)  # who puts it ready says that all of it is right
        made = Freeze.objects.create(
            application=draft, content=content, person=person, cents=cents,
            kind=_part_of_pot(draft, form),
            until=max(draft.round.closes_at or at, at) + GOOD_FOR, at=at,
        )  # fmt: skip
        draft.frozen_at, draft.frozen_content = at, content
        draft.save(update_fields=["frozen_at", "frozen_content"])
        if received is not None:
            note_receipt(draft.round, content, received, at=at)
        record("frozen", party(draft), by=by.party, at=at, details={"content": content})
    return made


def _content(draft: Application, told: Mapping[str, Any], answers: Sequence[Counted], library: Library) -> str:
    """Give the hash of what is frozen; where the same stood ready before and was changed, its turn is part of it."""
    facts = library.vocabulary.facts
    rows: list[tuple[str, int, str, Any, str]] = [
        (one.subject_kind, one.subject_number, one.fact, plain_value(facts[one.fact], one.value), one.origin)
        for one in answers
    ]
    return content_anew(
        draft, lambda turn: content_hash(canonical({**told, **({"turn": turn} if turn else {})}, rows), draft.salt)
    )


def _late_paper(draft: Application, by: SignedIn, at: datetime) -> bool:
    """Say whether an official puts paper ready that came in before the round closed."""
    return not may_file(by, applicant_of(draft), at=at) and is_late_paper(draft.pk, draft.round, at=at)


def _received(draft: Application, answers: Sequence[Counted], by: SignedIn, at: datetime) -> date | None:
    """Give the day of receipt of what an official puts ready from paper, where the round counts that day; else None."""
    if not announced_for(draft.round).paper_days or may_file(by, applicant_of(draft), at=at):
        return None
    return received_on_paper(draft, answers)


def _tell_of_register(draft: Application, *, library: Library, by: SignedIn, at: datetime) -> None:
    """Keep what the register tells of the training now: its price where the register told it, and the grants so far."""
    anew = told_anew(draft, counted_answers(draft.pk, library), library=library, at=at)
    insert(draft, [Given(*one, Origin.REGISTER) for one in anew.items()], library=library, by=by.party, at=at)


def _part_of_pot(draft: Application, form: Form) -> str:
    """Give the part of the ceiling it counts to; what is set apart for who cannot apply digitally goes first, if any is."""
    apart = frozenset(announced_for(draft.round).pot.apart)
    if NOT_DIGITAL in apart and is_entered(draft):
        return NOT_DIGITAL
    return kind_for_pot(form.track, apart)


def _cents(draft: Application, form: Form) -> int:
    """Give the cents to reserve. Raises ApplicationRefused where the verdict is no, or something lacks."""
    if form.judgement.truth is False:
        failing = form.judgement.settled.conditions
        facts = frozenset().union(
            *(one.facts for one, holds in zip(failing, form.judgement.holds, strict=True) if holds is False)
        )
        raise ApplicationRefused(NOT_ELIGIBLE, tuple(sorted(facts)))
    lacking = [fact.name for fact in form.needed]
    if form.judgement.truth is None:
        lacking += [fact.name for fact in form.sensitive if fact.name in form.judgement.missing()]
    if lacking:
        raise ApplicationRefused(INCOMPLETE, tuple(lacking))
    if form.cents is not None:
        return form.cents
    pot = announced_for(draft.round).pot
    if any(one.cents is not None for one in (pot.ceiling, *pot.apart.values())):
        raise ApplicationRefused(NO_AMOUNT)
    return 0


def _told(draft: Application, form: Form, cents: int) -> dict[str, Any]:
    """Say what is frozen besides the answers: under which announcement and version, by which track, for whom, how much."""
    return {
        "round": draft.round.announced_hash,
        "version": form.judgement.settled.version.digest,
        "track": draft.track,
        "activity": draft.activity_id,
        "parties": {name: [getattr(draft, f"{name}_kind"), getattr(draft, f"{name}_number")] for name in PARTIES},
        "outcome": form.judgement.outcome,
        "cents": cents,
        **frozen_of(draft),
    }


def _person(draft: Application, form: Form, key: bytes) -> str:
    """Give the keyed hash of whom the place is for now; after a ticket that was withdrawn it is another one.

    Of a region it is that of the region in its year or scheme. Raises ApplicationRefused where it was applied for already.
    """
    first = place_of_region(form, key)
    filed = filed_for_region(draft, form, first, key) if first else ""
    if filed:
        raise ApplicationRefused(filed_already(filed, form), (CODE,))
    first = first or place_of(draft, form.track, key)
    return hashes_now(draft.round_id, [first], key)[first]


def _count(draft: Application, form: Form, key: bytes, by: SignedIn, at: datetime) -> list[ToRecord]:
    """Count it for whom it is, where the scheme says how often one may beyond a round; give the acts to record. Raises ApplicationRefused."""
    settled, region = form.judgement.settled, place_of_region(form, key)
    whom = region or counted_for(draft, form.track, key)
    if not whom:
        return []
    scope = scope_of(draft.round, form.track, settled.version, settled.day)
    entered = not may_file(by, applicant_of(draft), at=at)
    put_back = put_back_own(scope, whom, draft, by=by, at=at) if entered else []
    count_for(scope, Counting(whom, draft.pk), by=by, at=at, facts=(CODE,) if region else ())
    return put_back
