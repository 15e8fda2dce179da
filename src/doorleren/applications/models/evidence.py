"""The tables of evidence: a document that somebody gave, the steps it went through, and the key of its content.

Documents and steps are only ever added to. The content lies encrypted outside the database; taking the row of its key
away destroys it, and nothing else can be told from what stays here.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact, GreaterThan

from doorleren.applications.evidence.faults import LARGEST
from doorleren.applications.evidence.sealing import WRAPPED
from doorleren.applications.models.application import Application


class Step(models.TextChoices):
    """What happens to a document."""

    RECEIVED = "received", "helemaal ontvangen"
    REFUSED = "refused", "afgekeurd"
    CHECKED = "checked", "op virussen gecontroleerd"
    WITHDRAWN = "withdrawn", "weggehaald"


class Scan(models.TextChoices):
    """What the virus scanner found."""

    CLEAN = "clean", "geen virus gevonden"
    INFECTED = "infected", "virus gevonden"
    FAILED = "failed", "de scanner gaf geen antwoord"
    ABSENT = "absent", "er is geen scanner"


class Document(models.Model):
    """A file that somebody gave as a piece of evidence (`evidence`: its id in the scheme's file), as it was announced.

    `size` in bytes; `kept` is its name in the folder of documents. `mark` is a keyed hash of what the browser said to
    recognise the file by when it goes on after a break; keyed with the salt of the application, so it tells nothing.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    evidence = models.CharField(max_length=100)
    file_name = models.CharField(max_length=200)
    size = models.IntegerField()
    kept = models.CharField(max_length=32)
    mark = models.CharField(max_length=64, blank=True)
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kept"], name="applications_document_kept_once",
                violation_error_message="Onder deze naam wordt al een ander bestand bewaard.",
            ),
            models.CheckConstraint(
                condition=Q(kept__regex=r"^[0-9a-f]{32}$", mark__regex=r"^([0-9a-f]{64})?$"),
                name="applications_document_kept_named",
                violation_error_message="Een bestand wordt bewaard onder een naam van 32 tekens; het kenmerk is een hash.",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=LARGEST), name="applications_document_size",
                violation_error_message=f"Een bestand is hoogstens {LARGEST // 1_000_000} MB, en niet leeg.",
            ),
            models.CheckConstraint(
                condition=Q(GreaterThan(Length("evidence"), Value(0)))
                & Q(GreaterThan(Length("file_name"), Value(0)))
                & Q(GreaterThan(Length("by_kind"), Value(0))),
                name="applications_document_known",
                violation_error_message="Van een bestand is bekend hoe het heet, welk bewijsstuk het is en wie het gaf.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give its number, never its name."""
        return f"document {self.pk}"


class DocumentStep(models.Model):
    """A step of a document: received (what it is, and the keyed hash of its content), refused (why), checked, withdrawn."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=Step.choices)
    kind = models.CharField(max_length=10, blank=True)
    content = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    scan = models.CharField(max_length=10, choices=Scan.choices, blank=True)
    by_kind = models.CharField(max_length=20)
    by_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(step=Step.RECEIVED, kind__regex=r"^[a-z]{3,10}$", content__regex=r"^[0-9a-f]{64}$", reason="", scan="")
                | Q(step=Step.REFUSED, kind="", content="", reason__regex=r"^[a-z_]{3,20}$", scan="")
                | Q(step=Step.CHECKED, kind="", content="", reason="", scan__in=Scan.values)
                | Q(step=Step.WITHDRAWN, kind="", content="", reason="", scan=""),
                name="applications_documentstep_whole",
                violation_error_message="Bij elke stap van een bestand hoort zijn eigen uitkomst: soort, reden of controle.",
            ),
            models.UniqueConstraint(
                fields=["document", "step"], condition=~Q(step=Step.CHECKED), name="applications_documentstep_once",
                violation_error_message="Een bestand komt één keer binnen, wordt één keer afgekeurd en één keer weggehaald.",
            ),
            models.CheckConstraint(
                condition=GreaterThan(Length("by_kind"), Value(0)), name="applications_documentstep_by",
                violation_error_message="Van elke stap is bekend wie hem zette.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say which step of which document."""
        return f"{self.step} of document {self.document_id}"


class DocumentKey(models.Model):
    """The key of a document's content, wrapped by the site's key, which is not in the database. Deleting it is destroying.

    It is never changed, only made and taken away.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, primary_key=True, related_name="key")
    wrapped = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Exact(Length(F("wrapped")), Value(WRAPPED)), name="applications_documentkey_wrapped",
                violation_error_message="De sleutel van een bestand wordt alleen verzegeld bewaard.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say whose it is."""
        return f"key of document {self.document_id}"
