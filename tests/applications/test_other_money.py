"""Other money of who applies: where it is asked, and what of the cost still counts beside it."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from doorleren.applications.answers import cost_of, counted_answers, form_for, profile_of
from doorleren.applications.offers.rules import has_offer
from doorleren.applications.other_money import PAID_BY_OTHER, counted, needed_of_other_money
from doorleren.applications.partnerships.dividing import Part, Told
from doorleren.applications.partnerships.totals import AID, CO_FINANCING, COSTS, LINKED, SUMS, together
from doorleren.rules.library import open_library
from doorleren.rules.profile import NA
from doorleren.rules.versions import Stacking, Track
from tests.applications import made, partners
from tests.applications.made import TODAY
from tests.people import made as people

FORBIDDEN, NONE_AT_ALL = Stacking(excludes=frozenset({"x"})), Stacking(excludes=frozenset({"*"}))
AIDED = Stacking(de_minimis_cap=Fraction(300_000))
ALONE = SUMS[COSTS]


@pytest.fixture(scope="module")
def tracks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Track]:
    """The tracks of the trial schemes: for a person, for a firm and for a partnership; the first two pay for training."""
    folder = tmp_path_factory.mktemp("schemes")
    known = made.library(folder / "one")
    found = {one.id: one for one in known.schemes[made.SCHEME].versions[0].tracks}
    joint = partners.library(folder / "two").schemes[partners.SCHEME].versions[0].tracks[0]
    paying = {name: replace(one, amount=replace(one.amount, pays_for="training")) for name, one in found.items()}
    return paying | {
        "joint": joint,
        "advice": replace(found["learner"], amount=replace(found["learner"].amount, pays_for="advice")),
    }


ASKED = {
    "a_scheme_without_a_rule": ("learner", Stacking(), set()),
    "a_person_where_the_same_costs_are_forbidden": ("learner", FORBIDDEN, {PAID_BY_OTHER}),
    "a_person_where_others_pay_above_it": ("learner", Stacking(only_above_cap=True), {PAID_BY_OTHER}),
    "a_person_in_a_group": ("learner", Stacking(group="g"), {PAID_BY_OTHER}),
    "a_person_and_another_limit": ("learner", Stacking(per_calendar_year=1), set()),
    "a_firm": ("firm", NONE_AT_ALL, {PAID_BY_OTHER}),
    "not_for_a_training": ("advice", FORBIDDEN, set()),
    "a_partnership_tells_who_pays": ("joint", FORBIDDEN, set()),
    "aid_of_a_firm": ("firm", AIDED, {AID, LINKED}),
    "aid_of_a_partnership": ("joint", AIDED, {AID, LINKED}),
    "no_aid_of_a_person": ("learner", AIDED, set()),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked(name: str, tracks: dict[str, Track]) -> None:
    """What must be known of other money follows from who applies, what the grant pays for, and the rule of the scheme."""
    track, rules, wanted = ASKED[name]
    assert needed_of_other_money(tracks[track], rules) == wanted


def financing(**parts: int) -> Told:
    """Say who pays what."""
    return Told("cents", sum(parts.values()), tuple(Part(part, financier=kind) for kind, part in parts.items()))


WHOLE = financing(scheme=500, own=300, other_scheme=200)
COUNTED = {
    "nobody_told_who_pays": ({ALONE: 1000}, "firm", Stacking(), None, {}),
    "no_other_scheme": ({ALONE: 1000}, "firm", Stacking(), financing(scheme=500, own=300, fund=200), {}),
    "a_firm": ({ALONE: 1000}, "firm", Stacking(), WHOLE, {ALONE: 800}),
    "a_partnership": ({COSTS: 1000, ALONE: 1000, CO_FINANCING: 300_000}, "joint", Stacking(), WHOLE, {COSTS: 800, ALONE: 800, CO_FINANCING: 375_000}),
    "all_of_it": ({COSTS: 200, CO_FINANCING: 0}, "joint", Stacking(), financing(other_scheme=200), {COSTS: 0, CO_FINANCING: 0}),
    "of_another_cost": ({COSTS: 900}, "joint", Stacking(), WHOLE, {}),
    "others_pay_where_none_may": ({"training.price": 900, PAID_BY_OTHER: 300}, "firm", NONE_AT_ALL, None, {"training.price": 600}),
    "others_pay_all": ({"training.price_excluding_vat": 900, PAID_BY_OTHER: 1000}, "firm", NONE_AT_ALL, None, {"training.price_excluding_vat": 0}),
    "others_pay_where_some_may": ({"training.price": 900, PAID_BY_OTHER: 300}, "firm", FORBIDDEN, None, {}),
    "nobody_pays": ({"training.price": 900, PAID_BY_OTHER: NA}, "firm", NONE_AT_ALL, None, {}),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTED)
def test_what_of_the_cost_counts(name: str, tracks: dict[str, Track]) -> None:
    """What another scheme pays is no cost of this one, nor what anybody pays where the scheme goes together with nothing."""
    told, track, rules, paid, changed = COUNTED[name]
    assert counted(told, tracks[track], rules, paid) == told | changed  # type: ignore[operator]


def test_in_every_scheme_that_is_shipped_it_is_asked() -> None:
    """Whoever applies for a training under a rule on the same costs tells what others pay, and every organisation its aid under a ceiling."""
    training = aid = 0
    for version in (version for scheme in open_library().schemes.values() for version in scheme.versions):
        rules = version.stacking
        for track in version.tracks:
            asked = needed_of_other_money(track, rules)
            if rules.de_minimis_cap is not None:
                aid += 1
                assert {AID, LINKED} <= asked
            if rules.excludes and track.amount.pays_for == "training" and not together(track) and not has_offer(track):
                training += 1
                assert PAID_BY_OTHER in asked
    assert training > 5
    assert aid > 10


def test_the_form_counts_less_and_the_cost_stays_what_it_is(db: None, tmp_path: Path) -> None:
    """In a partnership of which another scheme pays a part the amount and the conditions are of the rest; who pays what still adds up."""
    known = partners.library(tmp_path / "schemes")
    firm = people.organisation(partners.LEAD)
    person = partners.partner(firm, "Leila")
    lead = partners.Lead(known, partners.draft(known, partners.a_round(known), firm, person), person)
    lead.whole()

    def form() -> Any:
        return form_for(lead.application, profile_of(counted_answers(lead.application.pk, known)), TODAY, known)

    assert (form().cents, form().judgement.truth) == (720_000_00, True)
    lead.finance(scheme=620_000_00, own=380_000_00, other_scheme=200_000_00)
    assert (form().cents, form().judgement.truth) == (600_000_00, True)
    assert cost_of(lead.application.pk, known) == 1_200_000_00
    lead.finance(scheme=20_00, own=379_20, other_scheme=1_200_000_00 - 399_20)
    assert form().judgement.truth is False
