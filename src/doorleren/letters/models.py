"""The tables of letters: what was written, unchanged for ever, and each attempt to send it. Both are insert-only.

Content and PDF are sealed under the key of the file that the letter is about; the row itself names nobody.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

CONTENT, PDF = "letter-content", "letter-pdf"
"""The names under which the two parts of a letter are sealed."""
NOTHING_LEFT = "content-destroyed"
"""The reason of an attempt after which none can succeed any more: the content of the letter is gone."""


class Channel(models.TextChoices):
    """The ways a letter can go."""

    MESSAGE_BOX = "message_box", "berichtenbox"
    E_MAIL = "e_mail", "e-mail zonder inhoud"
    PRINT = "print", "post"


class Letter(models.Model):
    """One letter: about what, of which kind, and the hash of the PDF that it was and stays.

    `content` (JSON) and `pdf` are sealed with people/file_keys.py under those two names.
    """

    about_kind = models.CharField(max_length=50)
    about_id = models.CharField(max_length=100)
    recipient_kind = models.CharField(max_length=50)
    recipient_id = models.CharField(max_length=100)
    template = models.CharField(max_length=100)
    language = models.CharField(max_length=2)
    channel = models.CharField(max_length=20, choices=Channel)
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    pdf = models.BinaryField()

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["about_kind", "about_id", "id"], name="letters_letter_about"),
            models.Index(fields=["recipient_kind", "recipient_id", "-id"], name="letters_letter_recipient"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="letters_letter_hashed",
                violation_error_message="Een brief heeft een hash van 64 hexadecimale tekens.",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["message_box", "e_mail", "print"]), name="letters_letter_channel",
                violation_error_message="Een brief gaat naar de berichtenbox, per e-mail of per post.",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["nl", "en"]), name="letters_letter_language",
                violation_error_message="Een brief is in het Nederlands of in het Engels.",
            ),
            models.CheckConstraint(
                condition=~Q(about_id="") & ~Q(recipient_id="") & ~Q(template=""), name="letters_letter_whole",
                violation_error_message="Een brief gaat ergens over, is voor iemand en heeft een soort.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Give the kind and what it is about."""
        return f"{self.template} over {self.about_kind} {self.about_id}"


class Dispatch(models.Model):
    """One attempt to send a letter: by which channel, when, and whether it went out; `reason` is a code of the channel.

    `turn`: 1, and one more each time that the letter goes again because it came back.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="dispatches")
    turn = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(max_length=20, choices=Channel)
    at = models.DateTimeField()
    sent = models.BooleanField()
    reason = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["letter"], condition=Q(sent=False), name="letters_dispatch_failed")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["letter", "turn"], condition=Q(sent=True), name="letters_dispatch_sent_once",
                violation_error_message="Deze brief is al verstuurd.",
            ),
            models.CheckConstraint(
                condition=Q(turn__gte=1), name="letters_dispatch_turn",
                violation_error_message="De eerste keer dat een brief weggaat, is keer 1.",
            ),
            models.CheckConstraint(
                condition=Q(sent=True, reason="") | (Q(sent=False) & ~Q(reason="")), name="letters_dispatch_told",
                violation_error_message="Wat niet is verstuurd, heeft een reden; wat is verstuurd niet.",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["message_box", "e_mail", "print"]), name="letters_dispatch_channel",
                violation_error_message="Een brief gaat naar de berichtenbox, per e-mail of per post.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Say what became of it."""
        return f"{self.letter_id} {self.channel} {'sent' if self.sent else self.reason}"
