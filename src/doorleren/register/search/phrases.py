"""Turns of phrase in a query that are no subject: what stands around the name of a place, and how people begin to ask.

Plain lists of words and how they are looked up; what they mean for a query is decided in understanding.py.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Runs of words by the first of them, the longest first."""


def _words(told: str) -> frozenset[str]:
    """Give the words of a line."""
    return frozenset(told.split())


def _phrases(*told: str) -> Phrases:
    """Give phrases as runs of words."""
    found: defaultdict[str, tuple[tuple[str, ...], ...]] = defaultdict(tuple)
    for one in sorted((tuple(each.split()) for each in told), key=len, reverse=True):
        found[one[0]] += (one,)
    return dict(found)


BESIDE_A_PLACE = _words(
    "in de het een te bij en of om op binnen tot max maximaal hooguit ver niet dicht vlak van rond rondom nabij omgeving"
    " regio buurt straal vlakbij dichtbij near around within from close to the"
)
"""Words that go with a place when they stand right before its name; all that they say is where."""

CLOSE_TO = _words("nabij rond rondom omgeving buurt straal vlakbij dichtbij vlak dicht near around close")
"""Of those the ones that leave no doubt that a place is meant: "in de buurt van Almelo"."""

KILOMETRES = frozenset(("km", "kilometer", "kilometers", "kilometre", "kilometres"))
FARTHEST_KM = 500

BEHIND_A_PLACE = _phrases(
    "en omgeving", "en wijde omgeving", "en omstreken", "of omgeving", "en regio", "e o", "eo", "omgeving",
    "and surroundings", "area",
)  # fmt: skip
"""What may stand behind the name of a place and goes with it."""

NEAR_ME = _phrases(
    "bij mij in de buurt", "bij mij in de omgeving", "bij mij in de regio", "bij mij om de hoek", "in de buurt", "in mijn buurt",
    "in mijn omgeving", "in mijn regio", "in de omgeving", "dicht bij mij", "dicht bij huis", "dichtbij huis", "dichtbij mij",
    "vlakbij", "vlak bij mij", "dichtbij", "near me", "near my home", "close to home", "close to me", "nearby",
)  # fmt: skip
"""Near the visitor, wherever that is."""

ASKING = _phrases(
    "ik ben op zoek naar", "op zoek naar", "ik zoek naar", "ik zoek", "wij zoeken", "we zoeken", "zoek een", "gezocht",
    "ik wil graag", "graag", "hoe word ik", "hoe word je", "ik word", "ik wil gaan", "waar kan ik", "welke opleiding",
    "i am looking for", "looking for", "i want to become", "i want to be", "i want to", "how do i become", "how to become",
)  # fmt: skip
"""How people begin to ask."""

SAY_LITTLE = _words(
    "opleiding opleidingen cursus cursussen training trainingen omscholing omscholen bijscholing bijscholen scholing traject"
    " leertraject workshop workshops les lessen leren volgen studie studeren studies vakopleiding beroepsopleiding beroep baan"
    " werk werken werkzaam iets met zoek zoeken vinden word gaan welke waar graag nodig gratis goedkoop goedkope beste goede"
    " snel snelle kort korte buurt omgeving regio nabij rond rondom near course courses class classes program programme"
    " learn study become job jobs school how to for the of and a an"
)
"""Words that say that one wants to learn, not what. They are left out only where nothing was found with them."""


@dataclass(frozen=True, slots=True)
class Around:
    """The words around the name of a place, from `start` up to `end`; `sure` where they can mean nothing but a place.

    `km` is the radius that they name; None where they name none.
    """

    start: int
    end: int
    sure: bool
    km: int | None


def around_a_place(said: Sequence[str], start: int, end: int) -> Around:
    """Give what goes with the name of a place that stands from `start` up to `end` among the words."""
    first, sure, km = start, False, None
    while first:
        taken, told = _distance(said, first)
        if not taken and said[first - 1] not in BESIDE_A_PLACE:
            break
        km, sure = told or km, sure or bool(taken) or said[first - 1] in CLOSE_TO
        first -= taken or 1
    return Around(first, phrase_at(said, end, BEHIND_A_PLACE) or end, sure, km)


def _distance(said: Sequence[str], end: int) -> tuple[int, int | None]:
    """Give how many words before `end` name a number of kilometres, and that number; (0, None) where none do."""
    number, unit, taken = "", said[end - 1], 1
    if unit in KILOMETRES and end > 1:
        number, taken = said[end - 2], 2
    elif unit.endswith("km"):
        number = unit.removesuffix("km")
    if not number.isdecimal() or not 1 <= int(number) <= FARTHEST_KM:
        return 0, None
    return taken, int(number)


def phrase_at(said: Sequence[str], at: int, phrases: Phrases) -> int | None:
    """Give where the longest of the phrases that begin at a word ends; None where none begins there."""
    begun = phrases.get(said[at], ()) if at < len(said) else ()
    return next((at + len(one) for one in begun if tuple(said[at : at + len(one)]) == one), None)
