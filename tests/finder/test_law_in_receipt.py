"""A receipt also names the dated law that functions look into."""

import shutil
from dataclasses import replace

from doorleren.core.days import read_asked
from doorleren.finder.check import check
from doorleren.finder.contract import answer_as_dict
from doorleren.rules.law import load_law
from doorleren.rules.library import open_library
from doorleren.shipped import folder


def receipts(library):
    """Give the ids of all receipts of an empty profile on a day."""
    answer = answer_as_dict(check(library, {}, read_asked("2022-03-01")), library.vocabulary)
    return {one["scheme"]: one["receipt"]["id"] for one in answer["verdicts"]}


def test_a_new_year_in_the_pension_table_gives_other_receipts(tmp_path):
    """When the state pension age of one more year is written down, no old receipt stands for a new answer."""
    library = open_library()
    shutil.copytree(folder("law"), tmp_path / "law")
    table = tmp_path / "law" / "pension-age.toml"
    table.write_text(table.read_text() + "\n[[age]]\nyear = 2029\nyears = 67\nmonths = 3\n")
    before, after = receipts(library), receipts(replace(open_library(), law=load_law(tmp_path / "law")))
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
