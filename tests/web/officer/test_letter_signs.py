"""What an official reads of signs in a letter that cannot be printed."""

from datetime import date

import pytest

from doorleren.letters.filled import Content, fill
from doorleren.letters.templates import read_templates
from doorleren.letters.variables import examples
from doorleren.shipped import folder
from doorleren.web.officer.letter_signs import SHOWN, signs_ahead

REFUSED = read_templates(folder("law") / "letters")["refused"]


def letter(recipient: str) -> Content:
    """Fill a letter to somebody."""
    return fill(REFUSED, examples() | {"recipient": recipient}, on=date(2026, 3, 2), language="nl")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Łucja Şahin",), []),
        (("\u738b \U0001f600", "\u738b"), ["kunnen afdrukken: \u738b \U0001f600"]),
        (("".join(chr(0x4E00 + number) for number in range(SHOWN + 5)),), [f"{chr(0x4E00 + SHOWN - 1)} en nog 5."]),
    ],
    ids=["Latin", "two letters", "many"],
)
def test_it_is_one_sentence_or_none(names: tuple[str, ...], said: list[str]) -> None:
    """Latin letters say nothing; each sign is named once, and of many how many more there are."""
    found = signs_ahead(map(letter, names))
    assert len(found) == len(said)
    for sentence, end in zip(found, said, strict=True):
        assert sentence.endswith(end)
