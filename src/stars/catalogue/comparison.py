"""The same questions asked of several programmes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from stars.catalogue.cards import hours
from stars.catalogue.description import GroupLine, group_lines
from stars.catalogue.enums import VaramLevel
from stars.catalogue.models import Group, Programme
from stars.classifiers import queries as classifiers
from stars.ui.templatetags.ui import latvian, money

Cell = list[str]
Rows = list[tuple[str | Promise, list[Cell]]]

_GROUPS_NAMED = 4


def comparison(
    programmes: Sequence[Programme], groups: Mapping[int, Sequence[Group]], *, at: datetime
) -> Rows:
    """Rows of (question, one answer of several lines for each programme); questions nobody answers are left out."""
    told = {programme.pk: group_lines(groups.get(programme.pk, ()), at=at) for programme in programmes}
    asked = {
        _("Education institution"): [[latvian(each.institution.name)] for each in programmes],
        _("Kind of programme"): [[each.kind.name] for each in programmes],
        _("Field of learning"): [[each.field.name] for each in programmes],
        _("Volume"): [[hours(each.hours)] for each in programmes],
        _("Form of study"): [[capfirst(each.get_study_form_display())] for each in programmes],
        _("Language of teaching"): [[capfirst(each.get_language_display())] for each in programmes],
        _("Funding source and what you pay"): [_prices(groups.get(each.pk, ())) for each in programmes],
        _("Groups"): [_groups(told[each.pk]) for each in programmes],
        _("Apply until"): [_deadlines(told[each.pk]) for each in programmes],
        _("Qualification"): [[each.qualification.name] if each.qualification else [] for each in programmes],
        _("Document issued"): [[latvian(each.document)] for each in programmes],
        _("Required earlier education"): [[latvian(each.prior_education)] for each in programmes],
        _("DigComp competence area"): [classifiers.names(each.digcomp_areas) for each in programmes],
        _("DigComp level"): [_level(each) for each in programmes],
    }
    return [(label, cells) for label, cells in asked.items() if any(map(any, cells))]


def _prices(groups: Sequence[Group]) -> Cell:
    """The lowest co-payment under each source."""
    best: dict[str, int] = {}
    for group in groups:
        for offer in group.offers.all():
            scheme = offer.round.scheme
            best[scheme] = min(best.get(scheme, offer.copayment_cents), offer.copayment_cents)
    return [f"{scheme}: {money(sum_)}" for scheme, sum_ in sorted(best.items())]


def _groups(groups: Sequence[GroupLine]) -> Cell:
    named = [f"{group.place}, {group.period}" for group in groups[:_GROUPS_NAMED]]
    more = len(groups) - _GROUPS_NAMED
    return [*named, _("and %(count)d more") % {"count": more}] if more > 0 else named


def _deadlines(groups: Sequence[GroupLine]) -> Cell:
    return list(
        dict.fromkeys(f"{offer.scheme}: {offer.status}" for group in groups for offer in group.offers)
    )


def _level(programme: Programme) -> Cell:
    level = classifiers.by_code(f"dclevel-{programme.digcomp_level}") if programme.digcomp_level else None
    varam = f"VARAM: {VaramLevel(programme.varam_level).label}" if programme.varam_level else ""
    return [text for text in (level.name if level else "", varam) if text]
