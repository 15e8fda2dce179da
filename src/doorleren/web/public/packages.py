"""The package from which a round takes its money, in words: its sum, and its components with what each is meant to reach."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from doorleren.rules.packages import place_in, written_package
from doorleren.web import known
from doorleren.web.public.questions import in_language
from doorleren.web.public.values import euros, number


def package_told(told: Mapping[str, Any], own: str) -> dict[str, Any]:
    """Describe a package as rules/packages.py writes it; `own` is the component of the round that it is told with."""
    return {
        "name": in_language(told["name"]),
        "money": euros(told["cents"]),
        "components": [
            {
                "id": one["id"], "text": in_language(one["text"]), "money": euros(one["cents"]), "target": _target(one),
                "own": one["id"] == own, "given": "", "rounds": [],
            }
            for one in told["components"]
        ],
    }  # fmt: skip


def package_in_files(scheme: str, code: str) -> dict[str, Any] | None:
    """Describe the package of a round as the files have it; None where it is in none."""
    place = place_in(known.library().packages, scheme, code)
    return None if place is None else package_told(written_package(place.package), place.component.id)


def _target(one: Mapping[str, Any]) -> str:
    if one["target"] is None:
        return ""
    if one["target_most"] is None:
        return number(one["target"])
    return _("%(least)s tot %(most)s") % {"least": number(one["target"]), "most": number(one["target_most"])}
