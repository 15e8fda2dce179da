"""What comes next in a life that luck alone would seldom bring so far: paying, settling lower, recovering, collecting, answering."""

from django.db.models import F

from doorleren.cases.models import Case, CaseAct
from doorleren.decisions.commands.check_delivery import ON_DELIVERY
from doorleren.decisions.models import Decision, DeliveryQuestion
from doorleren.decisions.objections import objection_open
from doorleren.payments.balances import standings_of
from doorleren.payments.models import PayeeAccount, PaymentFile, PaymentRun
from doorleren.rules.frameworks import ON_REPAYMENT
from doorleren.simulation import applying, collecting, deciding, objecting, paying, settling, upholding, withdrawing
from doorleren.simulation.world import Act, World

WAIT_DAYS = 8


def claims(world: World) -> Act | None:
    """Do something about a claim that is open; None where there is none, or somebody waits."""
    claim = collecting.open_claim(world)
    return None if claim is None else collecting.follow(world, claim)


def next_in_line(world: World) -> Act | None:
    """Do what comes next in the case that came furthest; None where nothing does, or somebody waits."""
    rows = Case.objects.filter(pk__in=world.season.cases, state="objection")
    contested = rows.order_by(F("refused_at").desc(nulls_last=True), "pk").first()
    if contested is not None and world.maybe(0.3):
        return _towards_an_answer(world, contested.pk)
    standings = standings_of(("case", str(one)) for one in world.season.cases)
    amounts = {int(id_): standing for (_, id_), (_, standing) in sorted(standings.items())}
    undue = [case for case, standing in amounts.items() if standing.amount("undue")]
    if undue and world.maybe(0.6):
        return settling.recover(world, world.chance.choice(undue))
    paid = [
        case for case, standing in amounts.items() if standing.amount("paid") and not standing.amount("recoverable")
    ]
    lower = _to_lower(paid)
    if lower is not None and world.maybe(0.5):
        return _towards_less(world, lower)
    payable = [case for case, standing in amounts.items() if standing.amount("payable")]
    return _towards_paid(world, payable)


def _towards_an_answer(world: World, case: int) -> Act:
    """Assess anew since the objection came, unless it is against a debt; hear who objected, decide on it."""
    acts = CaseAct.objects.filter(case=case, act__in=("objection_received", "assessed")).order_by("-number")
    objection = objection_open(case)
    of_a_debt = objection is not None and objection.against.act in upholding.AGAINST
    ready = of_a_debt or acts.values_list("act", flat=True).first() == "assessed"
    moves = (deciding.assess_, objecting.call, objecting.hear, objecting.decide)
    return world.chance.choices(moves, (1, 1, 1, 8) if ready else (8, 1, 1, 2))[0](world, case)


def _to_lower(cases: list[int]) -> int | None:
    """Give the first case with a grant that is settled later and of which something was paid."""
    rows = Decision.objects.filter(case__in=cases, replaced_by=None, case__state="granted").exclude(
        settle_how__in=(ON_DELIVERY, ON_REPAYMENT)
    )
    return rows.order_by("case").values_list("case", flat=True).first()


def _towards_less(world: World, case: int) -> Act | None:
    """Let the budget fall short once; or ask what was done, tell what is meant, settle lower or withdraw, with letters and time in between."""
    if world.maybe(0.15) and not CaseAct.objects.filter(case=case, act="budget_reservation_invoked").exists():
        return withdrawing.fall_short(world, case)
    if world.maybe(0.15):
        return settling.request(world, case)
    asked = DeliveryQuestion.objects.filter(case=case).order_by("-number").first()
    if asked is None or world.maybe(0.05):
        return settling.ask(world, case)
    if world.maybe(0.4):
        return applying.send(world)
    if world.maybe(0.3):
        world.wait(WAIT_DAYS)
        return None
    told = (
        CaseAct.objects.filter(case=case, act="intent_notified", number__gt=asked.act.number)
        .order_by("-number")
        .first()
    )
    if told is None or world.maybe(0.2):
        return withdrawing.intend(world, case) if world.maybe(0.3) else settling.intend(world, case)
    return withdrawing.revoke_(world, case) if "left_cents" in told.details else settling.lower(world, case)


def _towards_paid(world: World, payable: list[int]) -> Act | None:
    """Let a run that waits be released, its file go to the bank, and the bank answer; else make accounts and a run."""
    body, today = world.season.body, world.today
    if PaymentRun.objects.filter(body=body, released_at=None, withdrawn_at=None, pay_on__gte=today).exists():
        return paying.release(world)
    if PaymentFile.objects.filter(run__body=body, handover=None).exists():
        return paying.bring(world)
    if any(one.state == "ordered" for one in world.season.book.payments.values()):
        return paying.answer(world)
    if not payable:
        return None
    payees = (
        Decision.objects.filter(case__in=payable, replaced_by=None).order_by("case").values_list("case", "payee_id")
    )
    known = set(PayeeAccount.objects.filter(body=body, withdrawn_at=None).values_list("payee_id", flat=True))
    without = [case for case, payee in payees if payee not in known]
    if without:
        return paying.account(world, without[0])
    return paying.confirm(world) if world.maybe(0.4) else paying.propose(world)
