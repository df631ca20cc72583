"""What the acts on applicants and learners ask: once for all, and beside each person."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.applications.enums import ExpulsionReason, Reason
from stars.applications.models import Application
from stars.common import clock
from stars.enrolments.enums import Act
from stars.enrolments.models import Enrolment
from stars.ui.forms import DayField, MoneyField

# Reasons of an institution; the others are the authority's.
NOT_ADMITTED = (
    Reason.PRIOR_EDUCATION,
    Reason.NO_SEATS,
    Reason.GROUP_NOT_FORMED,
    Reason.GROUP_CANCELLED,
    Reason.NO_SHOW,
    Reason.OTHER,
)
_MOST_HOURS = 5_000


class PastDateField(DayField):
    """A day that is not to come."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"initial": clock.today, **kwargs})

    def validate(self, value: Any) -> None:
        """Raises ValidationError for a day in the future."""
        super().validate(value)
        if isinstance(value, date) and value > clock.today():
            raise ValidationError(_("The day lies in the future."))


class ActForm(forms.Form):
    """The base: nothing is asked. `people` are those to whom it will be done, with their learning if there is any."""

    # Name of the field beside each person, and how it is made.
    ROW: Mapping[str, Callable[[Application, Enrolment | None], forms.Field]] = {}

    def __init__(
        self, *args: Any, people: Sequence[tuple[Application, Enrolment | None]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for application, enrolment in people:
            for name, make in self.ROW.items():
                self.fields[f"{name}_{application.pk}"] = make(application, enrolment)

    @property
    def common(self) -> list[BoundField]:
        """The fields that are asked once."""
        return [self[name] for name in self.base_fields]

    @property
    def row_labels(self) -> list[Any]:
        """Headings of the fields beside each person."""
        if not self.people:
            return []
        key = self.people[0][0].pk
        return [self.fields[f"{name}_{key}"].label for name in self.ROW]

    def beside(self, application: Application) -> list[BoundField]:
        """The fields beside this person."""
        return [self[f"{name}_{application.pk}"] for name in self.ROW]

    def values(self, application: Application) -> dict[str, Any]:
        """What the operation needs; to be called on a valid form."""
        shared = {name: self.cleaned_data[name] for name in self.base_fields}
        return shared | {name: self.cleaned_data[f"{name}_{application.pk}"] for name in self.ROW}


class NotAdmitForm(ActForm):
    """Why."""

    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Why are they not admitted?"),
        choices=[(reason.value, reason.label) for reason in NOT_ADMITTED],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Please choose at least one reason.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the applicants"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


class ContractForm(ActForm):
    """The contracts, and the co-payments when they were paid."""

    contract_on = PastDateField(label=gettext_lazy("Day of the contract"))
    copayment_paid_on = PastDateField(
        label=gettext_lazy("Day of the co-payment"),
        required=False,
        initial=None,
        help_text=gettext_lazy("Leave it empty while nothing is paid."),
    )

    ROW = {
        "contract_number": lambda _application, enrolment: forms.CharField(
            label=gettext_lazy("Number of the contract"),
            max_length=60,
            initial=enrolment.contract_number if enrolment else "",
        ),
        "copayment_paid_cents": lambda application, enrolment: MoneyField(
            label=gettext_lazy("Co-payment, €"),
            required=False,
            initial=(enrolment.copayment_paid_cents if enrolment else 0) or application.copayment_cents or 0,
        ),
    }

    def values(self, application: Application) -> dict[str, Any]:
        """A sum counts when its day is given."""
        values = super().values(application)
        cents = values["copayment_paid_cents"] or 0
        if values["copayment_paid_on"] is None or not cents:
            return values | {"copayment_paid_cents": 0, "copayment_paid_on": None}
        return values


class AttendanceForm(ActForm):
    """Hours that were attended so far."""

    ROW = {
        "hours": lambda _application, enrolment: forms.IntegerField(
            label=gettext_lazy("Hours attended"),
            min_value=0,
            max_value=enrolment.hours_planned if enrolment else _MOST_HOURS,
            initial=enrolment.hours_attended if enrolment else None,
            error_messages={
                "max_value": gettext_lazy("The programme has %(limit_value)s h; nobody can attend more.")
            },
        )
    }


class CompleteForm(ActForm):
    """The documents."""

    document_on = PastDateField(label=gettext_lazy("Day of the document"))

    ROW = {
        "document_number": lambda _application, _enrolment: forms.CharField(
            label=gettext_lazy("Number of the document"), max_length=60
        ),
        "grade": lambda _application, _enrolment: forms.IntegerField(
            label=gettext_lazy("Grade, or empty: passed"), min_value=1, max_value=10, required=False
        ),
    }

    def values(self, application: Application) -> dict[str, Any]:
        """Without a grade it was passed."""
        values = super().values(application)
        return values | {"passed": True if values["grade"] is None else None}


class ExpelForm(ActForm):
    """Why, and since when."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why are they expelled?"),
        choices=ExpulsionReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose a reason.")},
    )
    on = PastDateField(label=gettext_lazy("Day of the expulsion"))
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=500, widget=forms.Textarea({"rows": 3})
    )


FORMS: Mapping[Act, type[ActForm]] = {
    Act.ADMIT: ActForm,
    Act.WAIT: ActForm,
    Act.NOT_ADMIT: NotAdmitForm,
    Act.CONTRACT: ContractForm,
    Act.ATTENDANCE: AttendanceForm,
    Act.COMPLETE: CompleteForm,
    Act.EXPEL: ExpelForm,
}


class CancelGroupForm(forms.Form):
    """Why a group does not take place."""

    reason = forms.CharField(
        label=gettext_lazy("What shall the learners be told?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Please say why the group is cancelled.")},
    )
    not_formed = forms.BooleanField(label=gettext_lazy("There were too few learners"), required=False)


class OutcomesFile(forms.Form):
    """A table of outcomes."""

    file = forms.FileField(
        label=gettext_lazy("Table with outcomes (XLSX or CSV)"),
        max_length=200,
        error_messages={"required": gettext_lazy("Please choose a file.")},
    )
