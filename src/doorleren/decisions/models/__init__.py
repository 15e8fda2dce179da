"""The tables of decisions, a module per subject."""

from doorleren.decisions.models.act_letter import ActLetter
from doorleren.decisions.models.act_words import ActWords
from doorleren.decisions.models.advance import AdvancePart
from doorleren.decisions.models.assessment import Assessment
from doorleren.decisions.models.batch import Batch, BatchItem
from doorleren.decisions.models.committee import (
    CONFLICTS,
    CommitteeMember,
    ConflictDeclaration,
    Ranked,
    Ranking,
    Score,
    ScoreSheet,
)
from doorleren.decisions.models.decision import DECISIONS, GIVING, Decision
from doorleren.decisions.models.delivery import Check, Delivery, DeliveryQuestion, DeliveryWord, Sample
from doorleren.decisions.models.objection import Hearing, Objection, ObjectionDecision
from doorleren.decisions.models.recovery import FixedPenalty, Recovery, RecoveryStep
from doorleren.decisions.models.revocation import Revocation
from doorleren.decisions.models.settlement import Settlement
from doorleren.decisions.models.share import CostShare

__all__ = [
    "CONFLICTS",
    "DECISIONS",
    "GIVING",
    "ActLetter",
    "ActWords",
    "AdvancePart",
    "Assessment",
    "Batch",
    "BatchItem",
    "Check",
    "CommitteeMember",
    "ConflictDeclaration",
    "CostShare",
    "Decision",
    "Delivery",
    "DeliveryQuestion",
    "DeliveryWord",
    "FixedPenalty",
    "Hearing",
    "Objection",
    "ObjectionDecision",
    "Ranked",
    "Ranking",
    "Recovery",
    "RecoveryStep",
    "Revocation",
    "Sample",
    "Score",
    "ScoreSheet",
    "Settlement",
]
