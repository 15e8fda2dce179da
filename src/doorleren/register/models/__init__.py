"""The tables of the register: providers, activities with their versions, deliveries, admission, reference."""

from doorleren.register.models.activity import Activity, ActivityVersion, FormerPrice, RunOffered
from doorleren.register.models.admission import AdmissionDecision
from doorleren.register.models.delivery import Delivery, DeliveryFault, Source
from doorleren.register.models.provider import Provider, ProviderRecognition
from doorleren.register.models.reference import Occupation, OccupationSkill, Postcode, Skill
from doorleren.register.models.upload import Upload

__all__ = [
    "Activity", "ActivityVersion", "AdmissionDecision", "Delivery", "DeliveryFault", "FormerPrice", "Occupation",
    "OccupationSkill", "Postcode", "Provider", "ProviderRecognition", "RunOffered", "Skill", "Source", "Upload",
]  # fmt: skip
