"""What we write in a standard, our own importers read back."""

from pathlib import Path

import pytest

from doorleren.register.intake.reading import read_file
from doorleren.register.outlets.export import export
from tests.register.outlets.catalogue import BASE, CHANGED_AT, FULL, FULL_PROVIDER, ON, listed, varied


@pytest.mark.parametrize("form", ["ooapi", "edudex", "csv"])
def test_a_written_register_is_read_back(form: str, tmp_path: Path) -> None:
    """No row is refused, and codes, titles, loads and whole prices are those that went out."""
    activities = [listed(FULL, FULL_PROVIDER, 1), *(one for one in varied(12) if one.entry.code.startswith("drawn"))]
    path = tmp_path / f"register.{'csv' if form == 'csv' else 'json'}"
    export(form, activities, path, base_url=BASE, made_at=CHANGED_AT)
    read = {row.entry.code: row.entry for row in read_file(path, form=form, today=ON).rows() if row.entry}
    assert set(read) == {one.entry.code for one in activities}
    for one in activities:
        found = read[one.entry.code]
        assert (found.title, found.study_hours) == (one.entry.title, one.entry.study_hours)
        is_told = form != "ooapi" or any(
            run.starts_on for run in one.entry.runs
        )  # a price belongs to an offering there
        assert found.price_cents == (one.entry.price_cents if is_told else None)
