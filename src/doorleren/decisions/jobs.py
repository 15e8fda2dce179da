"""What the site does by itself for cases: open them, assess by the rules, work off batches, note which letters went out.

Every act is a transaction of its own and holds against a second process that does the same. What the rules cannot assess
stays for a person; nothing here decides that no official released.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef

from doorleren.audit.acts import SITE
from doorleren.cases.commands.note_dispatch import note_dispatch, put_dispatch
from doorleren.cases.commands.perform_many import ActsTogether
from doorleren.cases.given_days import goes_by_letter
from doorleren.cases.locking import locked_cases
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.core.refusals import ActRefused
from doorleren.decisions.commands.assess import assess_automatically, assess_together
from doorleren.decisions.commands.run_batch import run_batch
from doorleren.decisions.matters import KIND
from doorleren.decisions.models import ActLetter, Assessment, Batch
from doorleren.decisions.one_by_one import FAILED, one_by_one
from doorleren.letters.models import Dispatch
from doorleren.people.access import NotAllowed
from doorleren.people.models import Body
from doorleren.rules.library import Library

AT_ONCE = 500
TOGETHER = 100
"""How many cases are done in one transaction."""
UNTOUCHED = "received"
SPOILS = (DatabaseError, *FAILED)
"""What stands in the way of doing cases together; each is done on its own then."""


def assess_waiting(library: Library, *, now: Callable[[], datetime], most: int = AT_ONCE) -> int:
    """Let the rules assess the cases that just came in and that nobody has assessed or taken; give how many.

    One that cannot be assessed is said in the log and waits for a person.
    """
    assessed = Assessment.objects.filter(case=OuterRef("pk"))
    bodies = list(Body.objects.values_list("pk", flat=True))  # with them named, the cases in a state are found by index
    rows = Case.objects.filter(~Exists(assessed), subject_kind=KIND, state=UNTOUCHED, body__in=bodies).order_by("pk")
    waiting, done = list(rows.values_list("pk", flat=True)[:most]), 0
    for first in range(0, len(waiting), TOGETHER):
        some = waiting[first : first + TOGETHER]
        try:
            together, left = assess_together(some, library=library, at=now())
        except SPOILS:  # one of them spoils it for all: each on its own
            together, left = 0, some
        done += together + one_by_one(
            left, lambda case: assess_automatically(case, library=library, at=now()), wrong="case %s could not be assessed"
        )  # fmt: skip
    return done


def run_batches(
    *, now: Callable[[], datetime], most: int = AT_ONCE, stopped: Callable[[], bool] = lambda: False
) -> int:
    """Work off what was released, batch after batch; give how many cases were done."""
    running = Batch.objects.filter(released_at__isnull=False, stopped_at__isnull=True, finished_at__isnull=True)
    done = 0
    for batch in running.order_by("released_at").values_list("pk", flat=True):
        done += run_batch(batch, now=now, most=most - done, stopped=stopped)
        if done >= most or stopped():
            break
    return done


def note_dispatches(*, now: Callable[[], datetime], most: int = AT_ONCE) -> int:
    """Note on their cases which letters went out, so that terms begin; give how many. A letter is noted once."""
    sent = Dispatch.objects.filter(letter=OuterRef("letter"), sent=True)
    waiting = ActLetter.objects.filter(Exists(sent), noted_at__isnull=True).select_related("act")
    letters, done = list(waiting.order_by("letter")[:most]), 0
    for first in range(0, len(letters), TOGETHER):
        some = letters[first : first + TOGETHER]
        try:
            together, left = _note_together(some, now())
        except SPOILS:  # one of them spoils it for all: each on its own
            together, left = 0, some
        alone = {one.letter_id: one for one in left}
        done += together + one_by_one(
            alone, partial(_note, alone, now), wrong="letter %s could not be noted on its case"
        )  # fmt: skip
    return done


def _note_together(letters: Sequence[ActLetter], at: datetime) -> tuple[int, list[ActLetter]]:
    """Note dispatches on their cases in a few statements; give how many, and which go on their own."""
    with transaction.atomic():
        went = {
            one.letter_id: one
            for one in Dispatch.objects.filter(letter__in=[one.letter_id for one in letters], sent=True)
        }
        held = locked_cases([one.act.case_id for one in letters])
        waiting = set(
            ActLetter.objects.filter(pk__in=[one.pk for one in letters], noted_at=None).values_list("pk", flat=True)
        )
        acts, noted = ActsTogether(held), list[int]()
        refused: set[int] = set()
        for one in letters:
            case = one.act.case_id
            if one.pk not in waiting or case not in held or case in refused:
                continue
            try:
                if goes_by_letter(one.act):
                    sent = went[one.letter_id]
                    put_dispatch(acts, case, of=one.act.number, on=day_of(sent.at), at=at, letter=str(one.letter_id),
                                 channel=sent.channel)  # fmt: skip
                noted.append(one.pk)
            except (ActRefused, NotAllowed, ValueError):
                acts.leave(case)
                refused.add(case)
        done = [one.pk for one in letters if one.pk in noted and one.act.case_id not in refused]
        acts.write()
        number = ActLetter.objects.filter(pk__in=done, noted_at=None).update(noted_at=at)
    return number, [one for one in letters if one.pk in waiting and one.pk not in set(done)]


def _note(letters: Mapping[int, ActLetter], now: Callable[[], datetime], number: int) -> int:
    """Note the dispatch of one letter (id) on its case; noted by another process meanwhile it is not noted again.

    A letter from which nothing follows (that an objection came in) is only ticked off, so that it holds up no other.
    """
    one, at = letters[number], now()
    went = Dispatch.objects.get(letter=number, sent=True)
    if goes_by_letter(one.act):
        note_dispatch(
            one.act.case_id, of=one.act.number, on=day_of(went.at), by=SITE, at=at,
            letter=str(number), channel=went.channel,
        )  # fmt: skip
    return ActLetter.objects.filter(pk=one.pk, noted_at__isnull=True).update(noted_at=at)
