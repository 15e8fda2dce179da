"""The one door to all files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from doorleren.register.outlets.export import FORMS, export
from tests.register.outlets.catalogue import BASE, CHANGED_AT, varied


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_written(form: str, tmp_path: Path) -> None:
    """Each form gives a file with all activities, and twice the same file."""
    activities = varied(5)
    counts = [export(form, iter(activities), tmp_path / name, base_url=BASE, made_at=CHANGED_AT) for name in ("a", "b")]
    assert counts == [len(activities)] * 2
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() != b""


def test_the_day_is_that_of_amsterdam(tmp_path: Path) -> None:
    """Late in the evening in Greenwich it is the next day here, and a run that took applications yesterday is closed."""
    late = datetime(2024, 8, 1, 22, 30, tzinfo=UTC)
    export("edudex", varied(0)[1:2], tmp_path / "late.json", base_url=BASE, made_at=late)
    export("edudex", varied(0)[1:2], tmp_path / "day.json", base_url=BASE, made_at=late.replace(hour=12))
    assert "application opened" in (tmp_path / "day.json").read_text("utf-8")
    assert "application opened" not in (tmp_path / "late.json").read_text("utf-8")


def test_another_form_is_refused(tmp_path: Path) -> None:
    """The message names what was given and what is allowed; a moment without a zone is refused too."""
    with pytest.raises(ValueError, match="ooapi, edudex, elm, csv, parquet are allowed, not 'pdf'"):
        export("pdf", [], tmp_path / "a", base_url=BASE, made_at=CHANGED_AT)
    with pytest.raises(ValueError, match="made_at"):
        export("csv", [], tmp_path / "a", base_url=BASE, made_at=CHANGED_AT.replace(tzinfo=None))
    assert list(tmp_path.iterdir()) == []
