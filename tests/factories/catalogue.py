"""Programmes, groups, rounds and offers. Dates are counted from today."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from tests.factories.organisations import OrganisationFactory

from stars.catalogue.enums import GroupStatus, ProgrammeStatus, Schedule, StudyForm
from stars.catalogue.models import Group, GroupOffer, Programme, Round


class ProgrammeFactory(DjangoModelFactory):
    """A published module of 72 hours in ICT. Traits: `draft`, `withdrawn`."""

    class Meta:
        model = Programme

    class Params:
        draft = factory.Trait(status=ProgrammeStatus.DRAFT, published_at=None)
        withdrawn = factory.Trait(status=ProgrammeStatus.WITHDRAWN)

    institution = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda number: f"P-{number:04d}")
    title = factory.Sequence(lambda number: f"Datu analīze {number}")
    kind_id = "kind-modulis"
    field_id = "field-ikt"
    hours = 72
    study_form = StudyForm.ONSITE
    summary = "Kā lasīt datus un pastāstīt par tiem."
    contents = "- Tabulas\n- Diagrammas"
    outcomes = "- Izveido pārskatu."
    prior_education = "Vidējā izglītība."
    prior_knowledge = "Prasme lietot datoru."
    document = "Moduļa apliecība"
    status = ProgrammeStatus.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)


class RoundFactory(DjangoModelFactory):
    """A round of MN that is open now. Traits: `past`, `coming`."""

    class Meta:
        model = Round

    class Params:
        opened_days_ago = 10
        closes_in_days = 20
        past = factory.Trait(opened_days_ago=60, closes_in_days=-30)
        coming = factory.Trait(opened_days_ago=-7, closes_in_days=30)

    scheme = "MN"
    name = factory.Sequence(lambda number: f"{number + 1}. kārta")
    opens_at = factory.LazyAttribute(lambda made: timezone.now() - timedelta(days=made.opened_days_ago))
    closes_at = factory.LazyAttribute(lambda made: timezone.now() + timedelta(days=made.closes_in_days))
    learning_from = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    learning_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=400))


class GroupFactory(DjangoModelFactory):
    """An evening group in Rīga with 12 free seats, from the fortieth to the ninetieth day. Traits: `remote`, `full`."""

    class Meta:
        model = Group

    class Params:
        remote = factory.Trait(is_remote=True, municipality_id=None, address="")
        full = factory.Trait(seats_taken=12)

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda number: f"{number + 1}. grupa")
    municipality_id = "muni-0001000"
    address = "Skolas iela 1, Rīga, LV-1001"
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=40))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=90))
    schedule = Schedule.EVENINGS
    seats_min = 6
    seats_max = 12
    seats_taken = 0
    status = GroupStatus.PUBLISHED


class GroupOfferFactory(DjangoModelFactory):
    """MN pays 400 € for a place, the learner 40 € of them, a low-income learner nothing."""

    class Meta:
        model = GroupOffer

    group = factory.SubFactory(GroupFactory)
    round = factory.SubFactory(RoundFactory)
    price_cents = 40_000
    copayment_cents = 4_000
    low_income_copayment_cents = 0
