"""The tables of applications: the application with its four parties, what was answered, and what was frozen.

Answers and freezes are only ever added to; the last answer to a fact counts. What "submitted" means stands in `rounds`:
a ticket with the key of the application exists.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact, GreaterThan

from doorleren.register.models import Activity
from doorleren.rounds.models import Round


class PartyKind(models.TextChoices):
    """What a party of an application can be."""

    PERSON = "person", "persoon"
    ORGANISATION = "organisation", "organisatie"


class Origin(models.TextChoices):
    """Where an answer comes from."""

    SELF = "self", "zelf gegeven"
    REGISTER = "register", "uit een register"
    OFFICIAL = "official", "door een ambtenaar"
    EVIDENCE = "evidence", "uit een bewijsstuk"


class TakenFrom(models.TextChoices):
    """From where an answer was taken at the start, without anybody saying in this application that it is right."""

    FINDER = "finder", "bij Wat kan ik krijgen?"
    EARLIER = "earlier", "uit een eerdere aanvraag"


class Absent(models.TextChoices):
    """An answer without a value: it does not apply, or who was asked does not know (any more)."""

    NOT_APPLICABLE = "n/a", "geldt niet"
    UNKNOWN = "unknown", "weet ik niet"


class Subject(models.TextChoices):
    """Whom or what an answer is about: the application as a whole, or a numbered member or participant."""

    APPLICATION = "application", "de aanvraag"
    MEMBER = "member", "lid van het samenwerkingsverband"
    PARTICIPANT = "participant", "deelnemer"


COLUMNS = ("boolean", "whole", "cents", "decimal", "text", "day", "members", "absent")
"""The columns of an answer of which exactly one is filled."""
PARTIES = ("applicant", "beneficiary", "payee", "reporter")
NO_SALT = "0" * 64
"""The salt of an application that was destroyed: what was hashed with the one before can no longer be guessed."""


def _named(party: str) -> models.CheckConstraint:
    kind, number = f"{party}_kind", f"{party}_number"
    return models.CheckConstraint(
        condition=Q(**{f"{kind}__in": PartyKind.values, f"{number}__isnull": False, f"{number}__gt": 0})
        | Q(**{kind: "", f"{number}__isnull": True}),
        name=f"applications_{party}_named",
        violation_error_message="Een partij is een persoon of een organisatie met een nummer, of nog niet bekend.",
    )


class Application(models.Model):
    """An application in a round, by one track of its version: the parties, and the moments that its state follows from.

    `key` names it on its ticket. `salt` goes into the hash of the content, so that nobody can guess answers from a
    hash; it never leaves this row. A party that is not known yet has no kind and no number. `destroyed_at`: the end of
    its retention; the row stays for the statistics, without its parties (applications/retention/).
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="applications")
    track = models.CharField(max_length=100)
    key = models.CharField(max_length=64)
    salt = models.CharField(max_length=64)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="applications")
    applicant_kind = models.CharField(max_length=20, choices=PartyKind.choices)
    applicant_number = models.BigIntegerField()
    beneficiary_kind = models.CharField(max_length=20, choices=PartyKind.choices, blank=True)
    beneficiary_number = models.BigIntegerField(null=True)
    payee_kind = models.CharField(max_length=20, choices=PartyKind.choices, blank=True)
    payee_number = models.BigIntegerField(null=True)
    reporter_kind = models.CharField(max_length=20, choices=PartyKind.choices, blank=True)
    reporter_number = models.BigIntegerField(null=True)
    started_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    frozen_content = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["applicant_kind", "applicant_number"], name="applications_by_applicant"),
            models.Index(
                fields=["payee_kind", "payee_number"],
                condition=Q(payee_number__isnull=False),
                name="applications_by_payee",
            ),
            models.Index(
                fields=["beneficiary_kind", "beneficiary_number"],
                condition=Q(beneficiary_number__isnull=False),
                name="applications_by_beneficiary",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key"], name="applications_key_once",
                violation_error_message="Dit kenmerk hoort al bij een andere aanvraag.",
            ),
            models.CheckConstraint(
                condition=Q(key__regex=r"^[A-Za-z0-9_-]{16,64}$", salt__regex=r"^[0-9a-f]{64}$"),
                name="applications_key_written",
                violation_error_message="Het kenmerk van een aanvraag heeft 16 tot 64 tekens, het zout 64.",
            ),
            models.CheckConstraint(
                condition=Q(applicant_kind__in=PartyKind.values)
                & (Q(applicant_number__gt=0, destroyed_at__isnull=True) | Q(applicant_number=0, destroyed_at__isnull=False)),
                name="applications_applicant_known",
                violation_error_message="Een aanvraag heeft een aanvrager, zolang zij niet is vernietigd.",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True)
                | Q(beneficiary_number__isnull=True, payee_number__isnull=True, reporter_number__isnull=True, salt=NO_SALT),
                name="applications_destroyed_whole",
                violation_error_message="Van een vernietigde aanvraag blijft niet over van wie zij was.",
            ),
            *(_named(party) for party in PARTIES[1:]),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, frozen_content="")
                | Q(frozen_at__isnull=False, frozen_at__gte=F("started_at"), frozen_content__regex=r"^[0-9a-f]{64}$"),
                name="applications_frozen_whole",
                violation_error_message="Wat klaarstaat, heeft een moment na het begin en een hash van de inhoud.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("started_at")),
                name="applications_withdrawn_after",
                violation_error_message="Een aanvraag wordt niet ingetrokken voordat zij begint.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its number."""
        return f"application {self.pk}"


class Answer(models.Model):
    """One answer to one fact about one subject, as it was given then. A later one takes its place; none is changed.

    `taken_from` says that it was taken over at the start, `earlier` from which application; saying that it is right adds
    a row without (commands/confirm_known.py).
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="answers")
    subject_kind = models.CharField(max_length=20, choices=Subject.choices, default=Subject.APPLICATION)
    subject_number = models.IntegerField(default=0)
    fact = models.CharField(max_length=100)
    boolean = models.BooleanField(null=True)
    whole = models.BigIntegerField(null=True)
    cents = models.BigIntegerField(null=True)
    decimal = models.CharField(max_length=40, null=True)
    text = models.CharField(max_length=200, null=True)
    day = models.DateField(null=True)
    members = ArrayField(models.CharField(max_length=100), null=True)
    absent = models.CharField(max_length=10, choices=Absent.choices, null=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    taken_from = models.CharField(max_length=10, choices=TakenFrom.choices, blank=True, default="", db_default="")
    earlier = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    correction = models.ForeignKey(
        "applications.CorrectionRequest", on_delete=models.PROTECT, null=True, related_name="answers", db_index=False
    )

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(
                fields=["application", "subject_kind", "subject_number", "fact", "-id"], name="applications_last_answer"
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Exact(
                    Func(*(F(name) for name in COLUMNS), function="num_nonnulls", output_field=models.IntegerField()),
                    Value(1),
                ),
                name="applications_answer_one_value",
                violation_error_message="Een antwoord heeft precies één waarde.",
            ),
            models.CheckConstraint(
                condition=Q(absent__isnull=True) | Q(absent__in=Absent.values), name="applications_answer_absent_known",
                violation_error_message="Een antwoord zonder waarde is 'geldt niet' of 'weet ik niet'.",
            ),
            models.CheckConstraint(
                condition=Q(decimal__isnull=True) | Q(decimal__regex=r"^[0-9]+(\.[0-9]+)?$"),
                name="applications_answer_decimal_written",
                violation_error_message="Een getal met decimalen bestaat uit cijfers met hooguit één punt.",
            ),
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values), name="applications_answer_origin_known",
                violation_error_message="Deze herkomst van een antwoord bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(subject_kind=Subject.APPLICATION, subject_number=0)
                | Q(subject_kind__in=[Subject.MEMBER, Subject.PARTICIPANT], subject_number__gt=0),
                name="applications_answer_subject",
                violation_error_message="Een antwoord gaat over de aanvraag zelf, of over een genummerd lid of deelnemer.",
            ),
            models.CheckConstraint(
                condition=GreaterThan(Length("by_kind"), Value(0)), name="applications_answer_given_by",
                violation_error_message="Van een antwoord is bekend wie het gaf.",
            ),
            models.CheckConstraint(
                condition=Q(taken_from__in=["", TakenFrom.FINDER], earlier__isnull=True)
                | Q(taken_from=TakenFrom.EARLIER, earlier__isnull=False),
                name="applications_answer_taken_from",
                violation_error_message="Van een antwoord uit een eerdere aanvraag is bekend uit welke.",
            ),
            models.CheckConstraint(
                condition=Q(correction__isnull=True) | Q(origin=Origin.OFFICIAL, taken_from=""),
                name="applications_answer_corrected_by_official",
                violation_error_message="Een antwoord dat op verzoek is verbeterd, komt van een ambtenaar.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say what it answers, never what the answer is."""
        return f"answer {self.pk} to {self.fact}"


class Freeze(models.Model):
    """What was found complete and may be submitted: the hash of the content, the keyed hash of the person, the cents.

    The last one of an application counts while its `frozen_content` names it. `until`: the token is no good after it.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="freezes")
    content = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    cents = models.BigIntegerField()
    kind = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__regex=r"^[0-9a-f]{64}$", content__regex=r"^[0-9a-f]{64}$"),
                name="applications_freeze_hashed",
                violation_error_message="Wat klaarstaat, bevat geen gegevens van personen, alleen hashes.",
            ),
            models.CheckConstraint(
                condition=Q(cents__gte=0), name="applications_freeze_cents",
                violation_error_message="Een bedrag is 0 of meer.",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("at")), name="applications_freeze_until",
                violation_error_message="Het bewijs om in te dienen geldt tot na het moment waarop het is gemaakt.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose it is."""
        return f"freeze of application {self.application_id}"
