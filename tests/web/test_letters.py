"""The examples of letters that anybody can read before one comes."""

import re

import pytest

from doorleren.letters.examples import ANSWERS
from doorleren.letters.templates import read_templates
from doorleren.shipped import folder
from doorleren.web import known

OWN = """
id = "received"
subject = { nl = "Hallo van de regeling zelf", en = "Hello from the scheme itself" }

[[block]]
nl = "Uw aanvraag voor {scheme} is er."
en = "Your application for {scheme} is here."
"""
ALL = read_templates(folder("law") / "letters")


@pytest.mark.parametrize(("start", "said"), [("", "Dit is een voorbeeld."), ("/en", "This is an example.")])
def test_every_letter_can_be_read(start, said, client):
    """The list links each letter of the law once, and each link opens that letter in the language of the page, filled in."""
    page = client.get(f"{start}/letters").content.decode()
    links = re.findall(rf'href="({start}/letters/[^"]+)"', page)
    assert sorted(links) == sorted(f"{start}/letters/{name}" for name in ALL)
    for link in links:
        reply = client.get(link)
        read = reply.content.decode()
        assert (reply.status_code, said in read, "{" in read.partition("<main")[2].partition("</main")[0]) == (
            200,
            True,
            False,
        )


def test_a_letter_as_it_is_sent(client):
    """The PDF of an example is a PDF to keep."""
    reply = client.get("/letters/granted?form=pdf")
    assert (reply["Content-Type"], reply.content[:5]) == ("application/pdf", b"%PDF-")
    assert "attachment" in reply["Content-Disposition"]


def test_a_scheme_with_a_letter_of_its_own(client, tmp_path, settings, monkeypatch):
    """What a scheme says itself stands under its name, and opens in its words."""
    scheme = min(known.library().places)
    place = tmp_path / scheme / "letters"
    place.mkdir(parents=True)
    (place / "received.toml").write_text(OWN, "utf-8")
    monkeypatch.setattr(known.library(), "folders", (tmp_path,))
    link = f'href="/letters/received?scheme={scheme}"'
    assert link in client.get("/letters").content.decode()
    assert "Hallo van de regeling zelf" in client.get(f"/letters/received?scheme={scheme}").content.decode()
    assert "Hallo van de regeling zelf" not in client.get("/letters/received").content.decode()


@pytest.mark.parametrize("address", ["/letters/nothing", "/letters/received?scheme=nothing", "/letters/..%2Fterms"])
def test_what_is_no_letter(address, client):
    """Another name or scheme is not found."""
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ANSWERS)
def test_after_an_objection_the_court_is_next(name, client):
    """An example that answers an objection tells of the court, and not of another objection; in English nothing of it is Dutch."""
    dutch, english = (
        client.get(f"{start}/letters/{name}").content.decode().partition("<main")[2] for start in ("", "/en")
    )
    assert "rechtbank" in dutch
    assert "bezwaar maken" not in dutch
    assert "court" in english
    for word in (" uw ", "de rechtbank", "opleiding", "subsidie"):
        assert word not in english.partition("<article")[2].partition("</article")[0], word
