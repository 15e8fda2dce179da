"""Every scheme that has a round can be applied for, from its own worked example to what stands ready, without code of its own."""

from pathlib import Path

import pytest

from doorleren.applications.evidence.storage import Store
from doorleren.applications.refusing import NO_AMOUNT, ApplicationRefused
from doorleren.rules.library import open_library
from tests.applications.from_examples import Example, Filing, examples

LIBRARY = open_library()
FOUND = list(examples(LIBRARY))
ABLE = [one for one in FOUND if isinstance(one, Example) and not one.without_amount]
UNABLE = [one for one in FOUND if isinstance(one, Example) and one.without_amount]


@pytest.mark.django_db
@pytest.mark.parametrize("example", ABLE, ids=str)
def test_the_worked_example_stands_ready(example: Example, tmp_path: Path) -> None:
    """What the example tells is asked or follows, the evidence is taken, and it is frozen for what the whole of it asks."""
    filing = Filing(LIBRARY, example, Store(tmp_path / "evidence", b"e" * 32))
    frozen = filing.ready()
    assert frozen.application_id == filing.draft.pk
    least, most = filing.asked()
    assert least <= frozen.cents <= most


@pytest.mark.django_db
@pytest.mark.parametrize("example", UNABLE, ids=str)
def test_without_an_amount_nothing_can_be_reserved(example: Example, tmp_path: Path) -> None:
    """Where the sources tell no amount and the round has a ceiling in money, putting ready is refused with that reason."""
    with pytest.raises(ApplicationRefused) as refused:
        Filing(LIBRARY, example, Store(tmp_path / "evidence", b"e" * 32)).ready()
    assert refused.value.texts is NO_AMOUNT


def test_every_track_has_an_example() -> None:
    """Of no track in which people apply are all worked examples incomplete or refused, and few lack an amount."""
    assert [one for one in FOUND if isinstance(one, str)] == []
    assert len(ABLE) > 20 * len(UNABLE)
