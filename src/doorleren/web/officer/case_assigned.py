"""What somebody just gave to whom, kept in their session for a while, so that one press undoes it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from doorleren.cases.commands.take_back_assignment import LONGEST
from doorleren.core.refusals import ActRefused
from doorleren.people.access import NotAllowed
from doorleren.web.officer.official import Official
from doorleren.web.public.questions import in_language

KEPT = "officer-assigned"
SHOWN = 20
"""How many refusals are told one by one."""


def keep(
    request: HttpRequest, asking: Official, to: int, answers: Mapping[int, ActRefused | NotAllowed | None],
    references: Mapping[int, str],
) -> None:  # fmt: skip
    """Keep what was assigned, and why the rest was refused."""
    refused = [
        [references.get(case, str(case)), in_language(one.texts if isinstance(one, ActRefused) else one.refused.texts)]
        for case, one in answers.items() if one is not None
    ]  # fmt: skip
    request.session[KEPT] = {
        "at": asking.at.isoformat(), "to": to, "cases": [case for case, one in answers.items() if one is None],
        "refused": refused[:SHOWN],
    }  # fmt: skip


def last_assigned(request: HttpRequest, asking: Official, people: Sequence[tuple[str, str]]) -> dict[str, Any] | None:
    """Give what was assigned last, with whether it can still be undone; None for nothing, or too long ago."""
    kept = request.session.get(KEPT)
    if kept is None or asking.at - datetime.fromisoformat(kept["at"]) > LONGEST:
        return None
    own = kept["to"] == asking.who.person
    return {
        "count": len(kept["cases"]), "own": own, "to": dict(people).get(str(kept["to"]), str(kept["to"])),
        "refused": [{"reference": reference, "why": why} for reference, why in kept["refused"]],
    }  # fmt: skip


def taken_from_session(request: HttpRequest) -> list[int]:
    """Give the cases that were assigned last, and forget them."""
    kept = request.session.pop(KEPT, None)
    return list(kept["cases"]) if kept else []
