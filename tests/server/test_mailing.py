"""How mail leaves the site: through a server, into the files of a demo, or nowhere; and which links it has."""

from pathlib import Path

import pytest

from doorleren.server import environment
from doorleren.server.mailing import FILES, NOWHERE, SMTP, Mailing, NotAMailServer, mailing

SENDER = {"DOORLEREN_MAIL_FROM": "Doorleren <post@doorleren.example>"}


def read(**given: str) -> Mailing:
    """What the surroundings say of mail."""
    return mailing(environment.read({"DOORLEREN_HOME": "/home", **given}))


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "starttls"),
    [
        ("smtps://jan:p%40ss@mail.example", "mail.example", 465, True, False),
        ("smtp://jan:p%40ss@mail.example", "mail.example", 587, False, True),
        ("smtp://jan:p%40ss@mail.example:2525", "mail.example", 2525, False, True),
        ("smtp://jan:p%40ss@127.0.0.1:25", "127.0.0.1", 25, False, False),
    ],
)
def test_a_server_is_read_whole(url, host, port, tls, starttls) -> None:
    """Host, port, user and password with signs decoded; what leaves this machine is encrypted."""
    told = read(DOORLEREN_MAIL_URL=url, DOORLEREN_SITE="https://doorleren.example/", **SENDER)
    assert (told.backend, told.host, told.port, told.tls, told.starttls) == (SMTP, host, port, tls, starttls)
    assert (told.user, told.password, told.site) == ("jan", "p@ss", "https://doorleren.example")
    assert told.goes_out
    assert told.folder is None


def test_a_demo_keeps_its_mails() -> None:
    """Without a server a demo writes files under its home."""
    told = read()
    assert (told.backend, told.folder, told.goes_out) == (FILES, Path("/home/mail"), True)
    assert told.site == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "given", [{"DATABASE_URL": "postgresql://x"}, {"DOORLEREN_HOSTS": "doorleren.example"}, {"DOORLEREN_DEMO": "0"}]
)
def test_a_site_without_a_server_mails_nobody(given) -> None:
    """Without a demo and without a server nothing goes out, so that nobody is promised a mail."""
    told = read(**given)
    assert (told.backend, told.folder, told.goes_out) == (NOWHERE, None, False)


@pytest.mark.parametrize(
    ("hosts", "site"),
    [("doorleren.example,www.doorleren.example", "https://doorleren.example"), (".doorleren.example", "")],
)
def test_the_first_name_of_the_site_begins_its_links(hosts, site) -> None:
    """A name is an address, a pattern is not; without an address nothing goes out."""
    told = read(DOORLEREN_HOSTS=hosts, DOORLEREN_DEMO="1")
    assert (told.site, told.goes_out) == (site, bool(site))


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"DOORLEREN_MAIL_URL": "mail.example"}, "DOORLEREN_MAIL_URL"),
        ({"DOORLEREN_MAIL_URL": "https://jan:geheim@mail.example"}, "DOORLEREN_MAIL_URL"),
        ({"DOORLEREN_MAIL_URL": "smtp://jan:geheim@"}, "DOORLEREN_MAIL_URL"),
        ({"DOORLEREN_MAIL_URL": "smtp://jan:geheim@mail.example:x"}, "DOORLEREN_MAIL_URL"),
        ({"DOORLEREN_MAIL_FROM": ""}, "DOORLEREN_MAIL_FROM"),
        ({"DOORLEREN_MAIL_FROM": "a@b.nl\nBcc: c@d.nl"}, "DOORLEREN_MAIL_FROM"),
        ({"DOORLEREN_HOSTS": "*"}, "DOORLEREN_SITE"),
        ({"DOORLEREN_SITE": "doorleren.example"}, "DOORLEREN_SITE"),
        ({"DOORLEREN_SITE": "https://doorleren.example/nl"}, "DOORLEREN_SITE"),
    ],
)
def test_what_cannot_be_used_is_said(given, named) -> None:
    """The message names the variable and what is allowed, and never has the password."""
    with pytest.raises(NotAMailServer, match=named) as refused:
        read(**{"DOORLEREN_MAIL_URL": "smtps://jan:geheim@mail.example", **SENDER, **given})
    assert "geheim" not in str(refused.value)
