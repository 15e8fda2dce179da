"""`doorleren case show ID`: one case with its acts, its terms and how each was counted, and what is possible now.

`doorleren case open` opens a case for each submitted application that has none, as the site does by itself.
"""

import argparse
import json
import sys
from typing import Any

from doorleren.cases.acts import called
from doorleren.cases.models import Case
from doorleren.cases.queries import acts_of, case_by_reference, terms_of_case
from doorleren.cases.recording import moments_of
from doorleren.cases.references import NotAReference
from doorleren.cases.rules import possible
from doorleren.cases.terms import CaseTerm
from doorleren.cli.surroundings import now
from doorleren.decisions.commands.open_cases import open_cases
from doorleren.decisions.openings import Opening


def run(options: argparse.Namespace) -> int:
    """Show a case, or open what waits. Exit code 2 for what is no number or reference, 1 where there is no such case."""
    if options.act == "open":
        return _open(options)
    try:
        case = found(options.id)
    except NotAReference as fault:
        return _refuse(f"ID: {fault}, or a number", 2)
    except Case.DoesNotExist:
        return _refuse(f"ID: there is no case {options.id}", 1)
    told = as_dict(case, options.language)
    if options.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines(told)))
    return 0


def _open(options: argparse.Namespace) -> int:
    """Open cases until none waits; say how many."""
    opened, opening = 0, Opening()
    while some := open_cases(at=now(), rehearsals=options.rehearsals, opening=opening):
        opened += some
    print(json.dumps({"opened": opened}) if options.json else f"opened {opened}")
    return 0


def found(asked: str) -> Case:
    """Give the case with this number or reference. Raises NotAReference or Case.DoesNotExist."""
    if asked.isascii() and asked.isdecimal() and len(asked) < 19:
        by_number = Case.objects.filter(pk=int(asked)).first()
        if by_number is not None:
            return by_number
        if len(asked) != 7:
            raise Case.DoesNotExist
    return case_by_reference(asked)


def as_dict(case: Case, language: str) -> dict[str, Any]:
    """Write a case: facts, acts, terms, possible acts. Days and moments in ISO 8601."""
    return {
        "case": case.pk, "reference": case.reference, "state": case.state, "scheme": case.scheme,
        "version": case.version.version, "body": case.body.code, "framework": case.framework, "procedure": case.procedure,
        "subject": {"kind": case.subject_kind, "id": case.subject_id}, "received_on": _day(case.received_on),
        "round_ended_on": _day(case.round_ended_on), "assigned_to": case.assigned_to_id, "due_on": _day(case.due_on),
        "due_term": case.due_term or None,
        "acts": [
            {
                "number": row.number, "act": row.act, "text": called(row.act, case.procedure)[language], "at": row.at.isoformat(),
                "happened_on": _day(row.happened_on), "by": f"{row.by_kind} {row.by_id}".strip(), "ground": row.ground,
                "details": row.details,
            }
            for row in acts_of(case.pk)
        ],
        "terms": [_term(one, language) for one in terms_of_case(case)],
        "possible": list(possible(moments_of(case))),
    }  # fmt: skip


def lines(told: dict[str, Any]) -> list[str]:
    """Write the same for a reader at a terminal."""
    facts = [
        f"{name:15} {'-' if value is None else value}"
        for name, value in told.items()
        if not isinstance(value, list | dict)
    ]
    acts = [
        f"  {one['number']:3} {one['happened_on']} {one['act']} ({one['text']}), {one['by']} [{one['ground']}]"
        for one in told["acts"]
    ]
    terms: list[str] = []
    for one in told["terms"]:
        ended = f", ended {one['ended_on']}" if one["ended_on"] else ""
        terms.append(f"  {one['id']}: {one['name']}: {one['last'] or one['waits']} ({one['whose']}{ended})")
        terms += [f"      {step['text']}" + (f" [{step['source']}]" if step["source"] else "") for step in one["steps"]]
    return [*facts, "acts", *acts, "terms", *terms, "possible", f"  {', '.join(told['possible'])}"]


def _term(one: CaseTerm, language: str) -> dict[str, Any]:
    return {
        "id": one.id, "kind": one.kind, "name": one.name[language], "whose": one.whose, "about": one.about or None, "start": _day(one.start),
        "last": _day(one.last), "ended_on": _day(one.ended_on), "waits": one.waits[language] if one.waits else None,
        "steps": [{"text": step.text[language], "day": _day(step.day), "source": step.source} for step in one.steps],
    }  # fmt: skip


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _refuse(text: str, code: int) -> int:
    print(f"doorleren case: {text}", file=sys.stderr)
    return code
