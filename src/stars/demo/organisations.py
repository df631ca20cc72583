"""Organisations of the demonstration."""

from stars.demo import texts
from stars.organisations.enums import OrganisationKind
from stars.organisations.models import Organisation


def make_organisations() -> dict[str, Organisation]:
    """The agency, the ministry and the institutions, by slug."""
    made = Organisation.objects.bulk_create(
        [*map(_authority, texts.authorities()), *map(_institution, texts.institutions())]
    )
    return {organisation.slug: organisation for organisation in made}


def _authority(row: dict[str, str]) -> Organisation:
    values = {name: value for name, value in row.items() if name != "municipality"}
    return Organisation(municipality_id=f"muni-{row['municipality']}", **values)


def _institution(text: texts.InstitutionText) -> Organisation:
    is_municipal = text.kind == "municipality"
    return Organisation(
        kind=OrganisationKind.MUNICIPALITY if is_municipal else OrganisationKind.INSTITUTION,
        slug=text.slug,
        name=text.name,
        short_name=text.short_name,
        registration_number=text.registration_number,
        municipality_id=f"muni-{text.municipality}",
        address=text.address,
        email=text.email,
        phone=text.phone,
        website=text.website,
        description=text.description,
    )
