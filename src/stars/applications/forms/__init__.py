"""Pages of the application form. A page may hold more fields than a scheme asks; the scheme names which."""

from stars.applications.forms.base import NOT_WORKING, StepContext, StepForm
from stars.applications.forms.pages import PAGES, form_for

__all__ = ["NOT_WORKING", "PAGES", "StepContext", "StepForm", "form_for"]
