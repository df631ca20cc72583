"""Tests and the versions of their banks: what is offered, what was, and each as people see it."""

from itertools import groupby
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.assessments.enums import Growth, Instrument, Scale, Trait, WorkValue
from stars.assessments.models import Item, ItemBank
from stars.assessments.queries import managing
from stars.assessments.scope import managed_by
from stars.assessments.words import ABOUT, NOT_CLEAR, NOT_KNOWN, SCALE_WORDS
from stars.workspaces.listing import page_of
from stars.workspaces.views import StaffView

_VERSIONS = 20
_ITEMS = 120
DIMENSION_WORDS = dict([*Trait.choices, *WorkValue.choices, *Growth.choices])
# The parts of a statement that may differ between two versions, as people call them.
PARTS = {
    "text_lv": gettext_lazy("Latvian text"),
    "text_en": gettext_lazy("English text"),
    "measures": gettext_lazy("what it measures"),
    "scale": gettext_lazy("scale"),
    "reverse": gettext_lazy("direction"),
    "options": gettext_lazy("answers to choose from"),
    "right": gettext_lazy("right answer"),
    "level": gettext_lazy("level"),
}


class Tests(StaffView, TemplateView):
    """The tests that one manages."""

    permission = Permission.TEST_MANAGE
    template_name = "agency/item_banks/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each with the version that is offered."""
        return super().get_context_data(
            heading=_("Tests"),
            lead=_("Which questions people are asked, since when, and how many have answered them."),
            tests=[(row, ABOUT[row.instrument]) for row in managing.tests(managed_by(self.actor))],
            **kwargs,
        )


class TestBase(StaffView):
    """What pages about one test share: one that the actor does not manage is not there."""

    permission = Permission.TEST_MANAGE

    @cached_property
    def instrument(self) -> Instrument:
        """The test of the address."""
        wanted = self.kwargs.get("instrument", Instrument.LEVEL.value)
        if wanted not in managed_by(self.actor):
            raise Http404
        return Instrument(wanted)

    @property
    def crumbs(self) -> list[dict[str, str]]:
        """From the list of tests to this one."""
        return [
            {"label": _("Tests"), "url": reverse("agency:tests")},
            {"label": str(self.instrument.label), "url": reverse("agency:test", args=[self.instrument])},
        ]


class BankBase(TestBase):
    """What pages about one version share."""

    @cached_property
    def bank(self) -> ItemBank:
        """The version of the address."""
        found = managing.bank_version(self.instrument, self.kwargs["version"])
        if found is None:
            raise Http404
        return found

    @property
    def bank_url(self) -> str:
        """Its page."""
        return reverse("agency:bank", args=[self.instrument, self.bank.version])


class Test(TestBase, TemplateView):
    """One test: every version there was."""

    template_name = "agency/item_banks/test.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The history, newest first."""
        return super().get_context_data(
            heading=self.instrument.label,
            lead=ABOUT[self.instrument].purpose,
            crumbs=self.crumbs,
            test=self.instrument,
            is_level=self.instrument is Instrument.LEVEL,
            page=page_of(managing.versions_of(self.instrument), self.request.GET, size=_VERSIONS),
            **_without(kwargs, "instrument"),
        )


class Bank(BankBase, TemplateView):
    """One version as people see it, and what it changes."""

    template_name = "agency/item_banks/bank.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All questions by what they measure, and the difference to what is offered."""
        bank, items = self.bank, managing.items_of(self.bank)
        offered = managing.offered_version(self.instrument)
        page = page_of(items, self.request.GET, size=_ITEMS)
        found = managing.changes(bank, items, offered) if bank.published_at is None else None
        return super().get_context_data(
            heading=_("%(test)s, version %(number)s")
            % {"test": self.instrument.label, "number": bank.version},
            crumbs=[*self.crumbs, {"label": _("Version %(number)s") % {"number": bank.version}, "url": ""}],
            bank=bank,
            page=page,
            groups=_groups(list(page)),
            offered=offered,
            difference=found,
            changed=[(each, [PARTS[part] for part in each.parts]) for each in found.changed] if found else [],
            **_without(kwargs, "instrument", "version"),
        )


def _groups(items: list[Item]) -> list[dict[str, Any]]:
    """Questions that measure the same, together, in the order in which the first of each stands."""
    places: dict[str, int] = {}
    for item in items:
        places.setdefault(_measures(item), len(places))
    ordered = sorted(items, key=lambda item: places[_measures(item)])
    return [
        {"heading": heading, "questions": [(item, _answers(item)) for item in group]}
        for heading, group in groupby(ordered, key=_measures)
    ]


def _measures(item: Item) -> str:
    if item.competence is not None:
        return item.competence.name
    return str(DIMENSION_WORDS.get(item.dimension, item.dimension))


def _answers(item: Item) -> list[tuple[Any, bool]]:
    """What can be answered, and whether it is right."""
    scale = Scale(item.scale)
    if scale is Scale.CHOICE:
        options = [(option["lv"], place == item.right) for place, option in enumerate(item.options)]
        return [*options, (NOT_KNOWN, False)]
    return [(word, False) for word in (*SCALE_WORDS[scale], NOT_CLEAR)]


def _without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}
