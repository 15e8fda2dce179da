"""What somebody typed and could not send as their session had ended, or their proof was too old: kept until they signed in again, for nobody else.

A form that may be long carries `whose` (`unsent_field` of templatetags/unsent.py): for whom its page was made, and at which address,
signed. Where it comes in without a session, or who sends it must first prove anew who they are, what was typed is sealed under a key
of that person and waits in the session that the browser has from then on, as long as any session waits. Who signs in as somebody else loses it unread. A page that asks what is kept nowhere carries no `whose`.
"""

import base64
import hmac
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict

from doorleren.people.signed_in import SignedIn

WHOSE, FORM_WITH_FILES = "whose", "multipart/form-data"
OPEN_FOR = timedelta(hours=12)
"""How long ago a page may have been opened of which the typed text is still kept."""
LONGEST = 100_000
"""Characters of a form that are kept."""
_KEPT, _SALT = "unsent", "doorleren.unsent"
_NOT_TYPED = (WHOSE, "csrfmiddlewaretoken")


def whose(request: HttpRequest, who: SignedIn) -> str:
    """Give the field of a form that says for whom this page was made."""
    return signing.dumps([who.person, request.path], salt=_SALT)


def keep_unsent(request: HttpRequest) -> bool:
    """Keep what came in without a session or with an old proof, where its form says whose it is; says whether it did."""
    try:
        person, address = signing.loads(request.POST.get(WHOSE, ""), salt=_SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return False
    typed = request.POST.copy()
    for name in _NOT_TYPED:
        typed.pop(name, None)
    text = typed.urlencode()
    if address != request.path or len(text) > LONGEST:
        return False
    box = _box(person, address)
    request.session[_KEPT] = {"person": person, "address": address, "sealed": box.encrypt(text.encode()).decode()}
    return True


def takes_a_file(request: HttpRequest) -> bool:
    """Say whether the form that came in has room for a file, which is not kept."""
    return request.content_type == FORM_WITH_FILES


def unsent_of(request: HttpRequest, who: SignedIn) -> QueryDict | None:
    """Give what who asks typed for this address before they signed in again; None where there is nothing of theirs."""
    kept = request.session.get(_KEPT) or {}
    if (kept.get("person"), kept.get("address")) != (who.person, request.path):
        return None
    try:
        return QueryDict(_box(who.person, request.path).decrypt(kept["sealed"].encode()))
    except InvalidToken:  # sealed before the site started anew
        return None


def typed_before(request: HttpRequest, who: SignedIn) -> QueryDict | None:
    """Give what a page begins its form with: what who asks typed there before they signed in again. What is sent now is forgotten."""
    if request.method != "POST":
        return unsent_of(request, who)
    kept = request.session.get(_KEPT) or {}
    if kept.get("address") == request.path:
        drop_unsent(request)
    return None


def asked_or_typed(request: HttpRequest, before: QueryDict | None, name: str) -> QueryDict:
    """Give what the form of a page begins with: what was typed before; not where the address asks for a form about something else."""
    if before is None or request.GET.get(name, before.get(name, "")) != before.get(name, ""):
        return request.GET
    return before


def drop_unsent(request: HttpRequest, *, but_of: int | None = None) -> None:
    """Forget it: it was sent, or somebody else signed in than `but_of`."""
    kept = request.session.get(_KEPT)
    if kept and (but_of is None or kept.get("person") != but_of):
        del request.session[_KEPT]


def _box(person: int, address: str) -> Fernet:
    named = f"{_SALT} {person} {address}".encode()
    return Fernet(base64.urlsafe_b64encode(hmac.digest(settings.SECRET_KEY.encode(), named, "sha256")))
