"""The field of a form whose typed text is kept where the session ended before it was sent, or its proof had become old."""

from collections.abc import Mapping
from typing import Any

from django import template

from doorleren.web.people.sessions import signed_in
from doorleren.web.people.unsent import typed_before, whose

register = template.Library()


@register.inclusion_tag("people/unsent.html", takes_context=True)
def unsent_field(context: Mapping[str, Any], name: str = "", *values: object) -> dict[str, Any]:
    """Say for whom the page was made, and above the fields whether they have what was typed before signing in again.

    Where a page has several forms: only what was typed with one of these values in the field `name` stands in this one.
    """
    request = context["request"]
    who = signed_in(request)
    if who is None:
        return {}
    before = typed_before(request, who)
    back = before is not None and (not name or before.get(name, "") in map(str, values))
    return {"whose": whose(request, who), "back": back}
