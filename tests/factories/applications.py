"""Applications, written straight into the tables: for tests of what comes after, not of the way there."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from tests.factories.catalogue import GroupFactory, ProgrammeFactory, RoundFactory
from tests.factories.people import PersonFactory

from stars.applications.enums import Status, WithdrawalReason
from stars.applications.models import Application

_ENDED = {"ended_at": factory.LazyFunction(timezone.now)}


class ApplicationFactory(DjangoModelFactory):
    """A draft for MN. Traits name later states; `is_whole` is all that a submitted application has."""

    class Meta:
        model = Application

    class Params:
        is_whole = factory.Trait(
            number=factory.Sequence(lambda count: f"T-{count + 1:06d}"),
            submitted_at=factory.LazyFunction(timezone.now),
            round=factory.SubFactory(RoundFactory, scheme=factory.SelfAttribute("..scheme")),
            municipality_id="muni-0001000",
            email="ilze@klients.example",
            phone="+37120000000",
            economic_status_id="econ-employee",
            education_id="edu-05",
            choice_reasons=["choice-change-job"],
            promised={},
            findings=[],
        )
        submitted = factory.Trait(is_whole=True, status=Status.SUBMITTED)
        eligible = factory.Trait(is_whole=True, status=Status.ELIGIBLE)
        seated = factory.Trait(
            group=factory.SubFactory(GroupFactory, programme=factory.SelfAttribute("..programme"))
        )
        admitted = factory.Trait(is_whole=True, seated=True, status=Status.ADMITTED)
        refused = factory.Trait(is_whole=True, status=Status.REFUSED, **_ENDED)
        completed = factory.Trait(is_whole=True, seated=True, status=Status.COMPLETED, **_ENDED)
        withdrawn = factory.Trait(
            is_whole=True, status=Status.WITHDRAWN, withdrawal_reason=WithdrawalReason.NO_TIME, **_ENDED
        )

    applicant = factory.SubFactory(PersonFactory)
    scheme = "MN"
    programme = factory.SubFactory(ProgrammeFactory)
    status = Status.DRAFT
