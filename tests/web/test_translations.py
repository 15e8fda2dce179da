"""Every Dutch sentence of the pages has its English, and nothing in the catalogue is left over."""

import re
import sys
from pathlib import Path

import pytest

from tests.web.translatable import CATALOGUE, of_python, of_template, sentences

sys.path.append(str(Path(__file__).resolve().parents[2] / "front"))
from catalogue import pairs

PLACES = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def english():
    return pairs(CATALOGUE)


def test_every_sentence_has_an_english_translation(english):
    """A sentence in a template or module under web that the catalogue lacks would show Dutch on an English page."""
    lacking = [f"{file}: {texts}" for texts, file in sentences().items() if "\0".join(texts) not in english]
    assert not lacking, "\n".join(lacking)


def test_the_catalogue_holds_no_sentence_that_nobody_says(english):
    """A translation whose Dutch stands nowhere any more is a leftover."""
    said = {"\0".join(texts) for texts in sentences()}
    assert sorted(original for original in english if original and original not in said) == []


def test_a_translation_fills_in_the_same_words(english):
    """Names between brackets are filled in by the page: each must stand in both languages."""
    wrong = [key for key, text in english.items() if key and set(PLACES.findall(key)) != set(PLACES.findall(text))]
    assert wrong == []


def test_the_finder_of_sentences_sees_all_ways_to_mark_one():
    """Plain, with a variable, with a plural, in a template and in Python."""
    template = '{% load i18n %}{% translate "een" %}{% translate "twee" as x %}{% blocktranslate with a=b %}drie {{ a }}{% endblocktranslate %}{% blocktranslate count n=b %}vier{% plural %}vijf {{ n }}{% endblocktranslate %}'
    assert set(of_template(template)) == {("een",), ("twee",), ("drie %(a)s",), ("vier", "vijf %(n)s")}
    assert set(of_python('_("zes"); ngettext("zeven", "acht", n); gettext_lazy("ne" "gen")')) == {
        ("zes",),
        ("zeven", "acht"),
        ("negen",),
    }
