"""The evidence of a scheme's file: with its source, for the tracks that it names; what does not exist is refused by name."""

from pathlib import Path

import pytest

from doorleren.rules.faults import SchemeFault
from doorleren.rules.library import Library, open_library
from doorleren.rules.versions import Evidence
from tests.applications.made import FILE, SCHEME

ASKED = """
[[evidence]]
id = "accounts"
nl = "de jaarrekening"
stage = "application"
types = ["pdf"]
"""


def read(folder: Path, more: str = "") -> tuple[Evidence, ...]:
    """Read the evidence of a scheme with one piece more."""
    place = folder / SCHEME
    place.mkdir()
    (place / "2026-01-01.toml").write_text(f"{FILE}{ASKED}{more}", "utf-8")
    return open_library([folder]).scheme(SCHEME).versions[0].evidence


def test_with_its_source_and_tracks(tmp_path: Path) -> None:
    """A piece keeps the place in its source, and is asked in the tracks it names; in all where it names none."""
    offer, accounts = read(tmp_path, 'source = "assumption: as elsewhere"\ntracks = ["firm"]\n')
    assert (str(offer.citation), offer.citation.weight, offer.tracks) == (
        "Staatscourant 2026, 1, art. 3", "binding", ("learner", "firm"),
    )  # fmt: skip
    assert accounts.citation is not None
    assert (accounts.citation.weight, accounts.tracks) == ("assumption", ("firm",))


def test_without_a_source(tmp_path: Path) -> None:
    """A file that does not say where a document is asked can be read: the design's own sketch does not."""
    assert read(tmp_path)[-1].citation is None


def test_by_when_and_by_whom(tmp_path: Path) -> None:
    """Nothing said: it may come until the decision, and nobody confirms it; both can be said otherwise."""
    plain, said = read(tmp_path, 'needed_by = "submission"\nconfirmed_by = "training_provider"\n')
    assert (plain.needed_by, plain.confirmed_by, plain.with_application) == ("decision", "", True)
    assert (said.needed_by, said.confirmed_by) == ("submission", "training_provider")


@pytest.mark.parametrize(
    ("more", "by"), [("", "training_provider"), ('confirmed_by = "nobody"\n', "")], ids=["default", "said"]
)
def test_the_proof_of_enrolment(more: str, by: str, tmp_path: Path) -> None:
    """Evidence with the id enrolment_proof is confirmed by the provider of the training, unless the file says by nobody."""
    more = f'[[evidence]]\nid = "enrolment_proof"\nnl = "bewijs"\n{more}'
    assert read(tmp_path, more)[-1].confirmed_by == by


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ('needed_by = "opening"\n', "needed_by: given 'opening', allowed is submission, decision"),
        ('confirmed_by = "school"\n', "confirmed_by: given 'school', allowed is training_provider, nobody"),
        ('[[evidence]]\nid = "bill"\nnl = "de rekening"\nstage = "claim"\nneeded_by = "submission"\n', "bill, needed_by"),
        ('[[evidence]]\nid = "bill"\nnl = "de rekening"\nstage = "afterwards"\n', "stage: given 'afterwards'"),
        ('source = "hearsay"\n', "hearsay"),
        ('source = "order"\ntracks = ["firm", "farm"]\n', "farm.*learner, firm"),
    ],
    ids=[
        "needed by something else", "confirmed by somebody else", "needed before its own stage", "a stage that is not there",
        "a source that is not there", "a track that is not there",
    ],
)  # fmt: skip
def test_what_is_refused(more: str, named: str, tmp_path: Path) -> None:
    """With a source or a track that the file does not have, the refusal names what was given."""
    with pytest.raises(SchemeFault, match=named):
        read(tmp_path, more)


def test_every_piece_of_every_scheme_has_a_source(library: Library) -> None:
    """All evidence of the shipped schemes says where it is asked, and by which tracks."""
    pieces = [one for scheme in library.schemes.values() for version in scheme.versions for one in version.evidence]
    assert len(pieces) > 50
    assert all(str(one.citation) and one.tracks for one in pieces)
