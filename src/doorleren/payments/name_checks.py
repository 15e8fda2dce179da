"""Whether the name with an account is that of its holder: asked of a service that a setting names, and told to people only.

A bank or a payment service knows who holds an account; which one is asked differs per body, so it is a program of one's
own. What it answers decides nothing: the one who confirms an account reads it (commands/confirm_account.py).
"""

import json
import logging
import shlex
import subprocess
from collections.abc import Callable
from typing import Literal, get_args

log = logging.getLogger(__name__)

Matched = Literal["absent", "match", "close", "no_match", "unknown", "failed"]
"""`absent`: nobody was asked; `close`: nearly the name; `unknown`: the service cannot tell; `failed`: it did not answer."""

MATCHED: tuple[Matched, ...] = get_args(Matched)
ANSWERS = ("match", "close", "no_match", "unknown")
DOUBTFUL = ("close", "no_match")
SECONDS = 10.0

NameCheck = Callable[[str, str], Matched]
"""From an IBAN and a name to what the service says; never raises."""


class BadNameCheck(ValueError):
    """The service cannot be read from its setting; the message says what was given and what is allowed."""


def name_check_of(named: str | None) -> NameCheck:
    """Give the service that a setting names: "command:PROGRAM ARGUMENTS".

    The program gets {"iban": …, "name": …} on its standard input and answers {"outcome": one of ANSWERS}. Raises BadNameCheck.
    """
    if not named:
        return lambda _iban, _name: "absent"
    kind, _, rest = named.partition(":")
    if kind != "command" or not rest.strip():
        raise BadNameCheck(f"DOORLEREN_NAME_CHECK: given is {named!r}, allowed is command:program")
    return lambda iban, name: _by_command(shlex.split(rest), iban, name)


def _by_command(words: list[str], iban: str, name: str) -> Matched:
    asked = json.dumps({"iban": iban, "name": name}).encode()
    try:
        done = subprocess.run(words, input=asked, capture_output=True, timeout=SECONDS, check=True)
        outcome = json.loads(done.stdout)["outcome"]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as error:
        log.warning("the check of a name with its account did not answer: %s", type(error).__name__)
        return "failed"
    return outcome if outcome in ANSWERS else "failed"
