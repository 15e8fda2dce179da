"""The bank account of a payee: checked, sealed, found by a keyed hash, and which one counts at a moment.

Kept as the national number is (people/national_number.py), with the same keys. The hash may stand on a payment line: it
tells that the account is the same one without telling which.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from doorleren.applications.models import PartyKind
from doorleren.audit.acts import Party
from doorleren.core.days import day_of
from doorleren.payments.access import may_stop
from doorleren.payments.models import PayeeAccount
from doorleren.payments.refusing import refused
from doorleren.people.national_number import Keys
from doorleren.people.queries import mandates_in_force
from doorleren.people.signed_in import SignedIn

LONGEST_NAME = 70
"""The most of a name in a credit transfer of SEPA."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a payment needs of an account; never shown in a log."""

    iban: str = field(repr=False)
    name: str = field(repr=False)


def checked_iban(text: str) -> str:
    """Give an IBAN without spaces, in capitals, that has the right length and check digits and lies within SEPA.

    Raises PaymentRefused, which does not repeat the number.
    """
    try:
        iban = IBAN(text, validate_bban=True)
    except SchwiftyException as error:
        raise refused(
            "Dit is geen goed rekeningnummer (IBAN). Controleer de letters en cijfers, bijvoorbeeld NL91 ABNA 0417 1643 00.",
            "This is not a correct account number (IBAN). Check the letters and digits, such as NL91 ABNA 0417 1643 00.",
            "iban",
        ) from error
    if not iban.in_sepa_zone:
        raise refused(
            "Naar dit land kunnen wij niet betalen. Een rekening in een land van SEPA kan wel.",
            "We cannot pay to this country. An account in a country of SEPA is possible.", "iban",
        )  # fmt: skip
    return str(iban.compact)


def iban_hash(iban: str, keys: Keys) -> str:
    """Give the keyed hash of a checked IBAN: 64 hexadecimal signs, other than those of national numbers."""
    return keys.hashed(f"iban:{iban}")


def sealed_iban(iban: str, payee: Party, keys: Keys) -> str:
    """Give a checked IBAN encrypted together with whose it is, so that it cannot be laid under somebody else's name."""
    return keys.sealed(f"{payee.kind}/{payee.id}/{iban}")


def checked_name(text: str) -> str:
    """Give the name of the holder of an account. Raises PaymentRefused for none, and for more than SEPA takes."""
    name = " ".join(text.replace("\x00", "").split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise refused(
            f"Vul de naam bij de rekening in, van ten hoogste {LONGEST_NAME} tekens.",
            f"Give the name that goes with the account, of at most {LONGEST_NAME} characters.", "name",
        )  # fmt: skip
    return name


def account_in_force(body: int, payee_kind: str, payee_id: str, at: datetime) -> PayeeAccount | None:
    """Give the account on which a payee may be paid at a moment: the one that took effect last; None where there is none."""
    own = PayeeAccount.objects.filter(body=body, payee_kind=payee_kind, payee_id=payee_id)
    in_use = own.filter(effective_at__lte=at, stopped_at=None, destroyed_at=None)
    return in_use.order_by("-effective_at", "-pk").first()


def coming(body: int, payee: Party, at: datetime) -> QuerySet[PayeeAccount]:
    """Give the accounts of a payee that two people set and that are not in use yet: those that can still be stopped."""
    own = PayeeAccount.objects.filter(body=body, payee_kind=payee.kind, payee_id=payee.id)
    return own.filter(effective_at__gt=at, stopped_at=None).order_by("effective_at", "pk")


def coming_for(who: SignedIn, at: datetime) -> list[PayeeAccount]:
    """Give the accounts that can still be stopped of which somebody is the payee, or has a mandate of it; at whatever body."""
    organisations = [str(one.organisation_id) for one in mandates_in_force(who.person, day_of(at))]
    mine = Q(payee_kind=PartyKind.PERSON, payee_id=str(who.person))
    mine |= Q(payee_kind=PartyKind.ORGANISATION, payee_id__in=organisations)
    rows = PayeeAccount.objects.filter(mine, effective_at__gt=at, stopped_at=None).select_related("body")
    return [one for one in rows.order_by("effective_at", "pk") if may_stop(who, one, at=at)]


def opened(account: PayeeAccount, keys: Keys) -> Opened:
    """Open an account for a payment file. Raises NoKeys where no key fits, PaymentRefused where it is another's or another hash."""
    kind, id_, iban = keys.opened(account.sealed).split("/")
    if (kind, id_) != (account.payee_kind, account.payee_id) or iban_hash(iban, keys) != account.lookup:
        raise refused(
            "Dit rekeningnummer is veranderd buiten de gewone weg om. Er wordt niet op betaald.",
            "This account number was changed outside the usual way. Nothing is paid on it.",
        )
    return Opened(iban, keys.opened(account.sealed_name))
