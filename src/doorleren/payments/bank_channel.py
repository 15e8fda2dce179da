"""The way a payment file goes to the bank, pluggable by `DOORLEREN_BANK_CHANNEL`: a class with one method.

A folder of the site's outbox stands for it until a site names its own: who takes files from there to the bank knows a
run by its name, so that one which is put there twice is one. A file leaves the folder again by outbox.py.
"""

import os
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

FOLDER = "bank"
"""Where files for the bank are left, within the outbox."""


class NotTaken(Exception):
    """The channel did not take the file; the message says why, without anything of the file."""


class BankChannel(Protocol):
    """Brings a payment file to the bank."""

    def hand(self, name: str, content: bytes) -> None:
        """Hand it over, or raise NotTaken. Handing the same name and bytes twice must come to one file."""


class Folder:
    """Puts the file in a folder of the site's outbox, whole or not at all."""

    def __init__(self, name: str = FOLDER) -> None:
        """Keep which folder."""
        self._name = name

    def hand(self, name: str, content: bytes) -> None:
        """Write it. Raises NotTaken when the folder takes nothing."""
        folder = Path(settings.DOORLEREN_OUTBOX) / self._name
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = folder / f"{name}.{os.getpid()}.part"
            fresh.touch(mode=0o600)
            fresh.write_bytes(content)
            fresh.replace(folder / name)
        except OSError as fault:
            raise NotTaken("the folder for the bank takes no file") from fault


def bank_channel() -> BankChannel:
    """Give the channel that `DOORLEREN_BANK_CHANNEL` names."""
    made: BankChannel = import_string(settings.DOORLEREN_BANK_CHANNEL)()
    return made
