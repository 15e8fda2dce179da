"""The work list on the page: what waits, filters that narrow it, pages that follow one another, and an empty one that says so."""

import pytest

from doorleren.register import worklist
from doorleren.register.commands.apply_for_admission import apply_for_admission
from doorleren.register.entries import Entry
from doorleren.register.models import Activity, Provider
from tests.web.officer.visitor import KVK, OWNER, Visitor, applied, moment


def test_an_empty_list_says_so(joost: Visitor) -> None:
    """With nothing applied for the page says that nothing waits; with a filter, that nothing fits."""
    assert "Er wacht nu niets op een besluit." in joost.open("/officer/admissions").words
    assert "Niets past bij deze keuzes." in joost.open("/officer/admissions?provider=x").words


def test_what_waits_is_listed_and_narrowed(joost: Visitor, school: tuple[Provider, Activity]) -> None:
    """The waiting activity is there with its provider; the admitted provider under its own standing; filters narrow."""
    here = f"/officer/admissions/activities/{school[1].pk}"
    page = joost.open("/officer/admissions")
    assert "1 gevonden" in page.words
    assert here in page.links
    assert f"/officer/admissions/providers/{school[0].pk}" in joost.open("/officer/admissions?standing=admitted").links
    for narrowed, found in (
        ("kind=activity", True), ("kind=provider", False), ("provider=oost", True), (f"provider={KVK}", True),
        ("provider=west", False), ("sector=technology", False), ("standing=refused", False),
        ("standing=nonsense&kind=nonsense&sector=nonsense&after=nonsense", True), ("after=999999999999999999999999", True),
    ):  # fmt: skip
        assert (here in joost.open(f"/officer/admissions?{narrowed}").links) == found, narrowed


def test_pages_follow_one_another(joost: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row stands on one page, in the order of waiting, and the filters go along."""
    monkeypatch.setattr(worklist, "PAGE", 2)
    applied(*(Entry(KVK, f"X{number}", f"Les {number}") for number in range(4)))
    for number in (2, 0, 3, 1):
        apply_for_admission(activity=Activity.objects.get(code=f"X{number}").pk, by=OWNER, at=moment(1))
    address, seen = "?kind=activity", []
    for _page in range(3):
        page = joost.open(f"/officer/admissions{address}")
        seen.append({word for word in ("Lassen niveau 2", "Les 0", "Les 1", "Les 2", "Les 3") if word in page.words})
        address = next((link for link in page.links if link.startswith("?") and "after=" in link), "")
        assert "kind=activity" in address or len(seen) == 3
    assert seen == [{"Lassen niveau 2", "Les 2"}, {"Les 0", "Les 3"}, {"Les 1"}]
    assert address == ""
