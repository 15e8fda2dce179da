"""What was delivered and how that was checked: reports, the word of whom it was for, questions, samples. Only ever added to."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.models.assessment import HASH
from doorleren.people.models import Person
from doorleren.rounds.models import Round

REASON = r"^[a-z][a-z-]{2,49}$"
"""Why an official chose a case to check: a code, as nothing about a person stands in the clear."""


class Delivery(models.Model):
    """A report of what was done; `number` counts those of a case from 1, and the last one counts.

    `realised` of `planned` units, as the scheme counts them: hours, weeks, conversations, products. `evidence`: ids of the
    scheme's file; `documents`: their numbers. `own_word`: who it was for reported it themselves. `content`: words, sealed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    number = models.IntegerField()
    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, related_name="delivery")
    started_on = models.DateField()
    ended_on = models.DateField()
    planned = models.IntegerField()
    realised = models.IntegerField()
    evidence = ArrayField(models.CharField(max_length=100), default=list)
    documents = ArrayField(models.BigIntegerField(), default=list)
    own_word = models.BooleanField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"], name="decisions_delivery_once",
                violation_error_message="Deze verantwoording is er al.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="decisions_delivery_number",
                violation_error_message="De eerste verantwoording is 1.",
            ),
            models.CheckConstraint(
                condition=Q(planned__gt=0, realised__gte=0), name="decisions_delivery_units",
                violation_error_message="Er was iets gepland, en er is niets of iets gedaan.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")), name="decisions_delivery_days",
                violation_error_message="Activiteiten eindigen niet voordat zij beginnen.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the case and the number, never what it says."""
        return f"delivery {self.number} in case {self.case_id}"


class DeliveryWord(models.Model):
    """What whom it was for says of a report, in their own channel: once, and never who reported it. `content`: words, sealed."""

    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, primary_key=True, related_name="word")
    confirmed = models.BooleanField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Say which word on which report."""
        return f"{'confirmed' if self.confirmed else 'denied'} of delivery {self.delivery_id}"


class DeliveryQuestion(models.Model):
    """A question about what was delivered, by letter, with a last day to answer. Nothing is settled lower without one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="delivery_questions", db_index=False)
    number = models.IntegerField()
    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, related_name="delivery_question")
    asked_on = models.DateField()
    until = models.DateField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"], name="decisions_question_once",
                violation_error_message="Deze vraag is al gesteld.",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("asked_on")), name="decisions_question_until",
                violation_error_message="Wie een vraag krijgt, heeft ten minste een dag voor het antwoord.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the case and the number."""
        return f"question {self.number} in case {self.case_id}"


class Sample(models.Model):
    """A draw of cases to check, out of those that are settled ex officio or were settled at once: anybody can draw it again from the seed.

    `list_digest`: the hash of the references that could be drawn, `population` how many.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="delivery_samples")
    seed = models.CharField(max_length=64)
    list_digest = models.CharField(max_length=64)
    population = models.IntegerField()
    size = models.IntegerField()
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(seed__regex=HASH, list_digest__regex=HASH), name="decisions_sample_hashed",
                violation_error_message="Van een steekproef staan het zaad en de hash van de lijst vast.",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=F("population")), name="decisions_sample_size",
                violation_error_message="Een steekproef heeft ten minste één zaak, en niet meer dan er zijn.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the number and the round."""
        return f"sample {self.pk} of round {self.round_id}"


class Check(models.Model):
    """That a case is checked, before it is settled or after it settled at once: drawn at random (`sample`), or chosen by an official.

    `reason`: a code, of who was chosen; `chosen_by`: who did, empty where that was before it was kept here (the record of acts has it).
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="delivery_check")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="delivery_checks")
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, null=True, related_name="checks")
    place = models.IntegerField(null=True)
    reason = models.CharField(max_length=50, blank=True, default="")
    chosen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sample__isnull=False, place__gt=0, reason="", chosen_by__isnull=True)
                | Q(sample__isnull=True, place__isnull=True, reason__regex=REASON),
                name="decisions_check_why",
                violation_error_message="Een controle komt uit een steekproef, of heeft een reden.",
            ),
            models.UniqueConstraint(
                fields=["sample", "place"], name="decisions_check_place",
                violation_error_message="Deze plaats in de steekproef is bezet.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which case."""
        return f"check of case {self.case_id}"
