"""What every page of the form shares: it keeps only what the scheme asks, in the scheme's order and wording."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from stars.catalogue.models import GroupOffer
from stars.schemes.types import Step

# Stored as the occupation of somebody who does not work; shown by `readable`.
NOT_WORKING = "Nestrādāju"


@dataclass(frozen=True, slots=True)
class StepContext:
    """What a page offers to choose from: open offers, and codes that the person has already."""

    offers: Sequence[GroupOffer] = ()
    kept_codes: frozenset[str] = field(default_factory=frozenset)


class StepForm(forms.Form):
    """A page of the form, cut to what the step of a scheme asks.

    In: the step's declaration and the context; data and initial values as any Django form.
    """

    def __init__(self, *args: Any, step: Step, context: StepContext, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.context = step, context
        self._cut()
        self.offer_choices()

    def offer_choices(self) -> None:
        """Fill the choices of the select fields that are asked from classifiers and offers; pages override it."""

    def _is_none_chosen(self, name: str) -> bool:
        """ "I do not work" was ticked instead of an answer."""
        return name in self.step.with_none and bool(self.data.get("not_working"))

    def _cut(self) -> None:
        asked = [name for name in self.step.fields if name in self.fields]
        helpers = [
            name
            for name in self.fields
            if self.fields[name].widget.attrs.get("data-with") in self.step.with_none
        ]
        for name in set(self.fields) - set(asked) - set(helpers):
            del self.fields[name]
        for name in asked:
            self.fields[name].required = name in self.step.required and not self._is_none_chosen(name)
            if name in self.step.labels:
                self.fields[name].label = cast(str, self.step.labels[name])


REQUIRED_CHOICE = {"required": _("Please choose an answer.")}
