"""A file that was altered behind the product's back: refused to the last bit, with what would happen without the guard."""

from pathlib import Path
from typing import Any

import pytest

from doorleren.payments.commands import hand_over as handing
from doorleren.payments.commands.hand_over import ensure_same, file_of, hand_over
from doorleren.payments.refusing import PaymentRefused
from tests.payments.paying import PAID, Scene


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
