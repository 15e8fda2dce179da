"""Who may set the bank account of a payee, and who may do what with payment runs (people/acts.py says with which role and proof).

What must lie in different hands: who confirms an account or releases a run is another than who proposed it, and neither
of those two assessed or decided in any of the run's cases.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from doorleren.applications.models import PartyKind
from doorleren.audit.acts import Party
from doorleren.cases.access import barred, hands_in
from doorleren.payments.models import PayeeAccount, PaymentRun
from doorleren.people.access import Allowed, NotAllowed, Refused, Thing, allowed, ensure
from doorleren.people.signed_in import SignedIn

VIEW_ACCOUNTS, PROPOSE, CONFIRM = "view_payee_accounts", "propose_payee_account", "confirm_payee_account"
STOP = "stop_payee_account"
"""Stopping an account as the payee: by the person, or by who has a role and a mandate in the organisation."""
GIVE = "give_payee_account"
"""Giving one's own account, as a payee who applied: by the person, or by who has a role and a mandate in the organisation."""
VIEW_RUNS, PROPOSE_RUN, RELEASE_RUN = "view_payments", "propose_payments", "release_payments"
HAND_OVER, IMPORT = "hand_over_payments", "import_bank_message"


def ensure_may(who: SignedIn | None, act: str, body: int, payee_id: str, *, at: datetime) -> SignedIn:
    """Give who asks back if the act is allowed on payees of that body. Raises NotAllowed with the reason."""
    return ensure(who, act, Thing("payee", payee_id, body=body), at=at)


def may_stop(who: SignedIn | None, account: PayeeAccount, *, at: datetime) -> Allowed | Refused:
    """Say whether somebody may stop an account as its payee, or for the organisation that the payee is. Not by a role at a body."""
    return allowed(who, STOP, _payee(Party(account.payee_kind, account.payee_id)), at=at)


def ensure_may_give(who: SignedIn | None, payee: Party, *, at: datetime) -> SignedIn:
    """Give who asks back if they are that payee, or act for the organisation that it is. Raises NotAllowed."""
    return ensure(who, GIVE, _payee(payee), at=at)


def _payee(payee: Party) -> Thing:
    number = int(payee.id) if payee.id.isdecimal() else None
    person = number if payee.kind == PartyKind.PERSON else None
    organisation = number if payee.kind == PartyKind.ORGANISATION else None
    return Thing("payee", payee.id, person=person, organisation=organisation)


def ensure_another(who: SignedIn, account: PayeeAccount) -> None:
    """Raise NotAllowed where somebody would confirm what they proposed themselves, or an account of their own."""
    own = account.payee_kind == "person" and account.payee_id == str(who.person)
    if own or who.person == account.proposed_by_id:
        raise NotAllowed(Refused("oneself"))


def ensure_may_pay(who: SignedIn | None, act: str, body: int, run: int | None = None, *, at: datetime) -> SignedIn:
    """Give who asks back if the act is allowed on payment runs of that body. Raises NotAllowed with the reason."""
    return ensure(who, act, Thing("payment_run", "" if run is None else str(run), body=body), at=at)


def ensure_other_hands(who: SignedIn, run: PaymentRun, cases: Collection[int]) -> None:
    """Raise NotAllowed where who releases proposed the run, or either of the two assessed or decided in one of its cases."""
    if who.person == run.proposed_by_id:
        raise NotAllowed(Refused("oneself"))
    for refused in barred_from(cases, (who.person, run.proposed_by_id)).values():
        raise NotAllowed(refused)


def barred_from(cases: Collection[int], people: Iterable[int]) -> dict[int, Refused]:
    """Give the cases that one of these people may not pay in because of what they did before, each with the reason."""
    given = frozenset(people)
    found = ((case, barred("pay", hands, given)) for case, hands in hands_in(cases).items())
    return {case: refused for case, refused in found if refused is not None}
