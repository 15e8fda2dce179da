"""Publishing a version: from now on it is there for ever, also when its file changes or goes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.rules import lossless
from doorleren.rules.files import read_merged
from doorleren.schemes.models import PublishedVersion


def publish_version(content: dict[str, Any], *, by: Party, at: datetime) -> PublishedVersion:
    """Publish a version by its resolved file (`Library.resolved`); one that stands there already is given as it is.

    Raises SchemeFault for a file that is wrong.
    """
    version = read_merged(content, f"{content.get('id')}/{content.get('version')}")
    with transaction.atomic():
        row, new = PublishedVersion.objects.get_or_create(
            digest=version.digest,
            defaults={
                "scheme": version.id, "version": version.version, "content": lossless.written(content),
                "published_at": at,
            },
        )  # fmt: skip
        if new:
            record("published", Party("version", str(row.pk)), by=by, at=at, details={"digest": version.digest})
    return row
