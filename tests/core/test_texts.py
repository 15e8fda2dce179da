"""Which text a reader gets."""

import pytest

from doorleren.core.texts import in_language, sentences


@pytest.mark.parametrize(
    ("texts", "given"),
    [({"nl": "bon", "en": "voucher"}, "voucher"), ({"nl": "bon"}, "bon"), ({"nl": "bon", "en": ""}, "bon"), ({}, "")],
)
def test_a_text_that_was_not_written_in_a_language_is_given_in_dutch(texts, given):
    """English where it stands, else Dutch, else nothing."""
    assert in_language(texts, "en") == given


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (("u vroeg ons daarom", "u vroeg om uitstel.."), "U vroeg ons daarom. U vroeg om uitstel."),
        (("U krijgt ongelijk.",), "U krijgt ongelijk."),
        (("u vroeg ons daarom", "U vroeg ons daarom.", " "), "U vroeg ons daarom."),
        (("bent u geweest?", "wat dan ..."), "Bent u geweest? Wat dan ..."),
        (("é", ""), "É."),
        ((), ""),
    ],
)
def test_typed_words_become_sentences(parts, joined):
    """Whatever was typed: a capital, one end, one blank between, and nothing twice."""
    assert sentences(*parts) == joined
    assert sentences(joined) == joined
