"""What the acts on applicants and learners ask: once for all, and beside each person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.applications.enums import ExpulsionReason, Reason
from stars.applications.models import Application
from stars.enrolments.enums import Act
from stars.enrolments.forms.base import ActForm, PastDateField
from stars.ui.forms import MoneyField
from stars.ui.templatetags.ui import day as day_name

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
    """The contracts, and the co-payments when they were paid. A day beside a person goes before the one for all, so
    that what was noted earlier stays when more is noted later."""

    contract_on = PastDateField(
        label=gettext_lazy("Day of the contract"),
        required=False,
        help_text=gettext_lazy("For everybody beside whom no day stands."),
    )
    copayment_paid_on = PastDateField(
        label=gettext_lazy("Day of the co-payment"),
        required=False,
        initial=None,
        help_text=gettext_lazy(
            "For everybody with a sum beside whom no day stands. Leave it empty while nothing is paid."
        ),
    )

    ROW = {
        "contract_number": lambda _application, enrolment: forms.CharField(
            label=gettext_lazy("Number of the contract"),
            max_length=60,
            initial=enrolment.contract_number if enrolment else "",
            error_messages={"required": gettext_lazy("Write the number of the contract.")},
        ),
        "contract_on": lambda _application, enrolment: PastDateField(
            label=gettext_lazy("Signed on"),
            required=False,
            initial=enrolment.contract_on if enrolment else None,
        ),
        "copayment_paid_cents": lambda application, enrolment: MoneyField(
            label=gettext_lazy("Co-payment, €"),
            required=False,
            initial=(enrolment.copayment_paid_cents if enrolment else 0) or application.copayment_cents or 0,
        ),
        "copayment_paid_on": lambda _application, enrolment: PastDateField(
            label=gettext_lazy("Paid on"),
            required=False,
            initial=enrolment.copayment_paid_on if enrolment else None,
        ),
    }

    def clean(self) -> None:
        """Every contract has a day."""
        shared = self.cleaned_data.get("contract_on")
        without = [row for row, _ in self.people if not self.cleaned_data.get(f"contract_on_{row.pk}")]
        if without and not shared and "contract_on" not in self.errors:
            self.add_error("contract_on", _("Write the day of the contract."))

    def values(self, application: Application) -> dict[str, Any]:
        """A sum counts when its day is given."""
        own = {name: self.cleaned_data[f"{name}_{application.pk}"] for name in self.ROW}
        shared = self.cleaned_data
        cents, paid_on = own["copayment_paid_cents"], own["copayment_paid_on"] or shared["copayment_paid_on"]
        is_paid = bool(cents) and paid_on is not None
        return {
            "contract_number": own["contract_number"],
            "contract_on": own["contract_on"] or shared["contract_on"],
            "copayment_paid_cents": cents if is_paid else 0,
            "copayment_paid_on": paid_on if is_paid else None,
        }


class AttendanceForm(ActForm):
    """Hours that were attended so far."""

    ROW = {
        "hours": lambda _application, enrolment: forms.IntegerField(
            label=gettext_lazy("Hours attended"),
            min_value=0,
            max_value=enrolment.hours_planned if enrolment else _MOST_HOURS,
            initial=enrolment.hours_attended if enrolment else None,
            error_messages={
                "required": gettext_lazy("Write the hours."),
                "max_value": gettext_lazy("The programme has %(limit_value)s h; nobody can attend more."),
            },
        )
    }


class CompleteForm(ActForm):
    """The documents."""

    document_on = PastDateField(
        label=gettext_lazy("Day of the document"),
        error_messages={"required": gettext_lazy("Please give the day of the document.")},
    )

    ROW = {
        "document_number": lambda _application, _enrolment: forms.CharField(
            label=gettext_lazy("Number of the document"),
            max_length=60,
            error_messages={"required": gettext_lazy("Write the number of the document.")},
        ),
        "grade": lambda _application, _enrolment: forms.IntegerField(
            label=gettext_lazy("Grade, or empty: passed"), min_value=1, max_value=10, required=False
        ),
    }

    def clean_document_on(self) -> date:
        """Raises ValidationError for a day before the group began."""
        day: date = self.cleaned_data["document_on"]
        if day < self.group.starts_on:
            raise ValidationError(
                _("The group began on %(day)s; its documents cannot be older.")
                % {"day": day_name(self.group.starts_on)}
            )
        return day

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
    on = PastDateField(
        label=gettext_lazy("Day of the expulsion"),
        error_messages={"required": gettext_lazy("Please give the day of the expulsion.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=500, widget=forms.Textarea({"rows": 3})
    )

    def clean_on(self) -> date:
        """Raises ValidationError for a day before somebody's contract."""
        day: date = self.cleaned_data["on"]
        for application, enrolment in self.people:
            if enrolment is not None and day < enrolment.contract_on:
                raise ValidationError(
                    _("The contract of %(name)s is of %(day)s; the expulsion cannot be earlier.")
                    % {
                        "name": application.applicant.full_name,
                        "day": day_name(enrolment.contract_on),
                    }
                )
        return day


FORMS: Mapping[Act, type[ActForm]] = {
    Act.ADMIT: ActForm,
    Act.WAIT: ActForm,
    Act.NOT_ADMIT: NotAdmitForm,
    Act.CONTRACT: ContractForm,
    Act.ATTENDANCE: AttendanceForm,
    Act.COMPLETE: CompleteForm,
    Act.EXPEL: ExpelForm,
}
