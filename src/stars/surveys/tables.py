"""Values out of a file's tables. A fault is noted with its place, and reading goes on, so that all are told at once."""

from typing import Any

from django.utils.translation import gettext as _

from stars.surveys.types import Text

Faults = list[str]
_LONGEST = 600


class FaultySurvey(ValueError):
    """A file that cannot be a survey; `faults` holds one sentence for each reason, with the place in the file."""

    def __init__(self, file: str, faults: list[str]) -> None:
        super().__init__("\n".join(f"{file}: {fault}" for fault in faults))
        self.faults = faults


def text(table: dict[str, Any], name: str, where: str, faults: Faults, *, longest: int = _LONGEST) -> Text:
    """The wording under `<name>_lv`, and `<name>_en` if there is one."""
    latvian = _line(table, f"{name}_lv", where, faults, longest=longest)
    english = ""
    if table.get(f"{name}_en") not in (None, ""):
        english = _line(table, f"{name}_en", where, faults, longest=longest)
    return Text(latvian, english)


def number(table: dict[str, Any], name: str, where: str, faults: Faults, *, within: tuple[int, int]) -> int:
    """A whole number between two others."""
    value = table.get(name)
    lowest, highest = within
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        words = {"name": name, "lowest": lowest, "highest": highest}
        faults.append(f"{where}: " + _("“%(name)s” is a whole number from %(lowest)s to %(highest)s") % words)
        return lowest
    return value


def yes_or_no(table: dict[str, Any], name: str, where: str, faults: Faults) -> bool:
    """True or false; nothing is guessed."""
    value = table.get(name)
    if not isinstance(value, bool):
        faults.append(f"{where}: " + _("“%(name)s” is true or false") % {"name": name})
    return value is True


def _line(table: dict[str, Any], name: str, where: str, faults: Faults, *, longest: int) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not value.strip():
        faults.append(f"{where}: " + _("“%(name)s” is missing") % {"name": name})
        return ""
    if len(value) > longest or "\0" in value:
        words = {"name": name, "longest": longest}
        faults.append(
            f"{where}: "
            + _("“%(name)s” is longer than %(longest)s characters or holds a null character") % words
        )
    return value.strip()
