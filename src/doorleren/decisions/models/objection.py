"""An objection to a decision, its hearing, and what was decided on it. Only ever added to. Awb 6:7 to 7:12 and 4:25(3)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.models.decision import Decision

UPHELD = ("objection_upheld", "objection_partly_upheld")
DEBT_UPHELD = "debt_objection_upheld"
"""Upheld against a recovery, a penalty or a suspended payment: the decision on the application, and the settlement, stay as they are."""
OUTCOMES = (*UPHELD, DEBT_UPHELD, "objection_rejected", "objection_inadmissible")
INADMISSIBLE = ("late", "not_repaired", "no_interest")
"""Why an objection is not treated: too late (Awb 6:7, 6:11), not repaired (6:6), no interest of one's own (1:2, recalled)."""
WITHOUT_HEARING = ("manifestly_inadmissible", "manifestly_unfounded", "waived", "fully_upheld")
"""When nobody needs to be heard. Awb 7:3."""


class Objection(models.Model):
    """An objection against an act of a case; `number` counts those of a case from 1.

    `last_day`: until when one could object; None where the decision had not been sent. `late`: it came after that day, which
    is judged when it is decided on. `content`: what the objector wrote, sealed under the case's key.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="objections", db_index=False)
    number = models.IntegerField()
    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, related_name="objection")
    against = models.ForeignKey(CaseAct, on_delete=models.PROTECT, related_name="objections")
    received_on = models.DateField()
    last_day = models.DateField(null=True)
    late = models.BooleanField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"], name="decisions_objection_once",
                violation_error_message="Dit bezwaar is er al.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="decisions_objection_number",
                violation_error_message="Het eerste bezwaar is 1.",
            ),
            models.CheckConstraint(
                condition=Q(late=False) | Q(last_day__isnull=False, received_on__gt=F("last_day")),
                name="decisions_objection_late",
                violation_error_message="Een bezwaar is pas te laat na de laatste dag van de termijn.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the case and the number, never what it says."""
        return f"objection {self.number} in case {self.case_id}"


class Hearing(models.Model):
    """That an objector was heard (the last one of an objection counts); `inspect_from`: since when the file lay open.

    `content`: the report of what was said, sealed.
    """

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="hearings")
    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, related_name="hearing")
    heard_on = models.DateField()
    inspect_from = models.DateField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(heard_on__gt=F("inspect_from")), name="decisions_hearing_inspected",
                violation_error_message="Voor een hoorzitting ligt het dossier eerst ter inzage.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which objection."""
        return f"hearing of objection {self.objection_id}"


class ObjectionDecision(models.Model):
    """What was decided on an objection. Cents are whole; `instead` is the act that takes the place of what was contested.

    `number` counts the answers to an objection from 1: it is answered again where a court annulled the answer before.
    The pot of the first decision (Awb 4:25(3)): `waiting_cents` was kept for others at that moment, `room_cents` is what the
    ceiling left for this application then (None: no ceiling). `left_now_cents`: what the round has left today.
    `awarded_cents`: the new amount; `above_ceiling_cents`: the part of it that goes above the ceiling because of the objection.
    `lifted_cents`: what of a recovery falls away by it.
    """

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="answers", db_index=False)
    number = models.IntegerField(default=1, db_default=1)
    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, related_name="objection_decision")
    outcome = models.CharField(max_length=40)
    reason = models.CharField(max_length=20, blank=True, default="")
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    without_hearing = models.CharField(max_length=30, blank=True, default="")
    instead = models.OneToOneField(CaseAct, on_delete=models.PROTECT, null=True, related_name="on_objection")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="on_objection")
    waiting_cents = models.BigIntegerField(default=0)
    room_cents = models.BigIntegerField(null=True)
    left_now_cents = models.BigIntegerField(null=True)
    awarded_cents = models.BigIntegerField(default=0)
    above_ceiling_cents = models.BigIntegerField(default=0)
    lifted_cents = models.BigIntegerField(default=0)
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["objection", "number"], name="decisions_objected_once",
                violation_error_message="Op dit bezwaar is al beslist.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="decisions_objected_number",
                violation_error_message="De eerste beslissing op een bezwaar is 1.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=OUTCOMES), name="decisions_objected_outcome",
                violation_error_message="Een bezwaar is gegrond, gedeeltelijk gegrond, ongegrond of niet-ontvankelijk.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="objection_inadmissible", reason__in=INADMISSIBLE)
                | (~Q(outcome="objection_inadmissible") & Q(reason="")),
                name="decisions_objected_reason",
                violation_error_message="Alleen een niet-ontvankelijk bezwaar heeft een reden waarom het niet is behandeld.",
            ),
            models.CheckConstraint(
                condition=Q(hearing__isnull=False, without_hearing="")
                | Q(hearing__isnull=True, without_hearing__in=WITHOUT_HEARING),
                name="decisions_objected_heard",
                violation_error_message="Wie bezwaar maakt, is gehoord, of er is een reden in de wet waarom niet.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=UPHELD, instead__isnull=False)
                | Q(outcome=DEBT_UPHELD, decision__isnull=True, instead__isnull=False, lifted_cents=0)
                | Q(outcome=DEBT_UPHELD, decision__isnull=True, instead__isnull=True, lifted_cents__gt=0)
                | (~Q(outcome__in=(*UPHELD, DEBT_UPHELD)) & Q(instead__isnull=True, decision__isnull=True)),
                name="decisions_objected_instead",
                violation_error_message="Bij een gegrond bezwaar komt er een nieuw besluit, en anders niet.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_cents=0) | Q(lifted_cents__gt=0, outcome__in=[*UPHELD, DEBT_UPHELD]),
                name="decisions_objected_lifted",
                violation_error_message="Een terugvordering vervalt alleen door een gegrond bezwaar.",
            ),
            models.CheckConstraint(
                condition=Q(awarded_cents=0, above_ceiling_cents=0) | Q(decision__isnull=False, awarded_cents__gt=0),
                name="decisions_objected_awarded",
                violation_error_message="Een bedrag na bezwaar staat in een nieuw besluit.",
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=True) | Q(room_cents__isnull=True) | Q(awarded_cents__lte=F("room_cents")),
                name="decisions_objected_within_room",
                violation_error_message="Het plafond gold al bij het eerste besluit (Awb artikel 4:25, derde lid).",
            ),
            models.CheckConstraint(
                condition=Q(above_ceiling_cents__gte=0, above_ceiling_cents__lte=F("awarded_cents"), waiting_cents__gte=0),
                name="decisions_objected_above",
                violation_error_message="Boven het plafond staat hoogstens het bedrag van het nieuwe besluit.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say what of which objection."""
        return f"{self.outcome} on objection {self.objection_id}"
