"""The tables of the register: providers, activities with their versions, deliveries, admission, reference."""

from doorleren.register.models.activity import Activity, ActivityVersion, FormerPrice, RunOffered
from doorleren.register.models.admission import AdmissionDecision
from doorleren.register.models.alert import Alert, FirstListed
from doorleren.register.models.delivery import Delivery, DeliveryFault, Source
from doorleren.register.models.provider import (
    ProofDocument,
    Provider,
    ProviderDetails,
    ProviderLocation,
    ProviderRecognition,
    RecognitionAct,
    RecognitionStated,
)
from doorleren.register.models.reference import Occupation, OccupationSkill, Postcode, ShortageOccupation, Skill
from doorleren.register.models.upload import Upload

__all__ = [
    "Activity", "ActivityVersion", "AdmissionDecision", "Alert", "Delivery", "DeliveryFault", "FirstListed", "FormerPrice", "Occupation",
    "OccupationSkill", "Postcode", "ProofDocument", "Provider", "ProviderDetails",
    "ProviderLocation", "ProviderRecognition", "RecognitionAct", "RecognitionStated", "RunOffered", "ShortageOccupation", "Skill", "Source", "Upload",
]  # fmt: skip
