"""Which group of a programme a person asked for: by the form, or later by joining its list."""

from collections.abc import Iterable

from stars.applications.enums import Action, Happening
from stars.applications.models import Application, TimelineEntry
from stars.applications.places import place_code, place_code_of
from stars.catalogue.models import Group
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES

# Sources whose form lets people choose the group itself; elsewhere they choose the place.
BY_GROUP = tuple(code.value for code, scheme in SCHEMES.items() if scheme.group_from_period)


def joined_lists(applications: Iterable[int]) -> set[tuple[int, int]]:
    """The keys of application and group wherever the person, not the institution, took a place in the group's list."""
    rows = TimelineEntry.objects.filter(
        application__in=list(applications),
        action__in=[Action.JOIN, Happening.PLACE_TAKEN],
        actor_role="citizen",
    )
    return set(rows.order_by().values_list("application_id", "details__group_id"))


def is_chosen(application: Application, group: Group, *, stands: bool, joined: set[tuple[int, int]]) -> bool:
    """Whether the person asked for this group; `stands`: they have a live place in its list.

    A place in a list that the institution gave is no choice of the person's, unless the form fits; accepting an offer
    is.
    """
    if stands and (application.pk, group.pk) in joined:
        return True
    if SchemeCode(application.scheme) in BY_GROUP:
        return application.group_id == group.pk
    return place_code(group) == place_code_of(application)
