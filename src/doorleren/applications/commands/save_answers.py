"""Saving answers of a draft: each a row of its own. A change to what stood ready makes it a draft again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from doorleren.applications.access import ensure, may_edit
from doorleren.applications.models import Answer, Application, Origin
from doorleren.applications.queries import counted_answers, ticket_of
from doorleren.applications.recording import party
from doorleren.applications.refusing import CHANGED_MEANWHILE, SUBMITTED, WITHDRAWN, ApplicationRefused
from doorleren.applications.values import column_of
from doorleren.audit.acts import Party, record
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is given: a value as the rules know it, `values.NA` or `values.UNKNOWN`, and where it comes from."""

    fact: str
    value: Any
    origin: Origin = Origin.SELF


def save_answers(
    application: int, given: Sequence[Given], *, seen: int | None = None, library: Library, by: SignedIn, at: datetime
) -> int:  # fmt: skip
    """Save answers; gives how many were new. Raises NotAllowed, or ApplicationRefused once it was submitted or withdrawn.

    `seen` is the number of the last answer that who answers had on the page: what another changed after it is not
    overwritten, but refused with those facts, and nothing is saved.

    A sensitive fact is refused: it is asked when the draft is frozen and kept nowhere (KeyError for an unknown fact).
    """
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        if seen is not None:
            _refuse_unseen(draft, given, seen, library)
        new = insert(draft, given, library=library, by=by.party, at=at)
        if new and draft.frozen_at is not None:
            draft.frozen_at, draft.frozen_content = None, ""
            draft.save(update_fields=["frozen_at", "frozen_content"])
        if new:
            record("answered", party(draft), by=by.party, at=at, details={"answers": new})
    return new


def _refuse_unseen(draft: Application, given: Sequence[Given], seen: int, library: Library) -> None:
    """Raise ApplicationRefused for facts that were answered after `seen` with something else than is given now."""
    later = {one.fact: one.value for one in counted_answers(draft.pk, library) if one.number > seen}
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


def insert(application: Application, given: Iterable[Given], *, library: Library, by: Party, at: datetime) -> int:
    """Add the answers that differ from what counts now; gives how many. Called within the transaction of a command."""
    known = {
        one.fact: (one.value, one.origin) for one in counted_answers(application.pk, library) if not one.subject_number
    }
    rows = []
    for one in given:
        fact = library.vocabulary.facts[one.fact]
        if fact.sensitive:
            raise ValueError(f"{one.fact}: given is an answer to keep, but it is used for the verdict and kept nowhere")
        if known.get(one.fact) == (one.value, one.origin):
            continue
        column, value = column_of(fact, one.value)
        rows.append(
            Answer(
                application=application, fact=one.fact, origin=one.origin, by_kind=by.kind, by_id=by.id, at=at,
                **{column: value},
            )
        )  # fmt: skip
    return len(Answer.objects.bulk_create(rows))
