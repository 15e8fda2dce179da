"""`doorleren serve` with and without the demo: started where it may, refused where it may not, and ended with the rest."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from plugin_database import roomy_folder

from tests.server.openers import eventually_dead
from tests.server.sites import Site, free_port, made_before

Start = Callable[..., Site]


@pytest.fixture
def site() -> Iterator[Start]:
    """Starts a site in a folder of its own; ends it whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="dl-", dir=roomy_folder()))
    made_before(folder / "home")
    started: list[Site] = []

    def start(**variables: str) -> Site:
        started.append(Site(folder / "home", free_port(), **variables))
        return started[-1].wait()

    yield start
    for one in started:
        one.end()
    shutil.rmtree(folder, ignore_errors=True)


def sign_in(one: Site, subject: str) -> str:
    """Click through the real pages over plain HTTP; gives the account page."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    home = f"http://127.0.0.1:{one.port}"
    page = opener.open(f"{home}/sign-in", timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token, page
    pressed = urlencode({"csrfmiddlewaretoken": token[1], "way": "demo"}).encode()
    chooser = opener.open(f"{home}/sign-in", pressed, timeout=20)
    return str(opener.open(chooser.url, urlencode({"sub": subject}).encode(), timeout=20).read().decode())


def test_the_demo_runs_beside_the_site_and_ends_with_it(site: Start) -> None:
    """On the embedded database one signs in as a demo person, twice with the same account, and a kill ends everything."""
    one = site()
    assert "U bent ingelogd als Nadia Bakker." in sign_in(one, "nadia")
    assert "Fatima el Idrissi" in sign_in(one, "fatima")
    assert (one.home / "identity-keys").stat().st_mode & 0o777 == 0o600
    family = one.family()
    one.end()
    assert all(eventually_dead(pid) for pid in family)
    assert "Traceback" not in one.output


@pytest.mark.parametrize("given", [{"DATABASE_URL": ""}, {"DOORLEREN_HOSTS": "127.0.0.1,doorleren.example"}], ids=str)
def test_the_demo_stays_away(site: Start, given: dict[str, str]) -> None:
    """On a database that DATABASE_URL names, and off loopback, there are no demo people and no provider."""
    variables = {name: text or os.environ[name] for name, text in given.items()}
    one = site(**variables)
    page = build_opener().open(f"http://127.0.0.1:{one.port}/sign-in", timeout=20).read().decode()
    assert "nog niet verbonden met een inlogdienst" in page
    assert not any("demo_provider" in command(pid) for pid in one.family())


def test_the_demo_comes_when_it_is_asked_for_by_name(site: Start) -> None:
    """With DOORLEREN_DEMO=1 the demo runs on a database that DATABASE_URL names."""
    one = site(DATABASE_URL=os.environ["DATABASE_URL"], DOORLEREN_DEMO="1")
    assert "U bent ingelogd als Nadia Bakker." in sign_in(one, "nadia")


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
