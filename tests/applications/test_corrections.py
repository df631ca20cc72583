"""What a correction changed, in words: before it is sent, and for the officer afterwards."""

from collections.abc import Callable

from django.utils import translation
from tests.applications.deciding import agency_officer, corrected, sent_back, submitted
from tests.world import OGRE, World

from stars.actors.actor import Actor
from stars.applications import operations
from stars.applications.corrections import Correction, difference
from stars.applications.models import Application
from stars.people.models import Person

Filled = Callable[..., Application]


def _plain(application: Application, proposed: dict[str, list[str]] | None = None) -> list[tuple[str, ...]]:
    with translation.override("lv"):
        return [(str(row.label), row.before, row.after) for row in difference(application, proposed)]


def test_what_was_never_returned_has_no_difference(filled: Filled, person: Person) -> None:
    assert difference(submitted(filled, person)) == []


def test_before_and_after_in_words(filled: Filled, person: Person, by: Actor, world: World) -> None:
    returned = sent_back(submitted(filled, person), "place", "education", by=agency_officer())
    sent = corrected(place=OGRE, period=str(world.groups[1].pk), education="edu-06", occupation="Cita")
    proposed = Correction(returned).proposed(sent)

    will_be = _plain(returned, proposed)
    assert [(row[1], row[2]) for row in will_be if row[1] != row[2]] == [("Rīga", "Ogres novads")]
    assert len(will_be) == 3
    # Nothing is stored by looking.
    assert all(row.before == row.after for row in difference(returned))

    again = operations.resubmit(returned, sent, by=by)
    assert _plain(again) == will_be


def test_who_does_not_work_any_more(filled: Filled, person: Person, by: Actor) -> None:
    officer = agency_officer()
    returned = sent_back(submitted(filled, person, "IMK"), "occupation", by=officer)
    operations.resubmit(
        returned, corrected(economic_status="econ-unemployed", not_working="on", occupation=""), by=by
    )
    rows = _plain(returned)
    assert rows[-1][1:] == ("Pavāre", "Nestrādāju")

    second = sent_back(returned, "occupation", by=officer)
    assert _plain(second)[-1][1] == "Nestrādāju"
