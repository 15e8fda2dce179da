"""The tables of cases: the case with the latest moment of each act, the acts themselves, what a party wrote, who has a hand in it, and what is destroyed."""

from doorleren.cases.models.act import CaseAct
from doorleren.cases.models.case import OPEN, PROCEDURES, REVOKED, TO_JUDGE, Case
from doorleren.cases.models.destruction import DestructionItem, DestructionList
from doorleren.cases.models.hand import HAND_DUTIES, Hand
from doorleren.cases.models.message import Message, MessageKind

__all__ = [
    "HAND_DUTIES", "OPEN", "PROCEDURES", "REVOKED", "TO_JUDGE", "Case", "CaseAct", "DestructionItem", "DestructionList", "Hand", "Message",
    "MessageKind",
]  # fmt: skip
