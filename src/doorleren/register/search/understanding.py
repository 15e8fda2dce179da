"""Words of a query that say where or how, not what: "verpleegkundige avond utrecht" asks for nurses, evenings, Utrecht.

Such a word is taken out of the words that are looked for and becomes a choice, only where the register does not have
it as a word of its own: no title or occupation that has the other words has this one too. What was understood is told
beside the results, and a word in `Query.literal` is left as it is. Called by the search and by alerts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tantivy import Occur
from tantivy import Query as Words

from doorleren.register.reference.place_names import base_name, key_of
from doorleren.register.search.analysis import stem_of, words_of
from doorleren.register.search.asking import Query, Understood
from doorleren.register.search.fields import PARTS, SYNONYMS, TITLE
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

BEFORE_A_PLACE = frozenset(("in", "bij", "nabij", "rond", "rondom", "omgeving", "regio", "buurt", "near", "around"))


@dataclass(frozen=True, slots=True)
class _Span:
    """Some words of the text that may mean more: from `start` up to `end`, and what they mean ("place" has a name)."""

    start: int
    end: int
    told: Understood


class Understanding:
    """Reads queries against one version of the index."""

    def __init__(self, whereabouts: Whereabouts, reading: Reading) -> None:
        """Keep what knows the places, and what knows the words."""
        self._whereabouts, self._reading = whereabouts, reading

    def of(self, query: Query) -> Iterator[tuple[Query, tuple[Understood, ...]]]:
        """Give the queries that may be meant, each with what was understood, the likeliest first; none where it is plain.

        They differ in how far around a place they look.
        """
        said = words(query.text)
        spans = list(self._spans(said, query)) if said else []
        if not spans:
            return
        rest = [word for at, word in enumerate(said) if not any(one.start <= at < one.end for one in spans)]
        meant = [one for one in spans if not self._has_its_own(said[one.start : one.end], rest)]
        for km in AROUND_KM if any(one.told.facet == "place" for one in meant) else AROUND_KM[:1]:
            if meant:
                yield self._read(query, said, meant, km)

    def _spans(self, said: Sequence[str], query: Query) -> Iterator[_Span]:
        """Find the words that may mean more, the longest first; one place at most, and none beside a place that was filled in."""
        at, placed = 0, bool(query.postcode)
        while at < len(said):
            found = next(self._beginning(said, at, query.literal, placed=placed), None)
            if found is not None:
                placed = placed or found.told.facet == "place"
                yield found
            at = found.end if found else at + 1

    def _beginning(self, said: Sequence[str], at: int, literal: Sequence[str], *, placed: bool) -> Iterator[_Span]:
        for end in range(min(len(said), at + LONGEST_NAME), at, -1):
            told = " ".join(said[at:end])
            if told in literal:
                continue
            if told in MEANS:
                yield _Span(at, end, Understood(told, *MEANS[told]))
            place = None if placed or not words_of(told) else self._whereabouts.named(key_of(told))
            if place is not None:
                yield _Span(at, end, Understood(told, "place", base_name(place.label)))

    def _has_its_own(self, span: Sequence[str], rest: Sequence[str]) -> bool:
        """Say whether some title or occupation has these words, together with what else is asked."""
        reading = self._reading
        own = [self._named(stem_of(word)) for word in words_of(" ".join(span))]
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

    def _read(
        self, query: Query, said: Sequence[str], meant: Sequence[_Span], km: int
    ) -> tuple[Query, tuple[Understood, ...]]:
        taken = {at for one in meant for at in range(one.start, one.end)}
        for one in meant:
            if one.told.facet == "place" and one.start and said[one.start - 1] in BEFORE_A_PLACE:
                taken.add(one.start - 1)
        chosen = {facet: tuple(values) for facet, values in query.chosen.items()}
        asked = replace(query, text=" ".join([*(word for at, word in enumerate(said) if at not in taken), ""]).lstrip())
        for each in (one.told for one in meant):
            if each.facet == "place":
                asked = replace(asked, postcode=each.words, within_km=km)
            else:
                chosen[each.facet] = tuple(dict.fromkeys((*chosen.get(each.facet, ()), each.value)))
        told = tuple(replace(one.told, km=km if one.told.facet == "place" else None) for one in meant)
        return replace(asked, chosen=chosen), told
