"""The open data of the register: which days there are, what is in them and under which terms, and the files themselves."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.transaction import non_atomic_requests
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from doorleren.core.days import AMSTERDAM
from doorleren.register.outlets.columns import COLUMNS
from doorleren.register.outlets.tables import CC0
from doorleren.register.publishing import MEDIA_TYPES, METADATA, Published, file_of, published_days
from doorleren.web.portal.published_columns import kinds, meanings


@non_atomic_requests  # touches no database
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Show the days that can be downloaded, the last one first; without any, when there will be one."""
    days = published_days(settings.DOORLEREN_HOME)
    labels = _labels()
    context = {
        "trail": [{"url": reverse("trainings"), "label": _("Opleidingen")}, {"url": None, "label": _("Open data")}],
        "last": _last(days[0]) if days else None,
        "licence": days[0].licence if days else CC0,
        "day_columns": [{"label": one} for one in labels],
        "day_rows": [{"cells": _cells(one, labels)} for one in days],
        "field_columns": [{"label": one} for one in (_("Kolom"), _("Soort"), _("Betekenis"))],
        "field_rows": _fields(),
    }
    return render(request, "portal/open_data.html", context)


def _changed(_request: HttpRequest, day: str, name: str) -> datetime | None:
    found = file_of(settings.DOORLEREN_HOME, day, name)
    try:
        return datetime.fromtimestamp(found.stat().st_mtime, UTC) if found else None
    except FileNotFoundError:  # the day was taken away just now
        return None


@non_atomic_requests  # touches no database
@require_safe
@condition(last_modified_func=_changed)
def file(request: HttpRequest, day: str, name: str) -> HttpResponseBase:
    """Send a file of a day, as a download with the day in its name; 404 for what is not there."""
    found = file_of(settings.DOORLEREN_HOME, day, name)
    if found is None:
        raise Http404
    try:
        opened = found.open("rb")
    except FileNotFoundError:  # the day was taken away just now
        raise Http404 from None
    stem, _dot, ending = name.rpartition(".")
    return FileResponse(opened, as_attachment=True, filename=f"{stem}-{day}.{ending}", content_type=MEDIA_TYPES[name])


def _last(one: Published) -> dict[str, Any]:
    return {
        "day": date_format(one.day, "j F Y"),
        "time": one.made_at.astimezone(AMSTERDAM).strftime("%H:%M"),
        "trainings": number_format(one.trainings, use_l10n=True, force_grouping=True),
    }


def _labels() -> list[str]:
    return [_("Dag"), _("Opleidingen"), "CSV", "Parquet", _("Beschrijving")]


def _cells(one: Published, labels: list[str]) -> list[dict[str, Any]]:
    files = ["trainings.csv", "trainings.parquet", METADATA]
    forms = ["CSV", "Parquet", "JSON"]
    cells: list[dict[str, Any]] = [
        {"text": date_format(one.day, "j F Y")},
        {"text": number_format(one.trainings, use_l10n=True, force_grouping=True)},
        *(
            {
                "text": f"{form} ({filesizeformat(one.sizes[name])})",
                "url": reverse("trainings-open-data-file", args=[one.day.isoformat(), name]),
            }
            for form, name in zip(forms, files, strict=True)
        ),
    ]
    return [cell | {"label": label} for cell, label in zip(cells, labels, strict=True)]


def _fields() -> list[dict[str, Any]]:
    meaning, kind = meanings(), kinds()
    labels = (_("Kolom"), _("Soort"), _("Betekenis"))
    return [
        {
            "cells": [
                {"text": text, "label": label}
                for text, label in zip(
                    (one.name, kind[one.kind], meaning.get(one.name, one.meaning)), labels, strict=True
                )
            ]
        }
        for one in COLUMNS
    ]
