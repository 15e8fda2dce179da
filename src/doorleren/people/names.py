"""Names as they are looked for: small letters without accents, cut into words; each word that is looked for begins one of the name.

The database cuts a name by `people_name_words` (migration 0008), over which both tables of names have an index.
"""

import re
import unicodedata

MOST_WORDS, LONGEST_WORD = 8, 100
"""How much is looked for; the database refuses a word of some two thousand bytes."""
_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans("ıøłđ", "iold")
"""Letters that stand for themselves in Unicode and that others type without their stroke; as in the migration."""


def name_words(text: str) -> list[str]:
    """Give the words of a name. Example: "Yılmaz-de Vries" gives "yilmaz", "de", "vries"."""
    plain = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f").translate(_LETTERS)
    return _WORD.findall(bare)


def begins_words(text: str) -> str:
    """Write what is looked for as a question to the database; empty where nothing of two letters or more was typed."""
    words = name_words(text)[:MOST_WORDS]
    return " & ".join(f"'{word[:LONGEST_WORD]}':*" for word in words) if any(len(word) > 1 for word in words) else ""
