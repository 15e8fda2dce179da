"""Addresses in groups: each leads where the plain list leads, and what begins otherwise is not tried."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, path
from django.urls.resolvers import RegexPattern

from doorleren.web.addresses import Beginning, by_beginning
from doorleren.web.adviser import urls as adviser
from doorleren.web.applicant import urls as applicant
from doorleren.web.officer import urls as officer
from doorleren.web.people import urls as people
from doorleren.web.provider import urls as provider

PATTERNS: list[URLPattern] = [
    one for part in (people, provider, applicant, adviser, officer) for one in part.urlpatterns
]
EXAMPLES = {"int": "7", "str": "word", "path": "a/b"}


def root(patterns: Iterable[URLPattern | URLResolver]) -> URLResolver:
    """Make the addresses of a site of these."""
    return URLResolver(RegexPattern(r"^"), list(patterns))


def view(*given: Any, **named: Any) -> None:
    """Stand for a page."""


def filled(pattern: URLPattern) -> str:
    """Write an address as somebody would ask it."""
    parts = str(pattern.pattern).split("/")
    return "/".join(EXAMPLES[one[1:].split(":")[0]] if one.startswith("<") else one for one in parts)


def test_every_address_leads_where_it_led() -> None:
    """For each address of the signed-in pages the groups find the same page with the same words as the plain list."""
    plain, grouped = root(PATTERNS), root(by_beginning(PATTERNS))
    for one in PATTERNS:
        address = filled(one)
        expected, found = plain.resolve(address), grouped.resolve(address)
        assert (found.func, found.url_name, found.kwargs) == (expected.func, expected.url_name, expected.kwargs), (
            address
        )
        assert grouped.reverse(one.name, **found.kwargs) == plain.reverse(one.name, **found.kwargs)


def test_what_begins_otherwise_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address tries the groups and what lies in its own one, not the hundreds of others."""
    tried: list[str] = []
    kept = URLPattern.resolve

    def noted(self: URLPattern, address: str) -> Any:
        tried.append(str(self.pattern))
        return kept(self, address)

    monkeypatch.setattr(URLPattern, "resolve", noted)
    root(by_beginning(PATTERNS)).resolve("officer/payments/7/file")
    assert set(tried) == {one for one in tried if one.startswith("officer/payments")}
    tried.clear()
    root(PATTERNS).resolve("officer/payments/7/file")
    assert not all(one.startswith("officer/payments") for one in tried)


def test_the_order_stays() -> None:
    """Where two addresses fit, the one that stands first is found, also when others stand between them."""
    patterns = [path("a/<str:one>", view, name="first"), path("b", view, name="b"), path("a/two", view, name="second")]
    grouped = root(by_beginning(patterns))
    assert grouped.resolve("a/two").url_name == "first"
    assert root(by_beginning(patterns[::-1])).resolve("a/two").url_name == "second"
    with pytest.raises(Resolver404):
        grouped.resolve("c")


def test_a_beginning_leaves_the_address_whole() -> None:
    """What lies beneath a group sees the address as it was asked."""
    assert Beginning("a").match("a/b") == ("a/b", (), {})
    assert Beginning("a").match("b/a") is None
