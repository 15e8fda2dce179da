"""What becomes of the invented cases: of each kind of procedure one from start to end and two that wait, and the main one in many states."""

from datetime import timedelta

from doorleren.cases.commands.assign import claim
from doorleren.cases.commands.close_case import close_case
from doorleren.cases.commands.give_notice_of_default import give_notice_of_default
from doorleren.cases.models import Case
from doorleren.core.days import day_of
from doorleren.decisions.commands.act_by_letter import ask_by_letter
from doorleren.decisions.commands.ask_delivery import ask_delivery, intend_to_settle
from doorleren.decisions.commands.assess import assess_automatically
from doorleren.decisions.commands.check_delivery import draw_sample
from doorleren.decisions.commands.decide_objection import Heard, uphold
from doorleren.decisions.commands.hear_objection import call_to_hearing, hear_objection
from doorleren.decisions.commands.propose_batch import propose_batch
from doorleren.decisions.commands.receive_objection import receive_objection
from doorleren.decisions.commands.recover import decide_recovery
from doorleren.decisions.commands.settle import Weighed, settle_lower
from doorleren.decisions.models import Assessment, Decision
from doorleren.payments.balances import standing_of
from doorleren.payments.claims import paid_on
from doorleren.payments.own_account import own_account
from doorleren.rules.frameworks import WITH_GRANT
from doorleren.server.demo_cases.acting import (
    ACCOUNT_DAYS,
    ASSESSES,
    DECIDES,
    REVIEWS,
    Life,
    pay,
    propose,
)
from doorleren.server.demo_cases.examples import Example
from doorleren.server.demo_cases.scene import Scene, example_round, fill

LONG_AGO, LATELY, JUST_NOW = 300, 60, 16
CALLED = 25
"""How many days ago the rounds opened: one whose cases are done, one that is decided, one that officials are at."""
APPLICANT = "nadia"
OBJECTING = "ik voldoe wel aan deze voorwaarde; de rekening laat het zien (voorbeeld)"
WEIGHED = Weighed("een deel van de lessen is niet gevolgd (voorbeeld)", "u kunt het in delen terugbetalen (voorbeeld)")


def long_ago(scene: Scene, one: Example, code: str) -> None:
    """Take the cases of a round of long ago to their end: settled, won on objection by the pot of then, recovered; one is late.

    The pot is for three: the late one stands outside, until the refusal of who wins later gives it that place. So what is won
    stands above the ceiling.
    """
    names = [APPLICANT, "Karim Voorbeeld", "Lotte Voorbeeld", "Mees Voorbeeld"]
    round_ = example_round(scene, one, code, LONG_AGO, one.cents * 3)
    settled, won, recovered, late = (Life.of(scene, got) for got in fill(scene, one, round_, names, LONG_AGO))
    for life in (settled, won, recovered):
        life.assess(280, fails=life is won)
    settled.grant(270, until=200)
    won.refuse(260)
    recovered.grant(270, until=200)
    pay(scene, [settled, recovered], 260)
    _object(scene, won)
    _settle(scene, settled)
    _recover(scene, recovered)
    late.assess(100)
    at = scene.at(12)
    give_notice_of_default(late.case, on=day_of(at), by=scene.person(late.applicant, at), at=at, party=True)


def _object(scene: Scene, life: Life) -> None:
    """Object to a refusal, be heard, and win: assessed anew, and decided by somebody who had no hand in it."""
    at = scene.at(250)
    receive_objection(life.case, OBJECTING, by=scene.person(life.applicant, at), at=at, party=True)
    at = scene.at(245)
    heard_at = at + timedelta(days=15)
    call_to_hearing(life.case, heard_at=heard_at, by=scene.by(REVIEWS, at), at=at)
    scene.works(245)
    at = scene.at(229)
    hear_objection(life.case, "de aanvrager liet de rekening zien (voorbeeld)", by=scene.by(REVIEWS, at), at=at)
    life.assess(225)
    at = scene.at(220)
    uphold(life.case, Heard("de rekening laat zien dat aan de voorwaarde is voldaan (voorbeeld)"), by=scene.by(REVIEWS, at), at=at)  # fmt: skip
    scene.works(220)
    pay(scene, [life], 210)


def _settle(scene: Scene, life: Life) -> None:
    life.deliver(190)
    life.settle(180)
    pay(scene, [life], 175)


def _settle_half(scene: Scene, life: Life, days: int) -> None:
    """Settle at half of what was granted, after a question and a notice to which nobody answered; `days` ago it begins."""
    by, decision = scene.by, Decision.objects.filter(case=life.case).latest("number")
    life.deliver(days, realised=5)
    at = scene.at(days - 1)
    ask_delivery(life.case, "hoeveel lessen hebt u gevolgd?", until=scene.day(days - 11), by=by(ASSESSES, at), at=at)
    scene.works(days - 1)
    at, half = scene.at(days - 12), decision.amount_cents // 2
    intend_to_settle(life.case, half, WEIGHED.grounds, until=scene.day(days - 22), by=by(ASSESSES, at), at=at)
    scene.works(days - 12)
    at = scene.at(days - 24)
    settle_lower(life.case, half, WEIGHED, by=by(DECIDES, at), at=at)
    scene.works(days - 24)


def _recover(scene: Scene, life: Life) -> None:
    """Settle at half of what was granted, and recover the rest in six parts."""
    _settle_half(scene, life, 190)
    at, standing = scene.at(130), standing_of("case", str(life.case))
    body = Case.objects.get(pk=life.case).body_id
    decide_recovery(life.case, standing.amount("undue"), WEIGHED, paid_cents=paid_on(life.case), instalments=6,
                    by=scene.by(DECIDES, at), at=at, pay_to=own_account(body, at))  # fmt: skip
    scene.works(130)


def lately(scene: Scene, one: Example, code: str) -> None:
    """Take the cases of a round of two months ago to where they stand: paid, refused, settled with too much paid, and three objections.

    Of these one can be won at once, and one be heard today; the third is of somebody who may have a grant of this year already.
    """
    round_ = example_round(scene, one, code, LATELY, one.cents * 6)
    names = ["Sam Voorbeeld", "Tess Voorbeeld", APPLICANT, "Ties Voorbeeld", "Tirza Voorbeeld", "Teun Voorbeeld"]
    paid, refused, objected, too_much, called, winning = (
        Life.of(scene, got) for got in fill(scene, one, round_, names, LATELY)
    )
    objecting = (called, objected, winning)  # who objected first comes first: the site sends what waits, of any case
    for life in (paid, refused, objected, too_much, called, winning):
        life.assess(52, fails=life is refused or life in objecting)
    winning.set_account(50)
    paid.grant(45, until=-60)
    too_much.grant(45, until=42)
    pay(scene, [paid, too_much], 40)
    for life in (refused, *objecting):
        life.refuse(34)
    _settle_half(scene, too_much, 38)
    for life in objecting:
        at = scene.at(CALLED if life is called else 10)
        receive_objection(life.case, OBJECTING, by=scene.person(life.applicant, at), at=at, party=True)
        if life is called:
            at = scene.at(CALLED)
            call_to_hearing(life.case, heard_at=scene.at(0), by=scene.by(REVIEWS, at), at=at)
            scene.works(CALLED)
    scene.works(10)


def today(scene: Scene, one: Example, code: str) -> None:
    """Leave the cases of a round that just closed as officials find them: to assess, to complete, to decide, to pay."""
    names = [f"{name} Voorbeeld" for name in ("Noor", "Omar", "Pien", "Quinten", "Roos")]
    round_ = example_round(scene, one, code, JUST_NOW, one.cents * 10)
    lives = [Life.of(scene, got) for got in fill(scene, one, round_, names, JUST_NOW)]
    to_assess, incomplete, to_decide, proposed, also = lives
    at = scene.at(9)
    claim(to_assess.case, by=scene.by(ASSESSES, at), at=at)
    for life in (to_decide, proposed, also):
        life.assess(8)
    to_decide.set_account(ACCOUNT_DAYS)
    for life in (proposed, also):
        life.grant(7, until=-60)
    at = scene.at(6)
    part = {"price": "wat de opleiding kost (voorbeeld)"}
    ask_by_letter(incomplete.case, until=scene.day(-14), parts=part, by=scene.by(ASSESSES, at), at=at)
    scene.works(6)
    propose(scene, [proposed, also], 1, pay_on=scene.day(-5))


def batch(scene: Scene, one: Example, code: str) -> None:
    """Let the rules assess some cases, and an official propose a batch of decisions on them."""
    names = ["Vera Voorbeeld", "Wout Voorbeeld", "Xandra Voorbeeld"]
    round_ = example_round(scene, one, code, LATELY, one.cents * 2)
    got = fill(scene, one, round_, names, LATELY)
    for each in got:
        assess_automatically(each.case, library=scene.library, at=scene.at(50))
    rows = Assessment.objects.filter(case__in=[each.case for each in got])
    stated = sorted({name for row in rows for name in row.stated})
    at = scene.at(2)
    propose_batch(round_.pk, stated, by=scene.by(DECIDES, at), at=at)


def whole(scene: Scene, one: Example, code: str) -> None:
    """Take one case from start to end, whatever the procedure is: decided, paid, delivered, settled, paid, closed."""
    round_ = example_round(scene, one, code, LONG_AGO, None)
    (got,) = fill(scene, one, round_, ["Yara Voorbeeld"], LONG_AGO)
    life = Life.of(scene, got)
    life.assess(280)
    made = life.grant(270, until=200)
    pay(scene, [life], 260)
    if made.settle_how != WITH_GRANT:
        life.deliver(190)
        life.settle(180)
        pay(scene, [life], 175)
    at = scene.at(100)
    close_case(life.case, by=scene.by(ASSESSES, at), at=at)


def under_way(scene: Scene, one: Example, code: str) -> None:
    """Leave two cases of a round that just closed with officials, whatever the procedure is: one to decide on, one to pay if it pays."""
    round_ = example_round(scene, one, code, JUST_NOW, None)
    to_decide, to_pay = (
        Life.of(scene, got) for got in fill(scene, one, round_, ["Zita Voorbeeld", "Abel Voorbeeld"], JUST_NOW)
    )
    for life in (to_decide, to_pay):
        life.assess(9)
        if one.cents:
            life.set_account(ACCOUNT_DAYS)
    made = to_pay.grant(8, until=-60)
    if made.settle_how == WITH_GRANT:
        _check_afterwards(scene, to_pay, round_.pk, 6)
    elif not to_pay.payable:
        to_pay.deliver(6)
        to_pay.settle(5)


def _check_afterwards(scene: Scene, life: Life, round_: int, days: int) -> None:
    """Draw the one grant of a round that settled at once, and ask what was done; the answer waits."""
    at = scene.at(days)
    draw_sample(round_, 1, by=scene.by(ASSESSES, at), at=at)
    ask_delivery(
        life.case,
        "kunt u laten zien wie er meedeed? (voorbeeld)",
        until=scene.day(days - 15),
        by=scene.by(ASSESSES, at),
        at=at,
    )
    scene.works(days)
