"""The tables of requests to correct what is kept of a person: the request, and each step in it. Rows are only added to.

What somebody wrote is sealed in the steps, under a key of the request; once that key was destroyed under an act, the rows may go.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doorleren.applications.models.application import Application
from doorleren.people.models import Body, Person


class About(models.TextChoices):
    """What somebody wants to be corrected."""

    CONTACT = "contact", "naam of e-mailadres"
    APPLICATION = "application", "een antwoord in een aanvraag"
    CASE = "case", "iets in een dossier"
    OTHER = "other", "iets anders"


class ContactField(models.TextChoices):
    """What can be corrected of an account."""

    NAME = "name", "naam"
    EMAIL = "notice_email", "e-mailadres voor berichten"


class CorrectionAct(models.TextChoices):
    """What happens in a request. The article of each stands in law/corrections.toml."""

    ASKED = "asked", "gevraagd"
    EXTENDED = "extended", "termijn verlengd"
    CORRECTED = "corrected", "verbeterd"
    IN_PART = "corrected_in_part", "voor een deel verbeterd"
    COMPLETED = "completed", "aangevuld met een verklaring"
    REFUSED = "refused", "geweigerd"
    TAKEN_BACK = "taken_back", "ingetrokken"
    TOLD = "told", "anderen ingelicht"
    OBJECTED = "objected", "bezwaar gemaakt"
    MORE_TIME = "objection_extended", "meer tijd voor het bezwaar"
    UPHELD = "objection_upheld", "bezwaar gegrond"
    UPHELD_IN_PART = "objection_in_part", "bezwaar voor een deel gegrond"
    REJECTED = "objection_rejected", "bezwaar ongegrond"
    INADMISSIBLE = "inadmissible", "bezwaar niet-ontvankelijk"
    WITHDRAWN = "objection_withdrawn", "bezwaar ingetrokken"


CHANGES = (CorrectionAct.CORRECTED, CorrectionAct.IN_PART, CorrectionAct.COMPLETED)
"""The answers after which whoever received the old value is told."""
ENDS = (*CHANGES, CorrectionAct.REFUSED, CorrectionAct.TAKEN_BACK)
"""What ends a request; an objection to the answer may follow."""
UPHOLDS = (CorrectionAct.UPHELD, CorrectionAct.UPHELD_IN_PART)
"""The decisions on an objection after which whoever received the old value is told."""
OBJECTION_ENDS = (*UPHOLDS, CorrectionAct.REJECTED, CorrectionAct.INADMISSIBLE, CorrectionAct.WITHDRAWN)
"""What ends an objection."""
DATED = (CorrectionAct.EXTENDED, CorrectionAct.OBJECTED, CorrectionAct.MORE_TIME)
"""The steps that name the day by which is answered from then on."""
WORDLESS = (CorrectionAct.TAKEN_BACK, CorrectionAct.WITHDRAWN)
"""The steps that need no words."""
_DATED, _WORDLESS = Q(step__in=[one.value for one in DATED]), Q(step__in=[one.value for one in WORDLESS])


class CorrectionRequest(models.Model):
    """A request: whose, to which body, about what; `due_on` is the last day of the first month, before any extension.

    `fact` is a field of the account (ContactField) or a fact of the application; empty where the words alone say it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="corrections")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=20, choices=About)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="corrections")
    fact = models.CharField(max_length=100, blank=True, default="")
    asked_at = models.DateTimeField()
    due_on = models.DateField()

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["body", "due_on", "id"], name="applications_correction_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(about=About.CONTACT, application__isnull=True, fact__in=ContactField.values)
                | (Q(about=About.APPLICATION, application__isnull=False) & ~Q(fact=""))
                | Q(about=About.CASE, application__isnull=False, fact="")
                | Q(about=About.OTHER, application__isnull=True, fact=""),
                name="applications_correction_about",
                violation_error_message="Een verzoek gaat over een veld van het account, een antwoord in een aanvraag, een dossier "
                "of iets anders.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its number."""
        return f"correction {self.pk}"


class CorrectionStep(models.Model):
    """One step in a request, numbered from 1. `content` is sealed JSON (corrections/sealed.py); `until`: the last day from then on."""

    request = models.ForeignKey(CorrectionRequest, on_delete=models.PROTECT, related_name="steps")
    number = models.IntegerField()
    step = models.CharField(max_length=20, choices=CorrectionAct)
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100)
    at = models.DateTimeField()
    until = models.DateField(null=True)
    content = models.BinaryField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "number"], name="applications_correction_step_number",
                violation_error_message="Er is intussen een andere stap gezet in dit verzoek.",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(step__in=[one.value for one in ENDS]), name="applications_correction_ended_once",
                violation_error_message="Op dit verzoek is al geantwoord, of het is ingetrokken.",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(step="extended"), name="applications_correction_extended_once",
                violation_error_message="De termijn van dit verzoek is al verlengd.",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(step="objected"), name="applications_correction_objected_once",
                violation_error_message="Tegen dit antwoord is al bezwaar gemaakt.",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(step="objection_extended"), name="applications_correction_more_time_once",
                violation_error_message="Voor dit bezwaar is al een keer meer tijd genomen.",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(step__in=[one.value for one in OBJECTION_ENDS]),
                name="applications_correction_objection_ended_once",
                violation_error_message="Op dit bezwaar is al beslist, of het is ingetrokken.",
            ),
            models.CheckConstraint(
                condition=Q(step="asked", number=1) | (Q(step__in=CorrectionAct.values, number__gt=1) & ~Q(step="asked")),
                name="applications_correction_step_first",
                violation_error_message="Een verzoek begint met de vraag; wat daarna komt is een stap die wij kennen.",
            ),
            models.CheckConstraint(
                condition=(_DATED & Q(until__isnull=False)) | (~_DATED & Q(until__isnull=True)),
                name="applications_correction_step_until",
                violation_error_message="Een nieuwe laatste dag hoort bij een verlenging en bij een bezwaar, en nergens anders.",
            ),
            models.CheckConstraint(
                condition=(_WORDLESS & Q(content__isnull=True)) | (~_WORDLESS & Q(content__isnull=False)),
                name="applications_correction_step_words",
                violation_error_message="Bij elke stap staat waarom, behalve als de aanvrager iets intrekt.",
            ),
            models.CheckConstraint(
                condition=~Q(by_kind="") & ~Q(by_id=""), name="applications_correction_step_by",
                violation_error_message="Van elke stap is bekend wie haar zette.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say what happened in which request."""
        return f"{self.step} in correction {self.request_id}"
