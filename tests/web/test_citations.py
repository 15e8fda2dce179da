"""An assumption of ours is called so and told in the language of the page; one without Dutch is said to be in English."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import override

from doorleren.core.assumptions import in_dutch
from doorleren.core.texts import ASSUMED
from doorleren.decisions.letter_values import reasons
from doorleren.decisions.rules import Result
from doorleren.rules.library import open_library
from doorleren.rules.versions import Citation, Condition
from doorleren.web.public.scheme_cards import source
from doorleren.web.public.words import cited


@pytest.mark.parametrize(
    ("cite", "dutch"),
    [
        ("assumption: paid after delivery", "aanname: betaald na levering"),
        ("Awb, art. 4:95; assumption: paid after delivery", "Awb, art. 4:95; aanname: betaald na levering"),
        ("assumption: nobody wrote this down", "aanname (in het Engels): nobody wrote this down"),
        ("Awb, art. 4:69, an assumption: none", "Awb, art. 4:69, an assumption: none"),
        ("", ""),
    ],
)
def test_the_marker_is_in_the_language_of_the_page(cite: str, dutch: str) -> None:
    """On a Dutch page marker and text are Dutch wherever they begin a source or a part of one, and nothing else changes; in English nothing does."""
    with override("nl"):
        assert cited(cite) == dutch
    with override("en"):
        assert cited(cite) == cite


def test_on_the_page_of_a_scheme(client) -> None:
    """A scheme with an assumption among its sources says "aanname" on its Dutch page, and "assumption" on the English one."""
    found = next(
        (scheme.id, one.citation.cite.removeprefix(ASSUMED))
        for scheme in open_library().schemes.values()
        for version in scheme.versions[-1:]
        for one in version.conditions()
        if one.citation.cite.startswith(ASSUMED) and one.citation.cite.isascii() and "'" not in one.citation.cite
    )
    dutch = client.get(f"/schemes/{found[0]}").content.decode()
    english = client.get(f"/en/schemes/{found[0]}").content.decode()
    assert (escape(f"aanname: {in_dutch()[found[1]]}") in dutch, found[1] in dutch, ASSUMED in dutch) == (
        True,
        False,
        False,
    )
    assert f"{ASSUMED}{found[1]}" in english


@pytest.mark.parametrize("english", [True, False], ids=["own", "known"])
def test_words_that_are_english_are_marked(english: bool) -> None:
    """An assumption that has no Dutch is marked as English for who listens, on a Dutch page only; one that has is not."""
    citation = Citation("assumption: " + ("nobody wrote this down" if english else "paid after delivery"), "assumption")
    for language in ("nl", "en"):
        with override(language):
            told = render_to_string("components/source.html", {"source": source(citation)})
        assert ('<span lang="en">' in told) is (english and language == "nl")


@pytest.mark.parametrize(
    ("language", "cite", "said"),
    [
        ("nl", "assumption: as in 2022", "dit staat nergens precies; wij nemen het aan"),
        ("en", "assumption: as in 2022", "this stands nowhere exactly; we assume it"),
        ("nl", "Awb, art. 4:7 and 4:8", "Awb, art. 4:7 en 4:8"),
        ("en", "Awb, art. 4:7 and 4:8", "Awb, art. 4:7 and 4:8"),
    ],
)
def test_in_a_letter(language: str, cite: str, said: str) -> None:
    """A letter says where a condition stands in its own language, which need not be that of the page; of an assumption only that it is one."""
    weight = "assumption" if cite.startswith(ASSUMED) else "binding"
    condition = Condition("adult", {"nl": "18 jaar", "en": "aged 18"}, Citation(cite, weight))
    matter = SimpleNamespace(track=SimpleNamespace(conditions=(condition,)))
    with override("en" if language == "nl" else "nl"):
        (reason,) = reasons(cast(Any, matter), (Result("adult", True, "computed"),), language)
    assert reason.source == said
