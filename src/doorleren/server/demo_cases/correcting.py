"""One open request of the demo to correct what is kept: of somebody who applied, about an answer, else about the account."""

from doorleren.applications.corrections.commands.ask_correction import Asked, ask_correction
from doorleren.applications.corrections.whose import answers_to_correct, submitted_files_of
from doorleren.applications.models import About, ContactField, CorrectionRequest
from doorleren.server.demo_cases.scene import Scene

DAYS_AGO = 3
WISHED = "650 euro (voorbeeld)"
WHY = "Dit bedrag is later veranderd. Ik kan het bewijs sturen (voorbeeld)."


def ask_once(scene: Scene, name: str) -> bool:
    """Let somebody of the demo ask, unless somebody asked before; say whether it was asked now."""
    if CorrectionRequest.objects.exists():
        return False
    at = scene.at(DAYS_AGO)
    ask_correction(_asked(scene, scene.people[name]), library=scene.library, by=scene.by(name, at), at=at)
    return True


def _asked(scene: Scene, person: int) -> Asked:
    """Give what is asked: about the first amount in a newest application that has one."""
    for application in submitted_files_of(person):
        for one in answers_to_correct(application, person, scene.library):
            fact = scene.library.vocabulary.facts[one.fact]
            if fact.type == "money":
                wrong = f"Dit bedrag klopt niet meer: {fact.label.get('nl', fact.name)}."
                return Asked(About.APPLICATION, wrong, WISHED, WHY, application.pk, one.fact)
    return Asked(
        About.CONTACT, "Mijn e-mailadres ontbreekt.", "voorbeeld@example.org", "Ik wil horen dat er een brief is.",
        fact=ContactField.EMAIL, body=scene.body.pk,
    )  # fmt: skip
