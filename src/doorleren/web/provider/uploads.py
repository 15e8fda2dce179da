"""Uploads: a file in, what it would change, its columns mapped and rows mended, confirm, and undo."""

import secrets
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorleren.people.access import Thing, ensure
from doorleren.register.answers import ActRefused
from doorleren.register.commands.undo_delivery import undo_delivery
from doorleren.register.intake.faults import Unreadable
from doorleren.register.models import upload as states
from doorleren.register.models.upload import Upload
from doorleren.register.uploads import commands, jobs
from doorleren.register.uploads.files import LARGEST, too_large
from doorleren.web.provider.activities import refusal
from doorleren.web.provider.mine import mine, upload_of
from doorleren.web.provider.preview import preview
from doorleren.web.provider.words import upload_state
from doorleren.web.public.questions import in_language
from doorleren.web.receiving import TooLarge, file_given, takes_files

LISTED = 100
MAPPED, CELL = "map-", "cell-"


@takes_files(LARGEST, partial(mine, act="upload_activities"), on_disk=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """List the uploads of one's own organisations with their counts; with POST take a new file."""
    own = mine(request, "upload_activities")
    error = ""
    if request.method == "POST":
        organisation, given = own.named(request.POST.get("kvk", "")), file_given(request)
        if given is None:
            error = _("Kies een bestand.")
        elif isinstance(given, TooLarge):
            error = in_language(too_large().text)
        else:
            try:
                file = commands.File(given.name or secrets.token_hex(4), given.chunks())
                made = commands.begin_upload(
                    file, organisation=organisation, home=settings.DOORLEREN_HOME, by=own.who, at=own.at
                )
                return _to(made.pk)
            except Unreadable as wrong:
                error = in_language(wrong.text)
    found = Upload.objects.filter(organisation__in=own.organisations).select_related("delivery").defer("preview")
    return render(request, "provider/uploads.html", {
        "organisations": own.organisations,
        "rows": [_row(one, own.at) for one in found.order_by("-pk")[:LISTED]],
        "error": error,
        "most": LARGEST // 1_000_000,
        "trail": [{"url": reverse("provider"), "label": _("Mijn opleidingen")}, {"label": _("Bestanden aanleveren")}],
    }, status=422 if error else 200)  # fmt: skip


def _row(one: Upload, at: datetime) -> dict[str, Any]:
    return {
        "url": reverse("provider-upload", args=[one.pk]),
        "name": one.file_name,
        "made_at": one.made_at,
        "state": upload_state(one, at),
        "delivery": one.delivery,
    }


@never_cache
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show an upload as it stands: how far the reading is, what would change, or what has changed."""
    own = mine(request, "upload_activities")
    return _page(request, upload_of(number, own), own.at)


def _page(
    request: HttpRequest, upload: Upload, at: datetime, error: str = "", typed: dict[int, dict[str, str]] | None = None
) -> HttpResponse:  # fmt: skip
    delivery = upload.delivery
    return render(request, "provider/upload.html", {
        "upload": upload,
        "state": upload_state(upload, at),
        "busy": jobs.is_busy(upload, at),
        "reading": upload.state == states.JUDGING,
        "failure": in_language(upload.failure or jobs.BROKEN_OFF) if _went_wrong(upload, at) else "",
        "error": error,
        "preview": preview(upload, typed) if upload.state in commands.OPEN and upload.preview else None,
        "judged": upload.state == states.JUDGED,
        "open": upload.state in commands.OPEN or jobs.broke_off(upload, at),
        "received": delivery,
        "faults": delivery.faults.order_by("row", "id")[:LISTED] if delivery else (),
        "may_undo": delivery is not None and delivery.undone_at is None and delivery.new + delivery.changed > 0,
        "trail": [
            {"url": reverse("provider"), "label": _("Mijn opleidingen")},
            {"url": reverse("provider-uploads"), "label": _("Bestanden aanleveren")},
            {"label": upload.file_name},
        ],
    }, status=422 if error else 200)  # fmt: skip


def _went_wrong(upload: Upload, at: datetime) -> bool:
    return upload.state == states.UNREADABLE or jobs.broke_off(upload, at)


@require_POST
def mapping(request: HttpRequest, number: int) -> HttpResponse:
    """Read the file anew with other columns; columns that the page does not show stay as they were."""
    own = mine(request, "upload_activities")
    upload = upload_of(number, own)
    before = upload.preview.get("mapping") or upload.mapping or upload.preview.get("guess") or {}
    shown = [column["name"] for column in upload.preview.get("columns", ())]
    columns = {name: target for name, target in before.get("columns", {}).items() if name not in shown}
    for place, name in enumerate(shown):
        if target := request.POST.get(f"{MAPPED}{place}", ""):
            columns[name] = target
    given = {**before, "columns": columns}
    given["month_first"] = [name for name in before.get("month_first", ()) if name in columns]
    given["values"] = {name: meant for name, meant in before.get("values", {}).items() if name in columns}
    try:
        commands.map_columns(upload.pk, given, home=settings.DOORLEREN_HOME, by=own.who, at=own.at)
    except Unreadable as wrong:
        return _page(request, upload, own.at, in_language(wrong.text))
    except ActRefused as refused:
        return refusal(request, refused, reverse("provider-upload", args=[number]))
    return _to(number)


@require_POST
def mend(request: HttpRequest, number: int) -> HttpResponse:
    """Write the mended cells into the kept file, and show again what would change."""
    own = mine(request, "upload_activities")
    upload = upload_of(number, own)
    changes: dict[int, dict[str, str]] = {}
    for row, cells in upload.preview.get("cells", {}).items():
        for place, (name, before) in enumerate(sorted(cells.items())):
            text = request.POST.get(f"{CELL}{row}-{place}")
            if text is not None and text.replace("\r\n", "\n") != before.replace("\r\n", "\n"):
                changes.setdefault(int(row), {})[name] = text
    try:
        commands.mend_rows(upload.pk, changes, home=settings.DOORLEREN_HOME, by=own.who, at=own.at)
    except Unreadable as wrong:
        return _page(request, upload, own.at, in_language(wrong.text), changes)
    except ActRefused as refused:
        return refusal(request, refused, reverse("provider-upload", args=[number]))
    return _to(number)


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Take the upload into the register."""
    own = mine(request, "upload_activities")
    try:
        commands.confirm_upload(upload_of(number, own).pk, home=settings.DOORLEREN_HOME, by=own.who, at=own.at)
    except ActRefused as refused:
        return refusal(request, refused, reverse("provider-upload", args=[number]))
    return _to(number)


@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Give the upload up."""
    own = mine(request, "upload_activities")
    try:
        commands.drop_upload(upload_of(number, own).pk, home=settings.DOORLEREN_HOME, by=own.who, at=own.at)
    except ActRefused as refused:
        return refusal(request, refused, reverse("provider-upload", args=[number]))
    return HttpResponseRedirect(reverse("provider-uploads"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Say what undoing would do; with POST undo what was taken in."""
    own = mine(request, "undo_upload")
    upload = upload_of(number, own)
    back = reverse("provider-upload", args=[number])
    if request.method == "POST":
        thing = Thing("upload", str(number), organisation=upload.organisation_id)
        ensure(own.who, "undo_upload", thing, at=own.at)
        try:
            undo_delivery(upload.delivery_id or 0, by=own.actor, at=own.at)
        except ActRefused as refused:
            return refusal(request, refused, back)
        return HttpResponseRedirect(back)
    if upload.delivery is None:
        return HttpResponseRedirect(back)
    return render(request, "provider/undo.html", {
        "upload": upload,
        "received": upload.delivery,
        "trail": [{"url": back, "label": upload.file_name}, {"label": _("Terugdraaien")}],
    })  # fmt: skip


def _to(number: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("provider-upload", args=[number]))
