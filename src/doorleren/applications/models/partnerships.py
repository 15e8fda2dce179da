"""The tables of applying together: members, what became of them, how a cost is divided, and who may only look.

Rows are only ever added. The facts of a member are answers about its number (`Answer`, subject "member").
"""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Length
from django.db.models.lookups import Exact, GreaterThan

from doorleren.applications.models.application import Application
from doorleren.core.texts import Texts
from doorleren.people.models import Person

LONGEST_NAME = 200
"""Signs of the longest name that is kept of an organisation or a person."""


class MemberStep(models.TextChoices):
    """What can become of a member: taken out, taken back, or confirmed by the organisation itself."""

    REMOVED = "removed", "eruit gehaald"
    BACK = "back", "teruggezet"
    CONFIRMED = "confirmed", "bevestigd"


class Divided(models.TextChoices):
    """What is divided: the cost over the members that bear it, or over who finances it."""

    SHARES = "shares", "wie de kosten draagt"
    FINANCING = "financing", "wie de kosten betaalt"


class Unit(models.TextChoices):
    """In what a division is told: cents, or hundredths of a percent (the whole is then 10,000)."""

    CENTS = "cents", "euro's"
    HUNDREDTHS = "hundredths", "procenten"


class Financier(models.TextChoices):
    """Where money for the cost comes from."""

    SCHEME = "scheme", "deze regeling (gevraagde subsidie)"
    OWN = "own", "eigen bijdrage"
    EMPLOYER = "employer", "werkgever"
    FUND = "fund", "O&O-fonds"
    PUBLIC = "public", "gemeente, provincie of UWV"
    OTHER_SCHEME = "other_scheme", "andere regeling"
    OTHER = "other", "iemand anders"


FINANCIER_NAMES: Mapping[str, Texts] = {
    kind.value: {"nl": str(kind.label), "en": english}
    for kind, english in (
        (Financier.SCHEME, "this scheme (the grant asked for)"), (Financier.OWN, "own contribution"),
        (Financier.EMPLOYER, "employer"), (Financier.FUND, "training fund"),
        (Financier.PUBLIC, "municipality, province or UWV"), (Financier.OTHER_SCHEME, "other scheme"),
        (Financier.OTHER, "somebody else"),
    )
}  # fmt: skip
"""Each kind in words, for who applies, for officials and in letters."""
ALWAYS_ORGANISATIONS = (Financier.EMPLOYER.value, Financier.FUND.value, Financier.PUBLIC.value)
"""The kinds that are always an organisation: such a part names it by its KvK number."""
MAY_BE_ORGANISATIONS = (*ALWAYS_ORGANISATIONS, Financier.OTHER.value)
"""The kinds of which a part may name an organisation."""


class FinancierSays(models.TextChoices):
    """What an organisation says of the part that an application lets it pay."""

    CONFIRMED = "confirmed", "bevestigd"
    NOT_OURS = "not_ours", "niet van ons"


class Member(models.Model):
    """An organisation in the partnership of an application, by its KvK number; `number` counts within the application.

    `kind` is one of the values of the fact that says which parties take part. The lead partner is a member too.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="members")
    number = models.IntegerField()
    kvk = models.CharField(max_length=8)
    name = models.CharField(max_length=LONGEST_NAME)
    kind = models.CharField(max_length=40)
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "number"], name="applications_member_number_once",
                violation_error_message="Dit lid staat al in de aanvraag.",
            ),
            models.UniqueConstraint(
                fields=["application", "kvk"], name="applications_member_kvk_once",
                violation_error_message="Een organisatie doet één keer mee.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0, kvk__regex=r"^[0-9]{8}$")
                & GreaterThan(Length("name"), Value(0)) & GreaterThan(Length("kind"), Value(0)),
                name="applications_member_named",
                violation_error_message="Een lid heeft een nummer, een KvK-nummer van acht cijfers, een naam en een soort.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which, never who."""
        return f"member {self.number} of application {self.application_id}"


class MemberMark(models.Model):
    """What became of a member at a moment; the last one counts."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="marks")
    step = models.CharField(max_length=10, choices=MemberStep.choices)
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(step__in=MemberStep.values), name="applications_member_step_known",
                violation_error_message="Een lid wordt eruit gehaald, teruggezet of bevestigd.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say what became of it."""
        return f"{self.step}: member {self.member_id}"


class Division(models.Model):
    """How a whole (cents, or 10,000 hundredths of a percent) is divided; the last one of an application counts.

    The database refuses one whose lines do not add up to the whole, when the transaction ends.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="divisions")
    of = models.CharField(max_length=20, choices=Divided.choices)
    unit = models.CharField(max_length=20, choices=Unit.choices)
    whole = models.BigIntegerField()
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(of=Divided.SHARES, unit__in=Unit.values) | Q(of=Divided.FINANCING, unit=Unit.CENTS),
                name="applications_division_known",
                violation_error_message="Aandelen staan in euro's of procenten, een financiering in euro's.",
            ),
            models.CheckConstraint(
                condition=Q(unit=Unit.HUNDREDTHS, whole=10_000) | Q(unit=Unit.CENTS, whole__gt=0),
                name="applications_division_whole",
                violation_error_message="Het geheel is 100 procent, of een bedrag van meer dan nul.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of what."""
        return f"{self.of} of application {self.application_id}"


class DivisionLine(models.Model):
    """One part of a division: of a member (shares), or of a financier with its own name (financing).

    `kvk`: of the organisation that pays it, where it is one. It sees that part and nothing else of the application.
    """

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="lines")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    financier = models.CharField(max_length=20, choices=Financier.choices, blank=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    kvk = models.CharField(max_length=8, blank=True, default="")
    part = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["kvk"], name="applications_line_of_kvk", condition=~Q(kvk="")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "kvk"], name="applications_line_kvk_once", condition=~Q(kvk=""),
                violation_error_message="Een organisatie betaalt één deel.",
            ),
            models.CheckConstraint(
                condition=Q(kvk="") | Q(kvk__regex=r"^[0-9]{8}$", financier__in=MAY_BE_ORGANISATIONS) & ~Q(name=""),
                name="applications_line_kvk",
                violation_error_message="Een organisatie die meebetaalt heeft een KvK-nummer van acht cijfers en een naam.",
            ),
            models.UniqueConstraint(
                fields=["division", "member"], name="applications_line_member_once",
                violation_error_message="Een lid heeft één aandeel.",
            ),
            models.CheckConstraint(
                condition=Exact(
                    Func(F("member"), Func(F("financier"), Value(""), function="nullif",
                         output_field=models.CharField()), function="num_nonnulls", output_field=models.IntegerField()),
                    Value(1),
                ),
                name="applications_line_of_one",
                violation_error_message="Een deel hoort bij een lid of bij een financier.",
            ),
            models.CheckConstraint(
                condition=Q(financier="") | Q(financier__in=Financier.values), name="applications_line_financier_known",
                violation_error_message="Deze soort financier bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(part__gte=0), name="applications_line_part",
                violation_error_message="Een deel is nul of meer.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which division."""
        return f"line of division {self.division_id}"


class FinancierWord(models.Model):
    """What an organisation says of the part that it pays: its own, or not. The last one counts.

    It counts as well for a part of the same organisation and amount in a later division of the application.
    """

    line = models.ForeignKey(DivisionLine, on_delete=models.PROTECT, related_name="words")
    word = models.CharField(max_length=10, choices=FinancierSays.choices)
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(word__in=FinancierSays.values), name="applications_share_word_known",
                violation_error_message="Een organisatie bevestigt haar deel, of zegt dat het niet van haar is.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which part."""
        return f"{self.word}: line {self.line_id}"


class MemberTask(models.Model):
    """What a member is responsible for, and what it reports at delivery (empty: the lead partner does). The last one counts."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="tasks")
    does = models.CharField(max_length=500)
    reports = models.CharField(max_length=500, blank=True)
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=GreaterThan(Length("does"), Value(0)), name="applications_task_told",
                violation_error_message="Van een lid staat er wat het doet.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose."""
        return f"task of member {self.member_id}"


class Sharing(models.Model):
    """What a colleague who may act for the applicant may do with one application; the last row per person counts.

    Without a row a colleague with role and mandate may change it. A row only ever takes away; it gives nobody anything.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="sharings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    may_edit = models.BooleanField()
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~(Q(by_kind="person") & Exact(F("by_id"), Cast("person", models.CharField()))),
                name="applications_sharing_by_another",
                violation_error_message="U kunt uzelf niet uitsluiten of toelaten; een collega moet dat doen.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say of which application."""
        return f"sharing of application {self.application_id}"
