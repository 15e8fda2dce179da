"""What was altered behind the product's back: a file refused to the last bit, an account not paid on; and what would happen without the guards."""

from pathlib import Path
from typing import Any

import pytest

from doorleren.payments.commands import hand_over as handing
from doorleren.payments.commands import release_run as releasing
from doorleren.payments.commands.hand_over import ensure_same, file_of, hand_over
from doorleren.payments.models import PayeeAccount
from doorleren.payments.payees import Opened
from doorleren.payments.refusing import PaymentRefused
from doorleren.people.national_number import Keys
from tests.payments.made import run, unguarded
from tests.payments.paying import IBANS, PAID, Scene


def test_every_bit_of_the_file_counts(scene: Scene) -> None:
    """Each bit of each byte of the released file is flipped in turn, and each time the file is another one."""
    made = scene.release(scene.propose().run)
    assert made.file is not None
    content = bytearray(file_of(made.run.pk, by=scene.by("paymaster"), at=PAID))
    for place in range(len(content) * 8):
        content[place // 8] ^= 1 << place % 8
        with pytest.raises(PaymentRefused, match="niet het bestand"):
            ensure_same(made.file, bytes(content))
        content[place // 8] ^= 1 << place % 8
    ensure_same(made.file, bytes(content))


def test_without_the_hash_an_altered_file_would_go(
    scene: Scene, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: with the comparison of the hash taken out a file with one flipped bit reaches the bank."""
    settings.DOORLEREN_OUTBOX = tmp_path
    made = scene.release(scene.propose().run)
    content = file_of(made.run.pk, by=scene.by("paymaster"), at=PAID)
    altered = content[:99] + bytes([content[99] ^ 1]) + content[100:]
    monkeypatch.setattr(handing, "ensure_same", lambda file, content: None)
    hand_over(made.run.pk, altered, by=scene.by("other"), at=PAID)
    (taken,) = (tmp_path / "bank").iterdir()
    assert taken.read_bytes() == altered != content


def opened_whatever(account: PayeeAccount, keys: Keys) -> Opened:
    """Open an account without asking whose it is or which hash it has."""
    return Opened(keys.opened(account.sealed).split("/")[2], keys.opened(account.sealed_name))


UNSEALED, UNCOMPARED = ("as_sealed", opened_whatever), ("_account_refused", lambda line, account, known: None)
"""Two guards switched off: whether the account is as it was sealed, and whether it is the one of the line."""


@pytest.mark.parametrize(
    ("moment", "off", "paid"),
    [
        ("after", (), False), ("after", (UNSEALED,), False), ("after", (UNSEALED, UNCOMPARED), True),
        ("before", (), False), ("before", (UNSEALED,), True),
    ],
    ids=["after", "after_one_off", "after_both_off", "before", "before_off"],
)  # fmt: skip
def test_without_the_guards_an_altered_iban_would_be_paid_on(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, moment: str, off: tuple[tuple[str, Any], ...], paid: bool
) -> None:
    """Negative control: an IBAN laid under a payee by SQL, before or after the proposal, gets the money once no guard is left."""
    victim, thief = PayeeAccount.objects.filter(payee_kind="person").order_by("pk")[:2]
    proposed = scene.propose() if moment == "after" else None
    with unguarded():
        own = "(lookup, sealed) = (SELECT lookup, sealed FROM payments_payeeaccount WHERE id = %s)"
        run(f"UPDATE payments_payeeaccount SET {own} WHERE id = %s", thief.pk, victim.pk)
    for name, instead in off:
        monkeypatch.setattr(releasing, name, instead)
    made = scene.release((proposed or scene.propose()).run)
    content = file_of(made.run.pk, by=scene.by("paymaster"), at=PAID).decode()
    assert (scene.cases[0].pk in {line.case_id for line in made.ordered}) is paid
    assert content.count(f"<IBAN>{IBANS[0]}</IBAN>") == 0
    assert content.count(f"<IBAN>{IBANS[1]}</IBAN>") == 1 + paid
