"""One of everything that an address can name, all of it one citizen's, one institution's and MN's."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import URLPattern
from django.utils import timezone
from tests.architecture.test_routes import ROUTES
from tests.factories import PersonFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.assessments import make_bank, taken
from tests.factories.learning import PROMISED, DecisionFactory
from tests.surveys.made import invited, published
from tests.world import RIGA, make_group, make_programme, make_round, make_staff

from stars.actors.actor import SYSTEM, Actor
from stars.applications.enums import Action
from stars.applications.models import Application
from stars.catalogue.models import Group, Programme, Round
from stars.catalogue.operations import approval
from stars.catalogue.operations.requests import waiting
from stars.enrolments import operations as enrolments
from stars.funding import operations as funding
from stars.funding.models import LedgerEntry
from stars.merging import operations as merging
from stars.organisations.models import Invitation, Membership
from stars.organisations.operations import invite
from stars.people import operations as people
from stars.people.models import Person

FAMILY_NAME, EMAIL, PHONE = "Ozoldeguniece", "ozoldeguniece@klients.example", "+37129876501"
BEYOND_ANY_COLUMN = 10**25


@dataclass
class Estate:
    """What there is, and the addresses that lead to it."""

    owner: Person
    programme: Programme
    group: Group
    round: Round
    application: Application
    officer: Actor
    admin: Actor
    agency: Actor
    values: dict[str, dict[str, Any]] = field(default_factory=dict)

    def address(self, route: str) -> str:
        """The route with its parts filled; KeyError names one that this estate does not have yet."""
        place = max((known for known in self.values if route.startswith(known)), key=len)
        return filled(route, self.values[""] | self.values[place])


def filled(route: str, values: dict[str, Any]) -> str:
    """The address with these values."""
    for piece in route.split("<")[1:]:
        part = piece.split(">")[0]
        route = route.replace(f"<{part}>", str(values[part.split(":")[-1]]), 1)
    return f"/{route}"


def closed_routes(*places: str) -> list[str]:
    """Every address under these places that is not open to everybody, also of views that are still to come."""
    return [
        route
        for route, pattern in ROUTES.items()
        if route.startswith(places) and not _view(pattern).is_public
    ]


def parts_of(route: str) -> dict[str, str]:
    """Name and kind of each part of an address that varies."""
    return {piece.split(">")[0].split(":")[-1]: piece.split(":")[0] for piece in route.split("<")[1:]}


def _view(pattern: URLPattern) -> Any:
    return pattern.callback.view_class


def make_estate() -> Estate:
    """Everything, through the operations where there are any."""
    owner = PersonFactory(given_name="Aurēlija", family_name=FAMILY_NAME, email=EMAIL, phone=PHONE)
    by = people.actor_of(owner)
    officer = make_staff(1, "institution")
    admin = make_staff(2, "institution", role="admin")
    agency = make_staff(3, "agency")
    rounds = {scheme: make_round(scheme) for scheme in ("IMK", "MN")}
    programme = make_programme()
    today = timezone.localdate()
    group = make_group(
        programme, RIGA, rounds=[rounds["MN"]], starts_on=today - timedelta(days=5), price_cents=40_000
    )
    application = ApplicationFactory(
        applicant=owner, admitted=True, programme=programme, group=group, round=rounds["MN"],
        email=EMAIL, phone=PHONE, support_cents=36_000, copayment_cents=4_000, promised=PROMISED,
    )  # fmt: skip
    decision = DecisionFactory(application=application, action=Action.CONFIRM)
    funding.hold(
        application_number=application.number, programme="", person=owner, round=rounds["MN"], scheme="MN",
        amount_cents=36_000, reference="confirm:1", by=SYSTEM,
    )  # fmt: skip
    enrolments.enrol(application, contract_number="L-1", contract_on=today, by=officer)
    funding.pay(application.number, reference="pay:1", reason="", by=SYSTEM)
    payment = LedgerEntry.objects.get(kind="payment")
    correction = funding.propose_correction(payment.pk, reason="Kļūda", by=agency)
    twin = PersonFactory(given_name="Aurēlija", family_name=f"{FAMILY_NAME}-Otrā")
    merge = merging.propose(owner, twin, "Viena persona", by=agency)
    planned = make_group(programme, RIGA, rounds=[], status="planned", price_cents=40_000)
    approval.send_group(planned, by=officer)
    invite(
        Membership.objects.get(person_id=admin.person_id).organisation,
        email="kads@skola.example", role="officer", basis_document="Rīkojums", by=admin,
    )  # fmt: skip
    bank = make_bank()
    attempt = taken(by)
    survey = published()
    asked = invited(owner, programme=programme, round=rounds["MN"])
    membership = Membership.objects.get(person_id=officer.person_id)
    estate = Estate(owner, programme, group, rounds["MN"], application, officer, admin, agency)
    request = waiting(planned)
    estate.values = {
        "": {
            "programme_id": programme.pk, "group_id": group.pk, "round_id": rounds["MN"].pk,
            "offer_id": group.offers.get().pk, "decision_id": decision.pk, "request_id": request.pk,
            "kept_id": owner.pk, "merged_id": twin.pk, "slug": membership.organisation.slug,
            "entry_id": payment.pk, "proposal_id": correction.pk, "scheme": "MN",
            "instrument": bank.instrument, "version": bank.version, "version_id": survey.pk,
            "kind": "csv", "act": "attendance", "step": "publish", "form": "registration", "page": 1,
            "public_id": application.public_id, "number": membership.pk, "token": "izdomats",
        },
        "agentura/personas/apvienosanas/": {"number": merge.pk},
        "darbs/komanda/uzaicinajumi/": {"number": Invitation.objects.get().pk},
        "profils/testi/": {"public_id": attempt.public_id},
        "profils/anketas/": {"public_id": asked.public_id, "number": 1},
        "profils/pieteikumi/": {"step": "contact"},
    }  # fmt: skip
    return estate
