"""Putting an activity in an offer: own, admitted, with a price; what it costs above the contribution others pay to the cent."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from doorleren.applications.answers import profile_of, settled_offer, told_answers, track_of
from doorleren.applications.commands.save_answers import Given, insert, open_for_change
from doorleren.applications.models import (
    CO_FINANCIERS,
    LONGEST_NAME,
    MOST_PARTICIPANTS,
    Application,
    OfferLine,
    OfferShare,
    Origin,
)
from doorleren.applications.offers import refusing
from doorleren.applications.offers.rules import (
    PARTNERSHIP,
    RECOGNITION,
    Line,
    Share,
    by_members,
    for_each,
    has_offer,
    weigh,
)
from doorleren.applications.offers.standing import MOST_LINES, entries_of, lines_of, members_by_code, provider_of
from doorleren.applications.partnerships.changing import changed
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.signed_in import SignedIn
from doorleren.register.funding.facts import recognitions_on
from doorleren.register.funding.price_group import price_groups_on
from doorleren.register.models import Activity, Provider
from doorleren.register.quality.reading import provider_entry
from doorleren.register.standings import standings_of
from doorleren.rules.library import Library


def list_activity(
    application: int, activity: int, *, participants: int, shares: Sequence[Share] = (), today: date, library: Library,
    by: SignedIn, at: datetime,
) -> OfferLine:  # fmt: skip
    """Put an activity in the offer of a draft, change it, or take it out (0 participants).

    A provider chooses of its own activities; a partnership of those of its members, where the scheme's file makes a
    training provider one of the parties, else of all in the register.

    Raises NotAllowed, or ApplicationRefused with the field: "activity", "participants" or "shares". Shares may be told
    later, but what is told adds up to what the activity costs above the contribution. The same again changes nothing.
    """
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        _ensure_offer(draft)
        if not 0 <= participants <= MOST_PARTICIPANTS:
            raise ApplicationRefused(refusing.PARTICIPANTS, ("participants",))
        lines = {one.activity: one for one in lines_of(draft.pk)}
        before = lines.get(activity)
        if participants:
            line = _line(draft, activity, participants, tuple(shares), today)
            if before is None and len(lines) >= MOST_LINES:
                raise ApplicationRefused(refusing.TOO_MANY, ("activity",))
            _ensure_adds_up(draft, line, library)
        elif before is None:
            raise ApplicationRefused(refusing.NOT_OWN, ("activity",))
        else:
            line = Line(activity, before.version, before.entry, 0)
        tell_of_provider(draft, _provider(activity), today, library=library, by=by, at=at)
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
    """Keep what the register says of the provider today as answers, so that what was frozen stays what it was.

    Of a member of a partnership they are answers about that member. A provider that is no party tells nothing.
    """
    track, member = track_of(draft), 0
    if track.applicant == PARTNERSHIP:
        member = members_by_code(draft.pk).get(provider.code, 0) if by_members(track) else 0
        if not member:
            return
    found = recognitions_on(provider_entry(provider), today)
    if found is not None:
        given = [Given(RECOGNITION, found, Origin.REGISTER)]
        insert(draft, given, member=member, library=library, by=by.party, at=at)


def _ensure_offer(draft: Application) -> None:
    track = track_of(draft)
    if not has_offer(track):
        raise ApplicationRefused(refusing.NO_OFFER)
    if track.applicant != PARTNERSHIP and provider_of(draft) is None:
        raise ApplicationRefused(refusing.NOT_OWN, ("activity",))


def _provider(activity: int) -> Provider:
    return Activity.objects.select_related("provider").get(pk=activity).provider


def _line(draft: Application, activity: int, participants: int, shares: tuple[Share, ...], today: date) -> Line:
    """Give the line of an activity as the register has it now."""
    version = _listed(draft, activity)
    if not standings_of([activity], today)[activity][1]:
        raise ApplicationRefused(refusing.NOT_ADMITTED, ("activity",))
    entry = entries_of([version])[version]
    if entry.price_cents is None:
        raise ApplicationRefused(refusing.NO_PRICE, ("activity",))
    for one in shares:
        if one.financier not in CO_FINANCIERS or one.cents <= 0 or len(one.name) > LONGEST_NAME:
            raise ApplicationRefused(refusing.FINANCIER, ("shares",))
    return Line(activity, version, entry, participants, shares)


def _listed(draft: Application, activity: int) -> int:
    """Give the version of an activity that may be chosen here. Raises ApplicationRefused."""
    track, found = track_of(draft), Activity.objects.filter(pk=activity, current__isnull=False)
    refused = refusing.NOT_LISTED
    if track.applicant != PARTNERSHIP:
        found, refused = found.filter(provider=provider_of(draft)), refusing.NOT_OWN
    elif by_members(track):
        found, refused = found.filter(provider__code__in=members_by_code(draft.pk)), refusing.NOT_OF_A_MEMBER
    version = found.values_list("current_id", flat=True).first()
    if version is None:
        raise ApplicationRefused(refused, ("activity",))
    return version


def _ensure_adds_up(draft: Application, line: Line, library: Library) -> None:
    """Raise ApplicationRefused unless nobody else pays yet, or others pay what is above the contribution exactly."""
    if not line.shares:
        return
    if not for_each(track_of(draft)):
        raise ApplicationRefused(refusing.PAID_TOGETHER, ("shares",))
    settled = settled_offer(draft, library)
    told = profile_of(told_answers(draft.pk, library))
    one = weigh(line, settled, told, price_groups_on(library, settled.day))
    if one.above is None or one.lacking is None:
        raise ApplicationRefused(refusing.NO_CONTRIBUTION, ("shares",))
    if one.lacking:
        texts = refusing.does_not_add_up(one.above, line.paid_by_others, one.lacking)
        raise ApplicationRefused(texts, ("shares",))
