"""Putting an activity in an offer: own, admitted, with a price; what it costs above the contribution others pay to the cent."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from doorleren.applications.answers import profile_of, settled_offer, told_answers, track_of
from doorleren.applications.commands.save_answers import Given, insert, open_for_change
from doorleren.applications.models import (
    CO_FINANCIERS,
    MOST_PARTICIPANTS,
    Application,
    OfferLine,
    OfferShare,
    Origin,
)
from doorleren.applications.offers import refusing
from doorleren.applications.offers.rules import Line, Share, has_offer, weigh
from doorleren.applications.offers.standing import MOST_LINES, entries_of, lines_of, provider_of
from doorleren.applications.partnerships.changing import changed
from doorleren.applications.refusing import ApplicationRefused
from doorleren.core.money import euros
from doorleren.people.signed_in import SignedIn
from doorleren.register.funding.facts import recognitions_on
from doorleren.register.funding.price_group import price_groups_on
from doorleren.register.models import Activity, Provider
from doorleren.register.quality.reading import provider_entry
from doorleren.register.standings import standings_of
from doorleren.rules.library import Library

LONGEST_NAME = 200


def list_activity(
    application: int, activity: int, *, participants: int, shares: Sequence[Share] = (), today: date, library: Library,
    by: SignedIn, at: datetime,
) -> OfferLine:  # fmt: skip
    """Put an activity in the offer of a draft, change it, or take it out (0 participants).

    Raises NotAllowed, or ApplicationRefused with the field: "activity", "participants" or "shares". Shares may be told
    later, but what is told adds up to what the activity costs above the contribution. The same again changes nothing.
    """
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        provider = _provider(draft)
        if not 0 <= participants <= MOST_PARTICIPANTS:
            raise ApplicationRefused(refusing.PARTICIPANTS, ("participants",))
        lines = {one.activity: one for one in lines_of(draft.pk)}
        before = lines.get(activity)
        if participants:
            line = _line(provider, activity, participants, tuple(shares), today)
            if before is None and len(lines) >= MOST_LINES:
                raise ApplicationRefused(refusing.TOO_MANY, ("activity",))
            _ensure_adds_up(draft, line, library)
        elif before is None:
            raise ApplicationRefused(refusing.NOT_OWN, ("activity",))
        else:
            line = Line(activity, before.version, before.entry, 0)
        tell_of_provider(draft, provider, today, library=library, by=by, at=at)
        if line == before:
            return OfferLine.objects.filter(application=draft, activity=activity).latest("pk")
        made = OfferLine.objects.create(
            application=draft, activity_id=activity, version_id=line.version, participants=participants,
            by_kind=by.party.kind, by_id=by.party.id, at=at,
        )  # fmt: skip
        OfferShare.objects.bulk_create(
            OfferShare(line=made, financier=one.financier, name=one.name, cents=one.cents) for one in line.shares
        )
        changed(draft, "offered", by=by, at=at, details={"activity": activity, "participants": participants})
    return made


def tell_of_provider(
    draft: Application, provider: Provider, today: date, *, library: Library, by: SignedIn, at: datetime
) -> None:  # fmt: skip
    """Keep what the register says of the provider today as answers, so that what was frozen stays what it was."""
    found = recognitions_on(provider_entry(provider), today)
    if found is not None:
        given = [Given("provider.recognition", found, Origin.REGISTER)]
        insert(draft, given, library=library, by=by.party, at=at)


def _provider(draft: Application) -> Provider:
    if not has_offer(track_of(draft)):
        raise ApplicationRefused(refusing.NO_OFFER)
    provider = provider_of(draft)
    if provider is None:
        raise ApplicationRefused(refusing.NOT_OWN, ("activity",))
    return provider


def _line(provider: Provider, activity: int, participants: int, shares: tuple[Share, ...], today: date) -> Line:
    """Give the line of an activity as the register has it now."""
    version = Activity.objects.filter(pk=activity, provider=provider).values_list("current_id", flat=True).first()
    if version is None:
        raise ApplicationRefused(refusing.NOT_OWN, ("activity",))
    if not standings_of([activity], today)[activity][1]:
        raise ApplicationRefused(refusing.NOT_ADMITTED, ("activity",))
    entry = entries_of([version])[version]
    if entry.price_cents is None:
        raise ApplicationRefused(refusing.NO_PRICE, ("activity",))
    for one in shares:
        if one.financier not in CO_FINANCIERS or one.cents <= 0 or len(one.name) > LONGEST_NAME:
            raise ApplicationRefused(refusing.FINANCIER, ("shares",))
    return Line(activity, version, entry, participants, shares)


def _ensure_adds_up(draft: Application, line: Line, library: Library) -> None:
    """Raise ApplicationRefused unless nobody else pays yet, or others pay what is above the contribution exactly."""
    if not line.shares:
        return
    settled = settled_offer(draft, library)
    told = profile_of(told_answers(draft.pk, library))
    one = weigh(line, settled, told, price_groups_on(library, settled.day))
    if one.above is None or one.lacking is None:
        raise ApplicationRefused(refusing.NO_CONTRIBUTION, ("shares",))
    if one.lacking:
        amounts = (euros(one.above), euros(line.paid_by_others), euros(abs(one.lacking)))
        raise ApplicationRefused(refusing.does_not_add_up(*amounts, lacks=one.lacking > 0), ("shares",))
