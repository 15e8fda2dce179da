"""GET /instruments: the whole overview, filtered or one by one, and the file it is read from."""

from pathlib import Path

import pytest
from django.test import Client

from doorleren.rules.faults import SchemeFault
from doorleren.rules.instruments import load_instruments
from doorleren.web import known
from tests.web.api.asked import fits, get, problem

ENTRY = """
[[instrument]]
id = "moon-desk"
name = { nl = "Maanloket" }
kind = "desk"
pillar = 4
status = "running"
runs = { nl = "de maan" }
for_whom = { nl = "iedereen" }
what = { nl = "Een loket." }
schemes = []
computed = false
why = { nl = "een loket" }
source = "000"
"""


def test_all_instruments(api: Client) -> None:
    """Every instrument is listed, in the order of its file and in the published shape."""
    found = get(api, "/instruments").json()
    assert [one["id"] for one in found] == [one.id for one in known.instruments()]
    for one in found:
        fits(one, "Instrument")
        assert (one["why"] is None) is one["computed"]


@pytest.mark.parametrize("name", ["pillar", "kind", "status"])
def test_filters_part_the_list(api: Client, name: str) -> None:
    """The values of a filter part the list: each entry is found under its own value only."""
    values = sorted({str(getattr(one, name)) for one in known.instruments()})
    found = [one["id"] for value in values for one in get(api, f"/instruments?{name}={value}").json()]
    assert sorted(found) == sorted(one.id for one in known.instruments())


def test_filters_combine(api: Client) -> None:
    """Two filters leave what meets both."""
    found = get(api, "/instruments?pillar=1&kind=grant").json()
    assert found
    assert {(one["pillar"], one["kind"]) for one in found} == {("1", "grant")}


def test_a_filter_that_means_nothing(api: Client) -> None:
    """An unknown value of a filter is a problem that lists the values."""
    told = problem(get(api, "/instruments?pillar=5"), 400)
    assert (told["fact"], told["given"], told["allowed"]) == ("pillar", "5", "1, 2, 3, 4, cross")


def test_one_instrument(api: Client) -> None:
    """One instrument reads the same as in the list; one that does not exist is a problem."""
    first = get(api, "/instruments").json()[0]
    assert get(api, f"/instruments/{first['id']}").json() == first
    assert problem(get(api, "/instruments/no-such-thing"), 404)["fact"] == "id"


def test_the_file_of_instruments(tmp_path: Path) -> None:
    """The file is read into frozen entries; one that is incomplete, misspelt or there twice is refused by name."""
    file = tmp_path / "instruments.toml"
    file.write_text(ENTRY, "utf-8")
    (one,) = load_instruments(file)
    assert (one.id, one.pillar, one.called("en"), one.why) == ("moon-desk", "4", "Maanloket", {"nl": "een loket"})
    for text in (ENTRY + ENTRY, ENTRY.replace("status", "state"), ENTRY.replace('kind = "desk"\n', "")):
        file.write_text(text, "utf-8")
        with pytest.raises(SchemeFault, match="moon-desk"):
            load_instruments(file)
