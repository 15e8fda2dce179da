"""What is written in the steps of a request: sealed JSON, under a key of the request itself (people/file_keys.py)."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from doorleren.applications.models import CorrectionRequest, CorrectionStep
from doorleren.audit.acts import Party
from doorleren.people.file_keys import key_of, opened, sealed

KIND = "correction"


def party_of(request: CorrectionRequest) -> Party:
    """Give a request as the subject of an act, and as the file that its words and letters are about."""
    return Party(KIND, str(request.pk))


def seal(request: CorrectionRequest, number: int, content: Mapping[str, Any], *, at: datetime) -> bytes:
    """Seal what a step says. Raises Destroyed."""
    about = party_of(request)
    return sealed(json.dumps(content, ensure_ascii=False).encode(), key_of(about, at=at), about, f"step-{number}")


def said_in(step: CorrectionStep) -> dict[str, Any]:
    """Read what a step says; nothing where it says nothing. Raises Destroyed, DoesNotOpen."""
    if step.content is None:
        return {}
    about = party_of(step.request)
    told: dict[str, Any] = json.loads(
        opened(bytes(step.content), key_of(about, at=step.at), about, f"step-{step.number}")
    )
    return told
