"""Words that stand for each other, learned from the names themselves: "docent" and "leraar" name the same occupations.

Where an occupation has several names, a word of one name that another name lacks is beside the words of that other one.
What happens once is chance; what happens in a good share of the occupations with the word is a relation.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

Related = dict[str, list[tuple[float, str]]]
"""Stem → (share of the occupations with the stem, other stem), the largest share first."""

LEAST_TIMES, LEAST_LIFT, MOST_WORDS = 2, 5.0, 10
DOUBT = 2.0
"""Occupations added to the count, so that few occupations give a small share."""


def related_words(names: Iterable[Sequence[Mapping[str, float]]]) -> Related:
    """Learn the relations; `names` gives per occupation, for each of its names, the stems in it."""
    beside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    times: Counter[str] = Counter()
    occupations = 0
    for stems in names:
        occupations += 1
        every = set[str]().union(*stems)
        times.update(every)
        for one in every:
            others = set[str]().union(*(name.keys() for name in stems if one not in name))
            beside[one].update(others - {one})
    return {one: found for one, counts in beside.items() if (found := _strongest(one, counts, times, occupations))}


def _strongest(one: str, counts: Counter[str], times: Counter[str], occupations: int) -> list[tuple[float, str]]:
    shares = [
        (round(count / (times[one] + DOUBT), 4), other) for other, count in counts.items() if count >= LEAST_TIMES
    ]
    kept = [(share, other) for share, other in shares if share * occupations > LEAST_LIFT * times[other]]
    return sorted(kept, key=lambda pair: (-pair[0], pair[1]))[:MOST_WORDS]
