"""What must be told of other money where a scheme counts it, though no rule of it may look at that, and what cost is then left. Pure.

Of an organisation that applies for aid under a ceiling over three years (de minimis): what it had, and which firms are linked
with it. Of who applies for the price of one training, where the same costs may not be paid twice: what others pay of it.
"""

import re
from collections.abc import Mapping
from typing import Any

from doorleren.applications.offers.rules import has_offer
from doorleren.applications.partnerships.dividing import Told
from doorleren.applications.partnerships.totals import (
    AID,
    CO_FINANCING,
    COSTS,
    COUNTED_AS_CO_FINANCING,
    LINKED,
    MILLION,
    SUMS,
    together,
)
from doorleren.register.funding.facts import PRICES
from doorleren.rules.once import ADVISER
from doorleren.rules.profile import NA, Profile
from doorleren.rules.versions import Stacking, Track

PAID_BY_OTHER, OTHER_SCHEME = "training.paid_by_other", "other_scheme"
NOTHING: Mapping[str, Any] = {AID: 0, LINKED: NA, PAID_BY_OTHER: 0}
"""What one answers who has no other money and no linked firms."""
_KVK = re.compile(r"[0-9]{8}")


def needed_of_other_money(track: Track, rules: Stacking) -> frozenset[str]:
    """Name what must be known of other money: of whom it is asked, and for which rule of the scheme."""
    return (frozenset({AID, LINKED}) if aided(track, rules) else frozenset()) | (
        frozenset({PAID_BY_OTHER}) if _same_costs(track, rules) else frozenset()
    )


def aided(track: Track, rules: Stacking) -> bool:
    """Say whether an organisation that applies in a track gets aid under the ceiling over three years; a person never does."""
    return rules.de_minimis_cap is not None and track.applicant not in ("person", ADVISER)


def _same_costs(track: Track, rules: Stacking) -> bool:
    """Say whether what others pay of one training matters; a partnership tells it with its financing, an offer with its list."""
    forbidden = bool(rules.excludes) or rules.only_above_cap or rules.group is not None
    return forbidden and track.amount.pays_for == "training" and not together(track) and not has_offer(track)


def counted(profile: Profile, track: Track, rules: Stacking, financing: Told | None) -> Profile:
    """Give a profile in which only the cost counts that no other scheme pays, or nobody else where that is forbidden altogether ("*").

    `financing`: who pays the cost, where that was told. An assumption where a scheme is silent: what another scheme pays is no cost here.
    """
    found: Profile = {}
    elsewhere = 0 if financing is None else financing.of([OTHER_SCHEME])
    if financing is not None and elsewhere:
        rest = financing.whole - elsewhere
        found |= {name: rest for name in (COSTS, SUMS[COSTS]) if profile.get(name) == financing.whole}
        if COSTS in found and CO_FINANCING in profile:
            found[CO_FINANCING] = financing.of(COUNTED_AS_CO_FINANCING) * MILLION // rest if rest else 0
    others = profile.get(PAID_BY_OTHER)
    if "*" in rules.excludes and _same_costs(track, rules) and isinstance(others, int):
        found |= {one: max(0, profile[one] - others) for one in PRICES if isinstance(profile.get(one), int)}
    return profile | found


def firms_in(told: Any) -> frozenset[str]:
    """Read the KvK numbers of linked firms in an answer; none where it was not told or does not apply."""
    return frozenset(_KVK.findall(told)) if isinstance(told, str) else frozenset()
