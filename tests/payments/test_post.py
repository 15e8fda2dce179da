"""Posting: once per key, each from how the one before left it, one or a thousand, alone or with others at the same time."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from doorleren.audit.acts import Party
from doorleren.payments.balances import standing_of
from doorleren.payments.checking import check_ledger
from doorleren.payments.commands import post as posting
from doorleren.payments.commands.post import Event, post, post_all
from doorleren.payments.models import Account, Posting, Transaction
from doorleren.payments.refusing import PaymentRefused
from doorleren.rounds.models import Round
from tests.payments.made import AT, US, checked_at_commit, emptied, event, run
from tests.rounds.made import a_round

LIFE = (("reserve", 1000), ("grant", 1000), ("grant_advance", 800), ("order_payment", 800), ("confirm_payment", 800),
        ("settle", 600), ("recover", 200), ("receive", 200))  # fmt: skip


def test_a_whole_life(round_: Round) -> None:
    """From reservation to recovery in one go: eight transactions in their turns, taken by the database at commit."""
    numbers = post_all([event(act, cents, "1", round_) for act, cents in LIFE], by=US, at=AT)
    rows = Transaction.objects.filter(subject_kind="case", subject_id="1").order_by("turn")
    assert [(row.pk, row.act, row.turn) for row in rows] == [
        (number, act, turn) for turn, (number, (act, _)) in enumerate(zip(numbers, LIFE, strict=True), 1)
    ]
    checked_at_commit()
    standing = standing_of("case", "1")
    assert {kind: standing.amount(kind) for kind in ("settled", "released", "paid", "received")} == {
        "settled": 600, "released": 400, "paid": 800, "received": 200,
    }  # fmt: skip


def test_the_same_event_is_posted_once(round_: Round) -> None:
    """Asking again, alone, in a bulk and twice within one bulk, gives the same transaction and posts nothing."""
    one, two = event("reserve", 5, "1", round_), event("reserve", 7, "2", round_)
    number = post(one, by=US, at=AT)
    assert post(one, by=US, at=AT) == number
    assert post_all([two, one, two], by=US, at=AT) == [number + 1, number, number + 1]
    assert Transaction.objects.filter(act="reserve").count() == 2


@pytest.mark.parametrize(
    "other",
    [{"cents": 6}, {"case": "2"}, {"act": "grant_above_ceiling"}, {"kind": "claim"}],
    ids=["amount", "case", "act", "kind"],
)
def test_a_key_stands_for_one_event(other: dict[str, object], round_: Round) -> None:
    """The same key for something else is refused, against what was posted and within one bulk."""
    told = {"act": "reserve", "cents": 5, "case": "1", "round_": round_, "key": "the-key"}
    one, another = event(**told), event(**(told | other))  # type: ignore[arg-type]
    with pytest.raises(PaymentRefused, match="the-key"):
        post_all([one, another], by=US, at=AT)
    post(one, by=US, at=AT)
    with pytest.raises(PaymentRefused, match="the-key"):
        post(another, by=US, at=AT)


def test_a_bulk_is_all_or_nothing(round_: Round) -> None:
    """One event that is refused takes the whole bulk with it."""
    events = [event("reserve", 5, str(case), round_) for case in range(5)]
    with pytest.raises(PaymentRefused):
        post_all([*events, event("grant", 6, "1", round_)], by=US, at=AT)
    assert not Transaction.objects.filter(act="reserve").exists()


def test_a_bulk_of_a_thousand_takes_a_few_statements(round_: Round, django_assert_max_num_queries: Callable) -> None:
    """A thousand cases with two events each go in with as many statements as one: none per event."""
    events = [event(act, 70, str(case), round_) for case in range(1000) for act in ("reserve", "grant")]
    with django_assert_max_num_queries(7):
        assert len(set(post_all(events, by=US, at=AT))) == 2000
    checked_at_commit()
    assert check_ledger().holds


def test_nothing_is_posted_for_nothing(round_: Round) -> None:
    """No events, no transactions."""
    assert post_all([], by=US, at=AT) == []


def test_an_unknown_event_is_refused(round_: Round) -> None:
    """An event that does not exist is a mistake of the program, told by its name."""
    with pytest.raises(KeyError, match="rob"):
        post(event("rob", 5, "1", round_), by=US, at=AT)


def test_what_belongs_to_no_round_has_accounts_of_its_own(round_: Round) -> None:
    """A body has its own accounts beside those of its rounds, made once."""
    for number in (1, 2):
        post(Event("receive", Party("case", "s"), 5, f"s:{number}", round_.body_id), by=US, at=AT)
    kinds = list(Account.objects.filter(body=round_.body, round=None).values_list("kind", flat=True))
    assert len(kinds) == len(set(kinds)) == Account.objects.filter(round=round_).count()
    assert standing_of("case", "s").amount("suspense") == 10


def together(acts: list[Callable[[], object]]) -> list[object]:
    """Do these at the same moment, each in a thread with a connection of its own; give what came of them."""
    found: list[object] = [None] * len(acts)
    barrier = threading.Barrier(len(acts))

    def one(place: int) -> None:
        barrier.wait(30)
        try:
            found[place] = acts[place]()
        except PaymentRefused as refused:
            found[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_two_at_once_never_use_the_same_money(emptied_after: None) -> None:
    """Four advances of 600 on a grant of 1,000 at the same moment: one is posted, three are refused; also the first events."""
    round_ = a_round()
    for turn in range(5):
        case = f"race-{turn}"
        post_all([event("reserve", 1000, case, round_), event("grant", 1000, case, round_)], by=US, at=AT)
        events = [event("grant_advance", 600, case, round_) for _ in range(4)]
        found = together([partial(post, one, by=US, at=AT) for one in events])
        assert sorted(isinstance(one, int) for one in found) == [False, False, False, True]
        assert standing_of("case", case).amount("advance") == 600
    assert check_ledger().holds


def test_the_same_event_at_once_is_posted_once(emptied_after: None) -> None:
    """Four who post the same new event at the same moment get the same number."""
    round_ = a_round()
    for turn in range(5):
        one = event("reserve", 5, f"same-{turn}", round_)
        assert len(set(together([partial(post, one, by=US, at=AT)] * 4))) == 1
    assert Transaction.objects.count() == 5
    assert Posting.objects.count() == 10


def interleaved(round_: Round, monkeypatch: pytest.MonkeyPatch) -> int:
    """Grant an advance of 600 of 1,000 while somebody else does so between our look and our insert."""
    post_all([event("reserve", 1000, "1", round_), event("grant", 1000, "1", round_)], by=US, at=AT)
    insert, others = posting._insert, [event("grant_advance", 600, "1", round_)]

    def late(*given: Any) -> dict[str, int]:
        if others:
            other = others.pop()
            thread = threading.Thread(target=lambda: (post(other, by=US, at=AT), connection.close()))
            thread.start()
            thread.join(60)
        return insert(*given)

    monkeypatch.setattr(posting, "_insert", late)
    return post(event("grant_advance", 600, "1", round_), by=US, at=AT)


def test_who_looked_before_another_posted_looks_again(emptied_after: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody posts between our look and our insert: we look again, and refuse what the money no longer allows."""
    round_ = a_round()
    with pytest.raises(PaymentRefused, match=r"4\.00"):
        interleaved(round_, monkeypatch)
    assert standing_of("case", "1").amount("advance") == 600
    assert check_ledger().holds


def test_without_turns_two_use_the_same_money(emptied_after: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: where the turn of a subject is not unique, both advances go in, and the check finds it."""
    name, columns = "payments_transaction_turn_once", "subject_kind, subject_id, turn"
    run(f"ALTER TABLE payments_transaction DROP CONSTRAINT {name}")
    try:
        interleaved(a_round(), monkeypatch)
        assert standing_of("case", "1").amount("advance") == 1200
        assert {"turns_whole", "advances_within_obligation"} <= set(check_ledger().counts)
    finally:
        emptied()
        run(f"ALTER TABLE payments_transaction ADD CONSTRAINT {name} UNIQUE ({columns})")
