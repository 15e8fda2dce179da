"""What a verdict asks all at once says the same as one condition or amount asked alone."""

from itertools import islice

import pytest

from doorleren.core.logic import every
from doorleren.rules.library import Library, open_library
from doorleren.rules.person import closure
from tests.rules.grid import plots, rows_of

EVERY = 7
VERSIONS = [(scheme.id, version.version) for scheme in open_library().schemes.values() for version in scheme.versions]


@pytest.mark.parametrize(("scheme", "version"), VERSIONS)
def test_the_compiled_version_agrees_with_the_closures(scheme: str, version: str, library: Library) -> None:
    """On every seventh row of the grid, each condition, track and amount is what its closure, unsimplified, says."""
    chosen = next(one for one in library.scheme(scheme).versions if one.version == version)
    for plot in plots(library, chosen):
        settled = plot.settled
        asks = [closure(one.counted) for one in settled.conditions]
        amounts = [
            (closure(track.granted), track.ask_amount)
            for track in settled.tracks
            if track.granted is not None and track.ask_amount is not None
        ]
        for profile in islice(rows_of(plot, library), 0, None, EVERY):
            expected = tuple(ask(profile) for ask in asks)
            tracks = tuple(every(expected[place] for place in track.places) for track in settled.tracks)
            assert settled.answer(profile) == (expected, tracks), profile
            for alone, compiled in amounts:
                assert compiled(profile) == alone(profile), profile
