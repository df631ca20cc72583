"""One person's applications in every state, with what is told of them and the learning that followed."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from tests.factories.applications import ApplicationFactory
from tests.factories.catalogue import GroupFactory

from stars.applications.enums import Action, Happening, PlaceState, Reason, Status
from stars.applications.models import Application, Decision, TimelineEntry, WaitingPlace
from stars.enrolments.enums import EnrolmentStatus
from stars.enrolments.models import Enrolment
from stars.people.models import Person


class EnrolmentFactory(DjangoModelFactory):
    """Learning that goes on. Traits: `completed`, `expelled`."""

    class Meta:
        model = Enrolment

    class Params:
        is_over = factory.Trait(
            ended_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=9))
        )
        completed = factory.Trait(
            is_over=True,
            status=EnrolmentStatus.COMPLETED,
            document_number="MA-0042",
            document_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=8)),
            grade=9,
        )
        expelled = factory.Trait(is_over=True, status=EnrolmentStatus.EXPELLED, expulsion_reason="absence")

    person = factory.SelfAttribute("application.applicant")
    group = factory.SelfAttribute("application.group")
    contract_number = "L-1"
    contract_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=70))
    hours_planned = 72


class DecisionFactory(DjangoModelFactory):
    """A decision of the authority, some days ago."""

    class Meta:
        model = Decision

    action = Action.CONFIRM
    at = factory.LazyFunction(timezone.now)
    actor_role = "agency-officer"
    actor_label = "Darbiniece N."
    rules_version = "MN-2026-1/0"


def tell(
    application: Application,
    action: Action | Happening,
    status: Status,
    *,
    role: str = "citizen",
    ago: int = 0,
    **details: object,
) -> TimelineEntry:
    """A line on the timeline so many days ago, as `perform` writes it."""
    return TimelineEntry.objects.create(
        application=application,
        at=timezone.now() - timedelta(days=ago),
        action=action,
        status=status,
        actor_role=role,
        actor_label="Ilze P." if role == "citizen" else "Vārds Uzvārds",
        details=details,
    )


PROMISED = {
    "programme": "Datu analīze un vizualizācija",
    "institution": "Daugavas tehnikums",
    "document": "Moduļa apliecība",
    "hours": 72,
    "place": "Rīga",
    "address": "Skolas iela 1",
    "round": "1. kārta",
    "price_cents": 40_000,
    "copayment_cents": 4_000,
    "low_income_copayment_cents": 0,
    "rules_version": "MN-2026-1",
    "starts_on": "2027-01-12",
    "ends_on": "2027-03-20",
}


def offered(person: Person, *, hours: int = 30, **values: object) -> Application:
    """Waits, and a place is offered that has to be answered within so many hours."""
    application = ApplicationFactory(
        applicant=person, is_whole=True, status=Status.WAITING, **{"promised": PROMISED} | values
    )
    group = GroupFactory(programme=application.programme, name="DA-3")
    due = timezone.now() + timedelta(hours=hours)
    WaitingPlace.objects.create(
        application=application,
        group=group,
        rank=1,
        state=PlaceState.OFFERED,
        offered_at=timezone.now(),
        offer_due_at=due,
    )
    tell(application, Action.SUBMIT, Status.SUBMITTED, ago=20)
    tell(application, Action.CONFIRM, Status.ELIGIBLE, role="agency-officer", ago=12)
    tell(application, Action.JOIN, Status.WAITING, ago=11, group=group.name)
    tell(application, Happening.OFFERED, Status.WAITING, role="system", group=group.name, due=due.isoformat())
    return application


def returned(person: Person, *, days: int = 3, **values: object) -> Application:
    """Sent back for correction, with so many days left."""
    due = timezone.now() + timedelta(days=days)
    application = ApplicationFactory(
        applicant=person,
        is_whole=True,
        status=Status.RETURNED,
        correction_due_at=due,
        returned_fields=["occupation"],
        **{"promised": PROMISED} | values,
    )
    tell(application, Action.SUBMIT, Status.SUBMITTED, ago=6)
    tell(application, Action.RETURN, Status.RETURNED, role="agency-officer", reasons=["incomplete"])
    DecisionFactory(
        application=application,
        action=Action.RETURN,
        reasons=[Reason.INCOMPLETE],
        note="Lūdzu, norādiet amatu.",
        fields=["occupation"],
        due_at=due,
    )
    return application


def regrouped(person: Person, *, days: int = 5, **values: object) -> Application:
    """The group was cancelled before it began; another may be chosen for so many days."""
    application = ApplicationFactory(
        applicant=person,
        eligible=True,
        regroup_due_at=timezone.now() + timedelta(days=days),
        **{"promised": PROMISED} | values,
    )
    tell(application, Action.SUBMIT, Status.SUBMITTED, ago=30)
    tell(application, Action.ADMIT, Status.ADMITTED, role="institution-officer", ago=9)
    tell(
        application, Action.REGROUP, Status.ELIGIBLE, role="institution-officer", reasons=["group-cancelled"]
    )
    return application


def past(person: Person, **values: object) -> dict[str, Application]:
    """The five outcomes that the manual names, each once; learning where there was some. `values` are of each."""
    ended = timezone.now() - timedelta(days=9)
    began = {
        "starts_on": timezone.localdate() - timedelta(days=60),
        "ends_on": timezone.localdate() + timedelta(days=9),
    }
    of_group = {f"group__{name}": value for name, value in began.items()}
    made = {
        "withdrawn": ApplicationFactory(applicant=person, **values, withdrawn=True, ended_at=ended),
        "admitted": ApplicationFactory(applicant=person, **values, admitted=True, **of_group),
        "completed": ApplicationFactory(
            applicant=person, **values, completed=True, ended_at=ended, **of_group
        ),
        "expelled": ApplicationFactory(
            applicant=person,
            **values,
            is_whole=True,
            seated=True,
            status=Status.EXPELLED,
            ended_at=ended,
            **of_group,
        ),
        "refused": ApplicationFactory(applicant=person, **values, refused=True, ended_at=ended),
    }
    for name in ("admitted", "completed", "expelled"):
        tell(made[name], Action.ADMIT, Status.ADMITTED, role="institution-officer", ago=65)
    EnrolmentFactory(application=made["admitted"])
    EnrolmentFactory(application=made["completed"], completed=True)
    EnrolmentFactory(application=made["expelled"], expelled=True)
    return made
