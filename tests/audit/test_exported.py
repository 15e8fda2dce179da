"""The second verifier: a whole export passes, and each of ten thousand random tampers is found, with the first bad act."""

import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from doorleren.audit import exported
from doorleren.audit.acts import Party, digest, record
from doorleren.audit.exported import BadCheckpoints, Found, Gone, verified
from doorleren.audit.models import Act
from doorleren.cli.audit import _write

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
OF_ACTS = ("edit", "details", "delete", "insert", "reorder", "cut", "number", "rewrite")
"""Tampers with whole acts or their fields, which are written out again as the site writes them."""
OF_LINES = ("double name", "double in details", "blank", "blank in details", "broken", "byte")
"""Tampers with what is written of one act."""
EACH_CHECKPOINT = 7


def line(act: dict) -> bytes:
    return (json.dumps(act, separators=(",", ":")) + "\n").encode()


def export(many: int) -> tuple[list[dict], list[bytes]]:
    """Give a record of so many acts, and its checkpoints: every seventh act, and the last one."""
    acts, before = [], ""
    for number in range(1, many + 1):
        act = Act(
            at=AT + timedelta(seconds=number), actor_kind="person", actor_id=str(number % 5), act="noted",
            subject_kind="case", subject_id=f"c-{number}", previous=before,
            details={"cents": number, "code": "a/b", "whole": True} if number % 3 else {},
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
    if kind == "details":
        acts[place]["details"] = dict(sorted(other_details(acts[place]["details"], random).items()))
        return acts, acts[place]["id"]
    if kind == "number":
        acts[place]["id"] = random.choice([one for one in range(-1, 80) if one != place + 1])
        return acts, named_for_number(place + 1, acts[place]["id"])
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


def other_details(details: dict, random: Random) -> dict:
    """Give details with one changed, gone or added."""
    name = random.choice(["cents", "code", "whole", "added"])
    if name in details and random.random() < 0.3:
        return {one: details[one] for one in details if one != name}
    return details | {
        name: random.choice([one for one in (999_999_900, "a/c", False, None, "1") if one != details.get(name)])
    }


def named_for_number(real: int, given: int) -> int:
    """Give the act that must be named where an act gives itself another number than it has: by what comes first behind it."""
    if given < real:
        return given if given > 0 else real
    kept = next(one for one in range(real, len(ACTS) + 1) if one % EACH_CHECKPOINT == 0 or one == len(ACTS))
    return min(kept, given) if given >= kept else real + 1


def tampered_line(kind: str, random: Random) -> tuple[bytes, int]:
    """Give the export after a tamper with what is written of one act, and the number of that act."""
    lines = [line(one) for one in ACTS]
    place = random.randrange(len(lines))
    if "details" in kind:
        place = random.choice([one for one in range(len(lines)) if ACTS[one]["details"]])
    lines[place] = forged(lines[place], kind, random)
    return b"".join(lines), ACTS[place]["id"]


def forged(text: bytes, kind: str, random: Random) -> bytes:
    """Write one line in another way."""
    if kind in ("double name", "double in details"):
        begin = b'"details":{' if "details" in kind else b"{"
        pairs = re.findall(
            rb'"(?:cents|code|whole)":[^,}]+' if "details" in kind else rb'"[a-z_]+":(?:"[^"]*"|\d+)', text
        )
        name = random.choice(pairs).partition(b":")[0]
        return text.replace(begin, begin + name + b":" + random.choice([b"999999900", b'"x"', b"null"]) + b",", 1)
    if kind == "blank in details":
        spot = random.choice([one.end() for one in re.finditer(rb'"details":\{|"[:,]|\d(?=,")', text) if one.end() > text.index(b'"details":{') + 10
                              and one.end() <= text.index(b"}")])  # fmt: skip
        return text[:spot] + random.choice([b" ", b"\t", b"  "]) + text[spot:]
    if kind == "blank":
        spot = random.randrange(len(text))
        return text[:spot] + random.choice([b" ", b"\t", b"\r", b"\n"]) + text[spot:]
    if kind == "broken":
        spot = random.choice([one.start() for one in re.finditer(rb'[{}":,]', text)])
        return text[:spot] + random.choice([b"", b"x", b"#", b"[" * 5000]) + text[spot + 1 :]
    spot = random.randrange(text.index(b","), len(text))  # not in its number, which the tampers with numbers are about
    return text[:spot] + bytes([random.choice([one for one in range(256) if one != text[spot]])]) + text[spot + 1 :]


def rewritten(acts: list[dict], place: int, subject_id: str = "forged") -> list[dict]:
    """Change an act and make every hash after it right again, as somebody would who knows how."""
    before = acts[place]["previous"]
    acts[place]["subject_id"] = subject_id
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
        kind = random.choice(OF_ACTS + OF_LINES)
        if kind in OF_LINES:
            written, first = tampered_line(kind, random)
        else:
            acts, first = tampered(kind, random)
            written = b"".join(map(line, acts))
        found = verified(io.BytesIO(written), CHECKPOINTS)
        assert found.first_bad is not None, (kind, written)
        if kind == "rewrite":
            assert found.wrong == "checkpoint"
        else:
            assert found.first_bad == first, (kind, found)


def as_once(written: bytes) -> bytes:
    """Take details for what a reader of JSON makes of them, however they are written."""
    return json.dumps(json.loads(written), sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize("kind", ["double in details", "blank in details"])
def test_where_the_writing_is_not_looked_at_such_tampers_pass(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a verifier that hashes what it understands of details, and not how they are written, lets these pass."""
    monkeypatch.setattr(exported, "_details", as_once)
    random = Random(1)
    found = [verified(io.BytesIO(tampered_line(kind, random)[0]), CHECKPOINTS).first_bad for _ in range(50)]
    assert found.count(None) >= 10
    monkeypatch.undo()
    forgeries = [tampered_line(kind, random) for _ in range(50)]
    assert [verified(io.BytesIO(text), CHECKPOINTS).wrong for text, _ in forgeries] == [
        f"form of line {act}" for _, act in forgeries
    ]


def test_a_number_within_a_gap_is_not_protected() -> None:
    """What ADR 0056 says the record does not protect: where numbers lack, an act passes under one of these; beyond the gap it does not."""
    acts = [dict(one) for one in ACTS]
    for one in acts[10:]:
        one["id"] += 100
    kept = [line({"act": one["id"], "hash": one["hash"]}) for one in (acts[0], acts[-1])]
    for number, named in ((11, None), (50, None), (111, None), (112, 112), (10, 10), (9, 9)):
        forged = [*acts[:10], acts[10] | {"id": number}, *acts[11:]]
        assert verified(map(line, forged), kept).first_bad == named, number
    assert verified(map(line, [*acts[:-1], acts[-1] | {"id": 161}]), kept).first_bad == 160


def test_what_was_destroyed_is_named_with_its_act() -> None:
    """Of whole acts that destroyed the content of a file the act and the file are given; of what comes after a break nothing is."""
    acts = [dict(one) for one in ACTS]
    for place in (3, 20):
        acts[place] |= {"act": "destroyed", "details": {"what": "content"}}
    acts[30]["act"] = "destroyed"  # of a case, of which the content went under the act after it
    acts = rewritten(acts, 0, subject_id="c-1")
    gone = (Gone(4, "case", "c-4"), Gone(21, "case", "c-21"))
    assert verified(map(line, acts), []) == Found(60, 0, destroyed=gone)
    acts[10]["subject_id"] = "forged"
    assert verified(map(line, acts), []) == Found(10, 0, 11, "content", gone[:1])


def test_without_the_hashes_looked_at_a_tamper_would_pass() -> None:
    """The control: with the hash of the content taken on trust an edit goes unseen, so the tampers above are real."""
    edited = [dict(one) for one in ACTS]
    edited[4]["subject_id"] = "forged"
    follows = [one["previous"] == before["hash"] for one, before in zip(edited[1:], edited, strict=False)]
    assert all(follows)
    assert verified(map(line, edited), CHECKPOINTS).first_bad == 5


FIRST = line(ACTS[0])
UNREADABLE = {
    "empty": b"", "an object": b"{}\n", "no json": b"not json\n", "number as text": FIRST.replace(b'"id":1', b'"id":"1"'),
    "no end": FIRST[:-1], "noughts before": FIRST.replace(b'"id":1', b'"id":01'), "no value": FIRST.replace(b'"cents":1', b'"cents":x'),
    "bad bytes": FIRST.replace(b"a/b", b"\xff\xfe"), "deep": FIRST.replace(b'"cents":1', b'"cents":' + b"[" * 100_000),
    "long": FIRST.replace(b'"cents":1', b'"cents":' + b"1" * 5000), "a list": FIRST.replace(b'"cents":1', b'"cents":[1]'),
    "no whole number": FIRST.replace(b'"cents":1', b'"cents":1.0'), "no number": FIRST.replace(b'"cents":1', b'"cents":NaN'),
    "another order": FIRST.replace(b'"cents":1,"code":"a/b"', b'"code":"a/b","cents":1'),
    "escaped": FIRST.replace(b'"cents"', b'"\\u0063ents"'), "control": FIRST.replace(b'"c-1"', b'"c-\x001"'),
}  # fmt: skip


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_a_line_that_is_no_act_is_named(text: bytes) -> None:
    """A line with another form is named as the act where it stands, not skipped."""
    found = verified([text], [])
    assert (found.first_bad, found.wrong) == (1, "form of line 1")


def test_checkpoints_that_cannot_be_read_are_an_error() -> None:
    """Nothing is said of a record whose checkpoints cannot be read; one that was cut off while written is left out."""
    twice = CHECKPOINTS[0].replace(b'"act":7', b'"act":7,"act":14')
    other = CHECKPOINTS[0].replace(b'"hash":"', b'"hash":"0')[:-4] + b'"}\n'
    for bad in (b"{}\n", b"[]\n", b"\xff\n", b'{"act":"9","hash":"x"}\n', twice, other):
        with pytest.raises(BadCheckpoints, match="line 2"):
            verified([], [CHECKPOINTS[0], bad])
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
