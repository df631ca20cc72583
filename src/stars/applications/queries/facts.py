"""The building of `Facts`: what is known of person, programme and round on the day."""

from datetime import datetime

from django.db.models import Q

from stars.applications.enums import OPEN, Status
from stars.applications.models import Application
from stars.applications.sources import is_open
from stars.catalogue.models import Programme
from stars.catalogue.queries.offers import offers_of
from stars.common import clock
from stars.people import queries as people
from stars.people.models import Person
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.eligibility import assess
from stars.schemes.types import Facts, Finding


def facts_about(person: Person, programme: Programme, scheme: SchemeCode, *, at: datetime) -> Facts:
    """Everything the rules ask about."""
    own = Application.objects.filter(applicant=person).filter(
        Q(status__in=OPEN) | Q(status=Status.COMPLETED, programme=programme)
    )
    rows = list(own.values_list("scheme", "programme_id", "status"))
    opened = [row for row in rows if row[2] in OPEN]
    offers = offers_of(programme, schemes=[scheme])
    return Facts(
        today=clock.today(),
        birth_date=people.birth_date(person),
        is_employed=people.is_employed(people.profile_of(person)),
        has_learned_programme=any(status == Status.COMPLETED for _, _, status in rows),
        has_open_in_scheme=any(row_scheme == scheme for row_scheme, _, _ in opened),
        has_open_for_programme=any(programme_id == programme.pk for _, programme_id, _ in opened),
        is_offered=bool(offers),
        round_is_open=any(is_open(offer.round, at=at) for offer in offers),
    )


def findings_for(person: Person, programme: Programme, scheme: SchemeCode, *, at: datetime) -> list[Finding]:
    """The rules of the source, judged."""
    return assess(SCHEMES[scheme], facts_about(person, programme, scheme, at=at))
