"""Reading published versions back as the rules know them. Called by whatever is pinned to one."""

from functools import lru_cache

from doorleren.rules import lossless
from doorleren.rules.files import read_merged
from doorleren.rules.versions import Version
from doorleren.schemes.models import PublishedVersion

KEPT = 256


@lru_cache(maxsize=KEPT)
def version_of(number: int) -> Version:
    """Give a published version by its number, as it was then. Raises PublishedVersion.DoesNotExist."""
    row = PublishedVersion.objects.get(pk=number)
    return read_merged(lossless.read(row.content), f"{row.scheme}/{row.version}")
