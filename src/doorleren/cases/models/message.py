"""What a party writes in its own file, and what an official answers. Only ever added to.

The words and the document are sealed under the case's key (people/file_keys.py); the row itself tells nothing about a person.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from doorleren.cases.models.act import CaseAct
from doorleren.cases.models.case import Case

TEXT, FILE = "message", "message-file"
"""The names, before the number, under which the words and the document of a message are sealed."""


class MessageKind(models.TextChoices):
    """What a message is for."""

    QUESTION = "question", "vraag"
    CHANGE = "change", "verandering"
    MORE_TIME = "more_time", "meer tijd"
    VIEW = "view", "zienswijze"
    OBJECTION = "objection", "bezwaar"
    REPAIR = "repair", "aanvulling van het bezwaar"
    PROGRESS = "progress", "voortgang"
    ANSWER = "answer", "antwoord"


class Message(models.Model):
    """One message in a case; `number` counts them from 1. Its act says who wrote it and when.

    `text` and `file` (None: no document) are sealed; `file_kind` is what the document is ("pdf"). `answers`: the message that
    an official answers with this one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages", db_index=False)
    number = models.IntegerField()
    act = models.OneToOneField(CaseAct, on_delete=models.PROTECT, related_name="message")
    kind = models.CharField(max_length=20, choices=MessageKind)
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answered_by")
    text = models.BinaryField()
    file_kind = models.CharField(max_length=10, blank=True)
    file = models.BinaryField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"], name="cases_message_once",
                violation_error_message="Dit bericht is er al.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="cases_message_number",
                violation_error_message="Het eerste bericht is 1.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["question", "change", "more_time", "view", "objection", "repair", "progress", "answer"]),
                name="cases_message_kind",
                violation_error_message="Dit soort bericht bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(kind="answer", answers__isnull=False) | (~Q(kind="answer") & Q(answers__isnull=True)),
                name="cases_message_answers",
                violation_error_message="Een antwoord hoort bij een bericht, en een ander bericht niet.",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True, file_kind="") | (Q(file__isnull=False) & ~Q(file_kind="")),
                name="cases_message_file",
                violation_error_message="Van een document bij een bericht is bekend wat het is.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the number and the case, never what it says."""
        return f"message {self.number} in case {self.case_id}"
