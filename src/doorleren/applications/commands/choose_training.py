"""Choosing the one training of the register that a person applies for; what the register tells of it becomes answers."""

from datetime import date, datetime

from django.db import transaction

from doorleren.applications.answers import counted_answers, track_of, used_by
from doorleren.applications.commands.save_answers import Given, insert, open_for_change
from doorleren.applications.evidence.queries import pieces_of
from doorleren.applications.evidence.rules import ALIVE
from doorleren.applications.grants import for_one_training, grants_for
from doorleren.applications.models import Application, Origin
from doorleren.applications.offers.refusing import NOT_ADMITTED, NOT_LISTED
from doorleren.applications.one_training import GRANTS, is_enrolment
from doorleren.applications.recording import party
from doorleren.applications.refusing import CHOSEN_FOR_GOOD, NOTHING_TO_CHOOSE, PROOF_OF_ANOTHER, ApplicationRefused
from doorleren.applications.values import UNKNOWN
from doorleren.audit.acts import record
from doorleren.core.days import day_of
from doorleren.people.signed_in import SignedIn
from doorleren.register.funding.facts import FACTS
from doorleren.register.models import Activity
from doorleren.register.standings import standings_of
from doorleren.rules.library import Library
from doorleren.rules.profile import Profile


def choose_training(
    application: int, activity: int, *, registered: Profile, today: date, library: Library, by: SignedIn, at: datetime
) -> Application:  # fmt: skip
    """Choose a training, or another one as long as the draft never stood ready; `registered` is what the register tells of it.

    Raises NotAllowed, or ApplicationRefused; with the field "activity" for one that is not listed or not admitted. What was
    answered about the training before goes: it was another one. The same again changes nothing.
    """
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        if not for_one_training(draft.round, track_of(draft), library):
            raise ApplicationRefused(NOTHING_TO_CHOOSE)
        if draft.activity_id == activity:
            return draft
        if draft.activity_id is not None and draft.freezes.exists():
            raise ApplicationRefused(CHOSEN_FOR_GOOD)
        if draft.activity_id is not None and _has_proof(draft):
            raise ApplicationRefused(PROOF_OF_ANOTHER)
        _ensure_admitted(activity, today)
        draft.activity_id = activity
        draft.save(update_fields=["activity"])
        given = _told(draft, registered, library, at)
        insert(draft, given, library=library, by=by.party, at=at)
        record("chose_training", party(draft), by=by.party, at=at, details={"activity": activity})
    return draft


def _has_proof(draft: Application) -> bool:
    """Say whether a document stands as proof of enrolment, which is of the training before; one that was refused does not."""
    pieces = (piece for piece in pieces_of(draft) if is_enrolment(piece.asked.evidence))
    return any(one.standing in ALIVE for piece in pieces for one in piece.given)


def _ensure_admitted(activity: int, today: date) -> None:
    """Raise ApplicationRefused for what one cannot apply for today."""
    if not Activity.objects.filter(pk=activity, current__isnull=False).exists():
        raise ApplicationRefused(NOT_LISTED, ("activity",))
    if not standings_of([activity], today)[activity][1]:
        raise ApplicationRefused(NOT_ADMITTED, ("activity",))


def _told(draft: Application, registered: Profile, library: Library, at: datetime) -> list[Given]:
    """Give what the register tells of the training, and that what was known of another one is not known any more."""
    used = used_by(draft.round, track_of(draft), day_of(at), library) & FACTS.keys()
    found = {name: registered[name] for name in used if name in registered}
    if GRANTS in used and draft.activity_id is not None:
        found[GRANTS] = grants_for(draft.round, [draft.activity_id], library=library, at=at).get(draft.activity_id, 0)
    known = {one.fact for one in counted_answers(draft.pk, library) if one.value is not UNKNOWN}
    return [Given(name, found.get(name, UNKNOWN), Origin.REGISTER) for name in sorted(used & (found.keys() | known))]
