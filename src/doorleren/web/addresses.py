"""A group of addresses that begin alike is passed over at once: a site of hundreds of pages does not try each of them.

The addresses stay whole in their lists, so that one can be looked up as it is written.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

WORDS = 2


class Beginning(RoutePattern):
    """Lets only addresses pass that begin with a text, and leaves them whole for what lies beneath."""

    def __init__(self, text: str) -> None:
        """Take what they begin with; "" lets all pass."""
        super().__init__("")
        self.text = text

    def match(self, path: str) -> tuple[str, tuple[Any, ...], dict[str, int | str]] | None:
        """Give the whole address to what lies beneath, or None where it begins otherwise."""
        return (path, (), {}) if path.startswith(self.text) else None


def by_beginning(patterns: Sequence[URLPattern], words: int = 1) -> list[URLPattern | URLResolver]:
    """Put neighbours of one beginning together, by their first word and within it by their first two; the order stays."""
    if words > WORDS:
        return list(patterns)
    return [
        URLResolver(Beginning(text), by_beginning(list(alike), words + 1))
        for text, alike in groupby(patterns, lambda one: _beginning(one, words))
    ]


def _beginning(pattern: URLPattern, words: int) -> str:
    """Give the first words of an address, as far as they are the same for every visitor."""
    return "/".join(str(pattern.pattern).split("/")[:words]).split("<")[0]
