"""How Dutch text becomes the forms that are indexed and asked: folded words, stems, and the parts of compounds.

The only place of the search that knows how: whatever analyses better is put in here, and the index is rebuilt. Stems
are those of tantivy's own Dutch stemmer, which reads two hundred thousand descriptions in seconds; compounds and
synonyms come from the words of the register (`doorleren.register.words`), whose own stems serve names of occupations.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from doorleren.register.words.compounds import Splitter
from doorleren.register.words.synonyms import own_synonyms

LONGEST_WORD = 60


def analyser() -> TextAnalyzer:
    """Give the analyser of running text: words, lower case, no accents, no stop words, stems."""
    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(LONGEST_WORD))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
        .filter(Filter.stopword("dutch"))
        .filter(Filter.stemmer("dutch"))
        .build()
    )


_FOLDING = (
    TextAnalyzerBuilder(Tokenizer.simple())
    .filter(Filter.remove_long(LONGEST_WORD))
    .filter(Filter.lowercase())
    .filter(Filter.ascii_fold())
    .filter(Filter.stopword("dutch"))
    .build()
)
_STEMMING = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("dutch")).build()


def words_of(text: str) -> list[str]:
    """Give the words of a text in lower case without accents; words that say nothing ("de", "van") are left out."""
    return _FOLDING.analyze(text)


@lru_cache(maxsize=200_000)
def stem_of(word: str) -> str:
    """Give the stem of one folded word."""
    stems = _STEMMING.analyze(word)
    return stems[0] if stems else word


def splitter_of(labels: Iterable[str]) -> Splitter:
    """Give what cuts compounds, from the words of labels (each as often as it occurs) and our own synonyms."""
    return Splitter.of(map(words_of, labels), own_synonyms().own_words())


@lru_cache(maxsize=1)
def beside() -> Mapping[str, tuple[str, ...]]:
    """Give per stem the words of our own list that mean nearly the same."""
    found: dict[str, dict[str, None]] = {}
    for group in own_synonyms().groups:
        for word in group:
            others = {other: None for other in group if stem_of(other) != stem_of(word)}
            found.setdefault(stem_of(word), {}).update(others)
    return {stem: tuple(words) for stem, words in found.items() if words}


def pieces_of(word: str, splitter: Splitter) -> tuple[str, ...]:
    """Give the parts of a compound in order, as they are written; () where the word is none.

    Example: "heftruckchauffeur" has "heftruck" and "chauffeur".
    """
    pieces = splitter.parts(word)
    return pieces if len(pieces) > 1 else ()


def parts_of(word: str, splitter: Splitter) -> tuple[str, ...]:
    """Give the stems of the parts of a compound in order; () where the word is none."""
    return tuple(map(stem_of, pieces_of(word, splitter)))
