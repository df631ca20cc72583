"""Telling an institution in time that a group begins soon and has fewer learners than it needs."""

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.applications import notices
from stars.applications.queries.places import SHORT_WORKDAYS, below_minimum
from stars.common import clock
from stars.common.rows import each
from stars.common.workdays import add_workdays
from stars.organisations.queries import memberships_in_force


def warn_of_short_groups(*, by: Actor) -> int:
    """Tell everybody who acts for the institution, one time for each group; how many were told now.

    Whether the group takes place the institution decides. Raises `NotPermitted`.
    """
    by.must(Permission.APPLICATION_LAPSE)
    today = clock.today()
    found = (
        (group, membership.person)
        for group in below_minimum(today, add_workdays(today, SHORT_WORKDAYS))
        for membership in memberships_in_force()
        .filter(organisation_id=group.programme.institution_id)
        .exclude(person__email="")
        .select_related("person")
    )
    return each(found, lambda row: notices.short_of_learners(*row, admitted=vars(row[0])["admitted"] or 0))
