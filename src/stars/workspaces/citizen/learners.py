"""What recommendations know of a person, gathered from the places that know it."""

from collections.abc import Iterable

from stars.actors.actor import Actor
from stars.assessments.levels import valid_level
from stars.assessments.queries import gaps_for
from stars.catalogue.live import Snapshot
from stars.catalogue.recommendations import Learner
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.common import clock
from stars.enrolments.queries.learned import past_of
from stars.people import queries as people
from stars.people.models import Person


def learner_of(
    person: Person, snapshot: Snapshot, favourites: Iterable[int], muted: Iterable[str], *, by: Actor
) -> Learner:
    """The person from the profile, from what they keep, from their learning and from their tests."""
    profile = people.profile_of(person)
    if profile is None:
        return Learner(fields=())
    municipality = classifiers.by_code(profile.municipality_id)
    status, education = (
        classifiers.by_code(profile.economic_status_id),
        classifiers.by_code(profile.education_id),
    )
    kept = [snapshot.index.programme(number) for number in favourites]
    past, level = past_of(by), valid_level(person.pk, on=clock.today())
    return Learner(
        fields=tuple(code.removeprefix(Kind.FIELD.prefix) for code in profile.fields_of_interest),
        municipality=municipality.slug if municipality else "",
        region=(municipality.parent_id or "") if municipality else "",
        employment=status.trait if status else "",
        education=education.trait if education else "",
        low_income=profile.low_income,
        favourites=tuple(programme for programme in kept if programme is not None),
        muted=frozenset(muted),
        gaps=gaps_for(by),
        level=level.level if level else None,
        learned=past.learned,
        behind=past.behind,
    )
