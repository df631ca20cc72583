"""Latvian letters: folding of diacritics, and the alphabetical order.

People type "metinasana" and "Cesis"; the catalogue says "metināšana" and "Cēsis". Both sides are folded
before they are compared. The order of names and titles is that of the Latvian alphabet (CLDR collation
``lv``): č, ģ, ķ, ļ, ņ, š, ž are letters of their own after the plain ones; ā, ē, ī, ū differ from the short
vowels only where everything else is equal; y stands with i.
"""

import unicodedata
from functools import lru_cache

# The small letters of Latvian with marks, and the same without them, in two strings as databases want it too.
MARKED = ("āčēģīķļņōŗšūž", "acegiklnorsuz")
_PLAIN = str.maketrans(*MARKED)
_UNDECOMPOSED = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})

# U+FFFF stands after every letter, so "č" sorts after each "c…" and before "d".
_AFTER = "\uffff"
_LETTERS_OF_THEIR_OWN = str.maketrans(
    {letter: plain + _AFTER for letter, plain in zip("čģķļņŗšž", "cgklnrsz", strict=True)}
)
_SAME_PLACE = str.maketrans("āēīūōy", "aeiuoi")


def fold(text: str) -> str:
    """The text in lower case and without diacritics: "Šķūņošana" becomes "skunosana".

    Letters of other scripts stay, stripped of their marks. Total: any text goes in, the empty one too;
    folding twice changes nothing.
    """
    folded = text.lower().translate(_PLAIN)
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded).lower()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(
        _UNDECOMPOSED
    )


@lru_cache(maxsize=65_536)
def latvian_sort_key(text: str) -> tuple[str, str, str]:
    """What to sort by for Latvian alphabetical order; ties of long vowels and of case are broken last."""
    lowered = unicodedata.normalize("NFC", text).lower().strip()
    return fold(lowered.translate(_SAME_PLACE).translate(_LETTERS_OF_THEIR_OWN)), lowered, text
