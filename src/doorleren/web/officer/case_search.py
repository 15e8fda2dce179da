"""Looking a case up in a work list: by the beginning of its reference, and by the name of who applied.

Who looks up a name reads of whom a case is, as nowhere else on a list: each case that a page shows so is in the log of who viewed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from doorleren.cases.access import VIEW
from doorleren.cases.models import Case
from doorleren.cases.queries import Search, case_by_reference
from doorleren.cases.references import NotAReference, read_beginning
from doorleren.decisions.named import MOST, TooMany, named
from doorleren.people.models import Body
from doorleren.web.officer.official import Official
from doorleren.web.officer.rounds import own_bodies
from doorleren.web.viewing import viewed

SEEN = "case_name"
"""How the log of who viewed names a case that was found by the name of who applied."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was typed, what of it goes to the query (None: nothing was), the cases that a name finds with that name, and whether those are too many."""

    typed: str
    search: Search | None
    names: Mapping[int, str]
    too_many: bool = False


def looked_up(body: Body, typed: str) -> Found:
    """Look up what was typed in a body that one may look in."""
    if not typed:
        return Found("", None, {})
    try:
        names = named(body.pk, typed)
    except TooMany:
        return Found(typed, Search(read_beginning(typed)), {}, too_many=True)
    return Found(typed, Search(read_beginning(typed), tuple(sorted(names))), names)


def whole(asking: Official, typed: str) -> Case | None:
    """Give the case of one's own bodies with this whole reference; None for any other text."""
    try:
        case = case_by_reference(typed)
    except (NotAReference, Case.DoesNotExist):
        return None
    return case if case.body_id in own_bodies(asking, VIEW) else None


def note_seen(request: HttpRequest, found: Found, shown: Iterable[int]) -> None:
    """Say which of the cases that are shown were found by a name."""
    seen = sorted(found.names.keys() & set(shown))
    if seen:
        viewed(request, SEEN, *seen)


def fault(found: Found) -> dict[str, str]:
    """Say what to type instead where a name finds too many cases."""
    if not found.too_many:
        return {}
    words = _("Meer dan %(most)s zaken zijn van een aanvrager met deze naam. Typ meer van de naam, of typ het kenmerk.")
    return {"search": words % {"most": MOST}}


def nothing(found: Found, body: Body) -> str:
    """Say what was looked for where nothing was found; empty where nothing was looked for, or where too much was found."""
    if found.search is None or found.too_many:
        return ""
    told = {"body": body.name, "typed": found.typed}
    if found.search.begins:
        return _("Wij zochten bij %(body)s naar een kenmerk of naam die begint met ‘%(typed)s’.") % told
    return _("Wij zochten bij %(body)s naar een aanvrager met de naam ‘%(typed)s’.") % told
