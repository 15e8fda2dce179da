"""Providers, their locations, and the ways in which they are recognised.

`Provider`, `ProviderLocation` and `ProviderRecognition` say how it stands now: everything that reads a provider reads
those. What a provider says of itself is kept beside them and never changed: `ProviderDetails`, `RecognitionStated`.
A recognition that a provider states counts for nothing until an official has confirmed it (`RecognitionAct`).
"""

from django.db import models
from django.db.models import F, Q

RECOGNITION_ROUTES = ("ocw", "nlqf", "quality_mark", "evc", "sector")
"""The values of the fact `provider.recognition`; a test holds them against the vocabulary."""

PROOF_TYPES = ("application/pdf", "image/png", "image/jpeg")
LARGEST_PROOF = 5_000_000
"""Bytes of one document."""

RECOGNITION_ACTS = ("confirmed", "rejected", "withdrawn")
"""What can happen to a recognition that a provider stated: by an official, by an official, by the provider."""


class Provider(models.Model):
    """A training provider. `code` names it for ever in what it delivers; it is the KvK number where that is told."""

    code = models.CharField(max_length=100, unique=True)
    kvk = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=300)
    website = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=100, blank=True)
    details = models.ForeignKey("ProviderDetails", null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kvk="") | Q(kvk__regex=r"^[0-9]{8}$"),
                name="provider_kvk_eight_digits",
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
            models.UniqueConstraint(
                fields=["kvk"],
                condition=~Q(kvk=""),
                name="provider_kvk_once",
                violation_error_message="Er is al een opleider met dit KvK-nummer.",
            ),
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class ProviderLocation(models.Model):
    """One place where a provider teaches, beside its visiting address."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="locations")
    place_in_order = models.SmallIntegerField()
    name = models.CharField(max_length=200, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "place_in_order"],
                name="location_place_once",
                violation_error_message="Deze plek in de rij is al bezet.",
            ),
            models.CheckConstraint(
                condition=~Q(street="", postcode="", place=""),
                name="location_is_somewhere",
                violation_error_message="Een locatie heeft een straat, een postcode of een plaats.",
            ),
        ]


class ProviderDetails(models.Model):
    """What a provider said of itself at a moment: a version. Insert-only: the database refuses update and delete.

    `locations` is a list of {"name", "street", "postcode", "place"}.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="versions")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    website = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=100, blank=True)
    locations = models.JSONField(default=list)


class ProofDocument(models.Model):
    """A document that proves a recognition. Its media type was read from its content. Insert-only."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=20, choices=[(one, one) for one in PROOF_TYPES])
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(media_type__in=PROOF_TYPES),
                name="proof_media_type_known",
                violation_error_message="Een bewijs is een PDF, een PNG of een JPEG.",
            ),
            models.CheckConstraint(
                condition=Q(size__range=(1, LARGEST_PROOF)),
                name="proof_not_too_large",
                violation_error_message="Een bewijs is niet leeg en hoogstens 5 MB groot.",
            ),
        ]


class RecognitionStated(models.Model):
    """A recognition that a provider says it has, with its proof. Insert-only; what became of it stands in its acts."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="stated")
    route = models.CharField(max_length=20, choices=[(route, route) for route in RECOGNITION_ROUTES])
    number = models.CharField(max_length=100, blank=True)
    link = models.CharField(max_length=500, blank=True)
    document = models.OneToOneField(ProofDocument, null=True, on_delete=models.PROTECT, related_name="proves")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    stated_at = models.DateTimeField()
    stated_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(route__in=RECOGNITION_ROUTES),
                name="stated_route_known",
                violation_error_message="Deze manier van erkennen bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="stated_ends_after_start",
                violation_error_message="Een erkenning kan niet eindigen voor zij begint.",
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | (~Q(number="") & ~Q(link="")),
                name="stated_with_proof",
                violation_error_message="Een erkenning heeft een bewijs nodig: een document, of een nummer met een link.",
            ),
        ]


class RecognitionAct(models.Model):
    """What was done with a stated recognition: confirmed or rejected by an official, withdrawn by the provider. Insert-only."""

    stated = models.ForeignKey(RecognitionStated, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=10, choices=[(act, act) for act in RECOGNITION_ACTS])
    done_at = models.DateTimeField()
    done_by = models.CharField(max_length=100)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=RECOGNITION_ACTS),
                name="recognition_act_known",
                violation_error_message="Deze handeling bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(act="rejected") | ~Q(reason=""),
                name="recognition_rejected_has_reason",
                violation_error_message="Een afwijzing heeft een reden nodig.",
            ),
            models.UniqueConstraint(
                fields=["stated", "act"],
                name="recognition_act_once",
                violation_error_message="Dit is al gebeurd.",
            ),
        ]


class ProviderRecognition(models.Model):
    """One recognition that counts, with its proof and days: delivered by a source, or `stated` and then confirmed.

    `delivery` is the one that told it; none of what the provider stated itself.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="recognitions")
    route = models.CharField(max_length=20, choices=[(route, route) for route in RECOGNITION_ROUTES])
    proof = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    stated = models.OneToOneField("RecognitionStated", null=True, on_delete=models.PROTECT, related_name="counts_as")
    delivery = models.ForeignKey("Delivery", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(route__in=RECOGNITION_ROUTES),
                name="recognition_route_known",
                violation_error_message="Deze manier van erkennen bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="recognition_ends_after_start",
                violation_error_message="Een erkenning kan niet eindigen voor zij begint.",
            ),
        ]
