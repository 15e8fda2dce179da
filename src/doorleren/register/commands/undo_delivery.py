"""Undo a delivery: its activities go back to what stood before it, where nothing newer came."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from doorleren.register.access import Actor, ensure, name_of
from doorleren.register.answers import ActRefused
from doorleren.register.models import Delivery, Provider
from doorleren.register.recording import record_act


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: activities set back to an earlier version, taken off the list, and left for something newer."""

    delivery: int
    restored: int
    withdrawn: int
    left: int


_LOOK_BACK = """
CREATE TEMP TABLE undone ON COMMIT DROP AS
    SELECT id, activity_id FROM register_activityversion WHERE delivery_id = %(delivery)s;
ANALYZE undone;
CREATE TEMP TABLE before_undone ON COMMIT DROP AS
    SELECT version.activity_id, max(version.id) AS version_id
    FROM undone JOIN register_activityversion version ON version.activity_id = undone.activity_id
    WHERE version.delivery_id <> ALL(%(not_these)s)
    GROUP BY version.activity_id;
ANALYZE before_undone;
"""
"""The version before is the last one of a delivery that was not undone itself, so that nothing undone comes back.

Counted tables in between: without them the database, which has not counted its new rows yet, may go through all of
them once per activity.
"""

_GO_BACK = """
WITH moved AS (
    UPDATE register_activity activity SET current_id = before_undone.version_id
    FROM undone LEFT JOIN before_undone USING (activity_id)
    WHERE activity.id = undone.activity_id AND activity.current_id = undone.id
    RETURNING activity.current_id
)
SELECT count(current_id), count(*) - count(current_id), (SELECT count(*) FROM undone) - count(*) FROM moved
"""


def undo_delivery(delivery: int, *, by: Actor, at: datetime) -> Undone:
    """Set back every activity whose current version came with the delivery; an activity that was new is listed no more.

    By the provider of all its activities, or an administrator. Nothing is deleted: the versions stay in the history.
    What the delivery found unchanged was not its doing and stays. Raises Forbidden or ActRefused; not possible twice.
    """
    with transaction.atomic():
        known = Delivery.objects.select_for_update(of=("self",)).filter(pk=delivery).first()
        if known is None:
            raise ActRefused({
                "nl": f"Levering {delivery} bestaat niet.", "en": f"Delivery {delivery} does not exist.",
            })  # fmt: skip
        owners = Provider.objects.filter(activities__versions__delivery=known).distinct().values_list("kvk", flat=True)
        ensure(by, "undo_delivery", set(owners))
        _ask_rules(known, at)
        known.undone_at, known.undone_by = at, name_of(by)[:100]
        known.save(update_fields=["undone_at", "undone_by"])
        with connection.cursor() as cursor:
            not_these = list(Delivery.objects.filter(undone_at__isnull=False).values_list("id", flat=True))
            cursor.execute(_LOOK_BACK, {"delivery": delivery, "not_these": not_these})
            cursor.execute(_GO_BACK)
            restored, withdrawn, left = cursor.fetchone()
            cursor.execute("DROP TABLE undone, before_undone")
        record_act(
            "undone", "delivery", delivery, by=by, at=at,
            details={"restored": restored, "withdrawn": withdrawn, "left": left},
        )  # fmt: skip
    return Undone(delivery, restored, withdrawn, left)


def _ask_rules(known: Delivery, at: datetime) -> None:
    if known.undone_at is not None:
        raise ActRefused({
            "nl": "Deze levering is al teruggedraaid. Dat kan niet nog een keer en ook niet ongedaan worden gemaakt.",
            "en": "This delivery has been undone already. That is not possible again and cannot be taken back.",
        })  # fmt: skip
    if known.failure:
        raise ActRefused({
            "nl": "Deze levering is niet verwerkt; er is niets terug te draaien.",
            "en": "This delivery was not taken in; there is nothing to undo.",
        })  # fmt: skip
    if at < known.received_at:
        raise ActRefused({
            "nl": "Een levering kan niet worden teruggedraaid voor zij er was.",
            "en": "A delivery cannot be undone before it was there.",
        })  # fmt: skip
