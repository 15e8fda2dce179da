"""The pages of alerts: asking, confirming, ending, and the mails of a demo; what may write does, and nothing else."""

import re
import smtplib
from html import unescape

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doorleren.register.alerts import rules
from doorleren.register.alerts.tokens import confirming, ending
from doorleren.register.models import Alert
from doorleren.web.portal import alerts
from doorleren.web.portal.alert_pages import AlertPages, kept
from doorleren.web.portal.asking import search_of
from doorleren.web.portal.mailbox import mails
from tests.register.alerts.scene import ADA, asked, confirmed
from tests.web.markup import Markup

SITE = "https://doorleren.example"
ASK, ASKED = "/trainings/alerts", "/trainings/alerts/asked"
LANGUAGES = ("", "/en")


@pytest.fixture(autouse=True)
def _mail_goes_out(settings, monkeypatch):
    """A site whose mails go out, at once and in this thread."""
    settings.DOORLEREN_ALERTS, settings.DOORLEREN_SITE, settings.DOORLEREN_MAILBOX = True, SITE, None
    settings.DEFAULT_FROM_EMAIL = "Doorleren <post@doorleren.example>"
    monkeypatch.setattr(alerts, "beside", lambda work: work())


@pytest.fixture
def client():
    """A visitor without a cookie, whose forms must have a token where one is asked."""
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=True)


def page(reply) -> Markup:
    """The page of an answer, which must be well made."""
    made = Markup(reply.content.decode())
    assert made.faults == []
    return made


def link(text: str, kind: str) -> str:
    """The path of a link in a mail."""
    return re.search(rf"{SITE}((?:/en)?/trainings/alerts/{kind}/\S+)", text)[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_results_offer_the_form_for_their_search(visit, language):
    """One field for an address under the results, with the search, and what is kept and what is not."""
    status, made = visit(f"{language}/trainings?q=lassen&sector=technology&with=3&sort=start&size=10&postcode=3511+AB")
    assert (status, made.faults) == (200, [])
    form = re.search(rf'<form[^>]*action="{language}{ASK}".*?</form>', made.page, re.DOTALL)[0]
    assert 'type="email"' in form
    assert 'autocomplete="email"' in form
    assert 'value="q=lassen&amp;postcode=3511&amp;sector=technology"' in form
    if not language:
        assert "Uw antwoorden en uw situatie bewaren wij niet." in unescape(form)


def test_the_form_of_somebody_with_answers_holds_none_of_them(post):
    """The reply to answers has the form with the search alone, and says that the answers do not count in the mails."""
    made = post("/trainings", q="lassen")[1]
    form = re.search(rf'<form[^>]*action="{ASK}".*?</form>', made.page, re.DOTALL)[0]
    assert re.findall(r'name="([^"]+)"', form) == ["search", "email"]
    assert "1985" not in form
    assert "tellen uw antwoorden dus niet mee" in form


def test_a_first_visit_offers_no_form(visit):
    """Before anything is searched there is nothing to keep."""
    assert 'id="q-email"' not in visit("/trainings")[1].page


@pytest.mark.django_db
def test_where_no_mail_can_go_out_nothing_is_offered(visit, client, settings):
    """No form, no page to ask, and nothing kept."""
    settings.DOORLEREN_ALERTS = False
    assert 'id="q-email"' not in visit("/trainings?q=lassen")[1].page
    assert client.post(ASK, {"email": ADA, "search": "q=lassen"}).status_code == 404
    assert client.get(ASKED).status_code == 404
    assert not Alert.objects.exists()


def test_what_is_kept_is_the_search_and_no_more():
    """Order, page, comparison and the letters of a postcode go, and what no search has."""
    given = (
        "q=lassen&sort=distance&size=50&after=x&with=1&postcode=3511AB&within=25&level=mbo2&person.birth_date=1985&x=1"
    )
    assert kept(search_of(QueryDict(given))) == "q=lassen&postcode=3511&within=25&level=mbo2"
    assert kept(search_of(QueryDict(kept(search_of(QueryDict(given)))))) == kept(search_of(QueryDict(given)))


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way(client, mailoutbox, language):
    """Ask, open the link, press the button, and end it with the link of the mail."""
    reply = client.post(language + ASK, {"email": ADA, "search": "q=lassen&with=1"})
    assert (reply.status_code, reply["Location"]) == (302, f"{language}{ASKED}?q=lassen")
    assert "lassen" in page(client.get(reply["Location"])).words
    one = Alert.objects.get()
    assert (one.search, one.language, one.confirmed_at) == ("q=lassen", language[1:] or "nl", None)
    (mail,) = mailoutbox
    assert link(mail.body, "confirm").startswith(f"{language}/trainings")

    button = page(client.get(link(mail.body, "confirm")))
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', button.page)[1]
    reply = client.post(link(mail.body, "confirm"), {"csrfmiddlewaretoken": token})
    assert reply.status_code == 302
    page(client.get(reply["Location"]))
    assert Alert.objects.get().confirmed_at is not None

    page(client.get(link(mail.body, "end")))
    ended = page(client.post(link(mail.body, "end")))
    assert f"{language}{ASK}?q=lassen" in ended.links
    assert not Alert.objects.exists()
    assert page(client.get(link(mail.body, "end")))
    assert "q=lassen" in page(client.get(f"{language}{ASK}?q=lassen")).page


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["confirm", "end"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_links_changes_nothing(client, kind, method):
    """GET and HEAD on both links read only: the row stays as it was."""
    one = asked()
    token = confirming(one.pk, one.asked_at) if kind == "confirm" else ending(one.pk)
    Alert.objects.update(asked_at=alerts.now())
    one.refresh_from_db()
    token = confirming(one.pk, one.asked_at) if kind == "confirm" else token
    before = list(Alert.objects.values())
    with CaptureQueriesContext(connection) as asked_of_the_database:
        reply = getattr(client, method)(f"/trainings/alerts/{kind}/{token}")
    assert reply.status_code == 200
    assert list(Alert.objects.values()) == before
    assert not [one for one in asked_of_the_database if re.match("INSERT|UPDATE|DELETE", one["sql"])]


@pytest.mark.django_db
def test_confirming_asks_for_the_token_of_the_page(client):
    """A form from elsewhere cannot confirm: the button needs the cookie of the page it stands on."""
    one = asked(at=alerts.now())
    reply = client.post(f"/trainings/alerts/confirm/{confirming(one.pk, one.asked_at)}")
    assert reply.status_code == 403
    assert Alert.objects.get().confirmed_at is None


@pytest.mark.django_db
@pytest.mark.parametrize("content", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_one_click_of_a_mail_program_ends_it(client, content, mailoutbox):
    """The address of the header takes a POST without a cookie or token, in both forms of RFC 8058, without a redirect."""
    client.post(ASK, {"email": ADA, "search": "q=lassen"})
    address = mailoutbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix(SITE)
    body = {
        "application/x-www-form-urlencoded": "List-Unsubscribe=One-Click",
        "multipart/form-data; boundary=x": (
            '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
        ),
    }[content]
    reply = Client(headers={"host": "localhost"}, enforce_csrf_checks=True).post(address, body, content_type=content)
    assert reply.status_code == 200
    assert not reply.cookies
    assert not Alert.objects.exists()
    assert client.post(address, body, content_type=content).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["confirm", "end"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_link_has_a_page_that_says_so(language, kind, method):
    """Nonsense, and a link of the other kind, are a page of this site and change nothing."""
    one = confirmed(at=alerts.now())
    other = ending(one.pk) if kind == "confirm" else confirming(one.pk, one.asked_at)
    client = Client(headers={"host": "localhost"})
    for token in ("x", "1.2", other):
        reply = getattr(client, method)(f"{language}/trainings/alerts/{kind}/{token}")
        assert reply.status_code == 404
        assert f"{language}/trainings" in page(reply).links
    assert Alert.objects.count() == 1


@pytest.mark.django_db
def test_a_link_of_three_days_ago_confirms_nothing():
    """Its page says that it is over, with GET and with POST."""
    one = asked(at=alerts.now() - rules.LINK_HOLDS)
    client = Client(headers={"host": "localhost"})
    address = f"/trainings/alerts/confirm/{confirming(one.pk, one.asked_at)}"
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert Alert.objects.get().confirmed_at is None


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed", ["", "ada", "ada@voorbeeld.nl\r\nBcc: bob@voorbeeld.nl", '"><script>@x.nl', "a@b.nl,c@d.nl"]
)
def test_what_is_no_address_is_said_at_the_field(client, mailoutbox, language, typed):
    """The page comes back with the search, what was typed and what is allowed; nothing is kept or sent."""
    reply = client.post(language + ASK, {"email": typed, "search": "q=lassen"})
    made = page(reply)
    assert reply.status_code == 422
    assert 'aria-invalid="true"' in made.page
    assert "naam@voorbeeld.nl" in made.words or "name@example.org" in made.words
    assert "<script>@" not in made.page
    assert (Alert.objects.count(), mailoutbox) == (0, [])


@pytest.mark.django_db
def test_a_search_writes_no_header(client, mailoutbox):
    """Lines in the search that is sent along become nothing that a mail or an address could be led astray by."""
    reply = client.post(ASK, {"email": ADA, "search": "q=lassen%0D%0ABcc: bob@voorbeeld.nl%0D%0A&sector=a%0Ab"})
    assert "\n" not in reply["Location"]
    raw = mailoutbox[0].message().as_string()
    assert "\nBcc" not in raw
    assert Alert.objects.get().search == "q=lassenBcc%3A+bob%40voorbeeld.nl&sector=ab"


@pytest.mark.django_db
def test_asking_tells_nothing_about_an_address(client, mailoutbox):
    """Unknown, waiting, confirmed, and asked too often: the answer is the same to the letter."""

    def answer(address: str) -> tuple[int, str, bytes]:
        reply = client.post(ASK, {"email": address, "search": "q=lassen"})
        return reply.status_code, reply["Location"], client.get(reply["Location"]).content

    confirmed(address="bob@voorbeeld.nl", at=alerts.now() - rules.AN_HOUR)
    for word in "abc":
        asked(f"q={word}", address="eve@voorbeeld.nl", at=alerts.now())
    told = [
        answer("new@voorbeeld.nl"),
        answer("new@voorbeeld.nl"),
        answer("bob@voorbeeld.nl"),
        answer("eve@voorbeeld.nl"),
    ]
    assert told[0][0] == 302
    assert all(one == told[0] for one in told)
    assert [one.to[0][:3] for one in mailoutbox] == ["new", "new", "bob"]


@pytest.mark.django_db
def test_too_many_in_all_is_said(client, monkeypatch):
    """Above what the site mails in an hour, everybody hears to try again later."""
    monkeypatch.setattr(rules, "MOST_AN_HOUR_IN_ALL", 0)
    reply = client.post(ASK, {"email": ADA, "search": ""})
    assert (reply.status_code, reply["Retry-After"]) == (429, "3600")
    assert "over een uur" in page(reply).words


@pytest.mark.django_db
def test_a_search_that_is_too_long_is_said(client):
    """It is not cut off in silence."""
    many = "&".join(f"sector={'a' * 70}{number}" for number in range(30))
    reply = client.post(ASK, {"email": ADA, "search": many})
    assert reply.status_code == 422
    assert "te lang" in page(reply).words


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_links_begin_with_the_setting_and_not_with_the_host(mailoutbox, host):
    """Whatever name the visitor came by, the mail leads to the site."""
    reply = Client(headers={"host": host, "x-forwarded-host": "boos.example"}).post(ASK, {"email": ADA, "search": ""})
    assert reply.status_code == 302
    assert set(re.findall(r"https?://[^/\s]+", mailoutbox[0].body)) == {SITE}
    assert mailoutbox[0].from_email == "Doorleren <post@doorleren.example>"


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused():
    """A foreign Host header gets no page and keeps nothing."""
    reply = Client(headers={"host": "boos.example"}).post(ASK, {"email": ADA, "search": ""})
    assert reply.status_code == 400
    assert not Alert.objects.exists()


@pytest.mark.django_db
def test_a_server_that_is_away_is_no_fault_of_the_visitor(client, monkeypatch):
    """The page is the same, and the question stays due."""

    class Away:
        def open(self):
            raise smtplib.SMTPServerDisconnected("away")

        def close(self):
            return None

    monkeypatch.setattr("doorleren.register.alerts.post.get_connection", Away)
    assert client.post(ASK, {"email": ADA, "search": ""}).status_code == 302
    assert Alert.objects.get().invited_at is None


def test_no_page_of_alerts_sets_a_cookie_before_a_button_needs_one(visit):
    """Who only searches or reads gets none."""
    client = Client(headers={"host": "localhost"})
    for address in ("/trainings?q=lassen", ASK, ASKED):
        assert not client.get(address).cookies


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mails_of_a_demo_can_be_read(client, settings, tmp_path, language):
    """Each mail with its text and links that can be followed, the newest first; markup in a mail stays text."""
    settings.DOORLEREN_MAILBOX = settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert page(client.get(f"{language}/demo/mail"))
    for number in range(2):
        headers = {"Content-Language": "nl"}
        text = f"Nummer {number}: één <b>{SITE}/trainings/alerts/end/1.x</b>\n\n"
        EmailMessage("Hallo", text, "x@x.nl", [ADA], headers=headers).send()
    made = page(client.get(f"{language}/demo/mail"))
    assert made.words.index("Nummer 1") < made.words.index("Nummer 0")
    assert f"{SITE}/trainings/alerts/end/1.x" in made.links
    assert "<b>" not in made.page
    last = mails(tmp_path / "mail", 1)
    assert len(last) == 1
    assert last[0].date is not None
    assert last[0].date.tzinfo is not None
    assert "-0000" not in made.words


def test_the_mails_of_no_demo_cannot(client):
    """Outside of a demo there is no such page."""
    assert client.get("/demo/mail").status_code == 404
    assert client.get("/en/demo/mail").status_code == 404


@pytest.mark.django_db
def test_the_demo_says_where_its_mails_are(client, settings, tmp_path, visit):
    """The form asks for an invented address, and the page after it leads to the mails; elsewhere neither is there."""
    assert "/demo/mail" not in visit(ASKED)[1].links
    assert "demo" not in visit(f"{ASK}?q=lassen")[1].words
    settings.DOORLEREN_MAILBOX = tmp_path
    assert "/demo/mail" in visit(ASKED)[1].links
    assert "verzonnen adres" in visit(f"{ASK}?q=lassen")[1].words


def test_a_search_is_read_back_as_it_was_asked():
    """What the mail asks of the index is what the page asked."""
    pages = AlertPages(SITE)
    query = pages.query("q=lassen&postcode=3511&within=25&level=mbo2")
    assert (query.text, query.postcode, query.within_km, query.chosen) == ("lassen", "3511", 25, {"level": ("mbo2",)})
    assert pages.results("q=lassen", "en") == f"{SITE}/en/trainings?q=lassen"
