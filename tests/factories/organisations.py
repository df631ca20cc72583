"""Organisations."""

import factory
from factory.django import DjangoModelFactory

from stars.organisations.enums import OrganisationKind
from stars.organisations.models import Organisation


class OrganisationFactory(DjangoModelFactory):
    """An institution in Rīga."""

    class Meta:
        model = Organisation

    kind = OrganisationKind.INSTITUTION
    slug = factory.Sequence(lambda number: f"tehnikums-{number}")
    name = factory.Sequence(lambda number: f"{number}. tehnikums")
    registration_number = factory.Sequence(lambda number: f"{40_000_000_000 + number}")
    municipality_id = "muni-0001000"
    address = "Skolas iela 1, Rīga, LV-1001"
    email = "skola@iestade.example"
    phone = "+371 20000000"
