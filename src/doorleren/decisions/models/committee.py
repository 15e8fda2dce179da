"""A committee that scores the applications of a round: its members, what they declared, what they gave, and the ranking.

Declarations, sheets, points and ranks are only ever added to. Ground: Awb 2:4 and 3:5 (recalled), 4:25 and 4:26.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from doorleren.cases.models import Case, CaseAct
from doorleren.people.models import Person
from doorleren.rounds.models import Round

CONFLICTS = ("family", "work", "money", "helped", "other")
"""Kinds of conflict of interest: a relation, the same employer or board, money, a hand in the application, another."""


class CommitteeMember(models.Model):
    """Somebody who scores in a round, from an appointment to its end; nobody appoints themselves."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="committee")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    appointed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "person"], name="decisions_member_once", condition=Q(ended_at__isnull=True),
                violation_error_message="Deze persoon zit al in de commissie.",
            ),
            models.CheckConstraint(
                condition=~Q(appointed_by=F("person")), name="decisions_member_by_another",
                violation_error_message="Niemand benoemt zichzelf in een commissie.",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False, ended_at__gte=F("appointed_at")),
                name="decisions_member_ended",
                violation_error_message="Een lidmaatschap eindigt door iemand, op een moment na de benoeming.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say who scores where."""
        return f"person {self.person_id} in the committee of round {self.round_id}"


class ConflictDeclaration(models.Model):
    """What a member declared about a case, the last one counts: no conflict of interest, or one of a kind.

    `content`: its kind (of CONFLICTS) and what it is, sealed under the case's key.
    """

    member = models.ForeignKey(CommitteeMember, on_delete=models.PROTECT, related_name="declarations", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="declarations")
    number = models.IntegerField()
    conflict = models.BooleanField()
    content = models.BinaryField(null=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "case", "number"], name="decisions_declared_once",
                violation_error_message="Deze verklaring is er al.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="decisions_declared_number",
                violation_error_message="De eerste verklaring is 1.",
            ),
            models.CheckConstraint(
                condition=Q(conflict=False, content__isnull=True) | Q(conflict=True, content__isnull=False),
                name="decisions_declared_what",
                violation_error_message="Wie een belang verklaart, zegt welk soort belang het is en legt het uit.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the case and the number, never what it says."""
        return f"declaration {self.number} on case {self.case_id}"


class ScoreSheet(models.Model):
    """What a member gave an application, the last one counts; `content`: the motivation per criterion, sealed."""

    member = models.ForeignKey(CommitteeMember, on_delete=models.PROTECT, related_name="sheets", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sheets")
    number = models.IntegerField()
    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, related_name="sheet")
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "case", "number"], name="decisions_sheet_once",
                violation_error_message="Deze scores zijn er al.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="decisions_sheet_number",
                violation_error_message="De eerste scores zijn 1.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the case and the number."""
        return f"scores {self.number} on case {self.case_id}"


class Score(models.Model):
    """Points for one criterion, between `least` and `most` of the scheme's file."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="scores", db_index=False)
    criterion = models.CharField(max_length=100)
    points = models.IntegerField()
    least = models.IntegerField()
    most = models.IntegerField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"], name="decisions_score_once",
                violation_error_message="Dit criterium heeft al punten.",
            ),
            models.CheckConstraint(
                condition=Q(least__gte=0, least__lt=F("most"), points__gte=F("least"), points__lte=F("most")),
                name="decisions_score_on_the_scale",
                violation_error_message="Punten liggen op de schaal van het criterium.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say for which criterion of which sheet."""
        return f"{self.criterion} of sheet {self.sheet_id}"


class Ranking(models.Model):
    """The scores of a round as one official proposes to fix them and another does; then the list follows from them.

    `digest`: hash of the points that count (committee/scores.py). `ranked_at`: when the list was made and places given.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="rankings")
    digest = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    fixed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    fixed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    ranked_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round"], name="decisions_ranking_one", condition=Q(withdrawn_at__isnull=True),
                violation_error_message="De scores van dit tijdvak zijn al voorgesteld of vastgesteld.",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="decisions_ranking_hashed",
                violation_error_message="Van de scores is een hash van 64 hexadecimale tekens bewaard.",
            ),
            models.CheckConstraint(
                condition=Q(fixed_by__isnull=True, fixed_at__isnull=True)
                | Q(fixed_by__isnull=False, fixed_at__isnull=False, fixed_at__gte=F("proposed_at")) & ~Q(fixed_by=F("proposed_by")),
                name="decisions_ranking_two_people",
                violation_error_message="Wie de scores voorstelt, stelt ze niet zelf vast.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(fixed_at__isnull=True), name="decisions_ranking_one_end",
                violation_error_message="Wat is vastgesteld, wordt niet ingetrokken.",
            ),
            models.CheckConstraint(
                condition=Q(ranked_at__isnull=True) | Q(fixed_at__isnull=False), name="decisions_ranking_fixed_first",
                violation_error_message="De lijst komt pas nadat de scores zijn vastgesteld.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which round."""
        return f"ranking of round {self.round_id}"

    @property
    def waits(self) -> bool:
        """Say whether a second official must still fix it."""
        return self.fixed_at is None and self.withdrawn_at is None


class Ranked(models.Model):
    """Where a case stands in the list: `rank` from 1, None below a threshold. The score is exact: numerator over denominator."""

    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="ranks", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ranks")
    rank = models.IntegerField(null=True)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    drawn = models.BooleanField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ranking", "case"], name="decisions_ranked_once",
                violation_error_message="Deze zaak staat al op de lijst.",
            ),
            models.UniqueConstraint(
                fields=["ranking", "rank"], name="decisions_ranked_one_a_rank",
                violation_error_message="Op deze plek van de lijst staat al een zaak.",
            ),
            models.CheckConstraint(
                condition=Q(numerator__gte=0, denominator__gt=0) & (Q(rank__isnull=True, drawn=False) | Q(rank__isnull=False, rank__gt=0)),
                name="decisions_ranked_score",
                violation_error_message="De eerste plek is 1, en een score is 0 of meer.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which case stands where."""
        return f"case {self.case_id} at {self.rank}"
