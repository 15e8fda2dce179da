"""Why a result matches: per word of the question the strongest place in which the activity has it."""

from collections.abc import Iterable, Sequence

from doorleren.register.search.analysis import stem_of
from doorleren.register.search.opened import Opened
from doorleren.register.search.wording import Word, Wording

Reason = tuple[str, str]


def reasons(wording: Wording, rows: Sequence[int], opened: Opened) -> list[tuple[Reason, ...]]:
    """Say per row why it matches, in the order of the words; a word that it lacks gives no reason.

    Kinds: "title" and "text" with the word; "occupation" with the label that has it; "part" with the part of a
    compound; "typo", "part", "prefix", "alike" and "synonym" with "what was typed > what was found"; "place" with the word.
    """
    if not wording.words or not rows:
        return [()] * len(rows)
    return [_of_row(wording, opened, *told) for told in opened.reasons[list(rows)].iter_rows()]


def _of_row(
    wording: Wording, opened: Opened, titled: str, occupations: str, made_of: str, given_at: str
) -> tuple[Reason, ...]:
    """Say why one row matches, by its columns of `Opened.reasons`."""
    title, parts, places = (frozenset(one.split()) for one in (titled, made_of, given_at))
    labels = [label for name in occupations.split() for label in opened.occupation_stems(name)]
    found = (_reason(word, title, labels, parts) or _beside(word, places) for word in wording.words)
    told = tuple(dict.fromkeys(reason for reason in found if reason))
    return told or _by_name(wording, title.union(*(stems for _, stems in labels)) | parts)


def _by_name(wording: Wording, has: frozenset[str]) -> tuple[Reason, ...]:
    """Say which other name of the whole occupation was found."""
    typed = " ".join(word.typed for word in wording.words)
    return tuple(("synonym", f"{typed} > {name}") for name, stems in wording.names if has.issuperset(stems))[:1]


def _reason(
    word: Word, title: frozenset[str], labels: Iterable[tuple[str, frozenset[str]]], parts: frozenset[str]
) -> Reason | None:
    if word.stem in title:
        return "title", word.typed
    label = next((label for label, stems in labels if word.stem in stems), None)
    if label is not None:
        return "occupation", label
    named = title.union(*(stems for _, stems in labels))
    for like in sorted(word.likes, key=lambda like: -like.weight):
        if like.stem in named:
            return like.kind, f"{word.typed} > {like.word}"
    if word.stem in parts:
        return "part", word.typed
    shared = [part for part in word.parts if part in parts or part in named]
    if shared and len(shared) == len(word.parts):
        return "part", " + ".join(_as_typed(word.typed, part) for part in shared)
    for like in word.likes:
        if like.stem in parts:
            return like.kind, f"{word.typed} > {like.word}"
    return None


def _beside(word: Word, places: frozenset[str]) -> Reason | None:
    """Say that a word is found beside title and occupation: in the name of a place, else in the running text."""
    if word.stem in places:
        return "place", word.typed
    return ("text", word.typed) if word.known else None


def _as_typed(compound: str, stem: str) -> str:
    """Give the piece of a compound whose stem this is, as long as it can be read in it; otherwise the stem."""
    start = compound.find(stem)
    pieces = [compound[start:end] for end in range(len(compound), start, -1)] if start >= 0 else []
    return next((piece for piece in pieces if stem_of(piece) == stem), stem)
