"""Our own synonyms (synonyms.toml): words that mean nearly the same, and what people call an occupation every day."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from doorleren.register.words.folding import words
from doorleren.register.words.forms import stem


@dataclass(frozen=True)
class Synonyms:
    """`groups` of folded words that mean nearly the same; `names`: what a classification says → what people say."""

    groups: tuple[tuple[str, ...], ...]
    names: Mapping[str, tuple[str, ...]]

    def by_stem(self) -> dict[str, frozenset[str]]:
        """Give, for each stem, the stems of the words beside it in any group."""
        beside: defaultdict[str, set[str]] = defaultdict(set)
        for group in self.groups:
            stems = {stem(word) for word in group}
            for one in stems:
                beside[one] |= stems - {one}
        return {one: frozenset(others) for one, others in beside.items() if others}

    def official(self, text: str) -> tuple[str, ...]:
        """Give what a classification calls the occupation that people call `text`; empty when we know of none."""
        return self._officials.get(key(text), ())

    @cached_property
    def _officials(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for official, said in self.names.items():
            for asked in dict.fromkeys(map(key, said)):
                found[asked] += (official,)
        return dict(found)

    def own_words(self) -> Iterable[str]:
        """Give every folded word that stands in the file."""
        for group in self.groups:
            yield from group
        for official, said in self.names.items():
            yield from words(" ".join((official, *said)))


def key(text: str) -> str:
    """Give the form under which names are compared: folded words, forms of a word as one."""
    return " ".join(stem(word) for word in words(text))


@cache
def own_synonyms() -> Synonyms:
    """Read the file that comes with the product."""
    read = tomllib.loads(files(__package__).joinpath("synonyms.toml").read_text(encoding="utf-8"))
    groups = tuple(tuple(words(group)) for group in read["words"])
    return Synonyms(groups, {official: tuple(said) for official, said in read["names"].items()})
