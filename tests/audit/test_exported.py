"""The second verifier: a whole export passes, and each of ten thousand random tampers is found, with the first bad act."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from doorleren.audit.acts import Party, digest, record
from doorleren.audit.exported import BadCheckpoints, Found, verified
from doorleren.audit.models import Act
from doorleren.cli.audit import _write

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
KINDS = ("edit", "delete", "insert", "reorder", "cut", "rewrite")
EACH_CHECKPOINT = 7


def line(act: dict) -> bytes:
    return (json.dumps(act, separators=(",", ":")) + "\n").encode()


def export(many: int) -> tuple[list[dict], list[bytes]]:
    """Give a record of so many acts, and its checkpoints: every seventh act, and the last one."""
    acts, before = [], ""
    for number in range(1, many + 1):
        act = Act(
            at=AT + timedelta(seconds=number), actor_kind="person", actor_id=str(number % 5), act="noted",
            subject_kind="case", subject_id=f"c-{number}", details={"cents": number} if number % 3 else {}, previous=before,
        )  # fmt: skip
        before = digest(act)
        acts.append({
            "id": number, "at": act.at.isoformat(timespec="microseconds"), "actor_kind": act.actor_kind,
            "actor_id": act.actor_id, "act": act.act, "subject_kind": act.subject_kind, "subject_id": act.subject_id,
            "details": act.details, "previous": act.previous, "hash": before,
        })  # fmt: skip
    some = [one for one in acts if one["id"] % EACH_CHECKPOINT == 0 or one["id"] == many]
    return acts, [line({"at": "x", "act": one["id"], "hash": one["hash"]}) for one in some]


ACTS, CHECKPOINTS = export(60)


def tampered(kind: str, random: Random) -> tuple[list[dict], int]:
    """Give the record after one tamper, and the number of the first act that must be named."""
    acts = [dict(one) for one in ACTS]
    place = random.randrange(len(acts))
    if kind == "edit":
        field = random.choice(["at", "actor_kind", "actor_id", "act", "subject_kind", "subject_id", "hash", "previous"])
        changed = acts[place][field]
        spot = random.randrange(len(changed)) if changed else 0
        acts[place][field] = changed[:spot] + ("b" if changed[spot : spot + 1] == "a" else "a") + changed[spot + 1 :]
        return acts, acts[place]["id"]
    if kind == "delete":
        gone = acts.pop(place)["id"]
        return acts, gone if gone == len(ACTS) else gone + 1
    if kind == "insert":
        acts.insert(
            place, dict(acts[place]) | {"id": acts[place]["id"] + random.choice([0, 1000]), "subject_id": "forged"}
        )
        return acts, acts[place]["id"]
    if kind == "reorder":
        other = random.choice([one for one in range(len(acts)) if one != place])
        first, second = min(place, other), max(place, other)
        acts[first], acts[second] = acts[second], acts[first]
        return acts, acts[first]["id"]
    if kind == "cut":
        left = acts[:place]
        return left, next(one["id"] for one in ACTS[place:] if one["id"] % EACH_CHECKPOINT == 0 or one is ACTS[-1])
    return rewritten(acts, place), 0


def rewritten(acts: list[dict], place: int) -> list[dict]:
    """Change an act and make every hash after it right again, as somebody would who knows how."""
    before = acts[place]["previous"]
    acts[place]["subject_id"] = "forged"
    for one in acts[place:]:
        one["previous"] = before
        fields = {name: one[name] for name in one if name not in ("id", "hash", "at")}
        before = one["hash"] = digest(Act(at=datetime.fromisoformat(one["at"]), **fields))
    return acts


def test_a_whole_record_passes() -> None:
    """Untouched, every act is counted and nothing is named; so does an empty record."""
    assert verified(map(line, ACTS), CHECKPOINTS) == Found(60, len(CHECKPOINTS))
    assert verified([], []) == Found(0, 0)


@pytest.mark.parametrize("seed", range(20))
def test_every_random_tamper_is_found(seed: int) -> None:
    """Of 10,000 tampers over all seeds each one is found; whoever did not rewrite all hashes has the first bad act named."""
    random = Random(seed)
    for _ in range(500):
        kind = random.choice(KINDS)
        acts, first = tampered(kind, random)
        found = verified(map(line, acts), CHECKPOINTS)
        assert found.first_bad is not None, kind
        if kind == "rewrite":
            assert found.wrong == "checkpoint"
        else:
            assert found.first_bad == first, (kind, found)


def test_without_the_hashes_looked_at_a_tamper_would_pass() -> None:
    """The control: with the hash of the content taken on trust an edit goes unseen, so the tampers above are real."""
    edited = [dict(one) for one in ACTS]
    edited[4]["subject_id"] = "forged"
    follows = [one["previous"] == before["hash"] for one, before in zip(edited[1:], edited, strict=False)]
    assert all(follows)
    assert verified(map(line, edited), CHECKPOINTS).first_bad == 5


@pytest.mark.parametrize(
    "text", [b"", b"{}\n", b"not json\n", line(ACTS[0]).replace(b'"id":1', b'"id":"1"'), line(ACTS[0])[:-1]]
)
def test_a_line_that_is_no_act_is_named(text: bytes) -> None:
    """A line with another form is named as the act where it stands, not skipped."""
    found = verified([text], [])
    assert (found.first_bad, found.wrong) == (1, "form of line 1")


def test_checkpoints_that_cannot_be_read_are_an_error() -> None:
    """Nothing is said of a record whose checkpoints cannot be read; one that was cut off while written is left out."""
    with pytest.raises(BadCheckpoints, match="line 2"):
        verified([], [CHECKPOINTS[0], b"{}\n"])
    assert verified(map(line, ACTS), [*CHECKPOINTS, b'{"act": 9']).first_bad is None


@pytest.mark.django_db
def test_both_verifiers_agree_on_what_the_site_writes(tmp_path: Path) -> None:
    """What the first code records and the command exports, the second verifier finds whole."""
    for number in range(5):
        record("granted", Party("case", f"é-{number}".encode("ascii", "ignore").decode()), by=Party("person", "7"), at=AT,
               details={"zeta": number, "alpha": True, "code": "a/b"})  # fmt: skip
    path = tmp_path / "acts.jsonl"
    with path.open("w", encoding="utf-8") as file:
        count = _write(file)
    with path.open("rb") as file:
        assert verified(file, []) == Found(count, 0)
