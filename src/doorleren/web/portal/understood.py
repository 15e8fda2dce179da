"""How the words of a search were read, in plain words, each with the search that takes them as they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doorleren.register.search.asking import ALIKE, FILLER, HERE, PLACE, SPELLING, WHERE, Understood
from doorleren.register.words.folding import words
from doorleren.web.portal.asking import Search


def understood_in_words(told: Sequence[Understood], search: Search) -> list[dict[str, Any]]:
    """Say for what words were taken (`text`), and how to look for the words themselves (`undo`, `search`).

    `others` are the other places of a name, each with a `label` and a `search`; a place that was filled in has no undo.
    Words that nothing has come first: what is found only resembles them. Words that were left out share one sentence.
    """
    guessed = [one for one in told if one.facet in (SPELLING, ALIKE)]
    chosen = [one for one in told if one.facet not in (SPELLING, ALIKE, FILLER)]
    return [*(_one(one, search) for one in (*guessed, *chosen)), *_left_out(told, search)]


def _namesakes(one: Understood, search: Search) -> Iterator[dict[str, str]]:
    """Name the other places of that name, each with the search that takes it."""
    for other in one.others:
        if one.facet == WHERE:
            asked = replace(search, query=replace(search.query, postcode=other, after=""), typed_postcode=other)
        else:
            asked = replace(
                search, query=replace(search.query, text=_instead(search.query.text, one.words, other), after="")
            )
        yield {"label": other, "search": asked.written()}


def _instead(text: str, told: str, other: str) -> str:
    """Put the name of another place where some words stand, however they were typed."""
    typed, sought = list(re.finditer(r"[^\W_]+", text)), told.split()
    for at in range(len(typed) - len(sought) + 1):
        run = typed[at : at + len(sought)]
        if words(" ".join(one[0] for one in run)) == sought:
            return f"{text[: run[0].start()]}{other}{text[run[-1].end() :]}"
    return f"{text} {other}"


def _one(one: Understood, search: Search) -> dict[str, Any]:
    if one.facet == WHERE:
        undo = ""
    elif one.facet in (SPELLING, ALIKE):
        undo = _("Zoek toch naar “%(words)s”") % {"words": one.words}
    else:
        undo = _("Zoek het woord “%(words)s” zelf") % {"words": one.words}
    return {
        "text": _text(one), "undo": undo, "search": search.literally(one.words).written(), "others": list(_namesakes(one, search)),
    }  # fmt: skip


def _text(one: Understood) -> str:
    """Say what was done with some words; of a place that has namesakes also that it has."""
    text = _plainly(one)
    return f"{text} {_('Er zijn meer plaatsen die zo heten. Bedoelt u een andere?')}" if one.others else text


def _plainly(one: Understood) -> str:
    given = {"words": one.words, "value": one.value, "place": one.value, "km": one.km}
    said = {
        PLACE: _("Wij zochten in %(place)s en tot %(km)s km daaromheen."),
        WHERE: _("Wij rekenen afstanden vanaf %(place)s."),
        HERE: _("Wij zochten tot %(km)s km rond uw postcode of plaats."),
        SPELLING: _("Niets gevonden met “%(words)s”. U ziet wat past bij “%(value)s”."),
        ALIKE: _("Niets gevonden met “%(words)s”. Dit lijkt er alleen op: “%(value)s”."),
        ("combinable", "evening"): _("Wij zochten opleidingen met les in de avond."),
        ("combinable", "work"): _("Wij zochten opleidingen die u naast werk kunt doen."),
        ("delivery", "online"): _("Wij zochten opleidingen die u online volgt."),
    }
    if one.facet == HERE and not one.value:
        return _("Vul uw postcode of plaats in. Dan ziet u wat bij u in de buurt is.")
    return (said.get(one.facet) or said[one.facet, one.value]) % given


def _left_out(told: Sequence[Understood], search: Search) -> Iterator[dict[str, Any]]:
    """Say which words were left out, all at once."""
    words = [one.words for one in told if one.facet == FILLER]
    if words:
        named = ", ".join(f"“{one}”" for one in words)
        text = ngettext(
            "Naar dit woord keken wij niet: %(words)s.", "Naar deze woorden keken wij niet: %(words)s.", len(words)
        )
        undo = ngettext("Zoek het woord zelf", "Zoek de woorden zelf", len(words))
        literally = reduce(Search.literally, words, search)
        yield {"text": text % {"words": named}, "undo": undo, "search": literally.written(), "others": []}
