"""Writing the letter of an act: filled and kept in the transaction of the act. It is sent later, by a job."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from doorleren.audit.acts import Party
from doorleren.cases.models import CaseAct
from doorleren.cases.recording import party_of
from doorleren.core.days import day_of
from doorleren.decisions.letter_values import of_every_letter, template_for
from doorleren.decisions.matters import Matter
from doorleren.decisions.models import ActLetter
from doorleren.letters.commands.make_letter import SetLetter, as_set, keep_letter
from doorleren.letters.models import Channel

LANGUAGE = "nl"
"""Letters are in Dutch: nobody has been asked yet in which language they want them."""


def write_letter(act: CaseAct, kind: str, values: Mapping[str, Any], matter: Matter, *, at: datetime) -> ActLetter:
    """Write the letter of an act to the applicant; `values` go before what every letter names.

    By post where the application came on paper, else into the message box. Raises NotFilled, Destroyed, KeyError.
    """
    return keep_act_letter(act, set_letter(kind, values, matter, at=at), at=at)


def set_letter(kind: str, values: Mapping[str, Any], matter: Matter, *, at: datetime) -> SetLetter:
    """Set a letter as `write_letter` would keep it; nothing is written. Raises NotFilled, KeyError."""
    application = matter.application
    return as_set(
        template_for(matter.case, kind), {**of_every_letter(matter, language=LANGUAGE), **values}, about=party_of(matter.case),
        recipient=Party(application.applicant_kind, str(application.applicant_number)), language=LANGUAGE,
        channel=Channel.PRINT if matter.entered else Channel.MESSAGE_BOX, on=day_of(at),
    )  # fmt: skip


def keep_act_letter(act: CaseAct, letter: SetLetter, *, at: datetime) -> ActLetter:
    """Keep the letter of an act that was set before it. Raises Destroyed."""
    return ActLetter.objects.create(act=act, letter=keep_letter(letter, at=at))
