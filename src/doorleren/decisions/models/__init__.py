"""The tables of decisions, a module per subject."""

from doorleren.decisions.models.act_letter import ActLetter
from doorleren.decisions.models.assessment import Assessment
from doorleren.decisions.models.batch import Batch, BatchItem
from doorleren.decisions.models.decision import DECISIONS, GIVING, Decision
from doorleren.decisions.models.delivery import Check, Delivery, DeliveryQuestion, DeliveryWord, Sample
from doorleren.decisions.models.objection import Hearing, Objection, ObjectionDecision
from doorleren.decisions.models.recovery import FixedPenalty, Recovery, RecoveryStep
from doorleren.decisions.models.settlement import Settlement

__all__ = [
    "DECISIONS",
    "GIVING",
    "ActLetter",
    "Assessment",
    "Batch",
    "BatchItem",
    "Check",
    "Decision",
    "Delivery",
    "DeliveryQuestion",
    "DeliveryWord",
    "FixedPenalty",
    "Hearing",
    "Objection",
    "ObjectionDecision",
    "Recovery",
    "RecoveryStep",
    "Sample",
    "Settlement",
]
