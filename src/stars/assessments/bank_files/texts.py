"""What people wrote in a file with a bank of items."""

import re
from typing import Any

from django.utils.translation import gettext as _

_LONGEST_TEXT = 600
# What no column of text can hold: the null character, and halves of characters.
UNKEPT = re.compile("[\0\ud800-\udfff]")


def text_of(table: dict[str, Any], key: str, where: str, faults: list[str]) -> str:
    """The text under the key; "" with one more of `faults`, at the place `where`, when it is none that can be kept."""
    text = table.get(key)
    if not isinstance(text, str) or not text.strip():
        faults.append(f"{where}: " + _("“%(key)s” is missing") % {"key": key})
        return ""
    if len(text) > _LONGEST_TEXT or UNKEPT.search(text):
        about = {"key": key, "most": _LONGEST_TEXT}
        said = _("“%(key)s” is longer than %(most)s characters or holds one that cannot be kept") % about
        faults.append(f"{where}: {said}")
        return ""
    return text.strip()
