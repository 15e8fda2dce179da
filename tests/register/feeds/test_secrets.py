"""The secret of a source: read from a file of the machine, sent where it belongs, and never told."""

from pathlib import Path

import pytest

from doorleren.audit.models import Act
from doorleren.register.access import SITE_ITSELF
from doorleren.register.commands.pull_source import pull_source
from doorleren.register.feeds.connecting import NotFetched
from doorleren.register.feeds.secrets import authorization
from doorleren.register.feeds.visiting import Limits, Visit
from doorleren.register.models import Delivery, DeliveryFault, Source
from tests.register.commands.scene import day
from tests.register.feeds.ooapi_server import endpoint_on_loopback
from tests.register.feeds.server import source_on_loopback

TOKEN = "s3cret-t0ken"


def secret(home: Path, text: str, name: str = "school", mode: int = 0o600) -> Path:
    """Puts a secret where the site keeps them."""
    path = home / "source-secrets" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    ("text", "header"),
    [
        (f"bearer {TOKEN}\n", f"Bearer {TOKEN}"),
        (f"Bearer   {TOKEN}", f"Bearer {TOKEN}"),
        ("basic Aladdin:open sesame\n", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
    ],
)
def test_a_secret_becomes_a_header(tmp_path, text, header):
    """A token and a name with a password are written as RFC 6750 and RFC 7617 do (whose example this is)."""
    secret(tmp_path, text)
    assert authorization(tmp_path, "school") == header
    assert authorization(tmp_path, "") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "heeft geen regel"),
        (TOKEN, "heeft geen regel"),
        (f"bearer {TOKEN}\r\nHost: elsewhere", "heeft geen regel"),
        ("bearer t\u00f6ken", "heeft geen regel"),
        ("basic nopassword", "heeft geen regel"),
        ("basic a:b\nX: y", "heeft geen regel"),
    ],
)
def test_a_file_that_holds_no_secret_is_refused_without_being_told(tmp_path, text, words):
    """What is no token or password, or would put a second header in, is refused; the sentence does not repeat it."""
    secret(tmp_path, text)
    with pytest.raises(NotFetched, match=words) as refused:
        authorization(tmp_path, "school")
    assert TOKEN not in str(refused.value.texts)


def test_a_secret_that_is_not_there_or_open_to_all_is_refused(tmp_path):
    """A missing file, one that everybody may read, and a name that leads elsewhere are each a sentence."""
    with pytest.raises(NotFetched, match="source-secrets/school is niet te lezen"):
        authorization(tmp_path, "school")
    secret(tmp_path, f"bearer {TOKEN}", mode=0o644)
    with pytest.raises(NotFetched, match="door iedereen"):
        authorization(tmp_path, "school")
    (tmp_path / "other").write_text(f"bearer {TOKEN}")
    for name in ("../other", "/etc/hostname", "a/b", "School", "school\n"):
        with pytest.raises(NotFetched, match="geen naam"):
            authorization(tmp_path, name)


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "taken"), [(f"bearer {TOKEN}", True), ("bearer other", False), ("", False)])
def test_an_endpoint_that_asks_for_a_token_gets_it(tmp_path, text, taken):
    """With the right token all pages come in; with another, or none, the delivery fails with the status."""
    secret(tmp_path, text or "bearer unused", "school")
    with endpoint_on_loopback(authorization=f"Bearer {TOKEN}") as endpoint:
        source = Source.objects.create(
            name="feed", form="ooapi", address=endpoint.address, secret="school" if text else ""
        )
        pulled = pull_source(
            source.pk, home=tmp_path, by=SITE_ITSELF, at=day(1), limits=Limits(seconds=10, nearby=True)
        )
    assert (pulled.failure is None) == taken
    if pulled.failure:
        assert "status 401" in pulled.failure["nl"]
    kept = [
        *Source.objects.values(),
        *Delivery.objects.values(),
        *DeliveryFault.objects.values(),
        *Act.objects.values("details"),
    ]
    assert TOKEN not in str(kept)


def test_a_secret_never_goes_over_plain_http_to_another_machine():
    """To an address without https elsewhere nothing is sent at all."""
    with pytest.raises(NotFetched, match="alleen over https"):
        Visit(Limits(), f"Bearer {TOKEN}").ask("http://school.example/ooapi/v5")


@pytest.mark.parametrize(("path", "seen"), [("to_itself", True), ("to_another", False)])
def test_a_secret_follows_a_redirect_within_one_site_only(path, seen, tmp_path):
    """Sent on to another port the question comes without the secret; within the site it has it still."""
    with source_on_loopback() as other, source_on_loopback(other) as address:
        Visit(Limits(seconds=5, nearby=True), f"Bearer {TOKEN}").download(f"{address}/{path}", tmp_path / "told")
    assert (TOKEN in (tmp_path / "told").read_text()) == seen
