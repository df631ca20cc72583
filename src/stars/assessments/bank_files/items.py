"""The items of a file with a bank: what is wrong with one is told with its place."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from stars.assessments.bank_files.texts import UNKEPT, text_of
from stars.assessments.bank_files.values import Option, Row
from stars.assessments.enums import DIMENSIONS, SCALES, Instrument, Scale
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind

_MOST_OPTIONS = 8
_MOST_ITEMS = 1_000


def rows_of(items: Any, instrument: Instrument, faults: list[str]) -> Iterator[Row]:
    """The items that are right, one after the other; what is wrong with the others is added to `faults`."""
    if not isinstance(items, list) or not items:
        faults.append(_("has no list “items” with at least one item"))
        return
    if len(items) > _MOST_ITEMS:
        faults.append(_("has more than %(count)s items") % {"count": _MOST_ITEMS})
        return
    known = {value.code for value in classifiers.values_of(Kind.DIGCOMP_COMPETENCE)}
    codes: dict[str, int] = {}
    for number, item in enumerate(items, start=1):
        where = _("item %(number)s") % {"number": number}
        if not isinstance(item, dict):
            faults.append(f"{where}: " + _("is no object"))
            continue
        if "line" in item:
            where = _("line %(line)s") % {"line": item["line"]} + f", {where}"
        before = len(faults)
        if "condition" in item:
            condition = {"condition": str(item["condition"])[:80]}
            said = _("every item of a bank is asked, so conditions (“%(condition)s”) cannot be") % condition
            faults.append(f"{where}: {said}")
        row = _row(item, where, instrument, known, faults)
        if row.code and codes.setdefault(row.code, number) != number:
            earlier = {"code": row.code, "number": codes[row.code]}
            said = _("the code “%(code)s” stands at item %(number)s already") % earlier
            faults.append(f"{where}: {said}")
        if len(faults) == before:
            yield row


def _row(item: dict[str, Any], where: str, instrument: Instrument, known: set[str], faults: list[str]) -> Row:
    code = str(item.get("code") or item.get("n") or "")
    if not code or len(code) > 40 or UNKEPT.search(code):
        faults.append(f"{where}: " + _("a code of at most 40 characters is needed"))
    competence, dimension, allowed = _measured(item, where, instrument, known, faults)
    scale = item.get("scale")
    if scale not in allowed:
        said = _("the scale is missing or is none of %(known)s") % {"known": ", ".join(allowed)}
        faults.append(f"{where}: {said}")
        scale = Scale.SKILL
    reverse = item.get("reverse", False)
    if not isinstance(reverse, bool):
        faults.append(f"{where}: " + _("“reverse” is true or false"))
    level = item.get("level")
    if (instrument is Instrument.LEVEL) != (level is not None) or level not in (None, 1, 2, 3):
        said = _("questions of the level test, and no others, have a “level” from 1 to 3")
        faults.append(f"{where}: {said}")
    options, right = _choice(item, where, Scale(scale), faults)
    return Row(
        code=code,
        scale=Scale(scale),
        text_lv=text_of(item, "text_lv", where, faults),
        text_en=text_of(item, "text_en", where, faults) if item.get("text_en") else "",
        competence=competence,
        dimension=dimension,
        reverse=bool(reverse),
        options=options,
        right=right,
        level=level,
    )


def _measured(
    item: dict[str, Any], where: str, instrument: Instrument, known: set[str], faults: list[str]
) -> tuple[str, str, list[str]]:
    """What the item measures, as a competence or as another dimension, and the scales that it may have."""
    if instrument in DIMENSIONS:
        dimension = item.get("dimension")
        dimensions = DIMENSIONS[instrument]
        if not isinstance(dimension, str) or dimension not in dimensions:
            said = _("the dimension is missing or is none of %(known)s") % {"known": ", ".join(dimensions)}
            faults.append(f"{where}: {said}")
            return "", "", sorted({scale.value for scale in dimensions.values()})
        return "", dimension, [dimensions[dimension].value]
    competence = f"dccomp-{str(item.get('competence', '')).replace('.', '-')}"
    if competence not in known:
        given = {"given": str(item.get("competence", ""))[:80]}
        faults.append(f"{where}: " + _("“%(given)s” is no competence of DigComp") % given)
    return competence, "", [scale.value for scale in Scale if scale in SCALES[instrument]]


def _choice(
    item: dict[str, Any], where: str, scale: Scale, faults: list[str]
) -> tuple[tuple[Option, ...], int | None]:
    """The options of a choice with the place of the right one; nothing for another scale."""
    given, right = item.get("options"), item.get("right")
    if scale is not Scale.CHOICE:
        if given is not None or right is not None:
            faults.append(f"{where}: " + _("only a choice has “options” and “right”"))
        return (), None
    if not isinstance(given, list) or not 2 <= len(given) <= _MOST_OPTIONS:
        said = _("a choice has 2 to %(most)s “options”") % {"most": _MOST_OPTIONS}
        faults.append(f"{where}: {said}")
        return (), None
    if type(right) is not int or not 0 <= right < len(given):
        faults.append(f"{where}: " + _("“right” is the place of the right option, from 0"))
        return (), None
    options = []
    for place, option in enumerate(given):
        at = f"{where}, " + _("option %(place)s") % {"place": place}
        if not isinstance(option, dict):
            faults.append(f"{at}: " + _("is no object"))
            continue
        english = text_of(option, "en", at, faults) if option.get("en") else ""
        options.append(Option(text_of(option, "lv", at, faults), english))
    if len({option.lv for option in options}) < len(options):
        faults.append(f"{where}: " + _("two options read the same"))
    return tuple(options), right
