"""What a case is about here: its application with ticket, round, track and version. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from doorleren.applications.answers import track_of
from doorleren.applications.models import Application, EnteredFor
from doorleren.audit.rows import joined
from doorleren.cases.frameworks import frameworks
from doorleren.cases.locking import locked_case
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.refusing import refused
from doorleren.rounds.models import Round, Ticket
from doorleren.rules.frameworks import Framework
from doorleren.rules.handling import Handled, handled
from doorleren.rules.versions import Track, Version
from doorleren.schemes.queries import version_of

KIND = "application"
"""The kind of subject of the cases that this package decides on."""
_SUBMITTED = {"asked": Application, "ticket": Ticket, "round": Round, "entered": EnteredFor}
_TABLES = """applications_application asked
JOIN rounds_ticket ticket ON ticket.round_id = asked.round_id AND ticket.key = asked.key
JOIN rounds_round round ON round.id = asked.round_id
LEFT JOIN applications_enteredfor entered ON entered.application_id = asked.id
WHERE asked.id = ANY(%s)"""
_ASKED = (
    "EXISTS (SELECT FROM applications_correctionrequest one WHERE one.application_id = asked.id)",
    "EXISTS (SELECT FROM applications_division one WHERE one.application_id = asked.id)"
    " OR EXISTS (SELECT FROM applications_member one WHERE one.application_id = asked.id)",
)


@dataclass(frozen=True, slots=True)
class Matter:
    """A case with the application that it is about, as it was submitted. `corrected`: somebody asked to correct it since.

    `entered`: how it was entered for somebody; None where the applicant did so. `together`: it names members or who finances
    the cost.
    """

    case: Case
    application: Application
    ticket: Ticket
    round: Round
    version: Version
    track: Track
    framework: Framework
    entered: EnteredFor | None
    corrected: bool
    together: bool

    def handled(self, cents: int) -> Handled:
        """Say how a grant of so many cents is handled. Raises NoArrangement."""
        day = day_of(self.ticket.arrived_at)
        return handled(self.version, self.track, self.framework, on=day, cents=cents)

    @property
    def by_post(self) -> bool:
        """Say whether letters about it go by post: it came on paper, or somebody acts for the applicant."""
        case = self.case
        return self.entered is not None or case.guardian_noted_at is not None or case.death_noted_at is not None


def matter_of(case: Case) -> Matter:
    """Give what a case is about. Raises DecisionRefused where that is no submitted application."""
    found = matters_of((case,)).get(case.pk)
    if found is None:
        raise refused("no_application", "Deze zaak gaat niet over een ingediende aanvraag.",
                      "This case is not about a submitted application.")  # fmt: skip
    return found


def matters_of(cases: Sequence[Case]) -> dict[int, Matter]:
    """Give what cases are about, by case; those that are about no submitted application are left out."""
    numbers = {int(one.subject_id): one for one in cases if one.subject_kind == KIND and one.subject_id.isdecimal()}
    found: dict[int, Matter] = {}
    rounds: dict[int, Round] = {}
    for one, ticket, round_, entered, corrected, together in joined(_SUBMITTED, _TABLES, [list(numbers)], _ASKED):
        one.round, case = rounds.setdefault(round_.pk, round_), numbers[one.pk]
        version, framework = version_of(case.version_id), frameworks()[case.framework]
        found[case.pk] = Matter(
            case, one, ticket, one.round, version, track_of(one), framework, entered, corrected, together
        )
    return found


def matter_held(case: int) -> Matter:
    """Lock a case and give what it is about. Raises as `matter_of`, Case.DoesNotExist."""
    return matter_of(locked_case(case))
