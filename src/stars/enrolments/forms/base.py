"""What the forms of all acts share: days that have been, fields once for all and beside each person."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from stars.applications.models import Application
from stars.catalogue.models import Group
from stars.common import clock
from stars.enrolments.models import Enrolment
from stars.ui.forms import DayField

_LONGEST_AGO = timedelta(days=5 * 365)


class PastDateField(DayField):
    """A day that is not to come, and not so long ago that a digit of the year must be wrong."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"initial": clock.today, **kwargs})

    def validate(self, value: Any) -> None:
        """Raises ValidationError for a day in the future or long ago."""
        super().validate(value)
        if isinstance(value, date) and value > clock.today():
            raise ValidationError(_("The day lies in the future."))
        if isinstance(value, date) and value < clock.today() - _LONGEST_AGO:
            raise ValidationError(_("The day lies more than five years back."))


class ActForm(forms.Form):
    """The base: nothing is asked. `people` of the `group` are those to whom it will be done, with their learning if
    there is any."""

    # Name of the field beside each person, and how it is made.
    ROW: Mapping[str, Callable[[Application, Enrolment | None], forms.Field]] = {}

    def __init__(
        self,
        *args: Any,
        group: Group,
        people: Sequence[tuple[Application, Enrolment | None]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.people = group, people
        self.row_labels: list[Any] = []
        for application, enrolment in people:
            made = {name: make(application, enrolment) for name, make in self.ROW.items()}
            self.row_labels = [field.label for field in made.values()]
            for name, field in made.items():
                # The same field stands beside everybody: its name says whose it is.
                field.label = f"{field.label}, {application.applicant.full_name}"
                self.fields[f"{name}_{application.pk}"] = field

    @property
    def common(self) -> list[BoundField]:
        """The fields that are asked once."""
        return [self[name] for name in self.base_fields]

    def beside(self, application: Application) -> list[tuple[Any, BoundField]]:
        """The fields beside this person, each with its heading."""
        return list(
            zip(self.row_labels, (self[f"{name}_{application.pk}"] for name in self.ROW), strict=True)
        )

    def values(self, application: Application) -> dict[str, Any]:
        """What the operation needs; to be called on a valid form."""
        shared = {name: self.cleaned_data[name] for name in self.base_fields}
        return shared | {name: self.cleaned_data[f"{name}_{application.pk}"] for name in self.ROW}
