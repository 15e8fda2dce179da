"""What to try when nothing was found: nearest spelling, wider area or fewer choices, fewer words, related occupations.

Everything suggested has results: it was counted before it is shown.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from doorleren.register.search.asking import Query, Suggestion
from doorleren.register.search.opened import Opened
from doorleren.register.search.wording import Wording

RADII_KM = (10, 25, 50, 100)
MOST_PER_KIND = 3


def suggestions(
    query: Query, wording: Wording, opened: Opened, count: Callable[[Query], int]
) -> tuple[Suggestion, ...]:
    """Suggest what has results, at most three of a kind; when all else fails, everything there is."""
    first = replace(query, after="")
    kinds = (
        spellings(first, wording, opened),
        _wider(first),
        _fewer(first, wording),
        _occupations(first, wording, opened),
    )
    found: list[Suggestion] = []
    for kind in kinds:
        wanted = len(found) + MOST_PER_KIND
        for one in kind:
            if one.query not in [other.query for other in found] and count(one.query):
                found.append(one)
            if len(found) == wanted:
                break
    return tuple(found) or tuple(one for one in [Suggestion("fewer", "", Query())] if count(one.query))


def spellings(query: Query, wording: Wording, opened: Opened) -> Iterator[Suggestion]:
    """Suggest the nearest spellings of words that nothing has: all words at once, the likeliest first."""
    near = [() if word.known else opened.vocabulary.near(word.typed) for word in wording.words]
    for place in range(max(map(len, near), default=0)):
        spelt = [
            others[min(place, len(others) - 1)][0] if others else word.typed
            for word, others in zip(wording.words, near, strict=True)
        ]
        yield Suggestion("spelling", " ".join(spelt), replace(query, text=" ".join(spelt), after=""))


def _wider(query: Query) -> Iterator[Suggestion]:
    if query.within_km is not None:
        for radius in RADII_KM:
            if radius > query.within_km:
                yield Suggestion("wider", f"{radius} km", replace(query, within_km=radius))
        yield Suggestion("wider", "", replace(query, within_km=None))
    for facet in query.chosen:
        rest = {name: values for name, values in query.chosen.items() if name != facet}
        yield Suggestion("wider", facet, replace(query, chosen=rest))
    if query.within_km is not None or len(query.chosen) > 1:
        yield Suggestion("wider", "", replace(query, within_km=None, chosen={}))


def _fewer(query: Query, wording: Wording) -> Iterator[Suggestion]:
    typed = [word.typed for word in wording.words]
    if len(typed) > 1:
        unknown_first = sorted(range(len(typed)), key=lambda place: (wording.words[place].known, -place))
        for place in unknown_first:
            text = " ".join([*typed[:place], *typed[place + 1 :]])
            yield Suggestion("fewer", text, replace(query, text=text))
        for word in wording.words:
            yield Suggestion("fewer", word.typed, replace(query, text=word.typed, chosen={}, within_km=None))


def _occupations(query: Query, wording: Wording, opened: Opened) -> Iterator[Suggestion]:
    stems = {word.stem: 1.0 for word in wording.words}
    for word in wording.words:
        stems |= {like.stem: like.weight for like in word.likes}
        stems |= dict.fromkeys(word.parts, 0.5)
    if not stems:
        return
    shared: Counter[str] = Counter()
    for name in opened.occupations:
        best = max((sum(stems.get(stem, 0.0) for stem in has) / (1 + len(has)) for _, has in opened.occupation_stems(name)),
                   default=0.0)  # fmt: skip
        if best:
            shared[name] = round(best * 1000)
    for name, _ in shared.most_common(12):
        yield Suggestion("occupation", opened.occupations[name][0], Query(occupation=name))
