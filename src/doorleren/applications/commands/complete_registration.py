"""The adviser completes a registration: all that the scheme asks for that is there, and the adviser vouches for the rest.

Ground: the scheme's file, which names the evidence of this stage and the conditions that only the result can show. After
it neither documents nor promises change.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from doorleren.applications.bundles.completing import documents_for, lacking_of, wanted_in, why_not
from doorleren.applications.bundles.refusing import BundleRefused, lacking, not_promised
from doorleren.applications.content import content_hash
from doorleren.applications.evidence.queries import given_of
from doorleren.applications.models import Application, Completion, Document, Registration, Step
from doorleren.applications.recording import party
from doorleren.audit.acts import record
from doorleren.core.texts import Texts
from doorleren.people.access import NotAllowed, Refused, Thing, ensure
from doorleren.people.signed_in import SignedIn
from doorleren.rules.versions import Condition, Evidence


def complete_registration(registration: int, stated: Collection[str], *, by: SignedIn, at: datetime) -> Completion:
    """Complete a registration; `stated` are the ids of the conditions for which the adviser vouches.

    Raises NotAllowed for anybody but the adviser who registered, BundleRefused with what is lacking, DoesNotExist.
    """
    with transaction.atomic():
        found = Registration.objects.select_related("round").get(pk=registration)
        ensure_adviser(found, by=by, at=at)
        application = Application.objects.select_for_update().get(pk=found.application_id)
        reason = why_not(found, application)
        if reason is not None:
            raise BundleRefused(reason)
        wanted = wanted_in(found.round.version_id, application.track)
        missing = lacking_of([application.pk], wanted)[application.pk]
        if missing:
            raise BundleRefused(lacking(_named([one for one in wanted.evidence if one.id in missing])))
        silent = [one for one in wanted.promises if one.id not in stated]
        if silent:
            raise BundleRefused(not_promised(_named(silent)))
        rests_on = [one for one in documents_for(application.pk, wanted) if given_of(one).standing == "uploaded"]
        made = Completion.objects.create(
            registration=found, content=_content(rests_on, application), stated=[one.id for one in wanted.promises],
            by_kind=by.party.kind, by_id=by.party.id, at=at,
        )  # fmt: skip
        record(
            "completed_registration", party(application), by=by.party, at=at,
            details={"documents": len(rests_on), "content": made.content, "stated": ", ".join(made.stated)},
        )  # fmt: skip
    return made


def ensure_adviser(registration: Registration, *, by: SignedIn | None, at: datetime) -> SignedIn:
    """Give who asks back if it is the adviser who registered, still acting for the same firm. Raises NotAllowed."""
    thing = Thing("registration", str(registration.pk), organisation=registration.organisation_id)
    who = ensure(by, "complete_registration", thing, at=at)
    if who.person != registration.adviser_id:
        raise NotAllowed(Refused("not_yours"))
    return who


def _content(documents: Sequence[Document], application: Application) -> str:
    told = [
        [one.evidence, one.pk, next(step.content for step in one.steps.all() if step.step == Step.RECEIVED)]
        for one in documents
    ]
    return content_hash(json.dumps(told, separators=(",", ":")).encode(), application.salt)


def _named(things: Sequence[Evidence | Condition]) -> Texts:
    return {
        language: "; ".join(one.text.get(language) or one.text.get("nl") or one.id for one in things)
        for language in ("nl", "en")
    }  # fmt: skip
