"""Who may come in by an access token, and who may not: nothing but a token of the broker, made for us, opens anything."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doorleren.audit.models import Act
from doorleren.people import bearer
from doorleren.people.bearer import KEPT, TokenRefused, bearer_of
from doorleren.people.commands.sign_in_by_token import known_by_token
from doorleren.people.models import Identity, Mandate, Organisation, Person
from doorleren.people.pace import Pace
from doorleren.web.api import asker
from doorleren.web.surroundings import now
from tests.people import made as people
from tests.web.api.asked import fits, problem
from tests.web.api.signed.broker import OPAQUE, Broker, Caller
from tests.web.provider.visitor import BACKEND

SIGNED = [("GET", "/bundles"), ("GET", "/bundles/1"), ("POST", "/bundles"), ("GET", "/applications"),
          ("GET", "/applications/1"), ("POST", "/sign-ins")]  # fmt: skip
HOUR = 3600
WRONG: dict[str, dict[str, Any]] = {
    "made for another site": {"aud": "another-site"}, "made for nobody": {"aud": None},
    "of another issuer": {"iss": "https://evil.example"}, "of no issuer": {"iss": None},
    "expired": {"exp": int(time.time()) - HOUR}, "without an end": {"exp": None},
    "not yet valid": {"nbf": int(time.time()) + HOUR}, "made in the future": {"iat": int(time.time()) + HOUR},
    "without a moment": {"iat": None}, "of nobody": {"sub": None},
    "an ID token": {"typ": "JWT"}, "of no kind": {"typ": None}, "with an unknown key": {"kid": "two"},
    "without the name of a key": {"kid": None}, "with a number that is none": {"bsn": "123456789"},
}  # fmt: skip


def ask(caller: Caller, method: str, path: str) -> Any:
    """Ask something of an address that asks a token."""
    return caller.get(path) if method == "GET" else caller.post(path, {} if path == "/bundles" else None)


def test_a_token_that_is_right(tom: Caller) -> None:
    """A token of the broker, made for this site, opens what its person may see; nobody on the way keeps that."""
    answer = tom.get("/bundles")
    assert (answer.status_code, answer.json()) == (200, {"items": [], "after": None})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert not answer.cookies


@pytest.mark.parametrize(("method", "path"), SIGNED)
def test_without_a_token(method: str, path: str, broker: Broker, db: None) -> None:
    """Every one of these addresses asks for a token first, and says how."""
    answer = ask(Caller(None), method, path)
    problem(answer, 401)
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="doorleren"'


@pytest.mark.parametrize(("method", "path"), SIGNED)
def test_a_session_is_no_token(method: str, path: str, tom: Caller, firm: tuple[Person, Organisation]) -> None:
    """Somebody who is signed in on the pages and brings only the cookie is refused: a forged request borrows nothing."""
    caller = Caller(None)
    caller.client.force_login(firm[0], backend=BACKEND)
    session = caller.client.session
    session["proof"] = {"assurance": "substantial", "second_factor": False, "proven_at": now().isoformat()}
    session.save()
    problem(ask(caller, method, path), 401)


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_a_token_that_is_wrong(change: dict[str, Any], tom: Caller, broker: Broker) -> None:
    """Each wrong or lacking claim is refused on reading and on writing, and nobody becomes known."""
    before = (Person.objects.count(), Act.objects.count())
    caller = Caller(broker.access(**change))
    for answer in (caller.get("/bundles"), caller.post("/sign-ins")):
        problem(answer, 401)
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert (Person.objects.count(), Act.objects.count()) == before


@pytest.mark.parametrize("how", ["another key", "no signature", "our secret as the key"])
def test_a_forged_signature(how: str, tom: Caller, broker: Broker) -> None:
    """A token that the broker did not sign, with the name of its key, is refused."""
    if how == "another key":
        broker.signing = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    else:
        broker.algorithm = "none" if how == "no signature" else "HS256"
    problem(Caller(broker.access()).get("/bundles"), 401)


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer  ", "Basic YTpi", "Bearer a b", "Token abc", "Bearer " + "a" * 9000, "Bearer é"],
    ids=["nothing", "spaces", "a password", "two", "another word", "too long", "no letters"],
)  # fmt: skip
def test_what_is_no_token(header: str, tom: Caller) -> None:
    """Whatever else stands in the header opens nothing."""
    caller = Caller(None)
    caller.headers = {"Authorization": header}
    problem(caller.get("/bundles"), 401)


def test_a_token_in_the_address_is_no_token(tom: Caller, broker: Broker) -> None:
    """A token belongs in the header: addresses end up in logs."""
    problem(Caller(None).get(f"/bundles?access_token={broker.access()}"), 401)


# --- opaque tokens


def test_an_opaque_token_that_the_broker_vouches_for(tom: Caller, broker: Broker) -> None:
    """The broker is asked once in a while what an opaque token stands for."""
    caller = Caller(OPAQUE)
    assert [caller.get("/bundles").status_code for _time in range(3)] == [200, 200, 200]
    assert broker.times == 1


SAID: dict[str, dict[str, Any]] = {
    "not active": {"active": False}, "active in words": {"active": "true"}, "for another site": {"aud": "another"},
    "for nobody": {"aud": None}, "of nobody": {"sub": None}, "of another issuer": {"iss": "https://evil.example"},
    "of another person": {"sub": "somebody-else"},
}  # fmt: skip


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_an_opaque_token_that_is_not_for_us(said: dict[str, Any], tom: Caller, broker: Broker) -> None:
    """What the broker does not vouch for, or for another site, is refused; the no is remembered as well."""
    broker.introspection = said
    caller = Caller(OPAQUE)
    for _time in range(3):
        problem(caller.get("/bundles"), 401)
    assert broker.times == 1


def test_what_was_said_is_not_believed_for_long(tom: Caller, broker: Broker) -> None:
    """After half a minute the broker is asked again, so a token that was taken back ends."""
    at = now()
    assert bearer_of(OPAQUE, at=at).claims.subject == "abc"
    broker.introspection = {"active": False}
    assert bearer_of(OPAQUE, at=at + KEPT - timedelta(seconds=1))
    with pytest.raises(TokenRefused):
        bearer_of(OPAQUE, at=at + KEPT)


def test_a_broker_that_cannot_say_for_whom(tom: Caller, broker: Broker) -> None:
    """Where the broker has no introspection, an opaque token is refused: that somebody owns it does not say for whom it is."""
    broker.introspects = False
    told = problem(Caller(OPAQUE).get("/bundles"), 401)
    assert "JWT" in told["detail"]


def test_no_broker(tom: Caller, broker: Broker, settings: Any) -> None:
    """A broker that is not there is our trouble and not that of the token: later."""
    settings.DOORLEREN_OIDC_ISSUER = "http://127.0.0.1:9"
    answer = Caller(OPAQUE).get("/bundles")
    problem(answer, 503)
    assert answer.headers["Retry-After"]


# --- how often


def test_nonsense_does_not_reach_the_broker_without_end(tom: Caller, broker: Broker, monkeypatch: Any) -> None:
    """Who sends token after token is told to wait, and the broker is spared; a signed token still comes in."""
    monkeypatch.setattr(bearer, "ASKING", Pace(2, timedelta(minutes=1)))
    broker.introspection = {"active": False}
    statuses = [Caller(f"nonsense-{number}").get("/bundles").status_code for number in range(4)]
    assert statuses == [401, 401, 429, 429]
    assert broker.times == 2
    assert tom.get("/bundles").status_code == 200


def test_one_person_does_not_ask_without_end(tom: Caller, monkeypatch: Any) -> None:
    """Beyond so many requests a minute somebody is told how long to wait."""
    monkeypatch.setattr(asker, "PACE", Pace(2, timedelta(minutes=1)))
    assert [tom.get("/bundles").status_code for _time in range(2)] == [200, 200]
    answer = tom.get("/bundles")
    problem(answer, 429)
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_a_pace_begins_anew() -> None:
    """A stretch ends by itself; a clock that went back does not shut anybody out."""
    pace, at = Pace(1, timedelta(seconds=10)), now()
    assert pace.wait("a", at=at) is None
    assert pace.wait("a", at=at + timedelta(seconds=4)) == timedelta(seconds=6)
    assert pace.wait("b", at=at + timedelta(seconds=4)) is None
    assert pace.wait("b", at=at + timedelta(seconds=3.5)) == timedelta(seconds=10.5)  # another process, a moment before
    assert pace.wait("a", at=at + timedelta(seconds=10)) is None
    assert pace.wait("a", at=at) is None


COUNT = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from doorleren.people.pace import Pace
paces = [Pace(50, timedelta(hours=1), (lambda: Path(sys.argv[1])) if sys.argv[1] else None) for _ in range(2)]
asked = [(one, paces[one % 2].wait(str(one % 3), at=datetime.now(UTC))) for one in range(300)]
print(*(sum(wait is None for one, wait in asked if one % 3 == name) for name in range(3)))
"""


def test_all_processes_count_together(tmp_path: Path) -> None:
    """Two processes at once with two counters each give each name its number and no more; each by itself they give more."""
    for file, most in ((tmp_path / "paces" / "here", 50), ("", 200)):
        told = [subprocess.Popen([sys.executable, "-c", COUNT, str(file)], stdout=subprocess.PIPE) for _ in range(2)]
        counted = [list(map(int, one.communicate(timeout=60)[0].split())) for one in told]
        assert [sum(one) for one in zip(*counted, strict=True)] == [most] * 3, counted


def test_a_full_set_makes_room() -> None:
    """With more names than there is room for, who began first is forgotten; the others stay counted."""
    pace, at = Pace(1, timedelta(minutes=1), sets=1), now()
    for number in range(9):
        assert pace.wait(str(number), at=at + timedelta(seconds=number)) is None
    assert pace.wait("8", at=at + timedelta(seconds=9)) == timedelta(seconds=59)
    assert pace.wait("0", at=at + timedelta(seconds=9)) is None


def test_a_file_that_was_cut_short_or_is_foreign(tmp_path: Path) -> None:
    """Its room on disk is taken at the first use; cut short it counts anew, and what is no count makes room before a name does."""
    file, at = tmp_path / "foreign", now()
    file.write_bytes(b"\x7f" * 256)
    pace = Pace(1, timedelta(minutes=1), lambda: file, sets=16)
    assert pace.wait("a", at=at) is None
    assert file.stat().st_blocks * 512 >= file.stat().st_size == 16 * 256
    os.truncate(file, 0)
    assert pace.wait("a", at=at) is None
    assert pace.wait("a", at=at) == timedelta(minutes=1)
    file.write_bytes(b"\x7f" * 256)
    small = Pace(1, timedelta(minutes=1), lambda: file, sets=1)
    assert [small.wait(name, at=at) for name in "abcdefgh"] == [None] * 8
    assert [small.wait(name, at=at) for name in "abcdefgh"] == [timedelta(minutes=1)] * 8


# --- who is known


def test_who_was_never_here(broker: Broker, db: None) -> None:
    """Reading writes nothing, so somebody new signs in first; that is recorded, and the broker's mandate holds today."""
    caller = Caller(broker.access(kvk="90000099", organisation_name="Nieuw"))
    with CaptureQueriesContext(connection) as asked:
        told = problem_of(caller.get("/applications"), 403)
    assert told["reason"] == "not_known"
    assert "/sign-ins" in told["detail"]
    assert not [one for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    answer = caller.post("/sign-ins")
    assert answer.status_code == 201, answer.content
    person = Person.objects.get()
    assert answer.json() == {
        "person": person.pk, "name": "Tom", "assurance": "substantial", "second_factor": False,
        "organisations": ["90000099"],
    }  # fmt: skip
    assert Act.objects.get(act="signed_in").actor_id == str(person.pk)
    assert caller.get("/applications").status_code == 200


def test_signing_in_is_recorded_once_per_token(tom: Caller, broker: Broker, round_: Any) -> None:
    """A token that was used before is not recorded again with each bundle; one that is newer is."""
    Identity.objects.update(last_used_at=now() - timedelta(hours=1))
    for _time in range(2):
        tom.post("/bundles", {})
    assert Act.objects.filter(act="signed_in").count() == 1


def test_a_mandate_holds_on_the_day_on_which_the_broker_vouched(broker: Broker, db: None) -> None:
    """A token of yesterday that is still good brings no mandate for today."""
    yesterday = int((now() - timedelta(days=1)).timestamp())
    answer = Caller(broker.access(kvk="90000099", iat=yesterday)).post("/sign-ins")
    assert answer.json()["organisations"] == []
    assert not Mandate.objects.exists()


def test_a_token_of_a_blocked_person(tom: Caller, firm: tuple[Person, Organisation]) -> None:
    """Who was blocked does not come in by a token either."""
    get_user_model().objects.filter(pk=firm[0].pk).update(is_active=False)
    for answer in (tom.get("/bundles"), tom.post("/sign-ins")):
        assert problem_of(answer, 403)["reason"] == "blocked"


@pytest.mark.parametrize("acr", ["low", None, "urn:nobody:knows"], ids=["low", "silent", "unknown"])
def test_the_level_is_that_of_the_token(acr: str | None, tom: Caller, broker: Broker) -> None:
    """A token of a weak sign-in does no more than that sign-in would; what is not told counts as weak."""
    assert problem_of(Caller(broker.access(acr=acr)).get("/bundles"), 403)["reason"] == "assurance_too_low"


def test_silence_is_never_fresh(tom: Caller, broker: Broker) -> None:
    """A token that does not tell when somebody proved who they are is not taken for fresh proof."""
    at = now()
    silent = known_by_token(bearer_of(broker.access(), at=at), at=at)
    told = known_by_token(bearer_of(broker.access(auth_time=int(at.timestamp()) - 60), at=at), at=at)
    assert silent is not None
    assert told is not None
    assert (silent.proven_at.year, at - told.proven_at < timedelta(minutes=2)) == (1970, True)


def test_somebody_without_the_role(broker: Broker, round_: Any) -> None:
    """A good token of somebody who is no adviser opens no bundles."""
    person = people.person(name="Piet")
    Identity.objects.create(
        person=person, issuer=broker.issuer, subject="piet", assurance="substantial", last_used_at=now()
    )
    caller = Caller(broker.access(sub="piet"))
    assert problem_of(caller.get("/bundles"), 403)["reason"] == "no_role"
    assert problem_of(caller.post("/bundles", {}), 403)["reason"] == "no_role"


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    """Give the problem of an answer that has a reason."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    fits(told, "AccessProblem")
    return told
