"""Which version of its source's rules an application is judged by."""

from stars.applications.models import Application
from stars.funding.queries import rules_at, rules_version
from stars.schemes.parameters import Parameters


def rules_of(application: Application) -> Parameters:
    """The parameters that were in force when it was submitted: later changes do not reach it, on that day either."""
    if application.submitted_at is None:
        raise ValueError("a draft has no rules yet")
    return rules_at(application.scheme, application.submitted_at)


def rules_name(application: Application) -> str:
    """The version as decisions store it."""
    return rules_version(application.scheme, rules_of(application))
