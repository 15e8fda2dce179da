"""The field of a form whose typed text is kept where the session ended before it was sent, or its proof had become old."""

from collections.abc import Mapping
from typing import Any

from django import template

from doorleren.web.people.sessions import signed_in
from doorleren.web.people.unsent import typed_before, whose

register = template.Library()


@register.inclusion_tag("people/unsent.html", takes_context=True)
def unsent_field(context: Mapping[str, Any]) -> dict[str, Any]:
    """Say for whom the page was made, and above the fields whether they have what was typed before signing in again."""
    request = context["request"]
    who = signed_in(request)
    if who is None:
        return {}
    return {"whose": whose(request, who), "back": typed_before(request, who) is not None}
