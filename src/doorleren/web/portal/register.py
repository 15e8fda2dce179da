"""The one door from the pages of the portal to the register: it knows today, and drops what a query may not ask.

Everything that the pages know of trainings, occupations and prices comes through here, so that a test replaces it
in one place.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from doorleren.register.funding.facts import with_activity
from doorleren.register.outlets.listed import Listed
from doorleren.register.outlets.schema_org import script_text
from doorleren.register.search.asking import BadQuery, Query
from doorleren.rules.profile import Profile
from doorleren.web import known
from doorleren.web.public.questions import language

USUAL = Query()


def portal() -> Any:
    """Give the portal of this process."""
    return known.portal()


def search(query: Query, profile: Profile, skipped: Collection[str] = ()) -> tuple[Any, Query, list[BadQuery]]:
    """Search for trainings. Gives what was found, the query as it was asked in the end, and what was left out of it.

    `skipped` are the facts that the visitor does not know, so that the page asks for none of them.
    """
    refused: list[BadQuery] = []
    while True:
        try:
            found = portal().search(query, profile=profile, today=known.today(), skipped=skipped, in_short=True)
            return found, query, refused
        except BadQuery as fault:
            left = _without(query, fault.field)
            if left == query:
                raise
            refused.append(fault)
            query = left


def _without(query: Query, field: str) -> Query:
    """Give the query with a field as if nobody had filled it in; "chosen.level" is one facet."""
    name, _dot, facet = field.partition(".")
    if facet:
        return replace(query, chosen={one: values for one, values in query.chosen.items() if one != facet})
    plain: dict[str, Any] = {name: getattr(USUAL, name)} if hasattr(USUAL, name) else {}
    if name == "postcode":  # what needs a place goes with it
        plain["within_km"] = None
        plain["sort"] = USUAL.sort if query.sort == "distance" else query.sort
        plain["chosen"] = {one: values for one, values in query.chosen.items() if one != "distance"}
    return replace(query, **plain)


def activity(key: int, profile: Profile, skipped: Collection[str] = ()) -> Any:
    """Give one training with what remains to pay and its plans; None if it is not listed. `skipped`: as in `search`."""
    return portal().activity(key, profile=profile, today=known.today(), language=language(), skipped=skipped)


def admission(key: int) -> Any:
    """Say whether a training is admitted to the register, with the sentence that says why not."""
    return portal().admission(key, today=known.today())


def room(key: int, granted: Callable[[], int]) -> Any:
    """Say whether a training has room for a grant this year; `granted` counts, and is asked only where there is a most."""
    return portal().room(key, today=known.today(), granted=granted)


def combined(found: Any, profile: Profile) -> Profile:
    """Give what is known of the visitor together with what the training itself tells."""
    return with_activity(profile, found.facts)


def occupations(text: str) -> list[tuple[str, str]]:
    """Give the occupations that a name may mean, best first, as pairs of id and label."""
    return list(portal().occupations(text))


def to_pay(found: Iterable[Any], profile: Profile) -> Mapping[int, Any]:
    """Give per training what remains to pay."""
    return dict(portal().to_pay(found, profile=profile, today=known.today()))


def occupation_descriptions(keys: Sequence[str]) -> Mapping[str, str]:
    """Give what some occupations are, by id."""
    return dict(portal().occupation_descriptions(keys))


def gap(origin: str, target: str, can: Collection[str]) -> Any:
    """Give what lies between two occupations: skills had, skills lacking, who teaches them, and what nobody teaches.

    `can` are the skills that the visitor has besides, by id.
    """
    return portal().gap(origin, target, today=known.today(), can=can)


def skills(keys: Sequence[str]) -> tuple[str, ...]:
    """Give the names of skills that the register knows."""
    return tuple(portal().skills(keys))


def provider(code: str, *, start: int, size: int) -> Any:
    """Give a provider by its code, some of its trainings by title, and how many it offers; None if nobody has the code."""
    return portal().provider(code, start=start, size=size, today=known.today())


def structured(found: Any, site: str) -> str:
    """Give the training as JSON-LD for machines that read the page, safe to stand in a script element as it is."""
    one = found.listing
    return script_text(Listed(one.entry, one.provider, one.key, one.changed_at, admitted=False), site)
