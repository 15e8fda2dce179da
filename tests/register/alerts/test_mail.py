"""The mails themselves: language, links, headers that no search and no training can write into."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from doorleren.register.alerts.mail import invitation, new_trainings
from doorleren.register.models import Activity, Alert
from doorleren.register.queries import listings
from tests.register.alerts.scene import AT, PAGES, SITE, asked, welding
from tests.register.commands.scene import receive

pytestmark = pytest.mark.django_db


def read(mail) -> EmailMessage:
    """The mail as its reader gets it."""
    return message_from_bytes(mail.message().as_bytes(), _class=EmailMessage, policy=default)


def new(alert: Alert, title: str = "Lassen", **more: str) -> EmailMessage:
    """The mail about one training with a title."""
    receive(welding("L1", title))
    one = listings([Activity.objects.get().pk])[Activity.objects.get().pk]
    one = replace(one, provider=replace(one.provider, **more))
    return read(new_trainings(alert, PAGES, [one], 1))


@pytest.mark.parametrize(
    ("language", "subject", "prefix"),
    [
        ("nl", "Bevestig uw e-mails over nieuwe opleidingen", ""),
        ("en", "Confirm your e-mails about new training", "/en"),
    ],
)
def test_a_mail_speaks_the_language_in_which_it_was_asked(language, subject, prefix):
    """Words and links are those of the language of the page."""
    told = read(invitation(asked(language=language), PAGES))
    assert told["Subject"] == subject
    assert told["Content-Language"] == language
    assert f"{SITE}{prefix}/trainings/alerts/confirm/" in told.get_content()
    new_one = new(asked(language=language, at=AT))
    assert f"{SITE}{prefix}/trainings/{Activity.objects.get().pk}\n" in new_one.get_content()


def test_every_mail_ends_with_one_click():
    """Both headers of RFC 8058 stand in the question and in the news, with the address that the text has too."""
    one = asked()
    for told in (read(invitation(one, PAGES)), new(one)):
        address = told["List-Unsubscribe"].strip(" <>")
        assert address.startswith(f"{SITE}/trainings/alerts/end/")
        assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert address in told.get_content()
        assert told["Message-ID"].endswith("@doorleren.example>")
        assert told["Auto-Submitted"] == "auto-generated"


HOSTILE = "lassen\r\nBcc: bob@voorbeeld.nl\r\n\r\n<script>"


@pytest.mark.parametrize("search", [f"q={HOSTILE}", "q=lassen%0D%0ABcc:%20bob@voorbeeld.nl", "q=%E2%80%A8Bcc: x"])
def test_a_search_writes_no_header(search):
    """Lines in the words of a search become one line; no header is added and nobody else gets the mail."""
    for told in (read(invitation(asked(search), PAGES)), new(asked(search))):
        assert told["Bcc"] is None
        assert told["To"] == "ada@voorbeeld.nl"
        assert not told.defects
        assert not [line for line in told.get_content().splitlines() if line.startswith("Bcc")]


def test_a_training_writes_no_header_and_no_line():
    """The title and the name of a provider stand on a line of their own each, and not longer than a line should be."""
    told = new(
        asked(), f"Lassen\r\nBcc: x\n- Vals {'o' * 300}", name="School\nhttps://boos.example", place="Deventer\n\n"
    )
    lines = told.get_content().splitlines()
    assert [line[:10] for line in lines if line.startswith("- ")] == ["- Lassen B"]
    assert "  School https://boos.example, Deventer" in lines
    assert max(len(line) for line in lines if line.startswith("- ")) <= 122


def test_an_address_in_other_letters_gets_its_ascii_form():
    """The header names the domain as mail servers know it."""
    assert read(invitation(asked(address="ada@bücher.example"), PAGES))["To"] == "ada@xn--bcher-kva.example"


def test_a_search_is_said_in_words():
    """The words, the choices and the place stand in the mail as the page says them."""
    one = asked("q=lassen&postcode=3511&within=25&level=mbo2&level=mbo3")
    assert "“lassen”, Niveau: mbo 2, mbo 3, binnen 25 km van 3511" in read(invitation(one, PAGES)).get_content()
    assert "alle opleidingen" in read(invitation(asked(""), PAGES)).get_content()
