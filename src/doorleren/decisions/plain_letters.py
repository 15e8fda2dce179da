"""Letters that start no term: they go with a note on the case, and nothing waits for their dispatch."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from doorleren.audit.acts import Party
from doorleren.cases.recording import party_of
from doorleren.core.days import day_of
from doorleren.decisions.commands.write_letter import LANGUAGE
from doorleren.decisions.letter_values import of_every_letter, template_for
from doorleren.decisions.matters import Matter
from doorleren.letters.choosing import way_for
from doorleren.letters.commands.make_letter import make_letter
from doorleren.letters.models import Letter


def write_plain(matter: Matter, kind: str, values: Mapping[str, Any], *, at: datetime) -> Letter:
    """Write a letter about a case to the applicant; a job sends it. Raises NotFilled, Destroyed, KeyError."""
    application = matter.application
    return make_letter(
        template_for(matter.case, kind), {**of_every_letter(matter, language=LANGUAGE), **values}, about=party_of(matter.case),
        recipient=Party(application.applicant_kind, str(application.applicant_number)), language=LANGUAGE,
        channel=way_for(matter.case.body, by_post=matter.by_post), on=day_of(at), at=at,
    )  # fmt: skip
