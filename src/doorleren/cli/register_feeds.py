"""`doorleren register pull` and `publish`: what the timetable of the site does by itself, done now."""

import argparse
import sys

from doorleren.cli.rebuilding import rebuilt
from doorleren.cli.surroundings import extra_folders, feeds_nearby, home, now, today
from doorleren.register import publishing
from doorleren.register.access import SITE_ITSELF
from doorleren.register.answers import ActRefused
from doorleren.register.commands.pull_source import Pulled, pull_source
from doorleren.register.feeds.due_now import pull_due
from doorleren.register.feeds.visiting import Limits
from doorleren.register.models import Source
from doorleren.rules.library import open_library

BUSY = "doorleren: another process is doing this now; try again later"


def pull(options: argparse.Namespace) -> int:
    """Pull what is due, or one source. Exit code 1 where a delivery failed, 2 for a source that cannot be pulled."""
    try:
        pulled = _one(options.source) if options.source else pull_due(home(), now, limits=Limits(nearby=feeds_nearby()))
    except ActRefused as refusal:
        print(f"doorleren: {refusal.texts['en']}", file=sys.stderr)
        return 2
    if pulled is None:
        print(BUSY, file=sys.stderr)
        return 1
    names = dict(Source.objects.filter(pk__in=pulled).values_list("pk", "name"))
    for source, brought in pulled.items():
        print(f"{names.get(source, source)}: {_told(brought)}")
    print(f"{len(pulled)} sources pulled")
    if any(one.outcome.new or one.outcome.changed for one in pulled.values()):
        rebuilt(open_library(extra_folders()), today())
    return 1 if any(one.failure for one in pulled.values()) else 0


def publish(_options: argparse.Namespace) -> int:
    """Write the open data of today. Exit code 1 while another process writes it. Raises OSError."""
    try:
        made = publishing.publish(home(), at=now())
    except publishing.BeingPublished:
        print(BUSY, file=sys.stderr)
        return 1
    print(
        f"{made.trainings} activities written to {home() / publishing.FOLDER / made.day.isoformat()} ({made.licence.name})"
    )
    return 0


def _one(name: str) -> dict[int, Pulled]:
    found = Source.objects.filter(name=name).first()
    if found is None:
        raise ActRefused({"nl": f"Er is geen bron met de naam “{name}”.", "en": f"There is no source named “{name}”."})
    return {
        found.pk: pull_source(found.pk, home=home(), by=SITE_ITSELF, at=now(), limits=Limits(nearby=feeds_nearby()))
    }


def _told(pulled: Pulled) -> str:
    if pulled.failure is not None:
        return f"not taken in. {pulled.failure['en']} (delivery {pulled.delivery})"
    counts = pulled.outcome
    return f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, {counts.refused} refused (delivery {pulled.delivery})"
