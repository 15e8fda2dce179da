"""Rows about people that somebody gives on a page: as a file, else pasted in the field `rows`. For advisers and providers."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from doorleren.applications.bundles.rows import LARGEST_BYTES, BundleUnreadable, decoded


def rows_given(request: HttpRequest) -> str:
    """Give what the file holds, else what was pasted. Raises BundleUnreadable for a file that is too large."""
    given = request.FILES.get("file")
    if not isinstance(given, UploadedFile):
        return request.POST.get("rows", "")
    if (given.size or 0) > LARGEST_BYTES:
        raise BundleUnreadable({"nl": "Het bestand is groter dan 4 MB.", "en": "The file is larger than 4 MB."})
    return decoded(given.read())
