"""A small classification of our own, enough to see every means at work."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from doorleren.register.reference.entries import Occupation
from doorleren.register.words.occupation_index import OccupationIndex

OCCUPATIONS = (
    Occupation("a1", "7231", "7231.1", "automonteur", ("garagehouder",), "Herstelt personenauto's in een garage."),
    Occupation("a2", "5141", "5141.1", "kapper", ("herenkapper",), "Knipt en verft haar."),
    Occupation("a3", "2341", "2341.1", "leraar basisonderwijs", ("docent groep acht",), "Geeft les aan kinderen."),
    Occupation("a4", "2330", "2330.1", "leraar wiskunde", ("docent wiskunde",), "Geeft les in rekenen en algebra."),
    Occupation("a5", "7115", "7115.1", "timmerman", ("meubelmaker",), "Werkt met hout."),
    Occupation("a6", "7212", "7212.1", "lasser", ("lasoperator",), "Verbindt metaal."),
    Occupation("a7", "3115", "3115.1", "monteur windturbines", (), "Onderhoudt molens op zee."),
    Occupation("a8", "2341", "2341.2", "leraar muziek", ("docent muziek",), "Geeft les in zang en piano."),
    Occupation("a9", "8332", "8332.1", "vrachtwagenchauffeur", (), "Rijdt goederen over de weg."),
)


@pytest.fixture(scope="session")
def occupations() -> Sequence[Occupation]:
    """Give the occupations."""
    return OCCUPATIONS


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> OccupationIndex:
    """Build the index once and open what was written."""
    folder: Path = tmp_path_factory.mktemp("occupations")
    OccupationIndex.build(OCCUPATIONS, folder)
    return OccupationIndex.open(folder)
