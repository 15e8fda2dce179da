"""The pages of an adviser: looking over a bundle, handing it in, and what came of every row; and who may not."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.applications.models import Bundle, Registration
from doorleren.applications.retention.commands.destroy_refused_rows import destroy_refused_rows
from doorleren.people.models import Assurance, Mandate, Organisation, Person, RoleKind
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.models import Round, Ticket
from tests.applications.bundles import made
from tests.applications.bundles.made import NUMBERS
from tests.applications.made import AT, US
from tests.people import made as people
from tests.web.provider.visitor import Visitor

HEAD = "kenmerk;bsn;naam;geboortedatum;person.labour_market_link\r\n"
PAGES = ("/bundles", "/bundles/example.csv")
ACTS = ("/bundles/preview", "/bundles/submit")


def csv(*places: int, name: str = "Nadia Bakker") -> str:
    """Write rows that are right."""
    return HEAD + "".join(f"klant-{place};{NUMBERS[place]};{name};01-04-1985;ja\r\n" for place in places)


def hand_in(visitor: Visitor, text: str) -> Any:
    """Hand rows in and open what came of them."""
    visitor.post("/bundles/submit", {"rows": text})
    return visitor.open(visitor.place)


def test_from_looking_over_to_the_answers(tom: Visitor) -> None:
    """The preview says what is right and wrong and keeps nothing; handing in answers every row, and never shows a number."""
    text = csv(0, 1) + f"klant-2;{NUMBERS[2]};;2031-01-01;nee\r\n"
    page = tom.post("/bundles/preview", {"rows": text})
    assert "Uw bundel heeft 3 rijen. Daarvan zijn er 2 in orde." in page.words
    assert "De naam ontbreekt" in page.words
    assert "De geboortedatum ontbreekt" in page.words
    assert not Bundle.objects.exists()
    page = hand_in(tom, text)
    assert (tom.status, Ticket.objects.count()) == (200, 2)
    assert "geregistreerd" in page.words
    assert "klant-2" in page.words
    assert "Nadia" not in page.page
    assert not [number for number in NUMBERS[:3] if number in page.page]
    assert "2 geregistreerd, 0 waren er al, 1 geweigerd" in tom.open("/bundles").words


def test_one_above_the_limit_names_its_rule(tom: Visitor) -> None:
    """Preview and answer say which rule of the scheme refuses the row, and its source."""
    text = csv(*range(made.MOST + 1))
    for page in (tom.post("/bundles/preview", {"rows": text}), hand_in(tom, text)):
        assert "nog geen 3 deelnemers geregistreerd. (Staatscourant 2026, 2, art. 4)" in page.words


def test_one_cause_is_told_once(tom: Visitor) -> None:
    """Rows with the same fault share a sentence that names and counts them; in the answer each row has its own."""
    text = csv(0) + "".join(f"fout-{place};1;Nadia Bakker;1985-04-01;ja\r\n" for place in range(30))
    page = tom.post("/bundles/preview", {"rows": text})
    assert page.words.count("Dit is geen burgerservicenummer") == 1
    assert "Rij 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 en 20 andere" in page.words
    hand_in(tom, text)
    answer = tom.client.get(f"{tom.place}.json").json()
    assert [len(one["faults"]) for one in answer["answers"]] == [0] + [1] * 30


def test_without_a_right_row_there_is_nothing_to_hand_in(tom: Visitor) -> None:
    """The preview offers no button then, and who posts all the same gets the same page; a program gets its answers."""
    text = HEAD + f"klant-0;{NUMBERS[0]};Nadia Bakker;01-04-1985;nee\r\n"
    page = tom.post("/bundles/preview", {"rows": text})
    assert "Geen enkele rij is in orde" in page.words
    assert "/bundles/submit" not in page.page
    page = tom.post("/bundles/submit", {"rows": text})
    assert (tom.status, "Geen enkele rij is in orde" in page.words, NUMBERS[0] in page.page) == (422, True, True)
    assert not Bundle.objects.exists()
    told = {"rows": [made.row(0, name="")]}
    assert tom.client.post("/bundles/submit", told, "application/json").json()["refused"] == 1


def test_what_may_stand_in_a_column_is_told_before(tom: Visitor) -> None:
    """The page says of each column what may stand in it."""
    assert "band met de Nederlandse arbeidsmarkt: ja of nee" in tom.open("/bundles").words


def test_a_file(tom: Visitor) -> None:
    """A file goes before pasted rows, also one in the letters of an older Windows."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("rijen.csv", csv(0, name="Zoë Bakker").encode("cp1252"))
    page = tom.post("/bundles/preview", {"file": file, "rows": "onzin"})
    assert "Uw bundel heeft 1 rij. Daarvan is 1 in orde." in page.words
    assert "Zoë Bakker" in page.page


LARGEST = 4 * 1024 * 1024


def large(size: int) -> str:
    """A row that is right and long ones, a number of bytes together with two signs at the end of each line."""
    long = csv(1, name="x" * 50_000).removeprefix(HEAD)
    text = csv(0) + long * ((size - len(csv(0))) // len(long) - 1)
    return text + csv(1, name="x" * (size - len(text) - len(long) + 50_000)).removeprefix(HEAD)


@pytest.mark.parametrize("newline", ["\r\n", "\n"], ids=["crlf", "lf"])
def test_what_is_looked_over_can_be_handed_in(newline: str, tom: Visitor) -> None:
    """A file of four megabytes to the byte goes through both pages as a browser sends it, one byte more through neither."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    text = large(LARGEST)
    assert len(text.encode()) == LARGEST
    given = SimpleUploadedFile("rijen.csv", text.replace("\r\n", newline).encode())
    tom.post("/bundles/preview", {"file": given})
    assert tom.status == 200
    hand_in(tom, text)
    assert (Bundle.objects.count(), tom.status) == (1, 200)
    more = SimpleUploadedFile("rijen.csv", large(LARGEST + 1).replace("\r\n", newline).encode())
    page = tom.post("/bundles/preview", {"file": more})
    assert (tom.status, "Het bestand is groter dan 4 MB. Gegeven is 4,1 MB." in page.words) == (422, True)


def test_more_text_than_is_taken_at_once(tom: Visitor) -> None:
    """What was pasted and is larger than any form gets a page that says how much is allowed."""
    page = tom.post("/bundles/preview", {"rows": "x" * (6 * 1024 * 1024)})
    assert (tom.status, "Toegestaan is hooguit 5 MB." in page.words) == (400, True)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "Het bestand is leeg"), (HEAD, "Rijen: gegeven zijn er 0"), ("kenmerk;naam\r\na;b", "geboortedatum"),
        (HEAD.replace("naam", "schoenmaat") + "x", "schoenmaat"), ('kenmerk;naam;geboortedatum\r\n"a;b', "geen CSV"),
    ],
)  # fmt: skip
def test_what_is_no_bundle(rows: str, said: str, tom: Visitor) -> None:
    """What cannot be read at all is refused with what was given and what is allowed, and what was typed is there still."""
    page = tom.post("/bundles/preview", {"rows": rows})
    assert (tom.status, said in page.words) == (422, True), page.words
    assert not Bundle.objects.exists()


def test_the_same_bundle_again_is_the_same_page(tom: Visitor) -> None:
    """Pressing twice makes one bundle."""
    hand_in(tom, csv(0))
    first = tom.place
    hand_in(tom, csv(0))
    assert (tom.place, Bundle.objects.count(), Ticket.objects.count()) == (first, 1, 1)
    answer = tom.client.get(f"{first}.json").json()
    assert (answer["accepted"], answer["answers"][0]["reference"], answer["answers"][0]["number"]) == (1, "klant-0", 1)


def test_the_pages_of_a_long_bundle(tom: Visitor) -> None:
    """A bundle of more than a page can be leafed through, and narrowed to one kind of answer."""
    text = csv(0) + "".join(f"fout-{place};1;Nadia Bakker;1985-04-01;ja\r\n" for place in range(120))
    page = hand_in(tom, text)
    assert "fout-98" in page.words
    assert "fout-99" not in page.words
    assert "fout-119" in tom.open(f"{tom.place}?page=2").words
    assert "klant-0" not in tom.open(f"{tom.place}?outcome=refused").words


def test_a_closed_round(tom: Visitor, round_: Round) -> None:
    """Once the round is closed the page says that there is none, and what is handed in all the same is not found."""
    close_gate(round_.pk, by=US, at=AT)
    assert "geen aanvraagtijdvak open" in tom.open("/bundles").words
    assert tom.client.post("/bundles/submit", {"rows": csv(0)}).status_code == 404


def test_what_was_refused_is_gone_after_its_retention(tom: Visitor, round_: Round) -> None:
    """Of a closed round the page says that a row has no answer any more, and no longer asks to send the bundle again."""
    text = csv(0) + "fout-zelda;1;Nadia Bakker;1985-04-01;ja\r\n"
    assert "fout-zelda" in hand_in(tom, text).words
    close_gate(round_.pk, by=US, at=AT)
    (bundle,) = destroy_refused_rows(date(2090, 1, 1), by=US, at=AT)
    page = tom.open(f"/bundles/{bundle}")
    assert "1 rij heeft geen antwoord. Het tijdvak is gesloten" in page.words
    assert ("fout-zelda" in page.words, "Stuur dezelfde bundel" in page.words, "klant-0" in page.words) == (
        False,
        False,
        True,
    )


def stranger(kind: str) -> Visitor:
    """Somebody who may not register people."""
    person = people.person(name="Piet")
    if kind in ("employer", "no mandate", "low"):
        role = RoleKind.EMPLOYER if kind == "employer" else RoleKind.CAREER_ADVISER
        people.mandate(person, people.organisation("90000042"))
        people.role(person, role, organisation=people.organisation("90000042"))
    if kind == "no mandate":
        Mandate.objects.filter(person=person).update(ends_on=people.LONG_AGO + timedelta(days=1))
    if kind == "decider":
        people.role(person, RoleKind.DECIDER)
    return Visitor(person, Assurance.LOW if kind == "low" else Assurance.SUBSTANTIAL)


@pytest.mark.parametrize("kind", ["nobody", "employer", "decider", "no mandate", "low"])
def test_who_may_not(kind: str, round_: Round) -> None:
    """Only a career adviser with a role, a mandate and enough assurance opens these pages or posts to them."""
    other = stranger(kind)
    for address in PAGES:
        assert other.client.get(address).status_code == 403, address
    for address in ACTS:
        assert other.client.post(address, {"rows": csv(0)}).status_code == 403, address
    assert not Bundle.objects.exists()


def test_another_adviser_s_bundle_does_not_exist(tom: Visitor, round_: Round) -> None:
    """The answers of a bundle are of the adviser who handed it in."""
    hand_in(tom, csv(0))
    other = Visitor(made.adviser("Olga", "90000031")[0])
    for address in (tom.place, f"{tom.place}.json", "/bundles/98765"):
        assert other.client.get(address).status_code == 404, address


def test_signing_in_is_asked_for(round_: Round) -> None:
    """A visitor is led to signing in, and may not post."""
    visitor = Visitor(None)
    for address in (*PAGES, "/registrations"):
        answer = visitor.client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in"), address
    assert visitor.client.post("/bundles/submit", {"rows": csv(0)}).status_code == 403


def test_looking_writes_nothing(tom: Visitor) -> None:
    """No page writes when it is looked at, nor does the preview."""
    hand_in(tom, csv(0))
    acts = [lambda address=address: tom.client.get(address) for address in (*PAGES, tom.place, f"{tom.place}.json")]
    for act in (*acts, lambda: tom.client.post("/bundles/preview", {"rows": csv(1)})):
        with CaptureQueriesContext(connection) as asked:
            assert act().status_code == 200
        wrote = [one["sql"] for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE", "COPY")]
        assert [sql for sql in wrote if "people_session" not in sql] == []


def test_without_a_qualification(firm: tuple[Person, Organisation], tom: Visitor) -> None:
    """An adviser whose qualification is over is told so, and registers nobody."""
    firm[0].qualifications.all().delete()
    assert "geen geldige kwalificatie" in tom.open("/bundles").words
    tom.post("/bundles/submit", {"rows": csv(0)})
    assert (tom.status, Registration.objects.count()) == (409, 0)


def test_a_file_to_fill_in(tom: Visitor, round_: Round) -> None:
    """The empty file names the columns that the round asks; filled in, it is a bundle."""
    head = tom.client.get(f"/bundles/example.csv?round={round_.pk}").content.decode("utf-8-sig")
    assert head == HEAD.replace("person.labour_market_link", "band met de Nederlandse arbeidsmarkt")
    hand_in(tom, head + csv(0).removeprefix(HEAD))
    assert Ticket.objects.count() == 1


def test_the_preview_knows_who_was_there(tom: Visitor) -> None:
    """Who was registered before is told so in the preview, and does not count to the limit of the day."""
    hand_in(tom, csv(*range(made.MOST)))
    page = tom.post("/bundles/preview", {"rows": csv(*range(made.MOST + 1))})
    assert "3 rijen gaan over mensen die u al had geregistreerd" in page.words
    assert "Rij 4 (klant-3)" in page.words
    assert "Rij 3" not in page.words


def test_as_json(tom: Visitor) -> None:
    """Rows as JSON are answered as JSON, the same each time and the same as the CSV; what is no bundle is a problem."""
    told = {"rows": [made.row(0), made.row(1, name="")]}
    first, again = (tom.client.post("/bundles/submit", told, "application/json") for _time in range(2))
    assert (first.status_code, first.content) == (200, again.content)
    assert [one["outcome"] for one in first.json()["answers"]] == ["accepted", "refused"]
    for wrong, status in (([], 400), ({"rijen": []}, 400), ({"rows": []}, 422), ({"rows": [{"x": 1}]}, 422)):
        answer = tom.client.post("/bundles/submit", wrong, "application/json")
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), wrong
    assert stranger("employer").client.post("/bundles/submit", told, "application/json").status_code == 403
    assert Bundle.objects.count() == 1
