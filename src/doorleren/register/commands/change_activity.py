"""Enter or change one activity: what a provider types on the page becomes a new version, as a delivery of one row."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.people.access import Thing, ensure
from doorleren.people.models import Organisation
from doorleren.people.signed_in import SignedIn
from doorleren.register.answers import ActRefused
from doorleren.register.commands.receive_delivery import Received, receive_delivery
from doorleren.register.entries import Entry
from doorleren.register.models import Activity
from doorleren.register.uploads.owning import provider_of, source_of


@dataclass(frozen=True, slots=True)
class Changed:
    """What a save did: the number of the activity, and whether it was new, or anything in it changed."""

    activity: int
    new: bool
    changed: bool


def change_activity(
    entry: Entry, *, organisation: Organisation, by: SignedIn, at: datetime, seen: int | None
) -> Changed:  # fmt: skip
    """Make what was typed the version in force, under the provider of the organisation, whatever the entry names.

    `seen` is the version that was on the page, None for an activity that is new. Raises NotAllowed; ActRefused where a
    new activity has a code that is taken, or somebody else changed the activity since the page was opened.
    """
    ensure(by, "enter_activities", Thing("activity", entry.code, organisation=organisation.pk), at=at)
    owner = provider_of(organisation)
    with transaction.atomic():
        before = (
            Activity.objects.select_for_update(of=("self",)).filter(provider__code=owner.code, code=entry.code).first()
        )
        _ask_rules(entry, before, seen)
        outcome = receive_delivery(
            [Received(1, replace(entry, provider=owner.code), owner)], source=source_of(organisation), form="form",
            by=f"{by.party.kind}:{by.party.id}", at=at,
        )  # fmt: skip
        activity = Activity.objects.get(provider__code=owner.code, code=entry.code)
        done = Changed(activity.pk, bool(outcome.new), bool(outcome.new or outcome.changed))
        if done.changed:
            act, details = "entered" if done.new else "changed", {"version": activity.current_id}
            record(act, Party("activity", str(activity.pk)), by=by.party, at=at, details=details)
    return done


def _ask_rules(entry: Entry, before: Activity | None, seen: int | None) -> None:
    stands = before.current_id if before else None
    if seen is None and stands is not None:
        raise ActRefused({
            "nl": f"U hebt al een opleiding met de code “{entry.code}”. Kies een andere code.",
            "en": f"You already have a training with the code “{entry.code}”. Choose another code.",
        })  # fmt: skip
    if seen != stands and seen is not None:
        raise ActRefused({
            "nl": "Iemand heeft deze opleiding intussen veranderd. Open haar opnieuw, en typ uw wijziging nog eens.",
            "en": "Somebody changed this training in the meantime. Open it again, and type your change once more.",
        })  # fmt: skip
