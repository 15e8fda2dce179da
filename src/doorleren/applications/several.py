"""Of a scheme whose amount is one for each place, trajectory or activity: what a whole application asks, without a list. Pure.

A person files for oneself, and an employer for one employee each time: that is one. A partnership files for many at once, and
an organisation that is paid for its own places for those of one track: what is reserved, and decided on at most, is for all.
"""

from dataclasses import replace

from doorleren.applications.form import Form
from doorleren.applications.offers.rules import PARTNERSHIP, REQUESTED, for_each
from doorleren.rules.versions import Track

PLACES = "employer.places"
EACH = frozenset({"activity", "person", "place", "practice place", "procedure", "training", "trajectory"})
"""Of what the amount is one for each; the other words that the files have say a whole application, or a year of it."""


def of_several(track: Track) -> bool:
    """Say whether an application of a track may be for several of what its amount is one for, and has no list of them."""
    many = track.applicant == PARTNERSHIP or (track.applicant == track.beneficiary != "person")
    return many and track.amount.per in EACH and not for_each(track)


def needed_of_several(track: Track) -> frozenset[str]:
    """Name what must be known though no rule may look at it: what a partnership requests, or for how many places one asks."""
    if not of_several(track):
        return frozenset()
    return frozenset({REQUESTED if track.applicant == PARTNERSHIP else PLACES})


def with_sum(form: Form) -> Form:
    """Give the form with what is asked in all: the sum that is requested, or the amount for one times the number.

    Nothing is known of the sum while one of both lacks; then the amount for one is not taken for it.
    """
    if not of_several(form.track):
        return form
    found, one = form.judgement.profile, form.cents
    requested, places = found.get(REQUESTED), found.get(PLACES)
    if form.track.applicant == PARTNERSHIP:
        asked = requested if isinstance(requested, int) else None
    else:
        asked = one * places if one is not None and isinstance(places, int) and places > 0 else None
    return replace(form, asked=asked, several=True)
