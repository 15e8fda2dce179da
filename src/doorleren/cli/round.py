"""`doorleren round SCHEME ROUND open|close|show`: open and close a round of a scheme's file, and see how it stands.

Two people open and close a round: the first call (`--as`) proposes, the same call by somebody else releases. A round that was not
announced yet is announced so first. A rehearsal is nobody's money, so where no person is named, who operates the machine opens and
closes it alone; in a demo, a round that nobody announced opens as one then.
"""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from doorleren.audit.acts import Party
from doorleren.cli.acting import Wrong, vouched_for
from doorleren.cli.surroundings import demo, extra_folders, now
from doorleren.core.money import euros
from doorleren.people.access import NotAllowed
from doorleren.people.national_number import NoKeys
from doorleren.people.signed_in import SignedIn
from doorleren.rounds.answers import RoundRefused, refused
from doorleren.rounds.commands.announce_from_scheme import (
    NoSuchRound,
    announce_from_scheme,
    announced_round,
    executing_body,
    version_with,
)
from doorleren.rounds.commands.open_gate import close_gate, open_gate
from doorleren.rounds.commands.propose_act import propose_act, propose_announcement
from doorleren.rounds.commands.release_act import release_act
from doorleren.rounds.fell_back import fallback_as_dict, fell_back, fell_back_as_dict
from doorleren.rounds.models import Round, RoundProposal
from doorleren.rounds.queries import announced_for
from doorleren.rounds.standing import standing_of
from doorleren.rules.library import Library, open_library

OPERATOR = Party("operator", "command-line")


def run(options: argparse.Namespace) -> int:
    """Do what was asked. Exit code 1 for an act that is refused, 2 for bad input or a round that does not exist."""
    library, done = open_library(extra_folders()), list[str]()
    try:
        row = announced_round(library, options.scheme, options.round)
        if options.act != "show":
            by = vouched_for(options.official, f"round-{options.act}", at=now()) if options.official else None
            with transaction.atomic():
                done = _acted(library, row, options, by)
            row = announced_round(library, options.scheme, options.round)
    except NoSuchRound as fault:
        return _refuse(f"ROUND: given is {options.round!r}, allowed are: {', '.join(fault.known) or 'none'}", 2)
    except KeyError:
        return _refuse(f"SCHEME: there is no scheme {options.scheme!r}; doorleren schemes lists them", 2)
    except Wrong as fault:
        return _refuse(str(fault), 2)
    except (RoundRefused, NoKeys) as fault:
        return _refuse(fault.texts["en"] if isinstance(fault, RoundRefused) else str(fault), 1)
    except NotAllowed as fault:
        return _refuse(fault.refused.texts["en"], 1)
    told = as_dict(row) if row else {"scheme": options.scheme, "round": options.round, "state": "not_announced"}
    told |= _waits(row, options) | ({"done": done} if done else {})
    if options.json:
        print(json.dumps(told, indent=2))
    else:
        print("\n".join(f"{name:17} {_line(value)}" for name, value in told.items()))
    return 0


def _acted(library: Library, row: Round | None, options: argparse.Namespace, by: SignedIn | None) -> list[str]:
    """Propose or release, and say what was done: announcing comes before opening. Raises Wrong, RoundRefused, NotAllowed."""
    if row is None and options.act == "close":
        raise refused("Dit aanvraagtijdvak is niet open.", "This round is not open.")
    if row is None and options.official is None and demo():
        row = announce_from_scheme(library, options.scheme, options.round, rehearsal=True, by=OPERATOR, at=now())
    if row is not None and row.rehearsal and options.official is None:
        (open_gate if options.act == "open" else close_gate)(row.pk, by=OPERATOR, at=now())
        return [f"{options.act}: done by who operates this machine, for it is a rehearsal"]
    if by is None:
        raise Wrong(
            "--as: given is nothing; two people open and close a round, so say who you are: one proposes, another releases"
        )
    if row is not None:
        return [_by_two(row, options, library, by)]
    waiting = _waiting(row, options)
    if waiting is None:
        body = executing_body(version_with(library, options.scheme, options.round))
        propose_announcement(options.scheme, options.round, body, reason=_reason(options), by=by, at=by.proven_at)
        return ["announce: proposed"]
    release_act(waiting.pk, library=library, by=by, at=by.proven_at)
    made = Round.objects.get(proposals=waiting.pk)
    return ["announce: released", _by_two(made, options, library, by)]


def _by_two(row: Round, options: argparse.Namespace, library: Library, by: SignedIn) -> str:
    """Propose an act on a round, or release it where somebody else proposed it; say which."""
    waiting = _waiting(row, options)
    if waiting is None:
        propose_act(options.act, round_=row.pk, reason=_reason(options), by=by, at=by.proven_at)
        return f"{options.act}: proposed"
    release_act(waiting.pk, library=library, by=by, at=by.proven_at)
    return f"{options.act}: released"


def _waiting(row: Round | None, options: argparse.Namespace) -> RoundProposal | None:
    """Find the proposal that waits for a second person: of the act on a round, or of its announcement."""
    rows = RoundProposal.objects.filter(released_at=None, withdrawn_at=None)
    if row is not None:
        return rows.filter(round=row, act=options.act).first()
    return rows.filter(act="announce", details={"scheme": options.scheme, "code": options.round}).first()


def _waits(row: Round | None, options: argparse.Namespace) -> dict[str, Any]:
    """Say which acts wait for somebody else to release them; nothing where none does."""
    rows = RoundProposal.objects.filter(released_at=None, withdrawn_at=None)
    if row is None:
        rows = rows.filter(act="announce", details={"scheme": options.scheme, "code": options.round})
    else:
        rows = rows.filter(round=row)
    acts = list(rows.order_by("pk").values_list("act", flat=True))
    return {"waits_for_another": acts} if acts else {}


def _reason(options: argparse.Namespace) -> str:
    return options.reason or f"doorleren round {options.scheme} {options.round} {options.act}"


def as_dict(row: Round) -> dict[str, Any]:
    """Write a round and how it stands; amounts in euros, moments with their zone."""
    told = asdict(standing_of(row))
    return {
        "scheme": row.version.scheme,
        "round": row.code,
        "order": row.order,
        "counts": "day" if announced_for(row).per_day else "moment",
        "announced_hash": row.announced_hash,
        **{name.removesuffix("_cents"): _shown(name, value) for name, value in told.items()},
        "fallback": fallback_as_dict(row),
        "fell_back": fell_back_as_dict(fell_back(row)),
    }


def _line(value: Any) -> Any:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_line(one)}" for name, one in value.items())
    return ", ".join(value) if isinstance(value, list) else "-" if value is None else value


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return euros(value) if name.endswith("_cents") and value is not None else value


def _refuse(text: str, code: int) -> int:
    print(f"doorleren round: {text}", file=sys.stderr)
    return code
