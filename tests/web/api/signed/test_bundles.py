"""Registering people from another system: the same command and rules as the page and the file, and a lost answer again."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from doorleren.applications.bundles.rows import LARGEST_BYTES
from doorleren.applications.commands.submit_bundle import Sealing
from doorleren.applications.evidence.storage import Store
from doorleren.applications.models import Bundle, BundleKey, Registration
from doorleren.people.models import Organisation, Person
from doorleren.people.national_number import read_keys
from doorleren.rounds.commands.open_gate import close_gate
from doorleren.rounds.models import Round, Ticket
from doorleren.rules.library import Library
from doorleren.web.api import bundles
from doorleren.web.api.asking import bytes_of
from doorleren.web.api.problems import Refused
from tests.applications.bundles import completing, made
from tests.applications.bundles.made import MOST, NUMBERS, row
from tests.applications.made import AT, US
from tests.web.adviser.conftest import KEYS
from tests.web.api.asked import fits, problem
from tests.web.api.signed.broker import Broker, Caller, identify

KEY = "bundle-of-monday-1"


def hand_in(caller: Caller, round_: Round, *rows: dict[str, Any], key: str = KEY, **other: Any) -> Any:
    """Hand in a bundle."""
    return caller.post("/bundles", {"round": round_.pk, "rows": list(rows)} | other, **{"Idempotency-Key": key})


def test_every_row_is_answered(tom: Caller, round_: Round, known: Library, firm: tuple[Person, Organisation]) -> None:
    """The answers are those that the command gives for the same rows, in the published shape, and say where to find them."""
    answer = hand_in(tom, round_, row(0), row(1, name=""))
    assert answer.status_code == 201, answer.content
    told = answer.json()
    fits(told, "BundleAnswer")
    assert [one["outcome"] for one in told["answers"]] == ["accepted", "refused"]
    assert [one["field"] for one in told["answers"][1]["faults"]] == ["name"]
    assert answer.headers["Location"] == f"/api/v1/bundles/{told['bundle']}"
    assert answer.headers["API-Version"]
    again = made.submit(
        known, round_, firm, row(0), row(1, name=""), sealing=Sealing(read_keys(KEYS), b"k" * 32, made.SIGNING)
    )  # fmt: skip
    assert again.pk == told["bundle"]
    assert Ticket.objects.count() == 1


def test_one_above_the_limit_names_its_rule(tom: Caller, round_: Round) -> None:
    """The row above the scheme's own limit of a day is refused by that rule, with its source; the rows before it stand."""
    answers = hand_in(tom, round_, *(row(place) for place in range(MOST + 1))).json()["answers"]
    assert [one["outcome"] for one in answers] == ["accepted"] * MOST + ["refused"]
    fault = answers[MOST]["faults"][0]
    assert (fault["rule"], fault["source"]) == ("not_too_many", "Staatscourant 2026, 2, art. 4")


def test_a_lost_answer_again(tom: Caller, round_: Round) -> None:
    """The same bundle under the same key gives the same answer word for word, also once the round is closed."""
    first = hand_in(tom, round_, row(0), row(1, birth_date="1885-01-01"))
    again = hand_in(tom, round_, row(0), row(1, birth_date="1885-01-01"), key=f'"{KEY}"')
    close_gate(round_.pk, by=US, at=AT)
    later = hand_in(tom, round_, row(0), row(1, birth_date="1885-01-01"))
    for one in (again, later):
        assert (one.status_code, one.content, one.headers["Location"]) == (
            201,
            first.content,
            first.headers["Location"],
        )
    assert (Bundle.objects.count(), BundleKey.objects.count(), Ticket.objects.count()) == (1, 1, 1)


def test_the_same_key_for_something_else(tom: Caller, round_: Round) -> None:
    """A key that was used for another bundle is refused, and nothing is registered by that."""
    hand_in(tom, round_, row(0))
    told = problem(hand_in(tom, round_, row(1)), 422)
    assert "key" in told["detail"]
    assert Registration.objects.count() == 1
    assert hand_in(tom, round_, row(1), key=KEY + "-second").json()["accepted"] == 1


def test_keys_are_one_s_own(tom: Caller, round_: Round, broker: Broker) -> None:
    """Another adviser may use the same key; nothing of the key itself is kept."""
    hand_in(tom, round_, row(0))
    olga, _firm = made.adviser("Olga", "90000031")
    identify(olga, broker, "olga")
    assert hand_in(Caller(broker.access(sub="olga")), round_, row(1)).status_code == 201
    assert KEY not in str(list(BundleKey.objects.values()))


BODIES: list[tuple[Any, str]] = [
    ([], "body"), ("{", "body"), ({"rows": []}, "round"), ({"round": "1", "rows": []}, "round"), ({"round": True}, "round"),
    ({"round": 10**30, "rows": []}, "round"), ({"rounds": 1}, "body"), ('{"round": 1, "round": 2}', "body"),
    ('{"round": 1e99999999999999999999}', "body"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "fact"), BODIES, ids=[str(place) for place in range(len(BODIES))])
def test_what_is_no_bundle(body: Any, fact: str, tom: Caller) -> None:
    """A body that cannot be read is refused with what is wrong and what is allowed, before anything is kept."""
    told = problem(tom.post("/bundles", body, **{"Idempotency-Key": KEY}), 400)
    assert told["fact"] == fact
    assert not BundleKey.objects.exists()


@pytest.mark.parametrize(
    "rows", [None, [], "x", [5], [{"x": 1}], [row(0, name=1.5)], [{"name": "Piet"}]],
    ids=["none", "empty", "text", "numbers", "another column", "a fraction", "columns lacking"],
)  # fmt: skip
def test_rows_that_cannot_be_read(rows: Any, tom: Caller, round_: Round) -> None:
    """Rows of another form are refused as a whole, and keep no key."""
    told = problem(tom.post("/bundles", {"round": round_.pk, "rows": rows}, **{"Idempotency-Key": KEY}), 400)
    assert told["fact"] == "rows"
    assert not BundleKey.objects.exists()


@pytest.mark.parametrize("key", ["", "short", "with spaces in it x", "é" * 20, "x" * 65], ids=str)
def test_a_key_is_needed(key: str, tom: Caller, round_: Round) -> None:
    """Without a key, or with one that cannot be, nothing is handed in."""
    assert problem(hand_in(tom, round_, row(0), key=key), 400)["fact"] == "Idempotency-Key"
    assert not Bundle.objects.exists()


def test_the_firm(tom: Caller, round_: Round) -> None:
    """Only a firm for which one advises can be named."""
    assert problem(hand_in(tom, round_, row(0), kvk="90000031"), 400)["fact"] == "kvk"
    assert hand_in(tom, round_, row(0), kvk="90000029").status_code == 201


def test_too_large_is_not_read(tom: Caller) -> None:
    """What is larger than a bundle may be is refused by its length, before a byte of it is read; so is what has none."""
    answer = tom.client.post(
        "/api/v1/bundles", b"{}", content_type="application/json",
        headers=tom.headers | {"Idempotency-Key": KEY, "Content-Length": str(LARGEST_BYTES + 1)},
    )  # fmt: skip
    problem(answer, 413)

    class Unreadable:
        """Fails whoever reads it."""

        def read(self, *_count: int) -> bytes:
            raise AssertionError("this was read")

    asked = RequestFactory().post("/", b"{}", content_type="application/json")
    asked.META["HTTP_CONTENT_LENGTH"] = asked.META["CONTENT_LENGTH"] = str(LARGEST_BYTES + 1)
    asked._stream = Unreadable()  # type: ignore[attr-defined]
    with pytest.raises(Refused) as refused:
        bytes_of(asked, LARGEST_BYTES)
    assert refused.value.status == 413


def test_another_kind_of_body(tom: Caller) -> None:
    """Only JSON is read."""
    answer = tom.client.post("/api/v1/bundles", "a;b", "text/csv", headers=tom.headers | {"Idempotency-Key": KEY})
    problem(answer, 415)


def test_without_a_qualification(tom: Caller, round_: Round, firm: tuple[Person, Organisation]) -> None:
    """What the command refuses as a whole is a conflict, with its sentence."""
    firm[0].qualifications.all().delete()
    assert "qualification" in problem(hand_in(tom, round_, row(0)), 409)["detail"]
    close_gate(round_.pk, by=US, at=AT)
    assert "not open" in problem(hand_in(tom, round_, row(0)), 409)["detail"]


def test_my_bundles(tom: Caller, round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list has one's bundles with their counts, the newest first, a page at a time."""
    monkeypatch.setattr(bundles, "ON_A_PAGE", 1)
    for place in range(2):
        hand_in(tom, round_, row(place), key=f"{KEY}-{place}")
    first = tom.get("/bundles").json()
    fits(first, "Bundles")
    second = tom.get(f"/bundles?after={first['after']}").json()
    assert [one["accepted"] for one in first["items"] + second["items"]] == [1, 1]
    assert first["items"][0]["bundle"] > second["items"][0]["bundle"]
    assert second["after"] is None
    assert problem(tom.get("/bundles?after=x"), 400)["fact"] == "after"


def test_how_every_row_stands(tom: Caller, round_: Round, firm: tuple[Person, Organisation], tmp_path: Any) -> None:
    """Per row one sees what the participant said, the place, what is lacking to complete it, and since when it is complete."""
    number = hand_in(tom, round_, row(0), row(1), row(2, name="")).json()["bundle"]
    first, second = Registration.objects.order_by("pk")
    completing.say_yes(0, first, read_keys(KEYS))
    completing.give_place(second)
    told = tom.get(f"/bundles/{number}").json()
    fits(told, "BundleNow")
    wanted = [("confirmed", "inside", ["roadmap"]), (None, "inside", None), (None, None, None)]
    assert [(one["confirmation"], one["place"], one["lacking"]) for one in told["answers"]] == wanted
    completing.give(first, firm[0], Store(tmp_path / "evidence", b"s" * 32))
    assert tom.get(f"/bundles/{number}").json()["answers"][0]["lacking"] == []


def test_another_adviser_s_bundle_does_not_exist(tom: Caller, round_: Round, broker: Broker) -> None:
    """The bundle of somebody else is not found, nor is what is no number."""
    number = hand_in(tom, round_, row(0)).json()["bundle"]
    olga, _firm = made.adviser("Olga", "90000031")
    identify(olga, broker, "olga")
    caller = Caller(broker.access(sub="olga"))
    for address in (f"/bundles/{number}", "/bundles/98765", "/bundles/x", "/bundles/" + "9" * 40):
        problem(caller.get(address), 404)
    assert caller.get("/bundles").json()["items"] == []


def test_looking_writes_nothing(tom: Caller, round_: Round) -> None:
    """Neither the list nor a bundle writes anything."""
    number = hand_in(tom, round_, row(0)).json()["bundle"]
    with CaptureQueriesContext(connection) as asked:
        for address in ("/bundles", f"/bundles/{number}"):
            assert tom.get(address).status_code == 200
    assert not [one for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE", "COPY")]


def numbers_written() -> list[str]:
    """Every way in which the national numbers of the rows may be written."""
    return [
        text
        for one in NUMBERS[:4]
        for text in (one, f"{one[:4]}.{one[4:6]}.{one[6:]}", f"{one[:3]} {one[3:6]} {one[6:]}")
    ]


def test_a_national_number_is_never_given_back(tom: Caller, round_: Round) -> None:
    """Wherever an adviser writes a national number, right or wrong, no answer, refusal or list of the interface has it."""
    number, dotted = NUMBERS[0], f"{NUMBERS[0][:4]}.{NUMBERS[0][4:6]}.{NUMBERS[0][6:]}"
    wrong: list[Any] = [
        {"rows": [row(0)], number: 1}, {"rows": [row(0)], "round": int(number)}, {"rows": [row(0)], "kvk": number},
        {"rows": [{number: "x"}]}, {"rows": [row(0) | {number: 1.5}]}, {"rows": number}, {"rows": [number]},
        json.dumps({"round": round_.pk})[:-1] + f', "{number}": 1, "{number}": 2}}', f'{{"rows": {number}', number,
        {"rows": [row(0, name=number)]}, {"rows": [row(0, reference=number)]}, {"rows": [row(0, reference=dotted)]},
        {"rows": [row(0, birth_date=number)]}, {"rows": [row(0, **{"person.labour_market_link": number})]},
        {"rows": [row(0), row(0, reference="again")]}, {"rows": [row(0)]}, {"rows": [row(1, national_number="1" + number)]},
    ]  # fmt: skip
    answers = [
        tom.post(
            "/bundles", one if isinstance(one, str) else {"round": round_.pk} | one,
            **{"Idempotency-Key": f"{KEY}-{place:02}"},
        )
        for place, one in enumerate(wrong)
    ]  # fmt: skip
    assert {201, 400} == {one.status_code for one in answers}
    answers += [tom.post("/bundles", {"round": round_.pk, "rows": [row(2)]}, **{"Idempotency-Key": number})]
    answers += [tom.get(f"/bundles/{number}"), tom.get("/bundles"), tom.get("/applications")]
    answers += [tom.get(f"/bundles/{one.pk}") for one in Bundle.objects.all()]
    answers += [tom.get(f"/applications/{one.application_id}") for one in Registration.objects.all()]
    assert Registration.objects.exists()
    for place, one in enumerate(answers):
        told = one.content.decode() + str(dict(one.headers))
        assert not [text for text in numbers_written() if text in told], (place, told)
