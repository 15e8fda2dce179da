"""What must hold of an offer before it stands ready: own quality, activities still admitted, others pay to the cent."""

from collections.abc import Iterator
from datetime import date, datetime

from doorleren.applications.answers import offer_now, track_of
from doorleren.applications.models import Application
from doorleren.applications.offers import refusing
from doorleren.applications.offers.commands.list_activity import tell_of_provider
from doorleren.applications.offers.rules import Offer, Weighed, by_members, for_each
from doorleren.applications.offers.standing import (
    claim_of,
    failing_quality,
    members_by_code,
    providers_who_apply,
    with_offer,
)
from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.texts import Texts
from doorleren.people.signed_in import SignedIn
from doorleren.register.models import Activity
from doorleren.register.standings import standings_of
from doorleren.rules.library import Library


def bring_up_to_date(draft: Application, *, today: date, library: Library, by: SignedIn, at: datetime) -> None:
    """Keep what the register says of the providers that apply today; nothing where there is no offer. Within a command."""
    track = track_of(draft)
    for provider in providers_who_apply(draft, track) if with_offer(draft.pk, track) else ():
        tell_of_provider(draft, provider, today, library=library, by=by, at=at)


def ensure_offer(draft: Application, *, today: date, library: Library) -> None:
    """Raise ApplicationRefused with the first thing that stands in the way; nothing where there is no offer."""
    if not with_offer(draft.pk, track_of(draft)):
        return
    offer = offer_now(draft, library)
    if offer is None or not offer.lines:
        raise ApplicationRefused(refusing.EMPTY)
    for texts in in_the_way(draft, offer, today):
        raise ApplicationRefused(texts)


def in_the_way(draft: Application, offer: Offer, today: date) -> Iterator[Texts]:
    """Give what stands in the way of an offer: of who offers it, then of each activity."""
    track = track_of(draft)
    for provider in providers_who_apply(draft, track):
        for finding in failing_quality(provider.pk, today):
            yield refusing.fails_quality(finding.check, claim_of(finding), finding.texts)
    members = members_by_code(draft.pk) if by_members(track) else None
    numbers = [one.line.activity for one in offer.lines]
    stands = standings_of(numbers, today)
    current = dict(Activity.objects.filter(pk__in=numbers).values_list("pk", "current_id"))
    for one in offer.lines:
        texts = _of_line(one, admitted=stands[one.line.activity][1], current=current[one.line.activity])
        if members is not None and one.line.entry.provider not in members:
            texts = refusing.NOT_OF_A_MEMBER
        elif texts is None and for_each(track):
            texts = _unpaid(one)
        if texts is not None:
            yield refusing.of_activity(one.line.entry.title, texts)


def _of_line(one: Weighed, *, admitted: bool, current: int | None) -> Texts | None:
    if not admitted:
        return refusing.NOT_ADMITTED
    if current != one.line.version:
        return refusing.CHANGED
    return None


def _unpaid(one: Weighed) -> Texts | None:
    if one.above is None or one.lacking is None:
        return refusing.NO_CONTRIBUTION
    if one.lacking:
        return refusing.does_not_add_up(one.above, one.line.paid_by_others, one.lacking)
    return None
