"""How the words of a search were read, in plain words, each with the search that takes them as they are."""

from collections.abc import Iterator, Sequence
from functools import reduce

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doorleren.register.search.asking import ALIKE, FILLER, HERE, PLACE, SPELLING, Understood
from doorleren.web.portal.asking import Search


def understood_in_words(told: Sequence[Understood], search: Search) -> list[dict[str, str]]:
    """Say for what words were taken (`text`), and how to look for the words themselves (`undo`, `search`).

    Words that nothing has come first: what is found only resembles them. Words that were left out share one sentence.
    """
    guessed = [one for one in told if one.facet in (SPELLING, ALIKE)]
    chosen = [one for one in told if one.facet not in (SPELLING, ALIKE, FILLER)]
    return [*(_one(one, search) for one in (*guessed, *chosen)), *_left_out(told, search)]


def _one(one: Understood, search: Search) -> dict[str, str]:
    if one.facet in (SPELLING, ALIKE):
        undo = _("Zoek toch naar “%(words)s”") % {"words": one.words}
    else:
        undo = _("Zoek het woord “%(words)s” zelf") % {"words": one.words}
    return {"text": _text(one), "undo": undo, "search": search.literally(one.words).written()}


def _text(one: Understood) -> str:
    given = {"words": one.words, "value": one.value, "place": one.value, "km": one.km}
    said = {
        PLACE: _("Wij zochten in %(place)s en tot %(km)s km daaromheen."),
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


def _left_out(told: Sequence[Understood], search: Search) -> Iterator[dict[str, str]]:
    """Say which words were left out, all at once."""
    words = [one.words for one in told if one.facet == FILLER]
    if words:
        named = ", ".join(f"“{one}”" for one in words)
        text = ngettext(
            "Naar dit woord keken wij niet: %(words)s.", "Naar deze woorden keken wij niet: %(words)s.", len(words)
        )
        undo = ngettext("Zoek het woord zelf", "Zoek de woorden zelf", len(words))
        literally = reduce(Search.literally, words, search)
        yield {"text": text % {"words": named}, "undo": undo, "search": literally.written()}
