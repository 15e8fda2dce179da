"""Rows about people that somebody gives on a page: as a file, else pasted in the field `rows`. For advisers and providers.

What was looked over is handed in as a field of a form: so what is read here must fit in one, which `DATA_UPLOAD_MAX_MEMORY_SIZE`
of the settings leaves room for.
"""

from django.http import HttpRequest

from doorleren.applications.bundles.rows import LARGEST_BYTES, BundleUnreadable, decoded
from doorleren.web.receiving import file_given

MEGABYTE = 1024 * 1024


def rows_given(request: HttpRequest) -> str:
    """Give what the file holds, else what was pasted. Raises BundleUnreadable for what is too large to hand in."""
    given = file_given(request)
    if given is None:
        text = request.POST.get("rows", "")
    elif (given.size or 0) > LARGEST_BYTES:
        raise _too_large(given.size or 0)
    else:
        text = decoded(given.read())
    size = size_in_a_form(text)
    if size > LARGEST_BYTES:
        raise _too_large(size)
    return text


def size_in_a_form(text: str) -> int:
    """Give how many bytes a browser sends for a text: UTF-8, and every line ends with two signs."""
    return len(text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode())


def _too_large(size: int) -> BundleUnreadable:
    """Say what is allowed, and what was given: rounded up, so never the same as what is allowed."""
    given = -(-10 * size // MEGABYTE) / 10
    dutch = f"{given:.1f}".replace(".", ",")
    return BundleUnreadable({
        "nl": f"Het bestand is groter dan 4 MB. Gegeven is {dutch} MB. Deel het op in kleinere bestanden.",
        "en": f"The file is larger than 4 MB. Given is {given:.1f} MB. Split it into smaller files.",
    })  # fmt: skip
