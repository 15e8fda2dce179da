"""Reference data from the publishers' own files: occupations and skills of ESCO, postcodes. Replaced as a whole."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Occupation(models.Model):
    """An occupation of ESCO; `key` is the last part of its address there."""

    key = models.CharField(max_length=40, primary_key=True)
    isco = models.CharField(max_length=4)
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=300)
    alternatives = ArrayField(models.CharField(max_length=300))
    description = models.TextField()


class Skill(models.Model):
    """A skill of ESCO, with its names in one language (ISO 639-1)."""

    key = models.CharField(max_length=40, primary_key=True)
    label = models.CharField(max_length=300)
    alternatives = ArrayField(models.CharField(max_length=300))
    language = models.CharField(max_length=2, default="nl")


class OccupationSkill(models.Model):
    """That an occupation needs a skill. Keys and no foreign keys: the files come in one by one, in any order."""

    occupation = models.CharField(max_length=40, db_index=True)
    skill = models.CharField(max_length=40, db_index=True)
    essential = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occupation", "skill"], name="occupation_skill_once")]


class Postcode(models.Model):
    """Four digits of a postcode: its place, municipality, labour-market region, where it lies (WGS 84 degrees), and post boxes only or not."""

    pc4 = models.CharField(max_length=4, primary_key=True)
    place = models.CharField(max_length=100)
    municipality_code = models.CharField(max_length=10)
    municipality = models.CharField(max_length=100)
    region_code = models.CharField(max_length=10)
    region = models.CharField(max_length=100)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    post_boxes = models.BooleanField()


class ShortageOccupation(models.Model):
    """An occupation with too few people: an ESCO id, or a group of ISCO-08 for all in it; and when the list names it."""

    code = models.CharField(max_length=40, primary_key=True)
    label = models.CharField(max_length=300)
    listed_from = models.DateField()
    listed_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(listed_until__isnull=True) | Q(listed_until__gte=F("listed_from")),
                name="shortage_ends_after_start",
                violation_error_message="Een beroep kan niet van de lijst af zijn voor het erop staat.",
            )
        ]
