"""Writing the letter of an act: filled and kept in the transaction of the act. It is sent later, by a job."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from doorleren.audit.acts import Party
from doorleren.cases.models import CaseAct
from doorleren.cases.recording import party_of
from doorleren.core.days import day_of
from doorleren.decisions.attachments import Attachments, attachments_of
from doorleren.decisions.letter_values import NameOf, name_of, of_every_letter, template_for
from doorleren.decisions.matters import Matter
from doorleren.decisions.models import ActLetter
from doorleren.letters.choosing import way_for
from doorleren.letters.commands.make_letter import FilledLetter, SetLetter, keep_letters, set_letter
from doorleren.letters.filled import fill

LANGUAGE = "nl"
"""Letters are in Dutch: nobody has been asked yet in which language they want them."""


def write_letter(act: CaseAct, kind: str, values: Mapping[str, Any], matter: Matter, *, at: datetime) -> ActLetter:
    """Write the letter of an act to the applicant; `values` go before what every letter names.

    By post where the application came on paper, else as the body and the recipient chose. Raises NotFilled, NotSet, Destroyed, KeyError.
    """
    return keep_act_letter(act, set_letter(fill_letter(kind, values, matter, at=at)), at=at)


def fill_letter(
    kind: str, values: Mapping[str, Any], matter: Matter, *, at: datetime, name: NameOf = name_of,
    attachments: Attachments | None = None,
) -> FilledLetter:  # fmt: skip
    """Fill a letter as `write_letter` would keep it; nothing is written. Raises NotFilled, KeyError.

    `name` gives names; `attachments`: what goes along, where that was read before.
    """
    application = matter.application
    along = attachments_of(matter, kind, LANGUAGE) if attachments is None else attachments
    told = {**of_every_letter(matter, language=LANGUAGE, name=name), **values, "attached": along}
    content = fill(template_for(matter.case, kind), told, on=day_of(at), language=LANGUAGE)
    return FilledLetter(
        party_of(matter.case), Party(application.applicant_kind, str(application.applicant_number)),
        way_for(matter.case.body, by_post=matter.by_post), content,
    )  # fmt: skip


def keep_act_letter(act: CaseAct, letter: SetLetter, *, at: datetime) -> ActLetter:
    """Keep the letter of an act that was set before it. Raises Destroyed."""
    return keep_act_letters([(act, letter)], at=at)[0]


def keep_act_letters(letters: Sequence[tuple[CaseAct, SetLetter]], *, at: datetime) -> list[ActLetter]:
    """Keep the letters of acts that were set before them, all or none. Raises Destroyed."""
    kept = keep_letters([letter for _, letter in letters], at=at)
    return ActLetter.objects.bulk_create(
        [ActLetter(act=act, letter=letter) for (act, _), letter in zip(letters, kept, strict=True)]
    )
