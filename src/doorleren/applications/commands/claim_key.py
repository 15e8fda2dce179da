"""A program names the key under which it hands in a bundle: the same key is for the same bundle, and for no other."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from doorleren.applications.bundles.refusing import KEY_USED, BundleRefused
from doorleren.applications.bundles.rows import Row, bundle_hash
from doorleren.applications.models import BundleKey
from doorleren.people.access import Thing, ensure
from doorleren.people.signed_in import SignedIn


def claim_key(
    key: str, rows: Sequence[Row], *, round_: int, organisation: int, secret: bytes, by: SignedIn, at: datetime
) -> None:
    """Keep what a key is for, or find that it is for this. Raises NotAllowed, or BundleRefused (KEY_USED) for another use.

    Called before a bundle is handed in; that itself knows the same bundle again, so its answer is the same as well.
    """
    ensure(by, "register_people", Thing("registration", "", organisation=organisation), at=at)
    content = _hashed(f"{round_}\n{organisation}\n{bundle_hash(rows, secret)}", secret)
    found, _made = BundleKey.objects.get_or_create(
        adviser_id=by.person, key=_hashed(key, secret), defaults={"content": content, "at": at}
    )
    if found.content != content:
        raise BundleRefused(KEY_USED)


def _hashed(text: str, secret: bytes) -> str:
    return hmac.new(secret, b"doorleren bundle key\n" + text.encode(), hashlib.sha256).hexdigest()
