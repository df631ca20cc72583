"""Which version of its source's rules an application is judged by."""

from django.utils.timezone import localdate

from stars.applications.models import Application
from stars.funding.queries import rules_for, rules_version
from stars.schemes.parameters import Parameters


def rules_of(application: Application) -> Parameters:
    """The parameters of the day on which it was submitted: later changes do not reach it."""
    if application.submitted_at is None:
        raise ValueError("a draft has no rules yet")
    return rules_for(application.scheme, localdate(application.submitted_at))


def rules_name(application: Application) -> str:
    """The version as decisions store it."""
    return rules_version(application.scheme, rules_of(application))
