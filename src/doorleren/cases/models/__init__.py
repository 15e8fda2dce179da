"""The tables of cases: the case with the latest moment of each act, the acts themselves, what a party wrote, and what is destroyed."""

from doorleren.cases.models.act import CaseAct
from doorleren.cases.models.case import OPEN, PROCEDURES, Case
from doorleren.cases.models.destruction import DestructionItem, DestructionList
from doorleren.cases.models.message import Message, MessageKind

__all__ = ["OPEN", "PROCEDURES", "Case", "CaseAct", "DestructionItem", "DestructionList", "Message", "MessageKind"]
