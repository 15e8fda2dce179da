"""Sources on the pages of an administrator: kept by the rules, pulled beside the request, and their deliveries undone."""

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from doorleren.audit.models import Act
from doorleren.people.models import RoleKind
from doorleren.register.access import Acting
from doorleren.register.answers import ActRefused, Forbidden
from doorleren.register.feeds import pulling
from doorleren.register.feeds.visiting import Limits
from doorleren.register.models import Activity, Delivery, DeliveryFault, Source
from tests.web.officer.desk import Desk, counts, with_role

FILE = "Code;Titel;Prijs;KvK-nummer;Opleider\nL1;Lassen;1250,00;90000018;De Werkplaats\nL2;Frezen;achthonderd;90000018;De Werkplaats\n"
GIVEN = {
    "name": "Havenschool", "form": "csv", "address": "https://havenschool.example/aanbod.csv", "every_hours": "24",
    "most_refused_percent": "20", "least_rows": "1", "provider_kvk": "", "provider_name": "", "secret": "",
}  # fmt: skip
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
def source(db: None) -> Source:
    """A source that is pulled each day."""
    return Source.objects.create(
        name="Dagschool", form="csv", address="https://dagschool.example/x.csv", every_hours=24
    )


def delivery(source: Source, ago: timedelta = timedelta(hours=1), **given: Any) -> Delivery:
    at = datetime.now(UTC) - ago
    return Delivery.objects.create(source=source, form="csv", received_at=at, received_by="site", **given)


def addresses(source: Source) -> list[str]:
    number = delivery(source, new=1).pk
    return [
        "/officer/sources", "/officer/sources/new", f"/officer/sources/{source.pk}", f"/officer/deliveries/{number}",
        f"/officer/deliveries/{number}/undo", f"/officer/sources/{source.pk}/columns",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in RoleKind if kind != RoleKind.ADMINISTRATOR])
def test_who_is_no_administrator_is_refused(kind: RoleKind, source: Source) -> None:
    """Every other role is refused every page and form, and nothing changes."""
    pages, desk = addresses(source), Desk(with_role(kind))
    before = counts()
    for address in pages:
        desk.open(address)
        assert desk.status == 403, address
    for address in (*pages[1:3], *pages[4:], f"/officer/sources/{source.pk}/pull"):
        desk.send(address, **GIVEN)
        assert desk.status == 403, address
    assert counts() == before


def test_looking_writes_nothing(otto: Desk, source: Source) -> None:
    """Each page leaves every table as it was."""
    pages = addresses(source)
    before = counts()
    for address in (*pages, "/officer/sources?what=all&q=dag&after=x"):
        otto.client.get(address)
        otto.open(address)
        assert otto.status == 200, address
    assert counts() == before


def test_the_list_says_how_each_source_stands(otto: Desk, source: Source) -> None:
    """Last delivery, why it failed and when it is next stand in the row; what is never pulled is on the long list only."""
    delivery(source, timedelta(hours=50), failure="Te vroeg.")
    delivery(source, timedelta(hours=2), failure="Het adres antwoordt met status 404, niet 200.")
    Source.objects.create(name="Los", form="csv")
    fresh = Source.objects.create(name="Vers", form="csv", address="https://v.example/", every_hours=24)
    Source.objects.create(name="Knop", form="csv", address="https://k.example/")
    delivery(fresh, timedelta(hours=30), new=1)
    words = otto.open("/officer/sources").words
    assert "mislukt, er is niets veranderd" in words
    assert "status 404" in words
    assert "Te vroeg" not in words
    assert "alleen met de knop" in words
    assert "zo meteen" in words
    assert "Los" not in words
    words = otto.open("/officer/sources", what="all").words
    assert "Los" in words
    assert "wordt niet opgehaald" in words
    assert "Vers" not in otto.open("/officer/sources", q="dag").words


def test_a_long_list_has_pages(otto: Desk) -> None:
    """Fifty at a time, by name, each once."""
    for place in range(55):
        Source.objects.create(name=f"Bron{place:02}", form="csv", address="https://b.example/")
    first = otto.open("/officer/sources")
    second = otto.open(f"/officer/sources{next(one for one in first.links if 'after=' in one)}")
    assert [f"Bron{place:02}" in first.words for place in (0, 49, 50)] == [True, True, False]
    assert [f"Bron{place:02}" in second.words for place in (49, 50, 54)] == [False, True, True]


def test_a_source_is_added_and_changed(otto: Desk) -> None:
    """What was typed is kept, shown again in the form and recorded, and an empty field has its usual value."""
    otto.send("/officer/sources/new", **GIVEN)
    kept = Source.objects.get()
    assert (otto.status, otto.place) == (302, f"/officer/sources/{kept.pk}?done=kept")
    assert (kept.every_hours, kept.most_refused_percent, kept.mapping) == (24, 20, {})
    page = otto.open(otto.place)
    assert "De bron is bewaard." in page.words
    assert 'value="https://havenschool.example/aanbod.csv"' in page.page
    otto.send(f"/officer/sources/{kept.pk}", **GIVEN | {"every_hours": "", "most_refused_percent": "", "name": "Haven"})
    kept.refresh_from_db()
    assert (kept.name, kept.every_hours, kept.most_refused_percent, kept.mapping) == ("Haven", None, 10, {})
    acts = [(one.act, one.actor_id, one.subject_kind) for one in Act.objects.order_by("-id")[:2]]
    assert acts == [("kept", str(otto.person.pk), "source")] * 2


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"name": ""}, "name", "Naam"),
        ({"form": "form"}, "form", "Vorm"),
        ({"address": "http://127.0.0.1:5432/"}, "address", "geen openbaar adres"),
        ({"address": "http://169.254.169.254/"}, "address", "geen openbaar adres"),
        ({"address": "/etc"}, "address", "onder de map feeds"),
        ({"address": "https://user:word@school.example/"}, "address", "naam of wachtwoord"),
        ({"address": "", "every_hours": "24"}, "address", "een adres"),
        ({"every_hours": "vaak"}, "every_hours", "Vul een heel getal in"),
        ({"every_hours": "0"}, "every_hours", "een getal van 1"),
        ({"most_refused_percent": "101"}, "most_refused_percent", "een getal van 0 tot en met 100"),
        ({"least_rows": "-1"}, "least_rows", "Vul een heel getal in"),
        ({"provider_kvk": "123"}, "provider_kvk", "acht cijfers"),
        ({"secret": "../etc"}, "secret", "de naam van een bestand"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_what_is_wrong_stands_at_its_field(otto: Desk, typed: dict[str, str], field: str, words: str) -> None:
    """Every mistake is told at its field, what was typed stays, and nothing is kept."""
    page = otto.send("/officer/sources/new", **GIVEN | typed)
    assert (otto.status, Source.objects.count()) == (422, 0)
    assert words in page.page.split(f'id="q-{field}-error"')[1].split("</div>")[0]
    assert 'value="20"' in page.page or "most_refused_percent" in typed


def test_in_the_demo_a_near_address_is_allowed(otto: Desk, home: Path) -> None:
    """With the demo provider on, loopback is allowed; another folder than that of feeds never is."""
    with override_settings(DOORLEREN_FEEDS_NEARBY=True):
        otto.send("/officer/sources/new", **GIVEN | {"address": "http://127.0.0.1:8001/x.csv"})
        assert otto.status == 302
        otto.send("/officer/sources/new", **GIVEN | {"name": "Map", "address": "/etc"})
        assert otto.status == 422
    otto.send("/officer/sources/new", **GIVEN | {"name": "Map", "address": f"{home}/feeds/haven"})
    assert otto.status == 302


def test_what_is_not_there_is_not_found(otto: Desk) -> None:
    """Numbers of no source and no delivery, also beyond what a number can be, give a page that says so."""
    for number in (0, 2**70):
        for address in (
            f"/officer/sources/{number}",
            f"/officer/sources/{number}/columns",
            f"/officer/deliveries/{number}",
            f"/officer/deliveries/{number}/undo",
        ):
            otto.open(address)
            assert otto.status == 404, address
        otto.send(f"/officer/sources/{number}/pull")
        assert otto.status == 404


def test_a_delivery_shows_its_counts_and_faults_in_pages(otto: Desk, source: Source) -> None:
    """A hundred faults at a time, each once, with what became of the row."""
    kept = delivery(source, new=3, refused=150)
    DeliveryFault.objects.bulk_create(
        DeliveryFault(delivery=kept, row=row, text=f"Rij {row}: fout.", refuses=row % 2 == 0) for row in range(1, 151)
    )
    first = otto.open(f"/officer/deliveries/{kept.pk}")
    second = otto.open(f"/officer/deliveries/{kept.pk}{next(one for one in first.links if 'after=' in one)}")
    assert "Geweigerd: 150" in first.words
    assert [f"Rij {row}: fout." in first.words for row in (1, 100, 101)] == [True, True, False]
    assert [f"Rij {row}: fout." in second.words for row in (100, 101, 150)] == [False, True, True]
    assert "wat niet te lezen was, is leeg" in first.words


def test_undoing_asks_for_signing_in_again_when_it_is_long_ago(source: Source) -> None:
    """What cannot be taken back asks for fresh proof, and leads back to the question."""
    desk, kept = Desk(with_role(RoleKind.ADMINISTRATOR), minutes_ago=6), delivery(source, new=1)
    desk.open(f"/officer/deliveries/{kept.pk}/undo")
    assert desk.status == 403
    desk.send(f"/officer/deliveries/{kept.pk}/undo")
    assert (desk.status, desk.place) == (302, f"/officer/deliveries/{kept.pk}/undo")
    kept.refresh_from_db()
    assert kept.undone_at is None


def test_a_delivery_that_failed_cannot_be_undone(otto: Desk, source: Source) -> None:
    """There is no button, and who asks all the same gets the reason."""
    kept = delivery(source, failure="Leeg.")
    assert "Draai deze levering terug" not in otto.open(f"/officer/deliveries/{kept.pk}").words
    page = otto.send(f"/officer/deliveries/{kept.pk}/undo")
    assert (otto.status, "er is niets terug te draaien" in page.words) == (409, True)


def test_a_source_without_address_is_not_pulled(otto: Desk) -> None:
    """The page has no button for it, and a form that is sent all the same is refused in words."""
    bare = Source.objects.create(name="Los", form="csv")
    assert "Haal nu op" not in otto.open(f"/officer/sources/{bare.pk}").words
    assert "Deze bron heeft geen adres." in otto.send(f"/officer/sources/{bare.pk}/pull").words


def test_a_source_that_leads_to_the_site_itself_is_not_pulled(otto: Desk, source: Source, monkeypatch: Any) -> None:
    """A public name that points to this machine, and a folder that was named before there was a rule, are refused in words."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: [(0, 0, 0, "", ("127.0.0.1", 0))])
    assert "geen openbaar adres" in otto.send(f"/officer/sources/{source.pk}/pull").words
    Source.objects.filter(pk=source.pk).update(address="/etc")
    assert "onder de map feeds" in otto.send(f"/officer/sources/{source.pk}/pull").words
    assert (otto.status, Delivery.objects.exists()) == (422, False)


def test_a_link_does_not_pull(otto: Desk, source: Source) -> None:
    """Following the address of the button leads to the page of the source, and nothing is pulled."""
    otto.open(f"/officer/sources/{source.pk}/pull")
    assert (otto.status, otto.place) == (302, f"/officer/sources/{source.pk}")
    assert not Delivery.objects.exists()


def test_only_who_may_begins_a_pull(source: Source, home: Path) -> None:
    """Without the role no thread begins."""
    nobody = Acting("person", "1", frozenset({"auditor"}))
    with pytest.raises(Forbidden):
        pulling.pull_now(source.pk, home=home, by=nobody, at=datetime.now(UTC), limits=Limits())


@pytest.fixture
def folder(home: Path) -> Path:
    """A folder of feeds with a file in it."""
    place = home / "feeds" / "school"
    place.mkdir(parents=True)
    (place / "aanbod.csv").write_text(FILE, "utf-8")
    return place


@pytest.mark.django_db(transaction=True)
def test_a_source_is_pulled_now_and_undone(otto: Desk, folder: Path) -> None:
    """The button fetches what lies there; the page shows what came, the faults per row, and takes it back."""
    otto.send("/officer/sources/new", **GIVEN | {"address": str(folder), "most_refused_percent": "60"})
    kept = Source.objects.get()
    otto.send(f"/officer/sources/{kept.pk}/pull")
    assert (otto.status, otto.place) == (302, f"/officer/sources/{kept.pk}")
    came = Delivery.objects.get()
    assert (came.failure, came.received_by) == ("", f"person:{otto.person.pk}")
    assert Activity.objects.filter(current__isnull=False).count() == came.new > 0
    assert "verwerkt" in otto.open(otto.place).words
    page = otto.open(f"/officer/deliveries/{came.pk}")
    assert "achthonderd" in page.words
    assert f"{came.new} opleiding" in otto.open(f"/officer/deliveries/{came.pk}/undo").words
    otto.send(f"/officer/deliveries/{came.pk}/undo")
    assert (otto.status, otto.place) == (302, f"/officer/deliveries/{came.pk}")
    assert not Activity.objects.filter(current__isnull=False).exists()
    assert "is teruggedraaid" in otto.open(otto.place).words


@pytest.mark.django_db(transaction=True)
def test_a_pull_that_takes_long_goes_on_beside_the_page(otto: Desk, folder: Path, monkeypatch: Any) -> None:
    """While it lasts the page says so and comes back by itself, a second press is refused, and afterwards it is over."""
    from threading import Event

    hold, begun, ended = Event(), Event(), Event()

    def slow(*_: object, **__: object) -> None:
        begun.set()
        assert hold.wait(20)
        ended.set()

    monkeypatch.setattr(pulling, "pull_source", slow)
    monkeypatch.setattr(pulling, "AT_ONCE_SECONDS", 0.01)
    kept = Source.objects.create(name="Traag", form="csv", address=str(folder))
    try:
        otto.send(f"/officer/sources/{kept.pk}/pull")
        assert begun.wait(20)
        assert pulling.being_pulled([kept.pk, kept.pk + 1]) == {kept.pk}
        page = otto.open(f"/officer/sources/{kept.pk}")
        assert "Wij halen deze bron nu op." in page.words
        assert f'content="3; url=/officer/sources/{kept.pk}"' in page.page
        assert "wordt nu opgehaald" in otto.open("/officer/sources").words
        assert "Deze bron wordt al opgehaald." in otto.send(f"/officer/sources/{kept.pk}/pull").words
    finally:
        hold.set()
    assert ended.wait(20)
    for _ in range(200):
        if not pulling.being_pulled([kept.pk]):
            break
        Event().wait(0.05)
    assert pulling.being_pulled([kept.pk]) == set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "error", [ActRefused({"nl": "Nee.", "en": "No."}), RuntimeError("x")], ids=["refused", "broken"]
)
def test_whatever_goes_wrong_the_source_is_free_again(
    source: Source, home: Path, monkeypatch: Any, error: Exception
) -> None:
    """A pull that is refused or breaks leaves no lock behind."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(pulling, "pull_source", fail)
    by = Acting("person", "1", frozenset({"administrator"}))
    pulling.pull_now(source.pk, home=home, by=by, at=datetime.now(UTC), limits=Limits())
    assert pulling.being_pulled([source.pk]) == set()
