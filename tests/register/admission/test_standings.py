"""The standing of a provider or activity on a day, the order of acts, and rights in an open round: the pure rules."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from doorleren.register.admission import (
    STANDINGS,
    Decision,
    admission,
    below_cap,
    may_follow,
    price_within_registered,
    right_of_application,
    standing,
    timeline,
)

MAY = datetime(2026, 5, 1, 9, tzinfo=UTC)
ACTS = ("applied", "admitted", "refused", "suspended", "removed")
PATHS = {
    "": (),
    "applied": ("applied",),
    "admitted": ("applied", "admitted"),
    "refused": ("applied", "refused"),
    "suspended": ("applied", "admitted", "suspended"),
    "removed": ("applied", "admitted", "removed"),
}
ALLOWED = {
    ("", "applied"), ("applied", "admitted"), ("applied", "refused"), ("admitted", "suspended"), ("admitted", "removed"),
    ("refused", "applied"), ("suspended", "admitted"), ("suspended", "removed"), ("removed", "applied"),
}  # fmt: skip


def decision(act: str, day: int, effect: int | None = None, cap: int | None = None) -> Decision:
    """A decision of a day in May 2026, effective on that day or on another (32 is 1 June)."""
    effective = date(2026, 5, 1) + timedelta(days=(effect or day) - 1)
    return Decision(act, effective, MAY + timedelta(days=day - 1), cap, day)


def path(*acts: str, first: int = 1) -> list[Decision]:
    """Acts on the days from `first` on."""
    return [decision(act, day) for day, act in enumerate(acts, first)]


def on(day: int) -> date:
    """A day in May 2026."""
    return date(2026, 5, 1) + timedelta(days=day - 1)


@pytest.mark.parametrize(("before", "act"), list(product(PATHS, ACTS)))
def test_the_order_of_acts(before, act):
    """Of all pairs of a standing and an act exactly nine are allowed, and a refusal names the standing in two languages."""
    answer = may_follow(decision(act, 10), path(*PATHS[before]), on(10))
    assert answer.holds == ((before, act) in ALLOWED)
    if not answer.holds and before != act:
        assert STANDINGS[before]["nl"] in answer.texts["nl"]
        assert STANDINGS[before]["en"] in answer.texts["en"]


@pytest.mark.parametrize("before", PATHS)
def test_the_standing_is_that_of_the_last_act(before):
    """After each path the standing is its last act, since the day of that act."""
    found = standing(path(*PATHS[before]), on(10))
    assert found.act == before
    assert found.since == (on(len(PATHS[before])) if before else None)


def test_a_suspension_has_effect_from_its_day_on():
    """Decided on 3 May for 20 May: admitted on the 19th, suspended on the 20th."""
    line = [*path("applied", "admitted"), decision("suspended", 3, 20)]
    assert [standing(line, on(day)).act for day in (2, 3, 19, 20, 31)] == ["admitted"] * 3 + ["suspended"] * 2


def test_a_decision_called_off_never_has_effect():
    """A suspension announced for 20 May and called off on the 10th leaves nothing on the 20th."""
    line = [*path("applied", "admitted"), decision("suspended", 3, 20)]
    off = decision("admitted", 10)
    assert may_follow(off, line, on(10)).holds
    assert standing([*line, off], on(25)).act == "admitted"


def test_what_is_announced_can_be_moved_but_not_passed_over():
    """An announced suspension can be put on another day; an announced admission cannot be refused after all."""
    suspended = [*path("applied", "admitted"), decision("suspended", 3, 20)]
    assert may_follow(decision("suspended", 4, 12), suspended, on(4)).holds
    assert may_follow(decision("removed", 4, 12), suspended, on(4)).holds
    admitted = [decision("applied", 1), decision("admitted", 2, 20)]
    answer = may_follow(decision("refused", 3), admitted, on(3))
    assert answer.holds is False
    assert "toegelaten vanaf 20-05-2026" in answer.texts["nl"]


def test_an_act_after_what_is_announced_follows_it():
    """With a suspension announced for the 20th, a removal from the 25th leaves it standing until then."""
    line = [*path("applied", "admitted"), decision("suspended", 3, 20), decision("removed", 4, 25)]
    assert may_follow(line[-1], line[:-1], on(4)).holds
    assert [standing(line, on(day)).act for day in (19, 24, 25)] == ["admitted", "suspended", "removed"]


def test_no_decision_works_backwards():
    """A day of effect before the day of the decision is refused, the day itself is not."""
    line = path("applied")
    assert may_follow(decision("admitted", 5, 4), line, on(5)).holds is False
    assert may_follow(decision("admitted", 5, 5), line, on(5)).holds


def test_admitted_again_changes_the_cap_or_nothing():
    """Admitting what is admitted needs another cap; the same cap is refused."""
    line = [decision("applied", 1), decision("admitted", 2, cap=300)]
    assert may_follow(decision("admitted", 3, cap=200), line, on(3)).holds
    assert may_follow(decision("admitted", 3, cap=300), line, on(3)).holds is False
    assert standing([*line, decision("admitted", 3, cap=200)], on(3)).grants_a_year == 200


def test_the_order_of_reading_does_not_matter():
    """Decisions in any order of rows give the same timeline."""
    line = [*path("applied", "admitted"), decision("suspended", 3, 20), decision("admitted", 10)]
    assert timeline(reversed(line)) == timeline(line)


@pytest.mark.parametrize(("activity", "provider"), list(product(PATHS, PATHS)))
def test_an_activity_is_admitted_only_while_its_provider_is(activity, provider):
    """Of all pairs of standings only admitted with admitted is admitted, and the sentence tells whose standing is in the way."""
    answer = admission(path(*PATHS[activity]), path(*PATHS[provider]), on(10))
    assert answer.holds == (activity == provider == "admitted")
    if provider != "admitted":
        assert answer.texts["nl"].startswith(f"De opleider is {STANDINGS[provider]['nl']}")
    elif activity != "admitted":
        assert answer.texts["en"].startswith(f"The training is {STANDINGS[activity]['en']}")


def right(line, provider, filed: int, asked: int = 25, opened: int = 4):
    """Whether an application filed on a day keeps its right."""
    return right_of_application(line, provider, filed_on=on(filed), round_opened_on=on(opened), on=on(asked))


@pytest.mark.parametrize("end", ["suspended", "removed"])
@pytest.mark.parametrize("whose", ["activity", "provider"])
def test_who_filed_before_the_end_keeps_the_right(end, whose):
    """Filed the day before keeps the right for ever, filed on the day itself has none, whether activity or provider ended."""
    stays = path("applied", "admitted")
    ended = [*stays, decision(end, 3, 10)]
    line, provider = (ended, stays) if whose == "activity" else (stays, ended)
    assert admission(line, provider, on(25)).holds is False
    assert right(line, provider, 9).holds is True
    assert STANDINGS[end]["nl"] in right(line, provider, 9).texts["nl"]
    assert right(line, provider, 10).holds is False


def test_a_right_begins_with_the_round_and_with_admission():
    """Filed before the round opened, after the day asked about, or before admission is no right."""
    line = path("applied", "admitted", first=5)
    provider = path("applied", "admitted")
    assert right(line, provider, 3).holds is False
    assert right(line, provider, 26).holds is False
    assert right(line, provider, 5).holds is False
    assert right(line, provider, 6).holds is True


def test_the_cap_is_full_at_its_number():
    """With a most of 300 the 300th grant fits and the 301st does not; without a most all fit."""
    assert [below_cap(300, granted).holds for granted in (0, 299, 300, 301)] == [True, True, False, False]
    assert below_cap(None, 10**9).holds


def test_a_price_is_never_above_the_registered_one():
    """One cent above is refused with both amounts, the same is not, and without a registered price nobody knows."""
    assert [price_within_registered(cents, 100_000).holds for cents in (0, 100_000, 100_001)] == [True, True, False]
    text = price_within_registered(100_001, 100_000).texts
    assert "1000,01" in text["nl"]
    assert "1000.00" in text["en"]
    assert price_within_registered(1, None).holds is None
