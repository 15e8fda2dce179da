"""Every assumption of the files of schemes and law is told in Dutch, and no Dutch is left of one that is gone."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from doorleren.cases.terms.objecting import ASSUMED_LATE
from doorleren.cases.terms.sent_again import NOT_PUBLISHED, PUBLISHED
from doorleren.core.assumptions import BESIDE
from doorleren.core.texts import ASSUMED
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
