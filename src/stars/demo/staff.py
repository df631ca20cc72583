"""People of the demonstration who work for organisations."""

from collections.abc import Mapping
from dataclasses import dataclass

from stars.actors.actor import SYSTEM, Actor
from stars.common import clock
from stars.demo.people import arrive
from stars.integrations.identity.simulator.people import KNOWN_INSTITUTION, simulated_people
from stars.organisations import operations
from stars.organisations.enums import MemberRole
from stars.organisations.models import Membership, Organisation
from stars.organisations.queries import actor_by
from stars.people.models import Person

# Teaches under MN and IMK, and more than any other.
INSTITUTION, OTHER_INSTITUTION = "tresa-maina", "lugazu-tehnikums"
AGENCY, MINISTRY = "viaa", "varam"


@dataclass(frozen=True, slots=True)
class _Post:
    """Where somebody works, and as what."""

    organisation: str
    role: MemberRole
    job_title: str


_POSTS = {
    "institution-admin": _Post(INSTITUTION, MemberRole.ADMIN, "Direktore"),
    "institution-officer": _Post(INSTITUTION, MemberRole.OFFICER, "Mācību daļas vadītājs"),
    "other-institution-officer": _Post(OTHER_INSTITUTION, MemberRole.OFFICER, "Uzņemšanas speciāliste"),
    "agency-officer": _Post(AGENCY, MemberRole.ADMIN, "Nodaļas vadītāja"),
    "second-agency-officer": _Post(AGENCY, MemberRole.OFFICER, "Vecākais eksperts"),
    "varam-officer": _Post(MINISTRY, MemberRole.OFFICER, "Projektu koordinatore"),
    "two-hats": _Post(INSTITUTION, MemberRole.OFFICER, "Pasniedzējs"),
    "institution-employee": _Post(INSTITUTION, MemberRole.OFFICER, "Lietvede"),
}


def employ_people(organisations: Mapping[str, Organisation]) -> dict[str, Person]:
    """Everybody who works somewhere, by the slug that the simulator knows them by."""
    organisations[INSTITUTION].identity_code = KNOWN_INSTITUTION
    organisations[INSTITUTION].save(update_fields=["identity_code"])
    people = {person.slug: person for person in simulated_people(clock.today())}
    return {slug: _employ(arrive(people[slug]), post, organisations) for slug, post in _POSTS.items()}


def _employ(person: Person, post: _Post, organisations: Mapping[str, Organisation]) -> Person:
    operations.grant(
        organisations[post.organisation],
        person,
        role=post.role,
        job_title=post.job_title,
        basis_document="Rīkojums Nr. 1-5/12",
        by=SYSTEM,
    )
    return person


def actor_at_work(person: Person) -> Actor:
    """The person acting for the organisation that employs them."""
    return actor_by(Membership.objects.select_related("organisation").get(person=person), person)
