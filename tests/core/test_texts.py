"""Which text a reader gets."""

import pytest

from doorleren.core.texts import in_language


@pytest.mark.parametrize(
    ("texts", "given"),
    [({"nl": "bon", "en": "voucher"}, "voucher"), ({"nl": "bon"}, "bon"), ({"nl": "bon", "en": ""}, "bon"), ({}, "")],
)
def test_a_text_that_was_not_written_in_a_language_is_given_in_dutch(texts, given):
    """English where it stands, else Dutch, else nothing."""
    assert in_language(texts, "en") == given
