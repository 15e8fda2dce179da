"""Words that one page asks many times, said once in each language: a table of them is dozens of look-ups.

For what depends on the language of the page alone. What comes back is shared: nobody changes it.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.utils.translation import get_language

Said = TypeVar("Said")


def once_per_language(say: Callable[[], Said]) -> Callable[[], Said]:
    """Keep what a function without arguments says, per language."""
    kept: dict[str | None, Said] = {}

    @wraps(say)
    def said() -> Said:
        language = get_language()
        if language not in kept:
            kept[language] = say()
        return kept[language]

    return said
