"""The form in which an institution describes a group of a programme."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.catalogue.enums import Schedule
from stars.catalogue.forms.fields import named, number_field, text_field
from stars.catalogue.models import Group
from stars.catalogue.types import GroupDraft
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.common import clock
from stars.ui.forms import DayField, MoneyField

REMOTE = "attalinati"
_LONGEST_AHEAD = timedelta(days=5 * 365)


class GroupForm(forms.Form):
    """A group of a programme. `group` is what is corrected, `waiting` its values that wait for approval."""

    name = text_field("name", 80)
    place = forms.ChoiceField(**named("municipality_id"))
    address = text_field("address", 250, required=False)
    starts_on = DayField(**named("starts_on"))
    ends_on = DayField(**named("ends_on"))
    schedule = forms.ChoiceField(**named("schedule"), choices=Schedule.choices)
    schedule_note = text_field(
        "schedule_note",
        200,
        required=False,
        help_text=gettext_lazy("For example: Tuesdays and Thursdays 18.00–21.00"),
    )
    seats_min = number_field(
        "seats_min", 1_000, help_text=gettext_lazy("With fewer learners the group does not take place.")
    )
    seats_max = number_field("seats_max", 1_000)
    price = MoneyField(
        **named("price_cents"),
        help_text=gettext_lazy("The full price in euros. Which round pays for it, the agency decides."),
    )

    def __init__(
        self,
        *args: Any,
        group: Group | None = None,
        waiting: dict[str, Any] | None = None,
        taken: int = 0,
        **kwargs: Any,
    ) -> None:
        self._known = group
        initial: dict[str, Any] = {"seats_min": 1}
        if group is not None:
            stored = {name: getattr(group, name) for name in _GROUP_COLUMNS} | (waiting or {})
            remote, price = stored.pop("is_remote"), stored.pop("price_cents")
            place = REMOTE if remote else stored["municipality_id"]
            initial = stored | {"place": place, "price": price}
        super().__init__(*args, **kwargs | {"initial": initial})
        places = self.fields["place"]
        assert isinstance(places, forms.ChoiceField)
        kept = [initial["place"]] if initial.get("place") else []
        places.choices = [
            ("", _("Choose")),
            (REMOTE, _("Remotely")),
            *classifiers.choices(Kind.MUNICIPALITY, keep=kept),
        ]
        self._taken = taken if group is None else group.seats_taken

    def clean_starts_on(self) -> date:
        """A new first day does not lie behind us."""
        day: date = self.cleaned_data["starts_on"]
        known = self._known
        if day < clock.today() and (known is None or day != known.starts_on):
            raise ValidationError(_("The first day lies in the past."))
        return day

    def clean_seats_max(self) -> int:
        """Nobody loses a seat."""
        seats: int = self.cleaned_data["seats_max"]
        if seats < self._taken:
            raise ValidationError(_("Seats taken already: %(count)d.") % {"count": self._taken})
        return seats

    def clean(self) -> dict[str, Any]:
        """Days and seats in order."""
        data = super().clean() or self.cleaned_data
        if {"starts_on", "ends_on"} <= data.keys() and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day comes before the first."))
        elif "ends_on" in data and data["ends_on"] > clock.today() + _LONGEST_AHEAD:
            self.add_error("ends_on", _("The last day lies more than five years ahead."))
        if {"seats_min", "seats_max"} <= data.keys() and data["seats_min"] > data["seats_max"]:
            self.add_error("seats_min", _("The smallest number is above the number of seats."))
        return data

    def draft(self) -> GroupDraft:
        """The answers of a valid form."""
        data = dict(self.cleaned_data)
        place, price = data.pop("place"), data.pop("price")
        return GroupDraft(municipality=None if place == REMOTE else place, price_cents=price, **data)


_GROUP_COLUMNS = (
    "name",
    "is_remote",
    "municipality_id",
    "address",
    "starts_on",
    "ends_on",
    "schedule",
    "schedule_note",
    "seats_min",
    "seats_max",
    "price_cents",
)
