"""What becomes of the loans of the demo: one that was repaid in full, settled and closed, and one that is being repaid."""

from doorleren.cases.commands.close_case import close_case
from doorleren.cases.models import Case
from doorleren.payments.commands.import_message import import_message
from doorleren.server.demo_cases.acting import ASSESSES, PROPOSES, Life, pay
from doorleren.server.demo_cases.examples import Example
from doorleren.server.demo_cases.scene import Scene, example_round, fill
from doorleren.simulation.bank_words import statement
from doorleren.simulation.outside import Receipt

LONG_AGO = 300
"""How many days ago the round opened."""


def lent(scene: Scene, one: Example, code: str) -> None:
    """Lend to two people: one repays all of it before repaying had to begin, the other a tenth."""
    round_ = example_round(scene, one, code, LONG_AGO, None)
    names = ["Yara Voorbeeld", "Zeno Voorbeeld"]
    whole, part = (Life.of(scene, got) for got in fill(scene, one, round_, names, LONG_AGO))
    cents = {}
    for life in (whole, part):
        life.assess(280)
        cents[life.case] = life.grant(270, until=200).amount_cents
    pay(scene, [whole, part], 260)
    _repay(scene, part, cents[part.case] // 10, 190)
    _repay(scene, whole, cents[whole.case], 190)
    whole.settle(180)
    at = scene.at(100)
    close_case(whole.case, by=scene.by(ASSESSES, at), at=at)


def _repay(scene: Scene, life: Life, cents: int, days: int) -> None:
    """Let the bank say that somebody paid in so much, with the reference of the case."""
    at = scene.at(days)
    receipt = Receipt(f"demo-{life.case}", cents, Case.objects.get(pk=life.case).reference)
    content = statement([], scene.day(days).isoformat(), [receipt])
    import_message(scene.body.pk, content, by=scene.by(PROPOSES, at), at=at)
    scene.works(days)
