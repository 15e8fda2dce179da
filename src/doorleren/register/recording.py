"""The one place where the acts of the register go into the record of acts (`doorleren.audit`)."""

from datetime import datetime

from doorleren.audit.acts import Details, Party, record
from doorleren.register.access import Actor


def record_act(act: str, kind: str, number: int, *, by: Actor, at: datetime, details: Details) -> None:
    """Record an act (a past participle) on a thing of the register, within the transaction of its command.

    `kind` and `number` name the thing: "provider", "activity", "delivery" or "source" and its key. Details are codes
    and numbers, never free text.
    """
    record(act, Party(kind, str(number)), by=Party(by.kind, by.id), at=at, details=details)
