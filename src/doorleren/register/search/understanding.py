"""Words of a query that say where or how, not what: "verpleegkundige avond utrecht" asks for nurses, evenings, Utrecht.

Such a word is taken out of the words that are looked for and becomes a choice, only where the register does not have
it as a word of its own: no title or occupation that has the other words has this one too. What only begins a question
("ik zoek") or goes with a place ("in de buurt van") is taken out likewise. What was understood is told beside the
results, and a word in `Query.literal` is left as it is. Called by the search and by alerts.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from tantivy import Occur
from tantivy import Query as Words

from doorleren.register.reference.place_names import Named, base_name, key_of
from doorleren.register.search import phrases
from doorleren.register.search.analysis import stem_of, words_of
from doorleren.register.search.asking import FILLER, HERE, PLACE, Query, Understood
from doorleren.register.search.fields import PARTS, SYNONYMS, TITLE
from doorleren.register.search.spelt import spelt
from doorleren.register.search.whereabouts import Whereabouts
from doorleren.register.search.wording import Reading
from doorleren.register.words.folding import words

AROUND_KM = (25, 50, 100)
"""How far around a place that is named among the words one looks: the first of these that has results."""

LONGEST_NAME = 5
"""Words that the name of a place may have."""

MEANS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("avond", "avonds", "avonduren", "evening", "evenings"), ("combinable", "evening")),
    **dict.fromkeys(("deeltijd", "parttime", "weekend", "weekenden", "weekends"), ("combinable", "work")),
    **dict.fromkeys(("online", "afstand", "afstandsleren"), ("delivery", "online")),
}  # fmt: skip
"""Words for how a training is given, with the facet and value nearest to them: the register tells no weekends apart."""

Read = tuple[Query, tuple[Understood, ...]]
"""A query that may be meant, and what was understood of the one that was typed."""

Places = Callable[[str], Understood | None]
"""Gives the place that some words mean: the largest where several have the name, with the others."""

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Span:
    """Some words of the text that may mean more: from `start` up to `end`, and what they mean.

    `sure` are those of which the register's own words need not be asked; `km` is the radius that they name.
    """

    start: int
    end: int
    told: Understood
    sure: bool = False
    km: int | None = None

    @property
    def around(self) -> bool:
        """Whether they ask for what lies around some place that is known."""
        return self.told.facet == PLACE or (self.told.facet == HERE and bool(self.told.value))


class Understanding:
    """Reads queries against one version of the index."""

    def __init__(self, whereabouts: Whereabouts, reading: Reading) -> None:
        """Keep what knows the places, and what knows the words."""
        self._whereabouts, self._reading = whereabouts, reading

    def looks(self, query: Query) -> Iterator[Read]:
        """Give all that a query may mean, in the order in which it is tried: the first that finds anything is the answer.

        The query as it stands is among them, behind the readings in which words became choices. What follows it is
        for who found nothing: words that say little left out, then words spelt as the register knows them.
        """
        meant = list(self.of(query))
        yield from meant
        yield query, ()
        less = [one for one in self.of(query, phrases.SAY_LITTLE) if one not in meant]
        less += [one for one in self.of(query, phrases.SAY_LITTLE, mended=True) if one not in (*meant, *less)]
        yield from less
        for read, told in (*(meant or [(query, ())]), *less):
            for text, mended in spelt(self._reading, read):
                yield replace(read, text=text), (*told, *mended)

    def subjects(self, query: Query) -> Iterator[Read]:
        """Give the widest readings of a query: what to show, and to say, where a subject exists but not so or not there."""
        for left_out in (NONE, phrases.SAY_LITTLE):
            yield from list(self.of(query, left_out))[-1:]

    def of(self, query: Query, left_out: Collection[str] = NONE, *, mended: bool = False) -> Iterator[Read]:
        """Give the queries that may be meant, the likeliest first; none where it is plain.

        They differ in how far around a place they look. The words in `left_out` are not looked for.
        With `mended` a word that nothing has may be a place with one letter wrong.
        """
        said = words(query.text)
        spans = self._spans(said, query, left_out, self._place_meant if mended else self._place) if said else []
        if not spans:
            return
        rest = _beside(said, spans)
        if not words_of(" ".join(rest)):
            spans = [one for one in spans if one.told.facet not in (FILLER, HERE) or one.around]
            rest = _beside(said, spans)
        meant = [one for one in spans if one.sure or not self._has_its_own(one.told.words, rest)]
        for km in _radii(meant, query):
            yield self._read(query, said, meant, km)

    def _spans(self, said: Sequence[str], query: Query, left_out: Collection[str], place: Places) -> list[_Span]:
        """Find the words that may mean more, in their order; one place at most, and none beside a place that was filled in."""
        meaning = list(self._meaning(said, query, place))
        taken = {at for one in meaning for at in range(one.start, one.end)}
        return sorted([*meaning, *_phrases(said, taken, query, left_out)], key=lambda one: one.start)

    def _meaning(self, said: Sequence[str], query: Query, place: Places) -> Iterator[_Span]:
        """Find places and ways of learning, the longest first."""
        at, placed = 0, bool(query.postcode)
        while at < len(said):
            found = next(_beginning(said, at, query.literal, _nowhere if placed else place), None)
            if found is not None:
                placed = placed or found.told.facet == PLACE
                yield found
            at = found.end if found else at + 1

    def _place(self, told: str) -> Understood | None:
        if not words_of(told):
            return None
        key = key_of(told)
        return self._taken_for(told, self._whereabouts.named(key) or self._whereabouts.largest(key))

    def _taken_for(self, told: str, place: Named | None) -> Understood | None:
        """Tell for which place words are taken, with what tells it from its namesakes where it has any."""
        if place is None:
            return None
        others = self._whereabouts.namesakes(place)
        named = place.label if others or place.key == key_of(place.label) else base_name(place.label)
        return Understood(told, PLACE, named, others=others)

    def _place_meant(self, told: str) -> Understood | None:
        """Give the place that is named; for one word that nothing has, the one that is meant by it."""
        found = self._place(told)
        if found or " " in told or self._reading.has(stem_of(told)):
            return found
        return self._taken_for(told, self._whereabouts.meant(key_of(told)))

    def _has_its_own(self, told: str, rest: Sequence[str]) -> bool:
        """Say whether some title or occupation has these words, together with what else is asked."""
        reading = self._reading
        own = [self._named(stem_of(word)) for word in words_of(told)]
        if not all(own):
            return False
        beside = reading.query(reading.read(f"{' '.join(rest)} ", "all"))
        every = [(Occur.Must, one) for one in (*own, beside) if one is not None]
        return bool(reading.searcher.search(Words.boolean_query(every), 1, count=False).hits)

    def _named(self, stem: str) -> Words | None:
        """Look for a word in titles, names of occupations and their parts; None where none has it."""
        reading = self._reading
        found = [
            (Occur.Should, Words.term_query(reading.schema, field, stem, "basic"))
            for field in (TITLE, SYNONYMS, PARTS)
            if reading.searcher.doc_freq(field, stem)
        ]
        return Words.boolean_query(found) if found else None

    def _read(self, query: Query, said: Sequence[str], meant: Sequence[_Span], km: int | None) -> Read:
        taken = {at for one in meant for at in range(one.start, one.end)}
        chosen = {facet: tuple(values) for facet, values in query.chosen.items()}
        asked = replace(query, text=" ".join([*(word for at, word in enumerate(said) if at not in taken), ""]).lstrip())
        for each in (one.told for one in meant):
            if each.facet == PLACE:
                as_typed = not each.others and self._place(each.words)
                asked = replace(asked, postcode=each.words if as_typed else each.value, within_km=km)
            elif each.facet == HERE:
                asked = replace(asked, within_km=km)
            elif each.facet != FILLER:
                chosen[each.facet] = tuple(dict.fromkeys((*chosen.get(each.facet, ()), each.value)))
        told = tuple(replace(one.told, km=km if one.around else None) for one in meant)
        return replace(asked, chosen=chosen), told


def _nowhere(_told: str) -> None:
    """Know no place: one was named already."""


def _beginning(said: Sequence[str], at: int, literal: Collection[str], place: Places) -> Iterator[_Span]:
    """Give what the words that begin here may mean, the longest first."""
    for end in range(min(len(said), at + LONGEST_NAME), at, -1):
        told = " ".join(said[at:end])
        if told in literal:
            continue
        if told in MEANS:
            yield _Span(at, end, Understood(told, *MEANS[told]))
        found = place(told)
        if found is not None:
            beside = phrases.around_a_place(said, at, end)
            yield _Span(beside.start, beside.end, found, beside.sure, beside.km)


def _beside(said: Sequence[str], spans: Sequence[_Span]) -> list[str]:
    """Give the words that are in none of the spans."""
    return [word for at, word in enumerate(said) if not any(one.start <= at < one.end for one in spans)]


def _radii(meant: Sequence[_Span], query: Query) -> Sequence[int | None]:
    """Give the radii to look within, the least first; none at all where nothing is understood."""
    if not meant:
        return ()
    named = next((one.km for one in meant if one.km), None)
    if not any(one.around for one in meant):
        return (query.within_km,)
    if named or query.within_km:
        return (named or query.within_km,)
    return AROUND_KM


def _phrases(said: Sequence[str], taken: AbstractSet[int], query: Query, left_out: Collection[str]) -> Iterator[_Span]:
    """Find what says near whom, or only that one asks, among the words that are not taken yet."""
    at = 0
    while at < len(said):
        found = None if at in taken else _phrase(said, at, query, left_out)
        if found is not None and not taken & set(range(found.start, found.end)):
            yield found
            at = found.end
        else:
            at += 1


def _phrase(said: Sequence[str], at: int, query: Query, left_out: Collection[str]) -> _Span | None:
    """Give the turn of phrase that begins at a word; one whose words are never looked for needs none."""
    near = phrases.phrase_at(said, at, phrases.NEAR_ME)
    end = near or phrases.phrase_at(said, at, phrases.ASKING)
    little = end is None and said[at] in left_out
    end = at + 1 if little else end
    told = " ".join(words_of(" ".join(said[at:end]))) if end else ""
    if not end or not told or told in query.literal:
        return None
    if near:
        return _Span(at, end, Understood(told, HERE, query.postcode))
    return _Span(at, end, Understood(told, FILLER, ""), sure=little)
