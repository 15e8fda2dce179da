"""The tables of people: who there is, for whom they act, as what, and how they proved who they are.

Nothing here says where somebody was born or comes from. The national number has a table of its own, hashed and sealed.
Django's user is our person, without a password: `AUTH_USER_MODEL`.
"""

from datetime import timedelta
from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q


class Assurance(models.TextChoices):
    """How sure the provider of an identity is, in the words of the eIDAS regulation (910/2014, article 8)."""

    LOW = "low", "laag"
    SUBSTANTIAL = "substantial", "substantieel"
    HIGH = "high", "hoog"


class LetterWay(models.TextChoices):
    """How a body sends its letters, and how somebody wants them. Post is for who applied on paper."""

    MESSAGE_BOX = "message_box", "berichtenbox"
    E_MAIL = "e_mail", "e-mail zonder inhoud"


class RoleKind(models.TextChoices):
    """The closed list of what somebody can be here."""

    PARTICIPANT = "participant", "deelnemer"
    CAREER_ADVISER = "career_adviser", "loopbaanadviseur"
    PROVIDER = "provider", "opleider"
    EMPLOYER = "employer", "werkgever"
    LEAD_PARTNER = "lead_partner", "penvoerder"
    DESK_ADVISER = "desk_adviser", "adviseur van een loket"
    ASSESSOR = "assessor", "beoordelaar"
    DECIDER = "decider", "beslisser"
    PAYMASTER = "paymaster", "betaler"
    AUDITOR = "auditor", "controleur"
    POLICY_MAKER = "policy_maker", "beleidsmaker"
    ADMINISTRATOR = "administrator", "beheerder"


IN_ORGANISATION = (RoleKind.CAREER_ADVISER, RoleKind.PROVIDER, RoleKind.EMPLOYER, RoleKind.LEAD_PARTNER)
"""Roles that somebody has within an organisation, and only while they also have its mandate."""

IN_BODY = (
    RoleKind.DESK_ADVISER, RoleKind.ASSESSOR, RoleKind.DECIDER, RoleKind.PAYMASTER, RoleKind.AUDITOR,
    RoleKind.POLICY_MAKER, RoleKind.ADMINISTRATOR,
)  # fmt: skip
"""Roles of officials, within a body."""


_ENDS_AFTER_IT_BEGINS = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on") - timedelta(days=1))
"""The last day is not before the first; the day before the first says that it was withdrawn and never held."""


class Body(models.Model):
    """An authority that executes schemes, or a desk of a region. `code` names it in addresses and files.

    `address` is where it receives letters, on one line; `objection_url` the page on which one can object. Both optional.
    `letters_by`: how it sends letters to who chose nothing.
    """

    code = models.CharField(max_length=50)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True, default="")
    objection_url = models.CharField(max_length=500, blank=True, default="")
    letters_by = models.CharField(
        max_length=20, choices=LetterWay, default=LetterWay.MESSAGE_BOX, db_default=LetterWay.MESSAGE_BOX
    )

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(letters_by__in=["message_box", "e_mail"]), name="people_body_letters_by",
                violation_error_message="Een instantie verstuurt brieven via de berichtenbox of met een e-mail.",
            ),
            models.UniqueConstraint(
                fields=["code"], name="people_body_code_once",
                violation_error_message="Er is al een instantie met deze code.",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="people_body_code_written",
                violation_error_message="De code van een instantie bestaat uit kleine letters, cijfers en streepjes.",
            ),
            models.CheckConstraint(
                condition=Q(objection_url="") | Q(objection_url__regex=r"^https://\S+$"),
                name="people_body_objection_url_written",
                violation_error_message="Het adres om bezwaar te maken begint met https:// en heeft geen spaties.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its name."""
        return self.name


class Organisation(models.Model):
    """A provider, employer, adviser's firm or partner, by its number in the trade register (KvK, eight digits)."""

    kvk = models.CharField(max_length=8)
    name = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kvk"], name="people_organisation_kvk_once",
                violation_error_message="Er is al een organisatie met dit KvK-nummer.",
            ),
            models.CheckConstraint(
                condition=Q(kvk__regex=r"^[0-9]{8}$"), name="people_organisation_kvk_written",
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its name."""
        return self.name


class Person(models.Model):
    """Somebody who can sign in. The name is what the provider of the identity tells; it may be empty.

    `notice_email` is where they asked to hear that there is a letter; never used for anything else. `letters_by`: how they want
    their letters; empty where they leave it to the body.
    """

    name = models.CharField(max_length=200, blank=True)
    notice_email = models.EmailField(blank=True, default="")
    letters_by = models.CharField(max_length=20, choices=LetterWay, blank=True, default="", db_default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_authenticated = True
    is_anonymous = False

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(letters_by__in=["", "message_box"]) | (Q(letters_by="e_mail") & ~Q(notice_email="")),
                name="people_person_letters_by",
                violation_error_message="Wie brieven met een e-mail wil, heeft een e-mailadres opgegeven.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the number; a name does not belong in a log."""
        return f"person {self.pk}"


class NationalNumber(models.Model):
    """A person's BSN: `lookup` is a keyed hash that finds it, `sealed` is the number encrypted. Keys are elsewhere.

    See people/national_number.py. A row of its own, so that it can be destroyed apart from the person.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="national_number")
    lookup = models.CharField(max_length=64)
    sealed = models.TextField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lookup"], name="people_national_number_once",
                violation_error_message="Dit burgerservicenummer hoort al bij iemand anders.",
            ),
            models.CheckConstraint(
                condition=Q(lookup__regex=r"^[0-9a-f]{64}$"), name="people_national_number_hashed",
                violation_error_message="Een burgerservicenummer wordt alleen als gesleutelde hash bewaard.",
            ),
            models.CheckConstraint(
                condition=Q(sealed__regex=r"^gAAAA[A-Za-z0-9_=-]{95,}$"), name="people_national_number_sealed",
                violation_error_message="Een burgerservicenummer wordt alleen versleuteld bewaard.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose it is, never what."""
        return f"national number of person {self.person_id}"


class Identity(models.Model):
    """How a person is known to a provider of identities, with the highest assurance that it ever gave."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    assurance = models.CharField(max_length=20, choices=Assurance.choices)
    last_used_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], name="people_identity_once",
                violation_error_message="Deze inlog hoort al bij iemand.",
            ),
            models.CheckConstraint(
                condition=~Q(issuer="") & ~Q(subject=""), name="people_identity_whole",
                violation_error_message="Een inlog heeft een uitgever en een kenmerk.",
            ),
            models.CheckConstraint(
                condition=Q(assurance__in=Assurance.values), name="people_identity_assurance_known",
                violation_error_message="Het betrouwbaarheidsniveau is laag, substantieel of hoog.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose it is."""
        return f"identity of person {self.person_id}"


class Mandate(models.Model):
    """A person may act for an organisation, from the first up to and including the last day; without one, for good."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "starts_on"], name="people_mandate_once",
                violation_error_message="Deze machtiging bestaat al.",
            ),
            models.CheckConstraint(
                condition=_ENDS_AFTER_IT_BEGINS, name="people_mandate_days_in_order",
                violation_error_message="Een machtiging eindigt niet voordat zij begint.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say for whom and for what."""
        return f"mandate of person {self.person_id} for organisation {self.organisation_id}"


class Role(models.Model):
    """What a person is, within a body or an organisation where the role asks for one, up to and including `ends_on`.

    `team`: the name of the team of the body that one is in with this role; empty for none. It gives no leave to do anything.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=RoleKind.choices)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="roles"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    team = models.CharField(max_length=60, blank=True, default="", db_default="")

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(team="") | Q(body__isnull=False), name="people_role_team_in_body",
                violation_error_message="Een team hoort bij een instantie.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RoleKind.values), name="people_role_known",
                violation_error_message="Deze rol bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=IN_BODY, body__isnull=False, organisation__isnull=True)
                | Q(kind__in=IN_ORGANISATION, body__isnull=True, organisation__isnull=False)
                | Q(kind=RoleKind.PARTICIPANT, body__isnull=True, organisation__isnull=True),
                name="people_role_in_its_place",
                violation_error_message="Een ambtelijke rol hoort bij een instantie, een rol voor een organisatie bij "
                "die organisatie, en een deelnemer bij geen van beide.",
            ),
            models.CheckConstraint(
                condition=_ENDS_AFTER_IT_BEGINS, name="people_role_days_in_order",
                violation_error_message="Een rol eindigt niet voordat zij begint.",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "body", "organisation", "starts_on"], name="people_role_once",
                nulls_distinct=False, violation_error_message="Deze rol bestaat al.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say what and whose."""
        return f"{self.kind} of person {self.person_id}"


class Absence(models.Model):
    """Somebody is away from a body, and a colleague takes their cases, from the first up to and including the last day.

    `ended_at`: it was ended before that. It gives the colleague no role: whatever they do asks a role of their own.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputising")
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(person=F("deputy")), name="people_absence_another",
                violation_error_message="Wie afwezig is, wordt vervangen door een ander.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="people_absence_days_in_order",
                violation_error_message="De laatste dag ligt niet voor de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")), name="people_absence_ended_after",
                violation_error_message="Een afwezigheid eindigt niet voordat zij is gemeld.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose."""
        return f"absence of person {self.person_id}"


class Session(AbstractBaseSession):
    """A browser that is signed in or signing in; by the person, so that all of somebody's sessions can be ended."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="sessions")

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls) -> type:
        """Give the store that reads and writes these rows."""
        from doorleren.people.sessions import SessionStore

        return SessionStore


class FileKey(models.Model):
    """The key under which the personal content of one file (a case) is kept, wrapped by the site's own key.

    Destroyed at the end of retention: `wrapped` is emptied under an act, and nothing that it sealed opens again, in this
    database nor in a copy of it that was made without the key. The row stays, and says so.
    """

    about_kind = models.CharField(max_length=50)
    about_id = models.CharField(max_length=100)
    wrapped = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    destroyed_under = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["about_kind", "about_id"], name="people_file_key_once",
                violation_error_message="Dit dossier heeft al een sleutel.",
            ),
            models.CheckConstraint(
                condition=Q(wrapped="", destroyed_at__isnull=False, destroyed_under__isnull=False)
                | (~Q(wrapped="") & Q(destroyed_at__isnull=True, destroyed_under__isnull=True)),
                name="people_file_key_destroyed_or_whole",
                violation_error_message="Een sleutel is er nog, of is vernietigd onder een handeling van het register.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Name the file."""
        return f"{self.about_kind} {self.about_id}"
