"""Dividing the cost: over the members that bear it, and over who finances it. Only what adds up exactly is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from doorleren.applications.answers import cost_of, reads_for
from doorleren.applications.commands.save_answers import open_for_change
from doorleren.applications.models import (
    Application,
    Divided,
    Division,
    DivisionLine,
    Financier,
    Member,
    PartyKind,
    Unit,
)
from doorleren.applications.partnerships.changing import changed
from doorleren.applications.partnerships.commands.add_member import name_known
from doorleren.applications.partnerships.dividing import HUNDRED_PERCENT, Part, ensure_adds_up
from doorleren.applications.partnerships.financiers import ensure_financiers
from doorleren.applications.partnerships.refusing import ALL_MEMBERS, DOES_NOT_FIT, NO_COST, NO_PART, NO_PARTNERSHIP
from doorleren.applications.partnerships.standing import planned, standings
from doorleren.applications.partnerships.totals import fits_shares
from doorleren.applications.refusing import ApplicationRefused
from doorleren.people.models import Organisation
from doorleren.people.signed_in import SignedIn
from doorleren.rules.library import Library


def share_cost(
    application: int, parts: Mapping[int, int], unit: Unit, *, library: Library, by: SignedIn, at: datetime
) -> Division:  # fmt: skip
    """Keep which member (by number) bears which part, in cents of the cost or hundredths of a percent.

    Raises NotAllowed, ApplicationRefused: a member lacks, or the parts are not the whole (it says how much that is off).
    """
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        if reads_for(draft.pk, library) is None:
            raise ApplicationRefused(NO_PARTNERSHIP)
        members = {one.member.number: one.member for one in standings(draft.pk) if one.present}
        if set(parts) != set(members) or not members:
            raise ApplicationRefused(ALL_MEMBERS, ("parts",))
        whole = HUNDRED_PERCENT if unit == Unit.HUNDREDTHS else _cost(draft, library)
        told = [Part(part, member=number) for number, part in sorted(parts.items())]
        return _keep(draft, Divided.SHARES, unit, whole, told, members, by, at)


def finance_cost(
    application: int, parts: Sequence[Part], *, library: Library, by: SignedIn, at: datetime
) -> Division:  # fmt: skip
    """Keep who pays which part of the cost, in cents. Raises as `share_cost`, and where an organisation is not named well.

    An organisation that is known here is called by the name that is known, whatever was typed.
    """
    with transaction.atomic():
        draft = open_for_change(application, by=by, at=at)
        if any(one.financier not in Financier.values or one.member is not None for one in parts):
            raise ValueError(f"parts: given are {parts!r}; allowed are the kinds of financiers {Financier.values}")
        told = [replace(one, name=name_known(one.kvk) or one.name) if one.kvk else one for one in parts]
        ensure_financiers(told, own_kvk(draft))
        return _keep(draft, Divided.FINANCING, Unit.CENTS, _cost(draft, library), told, {}, by, at)


def ensure_divisions_fit(draft: Application, library: Library) -> None:
    """Raise ApplicationRefused where a division was made and no longer fits the members or the cost."""
    cost = cost_of(draft.pk, library)
    shares, financing = planned(draft.pk, Divided.SHARES), planned(draft.pk, Divided.FINANCING)
    members = {one.member.number for one in standings(draft.pk) if one.present}
    fits = shares is None or fits_shares(shares.told, members, cost)
    if not fits or (financing is not None and financing.told.whole != cost):
        raise ApplicationRefused(DOES_NOT_FIT)


def own_kvk(application: Application) -> str:
    """Give the KvK number of who applies; empty of a person."""
    if application.applicant_kind != PartyKind.ORGANISATION:
        return ""
    found = Organisation.objects.filter(pk=application.applicant_number).values_list("kvk", flat=True).first()
    return found or ""


def _cost(draft: Application, library: Library) -> int:
    found = cost_of(draft.pk, library)
    if not found:
        raise ApplicationRefused(NO_COST)
    return found


def _keep(
    draft: Application, of: Divided, unit: Unit, whole: int, parts: Sequence[Part], members: Mapping[int, Member],
    by: SignedIn, at: datetime,
) -> Division:  # fmt: skip
    if any(one.part < 0 for one in parts):
        raise ApplicationRefused(NO_PART, ("parts",))
    ensure_adds_up(whole, parts, unit)
    made = Division.objects.create(
        application=draft, of=of, unit=unit, whole=whole, by_kind=by.party.kind, by_id=by.party.id, at=at
    )
    DivisionLine.objects.bulk_create(
        DivisionLine(
            division=made, member=None if one.member is None else members[one.member], financier=one.financier,
            name=one.name, kvk=one.kvk, part=one.part,
        )
        for one in parts
    )  # fmt: skip
    changed(draft, f"divided_{of.value}", by=by, at=at, details={"lines": len(parts)})
    return made
