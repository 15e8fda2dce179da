"""The term of a request to correct: one month and two more, counted by Regulation 1182/71 and not by the Algemene termijnenwet."""

from datetime import date
from pathlib import Path

import pytest

from doorleren.applications.corrections.law import CorrectionLaw, correction_law
from doorleren.applications.models import CorrectionAct
from doorleren.applications.models.corrections import WORDLESS
from doorleren.cases.frameworks import law_of_terms
from doorleren.rules.faults import SchemeFault
from doorleren.shipped import folder


@pytest.mark.parametrize(
    ("asked", "extended", "last", "steps"),
    [
        (date(2026, 3, 2), False, date(2026, 4, 2), ["begint op 3 maart", "1 maand later", "werkdag"]),
        (date(2026, 1, 31), False, date(2026, 3, 2), ["1 februari", "28 februari 2026", "zaterdag"]),
        (date(2026, 3, 5), False, date(2026, 4, 7), ["6 maart", "5 april 2026", "eerste werkdag daarna is 7 april"]),
        (date(2026, 3, 5), True, date(2026, 6, 5), ["6 maart", "5 april", "verlengd met 2 maanden: 5 juni", "werkdag"]),
        (date(2026, 9, 26), True, date(2026, 12, 28), ["27 september", "26 oktober", "26 december", "28 december"]),
    ],
    ids=["plain", "a shorter month, a Saturday", "Easter", "extended", "extended to a holiday"],
)
def test_each_day_is_counted_with_its_steps(asked: date, extended: bool, last: date, steps: list[str]) -> None:
    """The day after the request begins the term; its end shifts to a working day, however long the term; every step is said."""
    found = correction_law().reckon(asked, extended=extended)
    assert (found.last, len(found.steps)) == (last, len(steps))
    for step, words in zip(found.steps, steps, strict=True):
        assert words in step.text["nl"]


def test_the_act_on_terms_does_not_hold_for_it() -> None:
    """The term stands not among those of national law; that law does not shift a term of four months, and this one would."""
    assert "correction" not in law_of_terms().kinds
    assert law_of_terms().shifting.not_above["months"] == 3
    assert correction_law().terms.shifting.not_above["months"] > 100
    assert "1182/71" in correction_law().terms.shifting.source
    with pytest.raises(ValueError, match="asked_on: given is 2018-05-24, allowed is 2018-05-25 or later"):
        correction_law().reckon(date(2018, 5, 24))


def test_the_law_is_whole_and_a_mistake_in_it_is_named(tmp_path: Path) -> None:
    """Each act has an article in both languages; an unknown key and a lacking day are refused by name."""
    acts = {one.value for one in CorrectionAct} - set(WORDLESS)
    assert {name for name, texts in correction_law().articles.items() if set(texts) == {"nl", "en"}} == acts
    assert all(set(one.texts) == set(one.article) == {"nl", "en"} for one in correction_law().refusals.values())
    text = (folder("law") / "corrections.toml").read_text("utf-8")
    wrong = tmp_path / "corrections.toml"
    for old, new in (
        ("from = 2018-05-25", "since = 2018-05-25"),
        ('[[refusal]]\nid = "right"', '[[refusal]]\nid = "right"\nshoe = 1'),
        ('objecting = "objection"', 'objecting = "no such term"'),
        ('only = "inadmissible"', 'only = "never"'),
    ):
        wrong.write_text(text.replace(old, new, 1))
        with pytest.raises(SchemeFault, match=r"from|shoe|objecting: given 'no such term'|only: given 'never'"):
            CorrectionLaw.read(wrong)
