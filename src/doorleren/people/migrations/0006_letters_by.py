"""How a body sends its letters, and how somebody wants them."""

from django.db import migrations, models
from django.db.models import Q

WAYS = [("message_box", "berichtenbox"), ("e_mail", "e-mail zonder inhoud")]


class Migration(migrations.Migration):
    dependencies = [("people", "0005_team")]

    operations = [
        migrations.AddField("body", "letters_by", models.CharField(
            choices=WAYS, db_default="message_box", default="message_box", max_length=20,
        )),
        migrations.AddConstraint("body", models.CheckConstraint(
            condition=Q(letters_by__in=["message_box", "e_mail"]), name="people_body_letters_by",
            violation_error_message="Een instantie verstuurt brieven via de berichtenbox of met een e-mail.",
        )),
        migrations.AddField("person", "letters_by", models.CharField(
            blank=True, choices=WAYS, db_default="", default="", max_length=20,
        )),
        migrations.AddConstraint("person", models.CheckConstraint(
            condition=Q(letters_by__in=["", "message_box"]) | (Q(letters_by="e_mail") & ~Q(notice_email="")),
            name="people_person_letters_by",
            violation_error_message="Wie brieven met een e-mail wil, heeft een e-mailadres opgegeven.",
        )),
    ]  # fmt: skip
