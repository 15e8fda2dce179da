"""A provider enrols the participants of a file on the pages: looked over, given, answered by row; and who may not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doorleren.applications.models import Enrolment
from tests.applications.bundles.made import NUMBERS
from tests.applications.offers import made
from tests.web.offers.test_pages import offer, ready
from tests.web.officer.desk import counts
from tests.web.provider.visitor import Visitor

__all__ = ["offer", "ready"]
HEAD = "opleiding;bsn;naam;geboortedatum\r\n"


def rows(*told: str) -> str:
    """Write rows with the number of the short training."""
    return HEAD + "".join(f"{made.activity('kort').pk};{one}\r\n" for one in told)


GOOD, BAD = f"{NUMBERS[0]};Özlem Berg;01-04-1990", f"{NUMBERS[1]};Zoë Bakker;32-01-1990"


def test_from_a_file_to_the_enrolments(ready: str, sanne: Visitor) -> None:
    """The preview keeps nothing and names row, field, what was given and what is allowed; then each right row is an enrolment."""
    assert str(made.activity("kort").pk) in sanne.open(ready).words
    file = SimpleUploadedFile("deelnemers.csv", rows(GOOD, BAD).encode("cp1252"))
    before = counts()
    page = sanne.post(f"{ready}/preview", {"file": file, "rows": "onzin"})
    assert (sanne.status, counts()) == (200, before)
    assert "Uw bestand heeft 2 rijen. Daarvan is 1 in orde." in page.words
    for said in (
        "Rij 2",
        "geboortedatum: De geboortedatum ontbreekt of kan niet.",
        "als 1985-04-01",
        "Gegeven is: 32-01-1990.",
    ):
        assert said in page.words
    page = sanne.post(f"{ready}/submit", {"rows": rows(GOOD, BAD)})
    assert "1 deelnemer is ingeschreven." in page.words
    assert f"{NUMBERS[1]};Zoë Bakker;32-01-1990" in page.page, "the refused row can be mended and given again"
    assert NUMBERS[0] not in page.page
    page = sanne.post(f"{ready}/submit", {"rows": rows(GOOD, BAD.replace("32-01", "31-01"))})
    assert "1 rij gaat over iemand die hier al was ingeschreven." in page.words
    words = sanne.open(ready).words
    for said in ("2 van 30 deelnemers", "Özlem Berg, 1 april 1990", "Zoë Bakker, 31 januari 1990"):
        assert said in words


def test_the_example_is_a_file_that_can_be_filled_in(ready: str, sanne: Visitor) -> None:
    """It has the columns and the numbers of the trainings; filled in it is accepted."""
    reply = sanne.client.get(f"{ready}/example.csv")
    text = reply.content.decode("utf-8-sig")
    assert "deelnemers.csv" in reply["Content-Disposition"]
    assert text == HEAD + "".join(f"{made.activity(code).pk};;;\r\n" for code in ("kort", "duur"))
    page = sanne.post(f"{ready}/preview", {"rows": text.replace(";;;", ";;Jan Jansen;01-04-1985", 1)})
    assert "Daarvan is 1 in orde." in page.words
    assert "naam: De naam ontbreekt" in page.words


@pytest.mark.parametrize("act", ["preview", "submit"])
@pytest.mark.parametrize(
    ("text", "said"), [("", "Het bestand is leeg"), ("opleiding;schoenmaat\r\n1;44", "gegeven is 'schoenmaat'"), (HEAD, "gegeven zijn er 0")]
)  # fmt: skip
def test_what_cannot_be_read(act: str, text: str, said: str, ready: str, sanne: Visitor) -> None:
    """It stands at the field with what was given and what is allowed, and what was pasted is there still."""
    page = sanne.post(f"{ready}/{act}", {"rows": text})
    assert (sanne.status, said in page.words, "q-rows-error" in page.ids) == (422, True, True)
    assert text.partition("\r\n")[0] in page.page
    assert not Enrolment.objects.exists()


def test_a_file_that_is_too_large(ready: str, sanne: Visitor) -> None:
    """More than four megabytes is refused unread, as for a bundle."""
    page = sanne.post(f"{ready}/preview", {"file": SimpleUploadedFile("groot.csv", b"x" * (4 * 1024 * 1024 + 1))})
    assert (sanne.status, "Het bestand is groter dan 4 MB." in page.words) == (422, True)


def test_who_may_not(ready: str, olga: Visitor, nadia: Visitor) -> None:
    """Another provider does not find it, who is none is refused, a visitor signs in; nothing is written by them."""
    before = counts()
    for visitor, allowed in ((olga, {404}), (nadia, {403}), (Visitor(None), {302, 403})):
        visitor.open(f"{ready}/example.csv")
        assert visitor.status in allowed
        for act in ("preview", "submit"):
            visitor.post(f"{ready}/{act}", {"rows": rows(GOOD)})
            assert visitor.status in allowed
    assert counts() == before


def test_looking_writes_nothing(ready: str, sanne: Visitor) -> None:
    """GET of the page and of the example keeps nothing; the acts do not take GET, nor a POST without the token of the page."""
    before = counts()
    for address in (ready, f"{ready}/example.csv"):
        assert sanne.client.get(address).status_code == 200
    for act in ("preview", "submit"):
        assert sanne.client.get(f"{ready}/{act}").status_code == 405
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    strict.cookies = sanne.client.cookies
    assert strict.post(f"{ready}/submit", {"rows": rows(GOOD)}).status_code == 403
    assert counts() == before


def test_more_than_a_page_of_enrolments(ready: str, sanne: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every enrolment can be seen: the list goes on at the next page, and a page that is none is the first."""
    monkeypatch.setattr("doorleren.web.provider.participants.SHOWN", 2)
    names = {f"Deelnemer {letter}" for letter in "ABC"}
    sanne.post(f"{ready}/submit", {"rows": rows(*(f";{name};01-04-1990" for name in sorted(names)))})
    first, second = sanne.open(ready), sanne.open(f"{ready}?page=2")
    on_first, on_second = ({name for name in names if name in page.words} for page in (first, second))
    assert (len(on_first), on_first | on_second, on_first & on_second) == (2, names, set())
    assert sanne.open(f"{ready}?page=x").words == first.words
