"""What the log of the operator does not need: the traceback of a refusal, which is an answer of the site and no fault in it."""

import logging

from django.core.exceptions import PermissionDenied


class WithoutTracebacksOfRefusals(logging.Filter):
    """Let every line through; one that a refusal of access wrote without its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback off a refusal."""
        kind = record.exc_info[0] if record.exc_info else None
        if kind is not None and issubclass(kind, PermissionDenied):
            record.exc_info, record.exc_text = None, None
        return True
