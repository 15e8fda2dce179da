"""From occupations to the postings of their index: labels with our own everyday names, words, parts, trigrams."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from doorleren.register.reference.entries import Occupation
from doorleren.register.words.analysis import analyse
from doorleren.register.words.compounds import Splitter
from doorleren.register.words.folding import words
from doorleren.register.words.postings import (
    COMMON_TRIGRAM,
    Postings,
    label_stems,
    label_trigrams,
)
from doorleren.register.words.related import related_words
from doorleren.register.words.synonyms import Synonyms, key


def postings_of(occupations: Sequence[Occupation], own: Synonyms) -> Postings:
    """Index the labels (preferred first), our own everyday names for them, and the descriptions."""
    splitter = _splitter(occupations, own)
    everyday = _everyday(occupations, own)
    named = [tuple(dict.fromkeys((one.label, *one.alternatives, *everyday.get(one.id, ())))) for one in occupations]
    owners = [place for place, labels in enumerate(named) for _ in labels]
    labels = [label for labels in named for label in labels]
    stems = [[label_stems(label, splitter) for label in labels] for labels in named]
    return Postings(
        ids=[one.id for one in occupations],
        iscos=[one.isco for one in occupations],
        labels=labels,
        owners=owners,
        in_labels=_in_labels(stems),
        in_descriptions=_in_descriptions(occupations, splitter),
        in_trigrams=_in_trigrams(labels),
        related=related_words(stems),
        counts=splitter.counts,
    )


def _splitter(occupations: Sequence[Occupation], own: Synonyms) -> Splitter:
    """Take the words of labels once per label, those of descriptions as often as they stand there."""
    labels = (set(words(label)) for one in occupations for label in (one.label, *one.alternatives))
    descriptions = (words(one.description) for one in occupations)
    return Splitter.of((*labels, *descriptions), own.own_words())


def _everyday(occupations: Sequence[Occupation], own: Synonyms) -> dict[str, tuple[str, ...]]:
    """Give our own everyday names by occupation: of whom the official name is the preferred label, else another one."""
    preferred, others = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for one in occupations:
        preferred[key(one.label)].append(one.id)
        for label in one.alternatives:
            others[key(label)].append(one.id)
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for official, said in own.names.items():
        for named in preferred.get(key(official)) or others.get(key(official)) or []:
            found[named] += said
    return found


def _in_labels(stems: Sequence[Sequence[dict[str, float]]]) -> dict[str, tuple[list[int], list[float]]]:
    found: defaultdict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for place, labels in enumerate(stems):
        strongest: dict[str, float] = {}
        for label in labels:
            for stem, strength in label.items():
                strongest[stem] = max(strength, strongest.get(stem, 0.0))
        for stem, strength in strongest.items():
            found[stem][0].append(place)
            found[stem][1].append(strength)
    return dict(found)


def _in_descriptions(occupations: Sequence[Occupation], splitter: Splitter) -> dict[str, tuple[list[int], list[int]]]:
    found: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place, occupation in enumerate(occupations):
        tokens = analyse(occupation.description, splitter) if occupation.description else ()
        for stem, times in Counter(stem for token in tokens for stem in token.stems).items():
            found[stem][0].append(place)
            found[stem][1].append(times)
    return dict(found)


def _in_trigrams(labels: Sequence[str]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, label in enumerate(labels):
        for gram in label_trigrams(label):
            found[gram].append(place)
    most = max(len(labels) * COMMON_TRIGRAM, 20)
    return {gram: places for gram, places in found.items() if len(places) <= most}
