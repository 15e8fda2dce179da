"""The package from which a round takes its money, in words: its sum, and its components with what each is meant to reach."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from doorleren.rules.packages import in_package_of, written_package, written_source
from doorleren.rules.versions import Citation
from doorleren.web import known
from doorleren.web.public.questions import in_language
from doorleren.web.public.scheme_cards import source
from doorleren.web.public.values import euros, number


def package_told(told: Mapping[str, Any], own: str, ceiling: Mapping[str, str] | None) -> dict[str, Any]:
    """Describe a package as rules/packages.py writes it.

    `own` is the component of the round that it is told with, `ceiling` the source of that round's ceiling where the package gives it.
    """
    return {
        "name": in_language(told["name"]),
        "money": euros(told["cents"]),
        "source": _source(told["source"]),
        "components": [
            {
                "id": one["id"], "text": in_language(one["text"]), "money": euros(one["cents"]), "target": _target(one),
                "source": _source(one["source"]), "target_source": _source_of_target(one), "own": one["id"] == own,
                "ceiling_source": _source(ceiling) if ceiling and one["id"] == own else None, "given": "", "rounds": [],
            }
            for one in told["components"]
        ],
    }  # fmt: skip


def package_in_files(scheme: str, code: str) -> dict[str, Any] | None:
    """Describe the package of a round as the files have it; None where it is in none."""
    found = in_package_of(known.library().packages, scheme, code)
    if found is None:
        return None
    return package_told(written_package(found.package), found.component.id, written_source(found.round.source))


def _source(told: Mapping[str, str]) -> dict[str, Any]:
    return source(Citation(told["cite"], told["weight"]))


def _source_of_target(one: Mapping[str, Any]) -> dict[str, Any] | None:
    """Describe where a target comes from; None where there is none, or where its money comes from there too."""
    told = one["target_source"]
    return None if told is None or told == one["source"] else _source(told)


def _target(one: Mapping[str, Any]) -> str:
    if one["target"] is None:
        return ""
    if one["target_most"] is None:
        return number(one["target"])
    return _("%(least)s tot %(most)s") % {"least": number(one["target"]), "most": number(one["target_most"])}
