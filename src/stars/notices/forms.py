"""Choosing what one is written to about."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from stars.notices.enums import ALWAYS, Category
from stars.notices.queries import wanted_by


class NoticesForm(forms.Form):
    """The categories that may be declined, each ticked while it is e-mailed."""

    wanted = forms.MultipleChoiceField(
        label=_("E-mail me"),
        choices=[(each.value, each.label) for each in Category if each not in ALWAYS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Please choose from the list.")},
    )

    def __init__(self, *args: Any, person_id: UUID, **kwargs: Any) -> None:
        chosen = [category.value for category, is_sent in wanted_by(person_id).items() if is_sent]
        super().__init__(*args, **kwargs)
        self.initial.setdefault("wanted", chosen)
