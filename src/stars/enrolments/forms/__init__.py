"""Forms of institutions about learning."""

from stars.enrolments.forms.acts import FORMS
from stars.enrolments.forms.base import ActForm
from stars.enrolments.forms.groups import CancelGroupForm, OutcomesFile

__all__ = ["FORMS", "ActForm", "CancelGroupForm", "OutcomesFile"]
