"""Rows taken out of the index for some words, kept for who asks the same words again."""

import polars as pl

from doorleren.register.search.taken_out import KEPT_TIMES, KeptRows

ACTIVITIES = 10


def taken_out(number: int) -> pl.Series:
    return pl.Series(range(number), dtype=pl.UInt32)


def test_the_same_question_is_taken_out_once():
    """Who asks the same words again gets the rows that were kept; other words are taken out by themselves."""
    kept, asked = KeptRows(ACTIVITIES), list[str]()

    def ask(words: str) -> pl.Series:
        return kept.of(words, lambda: asked.append(words) or taken_out(3))

    assert ask("lasser") is ask("lasser")
    assert ask("juf") is not ask("lasser")
    assert asked == ["lasser", "juf"]


def test_what_was_asked_longest_ago_goes_first():
    """Only so many rows are kept; what was asked again stays, and what is larger than that is not kept at all."""
    kept, asked = KeptRows(ACTIVITIES), list[str]()

    def ask(words: str, number: int) -> int:
        return len(kept.of(words, lambda: asked.append(words) or taken_out(number)))

    half = KEPT_TIMES * ACTIVITIES // 2
    for words in ("a", "b", "a", "c", "a", "b"):
        assert ask(words, half) == half
    assert asked == ["a", "b", "c", "b"]
    asked.clear()
    assert [ask("all", 2 * half + 1), ask("all", 2 * half + 1)] == [2 * half + 1] * 2
    assert asked == ["all", "all"]
