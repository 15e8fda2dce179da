"""The codes of languages: an entry has two letters (ISO 639-1), other standards ask three (ISO 639-2, terminology).

An entry names the language of teaching and that of its own texts; texts of which nobody told it are taken to be in the
language of teaching, and without that in Dutch.
"""

import re

from doorleren.register.entries import Entry

OF_THE_REGISTER = "nl"
"""The language of names and of our own words."""

UNDETERMINED = "und"
"""ISO 639-2's own word for a language that nobody told."""

_PAIRS = re.findall(
    r"([a-z]{2})\s([a-z]{3})",
    """
aa aar ab abk ae ave af afr ak aka am amh an arg ar ara as asm av ava ay aym az aze ba bak be bel bg bul bi bis bm bam
bn ben bo bod br bre bs bos ca cat ce che ch cha co cos cr cre cs ces cu chu cv chv cy cym da dan de deu dv div dz dzo
ee ewe el ell en eng eo epo es spa et est eu eus fa fas ff ful fi fin fj fij fo fao fr fra fy fry ga gle gd gla gl glg
gn grn gu guj gv glv ha hau he heb hi hin ho hmo hr hrv ht hat hu hun hy hye hz her ia ina id ind ie ile ig ibo ii iii
ik ipk io ido is isl it ita iu iku ja jpn jv jav ka kat kg kon ki kik kj kua kk kaz kl kal km khm kn kan ko kor kr kau
ks kas ku kur kv kom kw cor ky kir la lat lb ltz lg lug li lim ln lin lo lao lt lit lu lub lv lav mg mlg mh mah mi mri
mk mkd ml mal mn mon mr mar ms msa mt mlt my mya na nau nb nob nd nde ne nep ng ndo nl nld nn nno no nor nr nbl nv nav
ny nya oc oci oj oji om orm or ori os oss pa pan pi pli pl pol ps pus pt por qu que rm roh rn run ro ron ru rus rw kin
sa san sc srd sd snd se sme sg sag si sin sk slk sl slv sm smo sn sna so som sq sqi sr srp ss ssw st sot su sun sv swe
sw swa ta tam te tel tg tgk th tha ti tir tk tuk tl tgl tn tsn to ton tr tur ts tso tt tat tw twi ty tah ug uig uk ukr
ur urd uz uzb ve ven vi vie vo vol wa wln wo wol xh xho yi yid yo yor za zha zh zho zu zul
""",
)

THREE: dict[str, str] = dict(_PAIRS)
"""Three letters by two."""

TWO = {three: two for two, three in THREE.items()}
"""Two letters by three."""


def three_letters(language: str) -> str:
    """Give the ISO 639-2 code: "nl" and "nl-NL" give "nld"; "und" for what is no known code."""
    first = re.split("[-_]", language.strip().lower(), maxsplit=1)[0]
    return first if first in TWO else THREE.get(first, UNDETERMINED)


def two_letters(language: str) -> str:
    """Give the ISO 639-1 code: "nld" gives "nl"; empty for what is no known code."""
    return TWO.get(three_letters(language), "")


def tag(language: str) -> str:
    """Give the tag of a text (BCP 47): two letters where the language has them, else "und"."""
    return two_letters(language) or UNDETERMINED


def of_texts(entry: Entry) -> str:
    """Give the language of the texts of an entry as it was told, else the one of teaching, else "nl"."""
    return entry.text_language or entry.language or OF_THE_REGISTER


def text_tag(entry: Entry) -> str:
    """Give the tag (BCP 47) of the texts of an entry: "und" where what was told is no known code."""
    return tag(of_texts(entry))
