"""The columns of a source: chosen per column, begun from what is known or from the file itself, and kept when sent alone."""

import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from doorleren.audit.models import Act
from doorleren.people.models import RoleKind
from doorleren.register.access import Acting
from doorleren.register.answers import ActRefused, Forbidden
from doorleren.register.commands.pull_source import pull_source
from doorleren.register.feeds.sampling import sample_of
from doorleren.register.models import Activity, Delivery, Source
from doorleren.register.queries import listings
from tests.web.markup import Markup
from tests.web.officer.desk import Desk, counts, with_role

FILE = 'Nr;Wat;Hoeveel;Wanneer;"Soms ""raar"" <b>"\nL1;Lassen voor beginners;1250,00;1-2-2027, 1-3-2027;x\nL2;Frezen;80;1-4-2027;y\n'
ONLY_TITLE = {"do": "keep", "column-0": "Wat", "map-0": "title"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """A home of its own, without a demo."""
    settings.DOORLEREN_HOME, settings.DOORLEREN_FEEDS_NEARBY = tmp_path, False
    return tmp_path


@pytest.fixture
def otto(db: None) -> Desk:
    """An administrator."""
    return Desk(with_role(RoleKind.ADMINISTRATOR))


@pytest.fixture
def source(home: Path) -> Source:
    """A source of CSV in a folder, with a file in it."""
    folder = home / "feeds" / "school"
    folder.mkdir(parents=True)
    (folder / "aanbod.csv").write_text(FILE, "utf-8")
    return Source.objects.create(
        name="School",
        form="csv",
        address=str(folder),
        every_hours=24,
        provider_kvk="90000018",
        provider_name="De Werkplaats",
    )


def at(source: Source) -> str:
    """The address of its columns."""
    return f"/officer/sources/{source.pk}/columns"


def fields(page: Markup) -> dict[str, str]:
    """What a browser would send of the form as it stands: hidden names, and the choice of each select."""
    import re

    form = page.page.split('novalidate autocomplete="off">')[1].split("</form>")[0]
    found = {
        name: _text(value) for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    }
    found.pop("csrfmiddlewaretoken", None)
    for name, body in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return found


def _text(value: str) -> str:
    import html

    return html.unescape(value)


def test_a_source_without_columns_says_so(otto: Desk, source: Source) -> None:
    """Before anything is known there is a button to fetch the file, and no field with code in it."""
    page = otto.open(at(source))
    assert "Er zijn nog geen kolommen bekend." in page.words
    assert "Haal een voorbeeld van het bestand op" in page.words
    settings = otto.open(f"/officer/sources/{source.pk}")
    assert "Wij raden bij elke levering welke kolom wat is." in settings.words
    assert "<textarea" not in settings.page


def test_a_sample_is_shown_with_a_guess_and_nothing_is_kept(otto: Desk, source: Source) -> None:
    """Each column stands there with values of the file and what we take it for; fetching writes nothing."""
    before = counts()
    page = otto.send(at(source), do="sample")
    assert (otto.status, counts()) == (200, before)
    assert "Lassen voor beginners" in page.words
    sent = fields(page)
    assert sent["column-4"] == 'Soms "raar" <b>'
    assert {sent[f"column-{n}"]: sent[f"map-{n}"] for n in range(5)} == {
        "Nr": "code", "Wat": "title", "Hoeveel": "", "Wanneer": "run.starts_on", 'Soms "raar" <b>': "",
    }  # fmt: skip
    assert "{" not in page.words


def test_choices_are_kept_and_count_at_the_next_pull(otto: Desk, source: Source) -> None:
    """What is chosen is kept beside the settings, recorded, shown again, and is how the next delivery is read."""
    sent = fields(otto.send(at(source), do="sample"))
    otto.send(at(source), **sent | {"do": "keep", "map-2": "price.total", "map-3": "run.starts_on", "currency": "EUR"})
    assert (otto.status, otto.place) == (302, f"/officer/sources/{source.pk}?done=kept")
    source.refresh_from_db()
    assert source.mapping == {
        "columns": {"Nr": "code", "Wat": "title", "Hoeveel": "price.total", "Wanneer": "run.starts_on"}, "month_first": [],
        "currency": "EUR", "language": "nl",
    }  # fmt: skip
    assert (source.every_hours, source.provider_name) == (24, "De Werkplaats")
    assert Act.objects.order_by("-id").values_list("act", "actor_id")[0] == (
        "kept",
        str(otto.person and otto.person.pk),
    )
    assert "U koos bij 4 kolommen wat erin staat." in otto.open(otto.place).words
    assert fields(otto.open(at(source)))["map-2"] == "price.total"
    pulled = pull_source(
        source.pk, home=otto_home(source), by=Acting("site", "timetable", frozenset({"site"})), at=datetime.now(UTC)
    )
    assert (pulled.failure, pulled.outcome.new) == (None, 2)
    key = Activity.objects.get(code="L1").pk
    first = listings([key])[key].entry
    assert (first.price_cents, len(first.runs)) == (125000, 2)


def otto_home(source: Source) -> Path:
    """The home in which the folder of the source lies."""
    return Path(source.address).parents[1]


def test_days_and_currency_are_chosen_in_words(otto: Desk, source: Source) -> None:
    """Whoever says that the month comes first says it of every column of days, and sees it again."""
    sent = ONLY_TITLE | {"column-1": "Wanneer", "map-1": "run.starts_on", "column-2": "Tot", "map-2": "run.ends_on", "column-3": "Hoeveel", "map-3": ""}  # fmt: skip
    otto.send(at(source), **sent, days="month", currency="USD", language="en")
    source.refresh_from_db()
    assert source.mapping == {
        "columns": {"Wat": "title", "Wanneer": "run.starts_on", "Tot": "run.ends_on"}, "month_first": ["Wanneer", "Tot"],
        "currency": "USD", "language": "en",
    }  # fmt: skip
    again = fields(otto.open(at(source)))
    assert (again["days"], again["currency"], again["language"]) == ("month", "USD", "en")


def test_what_the_last_delivery_used_is_a_start(otto: Desk, source: Source) -> None:
    """Without columns of its own the page begins with those of the last delivery, and keeps nothing by looking."""
    Delivery.objects.create(source=source, form="csv", received_at=datetime.now(UTC), received_by="site", mapping={"columns": {"Cursus": "title"}})  # fmt: skip
    assert fields(otto.open(at(source)))["column-0"] == "Cursus"
    source.refresh_from_db()
    assert source.mapping == {}


def test_a_column_that_is_gone_is_named(otto: Desk, source: Source) -> None:
    """A column that was chosen and is not in the file any more is shown as such, and is not chosen again."""
    Source.objects.filter(pk=source.pk).update(mapping={"Wat": "title", "Vroeger": "price.total"})
    page = otto.send(at(source), do="sample")
    assert "Deze kolom staat niet meer in het bestand." in page.words
    sent = fields(page)
    assert {sent[f"column-{n}"]: sent[f"map-{n}"] for n in (1, 5)} == {"Wat": "title", "Vroeger": ""}


def test_codes_of_a_column_stay(otto: Desk, source: Source) -> None:
    """What the codes of a column mean is not asked here, and is not lost by choosing."""
    Source.objects.filter(pk=source.pk).update(
        mapping={"columns": {"Wat": "title", "Nr": "evening"}, "values": {"Nr": {"L1": "ja"}}}
    )
    otto.send(at(source), **fields(otto.open(at(source))), do="keep")
    source.refresh_from_db()
    assert source.mapping["values"] == {"Nr": {"L1": "ja"}}


def test_guessing_again_is_a_button(otto: Desk, source: Source) -> None:
    """Who gives up the choices has the columns guessed at each delivery."""
    Source.objects.filter(pk=source.pk).update(mapping={"Wat": "title"})
    otto.send(at(source), do="guess")
    source.refresh_from_db()
    assert (otto.status, source.mapping) == (302, {})


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"map-0": ""}, "Kies bij een van de kolommen"),
        ({"map-0": "nonsense"}, "Kies bij een van de kolommen"),
        ({"column-1": "Nog", "map-1": "title"}, "Maar één kolom kan title zijn"),
        ({"column-1": "Nog", "map-1": "nonsense"}, "toegestaan is"),
        ({"currency": "dollars"}, "currency"),
        ({"language": "x" * 9}, "language"),
    ],
    ids=["nothing", "nonsense", "twice", "one nonsense", "currency", "language"],
)
def test_what_cannot_be_kept_is_said(otto: Desk, source: Source, sent: dict[str, str], words: str) -> None:
    """A wrong choice is told, what was chosen stays on the page, and nothing is kept."""
    page = otto.send(at(source), **ONLY_TITLE | sent)
    assert (otto.status, words in page.words) == (422, True)
    assert fields(page)["column-0"] == "Wat"
    source.refresh_from_db()
    assert source.mapping == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "Het bestand is leeg."), ("{}", "staat geen CSV"), ("%PDF-1.4", "van de soort PDF")],
    ids=["empty", "json", "pdf"],
)
def test_a_file_that_cannot_be_read_is_said(otto: Desk, source: Source, content: str, words: str) -> None:
    """The page says why there is nothing to choose from."""
    (Path(source.address) / "aanbod.csv").write_text(content)
    page = otto.send(at(source), do="sample")
    assert (otto.status, words in page.words) == (422, True)


def test_a_sample_is_fetched_from_public_places_only(otto: Desk, source: Source, monkeypatch: Any) -> None:
    """A name that leads to this machine and a folder outside that of feeds are refused, as with a pull."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: [(0, 0, 0, "", ("127.0.0.1", 0))])
    for address, words in (("https://school.example/x.csv", "geen openbaar adres"), ("/etc", "onder de map feeds")):
        Source.objects.filter(pk=source.pk).update(address=address)
        page = otto.send(at(source), do="sample")
        assert (otto.status, words in page.words) == (422, True), address


def test_only_who_may_fetches_a_sample(source: Source, home: Path) -> None:
    """Without the role nothing is fetched; a source without an address or of another form has no sample."""
    moment = datetime.now(UTC)
    with pytest.raises(Forbidden):
        sample_of(source, home=home, nearby=False, by=Acting("person", "1", frozenset({"auditor"})), at=moment)
    keeper = Acting("person", "1", frozenset({"administrator"}))
    for wrong in (Source(form="csv"), Source(form="ooapi", address="https://a.example")):
        with pytest.raises(ActRefused, match="CSV"):
            sample_of(wrong, home=home, nearby=False, by=keeper, at=moment)


def test_other_forms_have_no_columns(otto: Desk, source: Source) -> None:
    """The address of the columns leads to the source, and a source that becomes another form gives up its columns."""
    Source.objects.filter(pk=source.pk).update(mapping={"Wat": "title"})
    otto.send(
        f"/officer/sources/{source.pk}",
        name="School",
        form="ooapi",
        address="https://school.example/ooapi/v5",
        every_hours="24",
    )
    source.refresh_from_db()
    assert (otto.status, source.mapping) == (302, {})
    otto.open(at(source))
    assert (otto.status, otto.place) == (302, f"/officer/sources/{source.pk}")


def test_settings_leave_the_columns_as_they_are(otto: Desk, source: Source) -> None:
    """Keeping the name or the hours does not touch what was chosen."""
    Source.objects.filter(pk=source.pk).update(mapping={"Wat": "title"})
    otto.send(f"/officer/sources/{source.pk}", name="Anders", form="csv", address=source.address, every_hours="12")
    source.refresh_from_db()
    assert (otto.status, source.name, source.mapping) == (302, "Anders", {"Wat": "title"})
