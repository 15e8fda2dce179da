"""The reference of a case: seven characters that somebody can read out on the telephone, the last one a check.

Twenty-nine characters without vowels, 0, 1 and I; a prime number of them, so that the check finds every single wrong
character and every two that changed places. Numbers that follow each other look nothing alike.
"""

import re

ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXYZ"
BASE = len(ALPHABET)
LENGTH = 6
MOST = BASE**LENGTH
_SPREAD = 367_627_853
"""Spreads numbers over all references; has no factor in common with MOST, so that no two numbers get the same one."""
PATTERN = rf"^[{ALPHABET}]{{3}}-[{ALPHABET}]{{4}}$"


class NotAReference(ValueError):
    """What was given is no reference, or has a slip of the pen in it."""


def reference_of(number: int) -> str:
    """Write the reference of a number from 1 up to MOST: "K7M-9QXT". Raises ValueError for another number."""
    if not 0 < number < MOST:
        raise ValueError(f"number: given is {number}, allowed is 1 to {MOST - 1}")
    left, places = number * _SPREAD % MOST, []
    for _ in range(LENGTH):
        left, place = divmod(left, BASE)
        places.append(place)
    text = "".join(ALPHABET[place] for place in (*places, _check(places)))
    return f"{text[:3]}-{text[3:]}"


def read_reference(text: str) -> str:
    """Give a reference as we write it, from small letters, spaces and other strokes. Raises NotAReference."""
    bare = _bare(text)
    places = [ALPHABET.find(letter) for letter in bare]
    if len(bare) != LENGTH + 1 or -1 in places or _check(places[:-1]) != places[-1]:
        raise NotAReference(f"reference: given is {text!r}, allowed is one as on the letter, such as {reference_of(1)}")
    return f"{bare[:3]}-{bare[3:]}"


def read_beginning(text: str) -> str:
    """Give the beginning of a reference as we write it, from what somebody typed; empty where no reference begins so."""
    bare = _bare(text)
    if not 0 < len(bare) <= LENGTH + 1 or any(letter not in ALPHABET for letter in bare):
        return ""
    return f"{bare[:3]}-{bare[3:]}" if len(bare) > 3 else bare


def _bare(text: str) -> str:
    return re.sub(r"[\s.–-]", "", text).upper()


def _check(places: list[int]) -> int:
    return -sum(weight * place for weight, place in enumerate(places, 2)) % BASE
