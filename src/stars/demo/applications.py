"""Applications of the demonstration's people, made by the same operations as anybody's."""

from django.utils.datastructures import MultiValueDict

from stars.actors.actor import SYSTEM
from stars.applications import operations
from stars.applications.models import Application
from stars.applications.places import place_code
from stars.catalogue.models import Programme
from stars.catalogue.queries.offers import open_offers
from stars.common import clock
from stars.people import operations as people
from stars.people.models import Person
from stars.schemes.codes import SchemeCode


def approve_for_account(person: Person, programmes: list[Programme]) -> Application:
    """A submitted and confirmed IMK application: the person is approved for a learning account."""
    by = people.actor_of(person)
    programme, place = _first_open(programmes)
    application = operations.start(person, programme, SchemeCode.IMK, by=by)
    for step, answers in _answers(person, place).items():
        operations.keep_step(application, step, MultiValueDict(answers), by=by)
    return operations.confirm(operations.submit(application, by=by), by=SYSTEM)


def _first_open(programmes: list[Programme]) -> tuple[Programme, str]:
    """The first programme that IMK pays for now, and a place where it is taught."""
    for programme in programmes:
        for offer in open_offers(programme, SchemeCode.IMK, at=clock.now()):
            return programme, place_code(offer.group)
    raise LookupError("no programme of the demonstration is open under IMK")


def _answers(person: Person, place: str) -> dict[str, dict[str, list[str]]]:
    profile = person.profile
    return {
        "contact": {"email": [person.email], "phone": [person.phone], "region": ["region-riga"]},
        "place": {"place": [place]},
        "programme": {
            "knows_contents": ["on"],
            "not_learned_before": ["on"],
            "choice_reasons": ["choice-do-job-better"],
        },
        "background": {
            "economic_status": [profile.economic_status_id],
            "occupation": ["Grāmatvede"],
            "education": [profile.education_id],
        },
    }
