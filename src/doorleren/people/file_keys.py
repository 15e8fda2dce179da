"""Personal content of a file: sealed under the file's own key, which the site's key wraps and which can be destroyed.

Called by letters, cases and decisions. What is sealed is bound to its file and to a name, so that it opens nowhere else.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from doorleren.audit.acts import Party, record
from doorleren.audit.rows import rows_of
from doorleren.people.models import FileKey

NONCE, KEY = 12, 32


class Destroyed(LookupError):
    """The content was destroyed at the end of its retention; `under` is the number of the act that did so."""

    def __init__(self, about: Party, under: int) -> None:
        """Say of which file, and under which act."""
        super().__init__(f"the content of {about.kind} {about.id} was destroyed under act {under}")
        self.under = under


class DoesNotOpen(ValueError):
    """What is kept is not what was sealed: changed, of another file or name, or under another key."""


def key_of(about: Party, *, at: datetime) -> bytes:
    """Give the key of a file, made now where there is none. Raises Destroyed."""
    key = keys_of((about,), at=at)[about]
    if isinstance(key, Destroyed):
        raise key
    return key


def keys_of(files: Iterable[Party], *, at: datetime) -> dict[Party, "bytes | Destroyed"]:
    """Give the keys of files, made now where there are none; in the place of one that was destroyed: what `key_of` raises."""
    asked = list(dict.fromkeys(files))
    held = _held(asked)
    lacking = [one for one in asked if one not in held]
    if lacking:
        fresh = [FileKey(about_kind=one.kind, about_id=one.id, made_at=at, wrapped=_wrapped(one)) for one in lacking]
        FileKey.objects.bulk_create(fresh, ignore_conflicts=True)
        held |= _held(lacking)
    site = bytes(settings.DOORLEREN_FILE_KEY)
    return {
        one: Destroyed(one, under) if under is not None else _open(site, bytes.fromhex(wrapped), _bound(one, "key"))
        for one, (wrapped, under) in held.items()
    }


def _held(files: Sequence[Party]) -> dict[Party, tuple[str, int | None]]:
    found: dict[Party, tuple[str, int | None]] = {}
    for kind in {one.kind for one in files}:
        rows = rows_of(
            FileKey, "about_kind = %s AND about_id = ANY(%s)", [kind, [one.id for one in files if one.kind == kind]]
        )
        found |= {Party(kind, one.about_id): (one.wrapped, one.destroyed_under) for one in rows}
    return found


def sealed(content: bytes, key: bytes, about: Party, name: str) -> bytes:
    """Seal content of a file under a name within it."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, _bound(about, name))


def opened(kept: bytes, key: bytes, about: Party, name: str) -> bytes:
    """Give what was sealed. Raises DoesNotOpen."""
    return _open(key, kept, _bound(about, name))


def destroy_key(about: Party, *, by: Party, at: datetime) -> int:
    """Destroy the key of a file, and with it everything that it sealed; give the number of the act.

    A file without content gets a destroyed key too, so that nothing is sealed for it afterwards. Ground: AVG (GDPR),
    art. 5(1)(e). Destroying twice gives the first act.
    """
    with transaction.atomic():
        key_at_hand = FileKey.objects.select_for_update().filter(about_kind=about.kind, about_id=about.id).first()
        if key_at_hand is not None and key_at_hand.destroyed_under is not None:
            return key_at_hand.destroyed_under
        act = record("destroyed", about, by=by, at=at, details={"what": "content"})
        told = {"wrapped": "", "destroyed_at": at, "destroyed_under": act.pk}
        FileKey.objects.update_or_create(
            about_kind=about.kind, about_id=about.id, defaults=told, create_defaults={"made_at": at, **told}
        )
    return int(act.pk)


def act_that_destroyed(about: Party) -> int | None:
    """Give the number of the act under which the content of a file was destroyed; None while it was not."""
    return (
        FileKey.objects.filter(about_kind=about.kind, about_id=about.id)
        .values_list("destroyed_under", flat=True)
        .first()
    )


def destroyed() -> list[tuple[int, Party]]:
    """Give the files whose content was destroyed, each with the number of its act, in the order of these.

    The database keeps each to an act about that file (migration 0004).
    """
    rows = FileKey.objects.filter(destroyed_under__isnull=False).order_by("destroyed_under")
    told = rows.values_list("destroyed_under", "about_kind", "about_id")
    return [(act, Party(kind, id_)) for act, kind, id_ in told if act is not None]


def _wrapped(about: Party) -> str:
    nonce = secrets.token_bytes(NONCE)
    bound = _bound(about, "key")
    return (nonce + AESGCM(bytes(settings.DOORLEREN_FILE_KEY)).encrypt(nonce, secrets.token_bytes(KEY), bound)).hex()


def _open(key: bytes, kept: bytes, bound: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(kept[:NONCE], kept[NONCE:], bound)
    except InvalidTag as error:
        raise DoesNotOpen("what is kept of this file does not open with its key") from error


def _bound(about: Party, name: str) -> bytes:
    return b"doorleren file\n" + "\n".join((about.kind, about.id, name)).encode()
