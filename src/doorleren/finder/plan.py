"""The funding plan: which permitted combination of schemes leaves the least to pay for the training in the profile.

Only what is certain lowers the price: eligible, an exact amount for the training itself, and a round that is open
or planned (or no round at all, where the law gives a right). Loans, tax advantages and amounts that depend on
others are named beside it. Exact for up to fifteen schemes that apply: all permitted combinations are weighed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any, Literal

from doorleren.core.days import AMSTERDAM, Asked
from doorleren.finder.check import Finding, check
from doorleren.rules.faults import ProfileFault
from doorleren.rules.library import Library
from doorleren.rules.profile import NA, Profile
from doorleren.rules.versions import Stacking

MOST_SCHEMES = 15
PLANS_SHOWN = 5
FAR_AWAY = datetime(9999, 12, 31, tzinfo=AMSTERDAM)


@dataclass(frozen=True, slots=True)
class Offer:
    """A scheme that would pay part of the training: its amount in cents and with what it may be combined."""

    scheme: str
    amount: int
    stacking: Stacking
    finding: Finding


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a plan: the offer, what it pays of what was left (cents), and its place in the order of filing."""

    offer: Offer
    amount: int
    order: int


@dataclass(frozen=True, slots=True)
class Combination:
    """One permitted plan: its parts in order of filing, and what is left to pay (cents)."""

    shares: tuple[Share, ...]
    to_pay: int


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Schemes that may not be combined, or a scheme that is not counted, and why; `by` is the scheme that forbids."""

    schemes: tuple[str, ...]
    why: Literal["forbidden", "state_aid", "exhausted", "closed", "too_many"]
    source: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The plans for a training, best first, with what was excluded and what is named but never counted."""

    asked: Asked
    price: int
    already_paid: int
    combinations: tuple[Combination, ...]
    excluded: tuple[Exclusion, ...]
    named: tuple[Finding, ...]


def plan(library: Library, profile: Profile, asked: Asked) -> Plan:
    """Plan the funding of the training in the profile.

    Raises ProfileFault if the profile has no price of the training.
    """
    price = profile.get("training.price")
    if price is None or price is NA:
        given = "nothing" if price is None else "n/a"
        raise ProfileFault("training.price", given, "the price of the training in euros, such as 699.95")
    already = min(paid_by_others(profile), price)
    findings = [one for one in check(library, profile, asked).findings if one.outcome == "eligible"]
    offers, named, excluded = _sorted_out(findings)
    rules = Rules(price - already, aid_used(profile))
    kept, dropped = offers[:MOST_SCHEMES], offers[MOST_SCHEMES:]
    excluded += [Exclusion((one.scheme,), "too_many") for one in dropped]
    excluded += rules.exclusions(kept)
    return Plan(asked, price, already, tuple(rules.best(kept)), tuple(excluded), tuple(named))


def paid_by_others(profile: Profile) -> int:
    """Give what others already pay for the training in cents; nothing if that is not told or does not apply."""
    return _cents(profile, "training.paid_by_other")


def aid_used(profile: Profile) -> int:
    """Give the state aid of the last three years in cents; none if that is not told or does not apply."""
    return _cents(profile, "employer.de_minimis_last_3_years")


def _cents(profile: Profile, name: str) -> int:
    told = profile.get(name, 0)
    return 0 if told is NA else int(told)


def _sorted_out(findings: Sequence[Finding]) -> tuple[list[Offer], list[Finding], list[Exclusion]]:
    """Part the eligible schemes: those that lower the price, those only named, those that are not open."""
    offers, named, excluded = [], [], []
    for finding in findings:
        assert finding.judgement is not None
        amount = finding.judgement.amount
        if finding.track.amount.pays_for != "training" or not amount:
            named.append(finding)
        elif finding.round_state in ("closed", "exhausted"):
            source = str(finding.round.citation) if finding.round else None
            why: Literal["exhausted", "closed"] = "exhausted" if finding.round_state == "exhausted" else "closed"
            excluded.append(Exclusion((finding.scheme.id,), why, source))
        else:
            offers.append(Offer(finding.scheme.id, amount, finding.version.stacking, finding))
    offers.sort(key=lambda offer: (-offer.amount, offer.scheme))
    return offers, named, excluded


@dataclass(frozen=True, slots=True)
class Rules:
    """What every combination must keep to: the price that is left to fund and the state aid already used (cents)."""

    price: int
    aid_used: int

    def best(self, offers: Sequence[Offer]) -> list[Combination]:
        """Weigh all permitted combinations; give the best first, without those that another one only adds to."""
        weighed = [self.weigh(chosen) for chosen in self.permitted(offers)]
        useful = [one for one in weighed if all(share.amount for share in one.shares)]
        useful.sort(key=lambda one: (one.to_pay, len(one.shares), [share.offer.scheme for share in one.shares]))
        shown: list[Combination] = []
        for one in useful:
            names = _names(one)
            if not any(
                names < _names(other) and other.to_pay <= one.to_pay
                for other in useful
                if len(other.shares) > len(one.shares)
            ):
                shown.append(one)
            if len(shown) == PLANS_SHOWN:
                break
        return shown

    def permitted(self, offers: Sequence[Offer]) -> Iterator[tuple[Offer, ...]]:
        """Give every combination without a forbidden pair, the empty one included."""
        forbidden = [
            {place for place, other in enumerate(offers) if one is not other and _forbid(one, other)} for one in offers
        ]

        def grow(start: int, chosen: tuple[int, ...]) -> Iterator[tuple[Offer, ...]]:
            yield tuple(offers[place] for place in chosen)
            for place in range(start, len(offers)):
                if not forbidden[place].intersection(chosen):
                    yield from grow(place + 1, (*chosen, place))

        yield from grow(0, ())

    def weigh(self, chosen: Sequence[Offer]) -> Combination:
        """Share the price among schemes, each at most its amount and what the caps leave; exact.

        Who may only be topped up goes first; then those outside the state-aid cap, which use up fewest caps.
        """
        left, groups, aid = self.price, dict[str, int](), self.aid_used
        paid: dict[str, int] = {}
        for offer in sorted(chosen, key=sharing_order):
            rule = offer.stacking
            amount = min(offer.amount, left)
            if rule.group is not None and rule.group_cap is not None:
                amount = min(amount, int(rule.group_cap * 100) - groups.get(rule.group, 0))
            if rule.de_minimis_cap is not None:
                amount = min(amount, int(rule.de_minimis_cap * 100) - aid)
                aid += max(amount, 0)
            paid[offer.scheme] = amount = max(amount, 0)
            if rule.group is not None:
                groups[rule.group] = groups.get(rule.group, 0) + amount
            left -= amount
        filed = enumerate(sorted(chosen, key=filing_order), start=1)
        return Combination(tuple(Share(offer, paid[offer.scheme], order) for order, offer in filed), left)

    def exclusions(self, offers: Sequence[Offer]) -> list[Exclusion]:
        """Say which pairs may not be combined, and which caps cut an amount."""
        found = []
        for one, other in combinations(sorted(offers, key=lambda offer: offer.scheme), 2):
            rule = _forbid(one, other)
            if rule:
                found.append(Exclusion((one.scheme, other.scheme), "forbidden", _cited(rule), rule.scheme))
        for offer in offers:
            cap = offer.stacking.de_minimis_cap
            if cap is not None and self.aid_used + offer.amount > cap * 100:
                found.append(Exclusion((offer.scheme,), "state_aid", _cited(offer)))
        return found


def filing_order(offer: Offer) -> tuple[Any, ...]:
    """Order of filing: who bears the first part (others only above it), then what closes or opens first."""
    opened, state = offer.finding.round, offer.finding.round_state
    planned = state == "planned"
    moment = (opened.opens if planned else opened.closes or FAR_AWAY) if opened else FAR_AWAY
    return (not offer.stacking.only_above_cap, planned, moment, -offer.amount, offer.scheme)


def sharing_order(offer: Offer) -> tuple[Any, ...]:
    """Order of sharing the price: see Rules.weigh."""
    return (not offer.stacking.only_above_cap, offer.stacking.de_minimis_cap is not None, filing_order(offer))


def _forbid(one: Offer, other: Offer) -> Offer | None:
    """Give the one of two schemes whose rules forbid the other, if any; "*" forbids every other scheme."""
    if {other.scheme, "*"} & one.stacking.excludes:
        return one
    return other if {one.scheme, "*"} & other.stacking.excludes else None


def _cited(offer: Offer) -> str | None:
    return str(offer.stacking.citation) if offer.stacking.citation else None


def _names(one: Combination) -> frozenset[str]:
    return frozenset(share.offer.scheme for share in one.shares)
