"""What tests of decisions share: officers, submitted applications, running registers."""

from collections.abc import Callable

from django.utils.datastructures import MultiValueDict
from tests.world import make_staff

from stars.actors.actor import Actor
from stars.applications import operations
from stars.applications.enums import Register
from stars.applications.models import Application, RegisterAnswer
from stars.applications.operations import registers
from stars.integrations.registers.types import Outcome, Said
from stars.people import operations as people
from stars.people.models import Person

Filled = Callable[..., Application]


def agency_officer(number: int = 1) -> Actor:
    """Decides on the agency's sources."""
    return make_staff(number, "agency")


def ministry_officer(number: int = 50) -> Actor:
    """Decides on the ministry's source only."""
    return make_staff(number, "ministry")


def submitted(filled: Filled, person: Person, scheme: str = "MN", **chosen: object) -> Application:
    """An application that waits for a decision."""
    return operations.submit(filled(person, scheme, **chosen), by=people.actor_of(person))


def sent_back(application: Application, *fields: str, by: Actor) -> Application:
    """Returned for correction of these fields."""
    return operations.send_back(application, fields=fields, reasons=["incomplete"], note="", by=by)


def corrected(**answers: str | list[str]) -> MultiValueDict[str, str]:
    """What the applicant sends."""
    return MultiValueDict(
        {name: [value] if isinstance(value, str) else value for name, value in answers.items()}
    )


def answered(application: Application, **said: str) -> None:
    """Registers say this about the application, whatever they said before: answered(application, tax="no")."""
    for register, answer in said.items():
        RegisterAnswer.objects.update_or_create(
            application=application, register=register, defaults={"answer": "pending"}
        )
        registers.keep(application, Register(register), Outcome(Said(answer)))
