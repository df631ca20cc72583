"""The demonstration, made anew and dated from today."""

from dataclasses import dataclass
from random import Random

from django.db import transaction

from stars.actors.actor import SYSTEM
from stars.assessments.own_bank import load_own_banks
from stars.catalogue.imports.synonyms import SYNONYMS, read_synonyms
from stars.catalogue.models import Favourite, Programme
from stars.catalogue.operations import programmes as catalogue
from stars.catalogue.operations.funding_sources import load_funding_sources
from stars.catalogue.operations.synonyms import add_synonyms
from stars.classifiers import operations as classifiers
from stars.common import clock
from stars.demo import clearing, texts
from stars.demo.catalogue import programme_drafts
from stars.demo.groups import Setting
from stars.demo.organisations import make_organisations
from stars.demo.people import register_people
from stars.demo.placement import place
from stars.demo.rounds import make_rounds
from stars.demo.staff import actor_at_work, employ_people
from stars.demo.story.telling import tell
from stars.people.models import Person
from stars.surveys.own_surveys import load_own_surveys

PROGRAMMES = 420
_SEED = 20_261_101
_FAVOURITES = 4


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, in numbers."""

    institutions: int
    programmes: int
    people: int


@transaction.atomic
def make_anew(wanted: int = PROGRAMMES, *, with_story: bool = False) -> Made:
    """Take the earlier demonstration away and make it again; what is made depends on nothing but the day.

    With a story there are also applications in every state, made by the operations of the platform day by day.
    Each text becomes a programme at least once, so there are never fewer programmes than texts. Raises
    `clearing.NotForDemo` before anything is touched.
    """
    today = clock.today()
    clearing.must_be_for_demo(today)
    clearing.clear()
    classifiers.load(by=SYSTEM)
    load_funding_sources(by=SYSTEM)
    load_own_banks(by=SYSTEM)
    add_synonyms(read_synonyms(SYNONYMS).groups, by=SYSTEM)
    organisations = make_organisations()
    rounds = make_rounds(today)
    setting = Setting(today, {key: made.pk for key, made in rounds.items()})
    chance = Random(_SEED)  # noqa: S311  believable data, no secret
    placements = place(texts.programmes(), texts.institutions(), wanted, chance)
    made = catalogue.create_many(programme_drafts(placements, organisations, setting, chance), by=SYSTEM)
    people = register_people()
    staff = employ_people(organisations)
    _keep_favourites(people["citizen"], made)
    if with_story:
        load_own_surveys(by=SYSTEM)
        tell(rounds, {slug: actor_at_work(person) for slug, person in staff.items()}, people | staff)
    return Made(len(organisations), len(made), len(people | staff))


def _keep_favourites(person: Person, programmes: list[Programme]) -> None:
    """The first programmes of the fields that the person named."""
    fields = set(person.profile.fields_of_interest)
    wanted = [programme for programme in programmes if programme.field_id in fields][:_FAVOURITES]
    Favourite.objects.bulk_create([Favourite(person=person, programme=programme) for programme in wanted])
