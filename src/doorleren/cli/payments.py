"""`doorleren payments propose|release|file|import --as OFFICIAL`: payment runs by two people, and the bank's answers."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from doorleren.cases.models import Case
from doorleren.cases.queries import case_by_reference
from doorleren.cases.references import NotAReference
from doorleren.cli.acting import LARGEST_NUMBER, Wrong, vouched_for
from doorleren.cli.surroundings import now, read_text, today
from doorleren.core.money import euros
from doorleren.core.refusals import ActRefused
from doorleren.payments.banking_days import next_banking_day
from doorleren.payments.commands.hand_over import file_of, hand_over
from doorleren.payments.commands.import_message import import_message
from doorleren.payments.commands.propose_run import propose_run
from doorleren.payments.commands.release_run import release_run
from doorleren.payments.models import FOR_A_PERSON, PaymentRun
from doorleren.people.access import NotAllowed
from doorleren.people.models import RoleKind
from doorleren.people.national_number import NoKeys
from doorleren.people.queries import roles_in_force
from doorleren.people.signed_in import SignedIn


def run(options: argparse.Namespace) -> int:
    """Do one act. Exit code 1 where it is refused, 2 for bad input."""
    acts = {"propose": _propose, "release": _release, "file": _file, "import": _import}
    try:
        told = acts[options.act](options, vouched_for(options.official, f"payments-{options.act}", at=now()))
    except Wrong as fault:
        return _refuse(str(fault), 2)
    except ActRefused as refused:
        return _refuse(refused.texts["en"], 1)
    except NotAllowed as refused:
        return _refuse(refused.refused.texts["en"], 1)
    except NoKeys as fault:
        return _refuse(str(fault), 1)
    except PaymentRun.DoesNotExist:
        return _refuse(f"RUN: there is no payment run {options.run}", 1)
    if told and options.json:
        print(json.dumps(told, indent=2))
    elif told:
        print("\n".join(_lines(told)))
    return 0


def _propose(options: argparse.Namespace, by: SignedIn) -> dict[str, Any]:
    accept = [_case(one) for one in options.accept]
    made = propose_run(
        _body(by, options.body), pay_on=_day(options.on), by=by, at=by.proven_at, accept=accept,
        rehearsal=options.rehearsal,
    )  # fmt: skip
    return _of_run(made.run) | {
        "lines": made.run.lines,
        "euros": euros(made.run.cents),
        "not_on_it": _counted(made.not_on_it),
    }


def _release(options: argparse.Namespace, by: SignedIn) -> dict[str, Any]:
    made = release_run(_number(options.run), by=by, at=by.proven_at)
    return _of_run(made.run) | {
        "ordered": len(made.ordered), "euros": euros(sum(one.cents for one in made.ordered)),
        "left_out": _counted(made.left_out), "file": made.file.digest if made.file else "none",
    }  # fmt: skip


def _file(options: argparse.Namespace, by: SignedIn) -> dict[str, Any]:
    number = _number(options.run)
    if options.hand:
        made = hand_over(number, read_text(options.hand), by=by, at=by.proven_at)
        return {"run": number, "handed_over": made.at.isoformat()}
    content = file_of(number, by=by, at=by.proven_at)
    if options.output == "-":
        sys.stdout.buffer.write(content)
        return {}
    path = Path(options.output)
    path.touch(mode=0o600)
    path.write_bytes(content)
    return {"run": number, "written": str(path), "bytes": len(content)}


def _import(options: argparse.Namespace, by: SignedIn) -> dict[str, Any]:
    made = import_message(_body(by, options.body), read_text(options.file), by=by, at=by.proven_at)
    return {
        "message": made.message.pk, "kind": made.message.kind, "new": made.new, "entries": made.message.entries,
        "outcomes": dict(sorted(made.outcomes.items())),
        "for_a_person": sum(made.outcomes.get(one, 0) for one in FOR_A_PERSON),
    }  # fmt: skip


def _of_run(row: PaymentRun) -> dict[str, Any]:
    return {"run": row.pk, "body": row.body.code, "pay_on": row.pay_on.isoformat(), "rehearsal": row.rehearsal}


def _counted(reasons: Mapping[int, str]) -> dict[str, int]:
    return dict(sorted(Counter(reasons.values()).items()))


def _lines(told: Mapping[str, Any]) -> list[str]:
    """Write what was done for people: a line each."""
    words = {
        name: ", ".join(f"{one} {count}" for one, count in value.items()) or "none"
        if isinstance(value, dict)
        else value
        for name, value in told.items()
    }
    return [f"{name.replace('_', ' ')}: {value}" for name, value in words.items()]


def _body(by: SignedIn, code: str | None) -> int:
    """Give the body: the one that was named, else the only one where this person is paymaster."""
    roles = roles_in_force(by.person, today()).filter(kind=RoleKind.PAYMASTER, body__isnull=False)
    bodies = dict(roles.values_list("body__code", "body"))
    if code is None and len(bodies) == 1:
        return int(next(iter(bodies.values())))
    if code in bodies:
        return int(bodies[code])
    known = ", ".join(sorted(bodies)) or "none: --as is no paymaster of any body"
    raise Wrong(f"--body: given is {code or 'none'}, allowed are: {known}")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise Wrong(f"RUN: given is {text[:40]!r}, allowed is the number of a payment run")
    return min(int(text), LARGEST_NUMBER)


def _case(text: str) -> int:
    try:
        number = min(int(text), LARGEST_NUMBER) if text.isascii() and text.isdecimal() else case_by_reference(text).pk
        return int(Case.objects.values_list("pk", flat=True).get(pk=number))
    except (NotAReference, Case.DoesNotExist) as fault:
        raise Wrong(f"--accept: given is {text[:40]!r}, allowed is the reference or number of a case") from fault


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else next_banking_day(today())
    except ValueError as fault:
        raise Wrong(f"--on: given is {text[:40] if text else ''!r}, allowed is a day such as 2026-03-02") from fault


def _refuse(text: str, code: int) -> int:
    print(f"doorleren payments: {text}", file=sys.stderr)
    return code
