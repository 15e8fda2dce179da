"""Every assumption of the files of schemes and law is told in Dutch, and no Dutch is left of one that is gone."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from doorleren.cases.terms.objecting import ASSUMED_LATE
from doorleren.cases.terms.sent_again import NOT_PUBLISHED, PUBLISHED
from doorleren.core.assumptions import BESIDE
from doorleren.core.texts import ASSUMED, law_said
from doorleren.rules.once import A_YEAR
from doorleren.server.demo_schemes import ANY_TIME_WHY
from doorleren.shipped import folder

OF_THE_PROGRAM = {
    "law": [
        ASSUMED_LATE, NOT_PUBLISHED, PUBLISHED, A_YEAR.citation.cite, ANY_TIME_WHY, "assumption: the file names no source",
    ],
    "schemes": [],
}  # fmt: skip
"""What the program assumes itself, and shows as a source."""


def said_in(content: Any) -> Iterator[str]:
    """Give what follows the marker in every text of a file."""
    if isinstance(content, str):
        before, marker, said = content.partition(ASSUMED)
        if marker and (before == "" or before.endswith("; ")):
            yield said
    else:
        for one in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
            yield from said_in(one)


@pytest.mark.parametrize("name", BESIDE)
def test_each_has_its_dutch(name: str) -> None:
    """The texts of words.toml are exactly the assumptions of the files beside it, and with the law those of the program."""
    words = folder(name) / "words.toml"
    files = [path for path in folder(name).rglob("*.toml") if path != words]
    found = {said for path in files for said in said_in(tomllib.loads(path.read_text("utf-8")))}
    assert found
    found |= set(said_in(OF_THE_PROGRAM[name]))
    dutch = tomllib.loads(words.read_text("utf-8"))["assumption"]
    assert sorted(found - set(dutch)) == []
    assert sorted(set(dutch) - found) == []


ENGLISH = re.compile(r"\b(the|which|recalled|until|where|with|gives?|uses|was|is not)\b")
TITLES = ("European Central Bank", "drand,")
"""Sources that are the title of something English."""


def sources_in(content: Any) -> Iterator[str]:
    """Give every source in a file."""
    if isinstance(content, dict):
        for name, one in content.items():
            yield from [one] if name in ("source", "article") and isinstance(one, str) else sources_in(one)
    elif isinstance(content, list):
        for one in content:
            yield from sources_in(one)


def test_no_source_of_the_law_is_shown_in_english() -> None:
    """A source that says more than where it stands has its Dutch, shown as a page does, and no Dutch is left of one that is gone."""
    words = folder("law") / "words.toml"
    files = [path for path in folder("law").rglob("*.toml") if path != words]
    found = {one for path in files for one in sources_in(tomllib.loads(path.read_text("utf-8")))}
    english = {one for one in found if ENGLISH.search(law_said(one, "nl")) and not one.startswith(TITLES)}
    assert sorted(english) == []
    dutch = tomllib.loads(words.read_text("utf-8"))["source"]
    assert sorted(set(dutch) - found) == []
    assert law_said(next(iter(dutch)), "en") == next(iter(dutch))
