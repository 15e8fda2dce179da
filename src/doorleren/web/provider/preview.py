"""What an upload would change, in words: from the plain JSON that judging left behind to what the page shows."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from doorleren.register.intake.targets import TARGETS
from doorleren.register.models.upload import Upload
from doorleren.register.uploads.judging import SHOWN
from doorleren.register.uploads.mending_json import OBJECT
from doorleren.web.provider.fields import vat_label
from doorleren.web.provider.words import label_of, value_words
from doorleren.web.public.questions import in_language


def preview(upload: Upload, typed: Mapping[int, Mapping[str, str]] | None = None) -> dict[str, Any]:
    """Describe the preview of an upload; one that could not be read has its columns alone.

    `typed` is what was typed in the cells of rows and could not be kept yet.
    """
    told = dict(upload.preview)
    told["cells"] = {
        row: {**cells, **(typed or {}).get(int(row), {})} for row, cells in upload.preview.get("cells", {}).items()
    }
    counts = told.get("counts", {})
    return {
        "form": told.get("form", ""),
        "notes": [in_language(one) for one in told.get("notes", ())],
        "counts": _counts(counts),
        "useful": counts.get("new", 0) + counts.get("changed", 0) > 0,
        "new": told.get("new", ()),
        "changed": [_changed(one) for one in told.get("changed", ())],
        "refused": [_wrong(one, told) for one in told.get("refused", ())],
        "left_out": [_wrong(one, told) for one in told.get("left_out", ())],
        "more": [kind for kind in ("new", "changed", "refused", "left_out") if counts.get(kind, 0) > SHOWN],
        "shown": SHOWN,
        "mendable": bool(any(told.get("cells", {}).values())),
        "columns": _columns(told),
        "targets": targets(),
    }


def _counts(counts: dict[str, int]) -> list[dict[str, Any]]:
    names = {
        "new": _("nieuw"), "changed": _("veranderd"), "unchanged": _("hetzelfde"), "refused": _("geweigerd"),
        "left_out": _("met een opmerking"),
    }  # fmt: skip
    return [{"label": words, "count": counts[kind]} for kind, words in names.items() if kind in counts]


def _changed(one: dict[str, Any]) -> dict[str, Any]:
    changes = [
        {
            "label": label_of(change["field"]),
            "old": value_words(change["field"], change["old"]),
            "new": value_words(change["field"], change["new"]),
        }
        for change in one["changes"]
    ]
    return {**one, "changes": changes}


def _wrong(one: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Describe a row with what is wrong in it, per field, and the cell in which it can be mended."""
    cells = told.get("cells", {}).get(str(one["row"]), {})
    places = {name: place for place, name in enumerate(sorted(cells))}
    asked: set[str] = set()
    faults = []
    for wrong in one["faults"]:
        column = wrong["column"]
        fault = {
            "label": label_of(wrong["field"]),
            "column": column if column != label_of(wrong["field"]) else "",
            "text": in_language(wrong["text"]),
            "given": wrong["given"],
            "allowed": in_language(wrong["allowed"]),
        }
        if column and column in cells and column not in asked:
            asked.add(column)
            fault |= {"name": f"cell-{one['row']}-{places[column]}", "value": cells[column]}
        faults.append(fault)
    if OBJECT in cells:
        label = _("De hele rij, in JSON")
        faults.append({"label": label, "name": f"cell-{one['row']}-0", "value": cells[OBJECT], "whole": True})
    return {**one, "faults": faults}


def _columns(told: dict[str, Any]) -> list[dict[str, Any]]:
    used = (told.get("mapping") or told.get("guess") or {}).get("columns", {})
    return [
        {"name": one["name"], "samples": one["samples"], "field": f"map-{place}", "target": used.get(one["name"], "")}
        for place, one in enumerate(told.get("columns", ()))
    ]


def targets() -> list[tuple[str, str]]:
    """Name what a column can be, in the order of their names."""
    named = [(name, target_words(name)) for name in TARGETS]
    return sorted(named, key=lambda one: one[1].casefold())


def target_words(name: str) -> str:
    """Name one thing that a column can be."""
    special = {
        "code": _("Uw code"), "price.total": _("Prijs in totaal"), "price.vat": _("Btw in procent"),
        "price.currency": _("Munteenheid"),
        "study_hours.ects": _("Studielast in EC"), "duration_months.weeks": _("Duur in weken"),
        "duration_months.days": _("Duur in dagen"), "duration_months.years": _("Duur in jaren"),
        "delivery.online": _("Online: ja of nee"), "provider.code": _("Opleider: code"),
        "provider.name": _("Opleider: naam"), "provider.kvk": _("Opleider: KvK-nummer"),
        "provider.website": _("Opleider: website"), "provider.street": _("Opleider: straat"),
        "provider.postcode": _("Opleider: postcode"), "provider.place": _("Opleider: plaats"),
        "provider.recognition": _("Opleider: erkenning"), "provider.recognitions": _("Opleider: erkenningen"),
        "provider.email": _("Opleider: e-mailadres"), "provider.phone": _("Opleider: telefoonnummer"),
        "provider.locations": _("Opleider: locaties"),
    }  # fmt: skip
    if name in special:
        return special[name]
    if name.endswith(".vat"):
        return vat_label(name.split(".")[1])
    if name.endswith(".without_vat"):
        return _("%(price)s, zonder btw") % {"price": target_words(name.removesuffix(".without_vat"))}
    group = {"price": _("Prijs"), "run": _("Start")}.get(name.partition(".")[0])
    return f"{group}: {label_of(name)}" if group else label_of(name)
