"""Saving answers of a draft: each a row of its own. A change to what stood ready makes it a draft again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from doorleren.applications.access import applicant_of, ensure, may_edit, may_file
from doorleren.applications.answers import counted_answers, reads_for, track_of
from doorleren.applications.entered_for import is_entered
from doorleren.applications.grants import for_one_training
from doorleren.applications.models import Answer, Application, Origin, Subject
from doorleren.applications.offers.refusing import FROM_OFFER
from doorleren.applications.offers.rules import left_to_list, not_typed
from doorleren.applications.offers.standing import lines_of, with_offer
from doorleren.applications.one_training import OF_THE_ENROLMENT, OF_THE_REGISTER
from doorleren.applications.partnerships.totals import computed_facts
from doorleren.applications.queries import ticket_of
from doorleren.applications.recording import party
from doorleren.applications.refusing import (
    ASSESSED,
    CHANGED_MEANWHILE,
    COMPUTED,
    FROM_REGISTER,
    NO_TRAINING,
    OTHER_REGION,
    SUBMITTED,
    WITHDRAWN,
    ApplicationRefused,
)
from doorleren.applications.regions import CODE, facts_of_region, needed_of_region
from doorleren.applications.registered import PRICE, price_of
from doorleren.applications.superseding import ensure_draft
from doorleren.applications.values import UNKNOWN, column_of
from doorleren.audit.acts import Party, record
from doorleren.people.signed_in import SignedIn
from doorleren.register.funding.facts import FACTS
from doorleren.rules.library import Library


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is given: a value as the rules know it, `values.NA` or `values.UNKNOWN`, and where it comes from.

    `taken_from` and `earlier` (the id of an application): where it was taken over from at the start; "" for what is told now.
    `correction`: the id of the request on which an official corrects it.
    """

    fact: str
    value: Any
    origin: Origin = Origin.SELF
    taken_from: str = ""
    earlier: int | None = None
    correction: int | None = None


def save_answers(
    application: int, given: Sequence[Given], *, member: int = 0, seen: int | None = None, library: Library,
    by: SignedIn, at: datetime,
) -> int:  # fmt: skip
    """Save answers; gives how many were new. Raises NotAllowed, or ApplicationRefused once it was submitted or withdrawn.

    `seen` is the number of the last answer that who answers had on the page: what another changed after it is not
    overwritten, but refused with those facts, and nothing is saved. `member`: the answers are about that member of the
    partnership. What is computed from the members is refused, whoever types it; so is what the register tells of the one
    training that a person applies for, and a price above the register's.

    A sensitive fact is refused: it is asked when the draft is frozen and kept nowhere (KeyError for an unknown fact).
    """
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        if is_entered(draft) and not may_file(by, applicant_of(draft), at=at):
            given = [replace(one, origin=Origin.OFFICIAL) if one.origin == Origin.SELF else one for one in given]
        if seen is not None:
            _refuse_unseen(draft, given, seen, member, library)
        if not member:
            _refuse_computed(draft, given, library)
            _refuse_registered(draft, given, library)
            _refuse_assessed(given, library)
            _refuse_other_region(draft, given)
            _refuse_price(draft, given)
        new = insert(draft, given, member=member, library=library, by=by.party, at=at)
        if new:
            ensure_draft(draft, at=at)
            record("answered", party(draft), by=by.party, at=at, details={"answers": new})
    return new


def _refuse_computed(draft: Application, given: Sequence[Given], library: Library) -> None:
    """Raise ApplicationRefused for facts that follow from the members of a partnership, or from an offer."""
    track, names = track_of(draft), frozenset(one.fact for one in given)
    if with_offer(draft.pk, track):
        of_offer = names & not_typed(track) | left_to_list(track, names, empty=not lines_of(draft.pk))
    else:
        of_offer = frozenset()
    if of_offer:
        raise ApplicationRefused(FROM_OFFER, tuple(sorted(of_offer)))
    computed = computed_facts(library.vocabulary) & names
    if computed and reads_for(draft.pk, library) is not None:
        raise ApplicationRefused(COMPUTED, tuple(sorted(computed)))


def _refuse_assessed(given: Sequence[Given], library: Library) -> None:
    """Raise ApplicationRefused for what only who treats an application says."""
    theirs = {one.fact for one in given if library.vocabulary.facts[one.fact].assessed}
    if theirs:
        raise ApplicationRefused(ASSESSED, tuple(sorted(theirs)))


def _refuse_other_region(draft: Application, given: Sequence[Given]) -> None:
    """Raise ApplicationRefused for another region than the one in which a municipality lies that files for its region."""
    told = {one.value for one in given if one.fact == CODE}
    if not told or not needed_of_region(track_of(draft)):
        return
    known = facts_of_region(applicant_of(draft), frozenset({CODE}))
    if known and told != {known[CODE]}:
        raise ApplicationRefused(OTHER_REGION, (CODE,))


def _refuse_registered(draft: Application, given: Sequence[Given], library: Library) -> None:
    """Raise ApplicationRefused for what the register tells of the one training that a person applies for."""
    named = FACTS.keys() & {one.fact for one in given}
    if not named or not for_one_training(draft.round, track_of(draft), library):
        return
    if draft.activity_id is None:
        raise ApplicationRefused(NO_TRAINING, tuple(sorted(named)))
    told = {
        one.fact
        for one in counted_answers(draft.pk, library)
        if one.origin == Origin.REGISTER and one.value is not UNKNOWN
    }
    theirs = named & (OF_THE_REGISTER | (told - OF_THE_ENROLMENT))
    if theirs:
        raise ApplicationRefused(FROM_REGISTER, tuple(sorted(theirs)))


def _refuse_price(draft: Application, given: Sequence[Given]) -> None:
    """Raise ApplicationRefused for a price above that of the training in the register."""
    answer = price_of(draft.activity_id, {one.fact: one.value for one in given})
    if answer is not None and answer.holds is False:
        raise ApplicationRefused(answer.texts, (PRICE,))


def _refuse_unseen(draft: Application, given: Sequence[Given], seen: int, member: int, library: Library) -> None:
    """Raise ApplicationRefused for facts that were answered after `seen` with something else than is given now."""
    later = {
        one.fact: one.value
        for one in counted_answers(draft.pk, library)
        if one.number > seen
        and one.subject_number == member
        and one.subject_kind in (Subject.APPLICATION, Subject.MEMBER)
    }
    facts = tuple(one.fact for one in given if one.fact in later and later[one.fact] != one.value)
    if facts:
        raise ApplicationRefused(CHANGED_MEANWHILE, facts)


def open_for_change(application: int, *, by: SignedIn, at: datetime) -> Application:
    """Lock an application that may still be changed, by who may. Raises NotAllowed, ApplicationRefused, DoesNotExist."""
    draft = Application.objects.select_for_update(of=("self",)).select_related("round").get(pk=application)
    ensure(may_edit(by, draft, at=at))
    if draft.withdrawn_at is not None:
        raise ApplicationRefused(WITHDRAWN)
    if ticket_of(draft) is not None:
        raise ApplicationRefused(SUBMITTED)
    return draft


def insert(
    application: Application, given: Iterable[Given], *, member: int = 0, library: Library, by: Party, at: datetime
) -> int:  # fmt: skip
    """Add the answers that differ from what counts now; gives how many. Called within the transaction of a command."""
    subject = Subject.MEMBER if member else Subject.APPLICATION
    known = {
        one.fact: (one.value, one.origin, one.taken_from)
        for one in counted_answers(application.pk, library)
        if (one.subject_kind, one.subject_number) == (subject, member)
    }
    rows = []
    for one in given:
        fact = library.vocabulary.facts[one.fact]
        if fact.sensitive:
            raise ValueError(f"{one.fact}: given is an answer to keep, but it is used for the verdict and kept nowhere")
        if known.get(one.fact) == (one.value, one.origin, one.taken_from):
            continue
        column, value = column_of(fact, one.value)
        rows.append(
            Answer(
                application=application, subject_kind=subject, subject_number=member, fact=one.fact, origin=one.origin,
                by_kind=by.kind, by_id=by.id, at=at, taken_from=one.taken_from, earlier_id=one.earlier,
                correction_id=one.correction, **{column: value},
            )
        )  # fmt: skip
    return len(Answer.objects.bulk_create(rows))
