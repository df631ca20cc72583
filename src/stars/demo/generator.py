"""A catalogue of any size for measurements: titles and contents recombined from the texts of the demonstration."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from stars.actors.actor import SYSTEM
from stars.catalogue.models import Programme
from stars.catalogue.operations import programmes as catalogue
from stars.catalogue.types import ProgrammeDraft
from stars.common import clock
from stars.demo import clearing, texts
from stars.demo.catalogue import draft_of, qualification_codes
from stars.demo.groups import Course, Setting, make_groups
from stars.demo.rounds import make_rounds
from stars.demo.texts import InstitutionText, ProgrammeText
from stars.organisations.models import Organisation

_PREFIX = "GEN-"
_TITLE_LENGTH = 250
_AUDIENCES = (
    "iesācējiem",
    "ar priekšzināšanām",
    "padziļināts kurss",
    "intensīvā grupa",
    "prasmju atsvaidzināšana",
    "darba devēja grupai",
    "mazos uzņēmumos",
    "praktikums",
)


@transaction.atomic
def add_generated(count: int, *, seed: int = 1) -> int:
    """Add that many published programmes at the institutions of the demonstration; returns how many groups.

    The same seed on the same day gives the same catalogue. Raises `clearing.NotForDemo`.
    """
    today = clock.today()
    clearing.must_be_for_demo(today)
    organisations = {one.slug: one for one in Organisation.objects.all()}
    if not organisations.keys() >= {text.slug for text in texts.institutions()}:
        raise clearing.NotForDemo("the institutions of the demonstration are missing")
    setting = Setting(today, {key: made.pk for key, made in make_rounds(today).items()})
    known = Programme.objects.filter(code__startswith=_PREFIX).count()
    chance = Random(f"{seed} {known}")  # noqa: S311  invented data, no secret
    drafts = list(_drafts(count, known, organisations, setting, chance))
    catalogue.create_many(drafts, by=SYSTEM)
    return sum(len(draft.groups) for draft, _ in drafts)


def _drafts(
    count: int, known: int, organisations: Mapping[str, Organisation], setting: Setting, chance: Random
) -> Iterator[tuple[ProgrammeDraft, datetime]]:
    institutions: dict[str, list[InstitutionText]] = {}
    for institution in texts.institutions():
        institutions.setdefault(institution.kind, []).append(institution)
    qualifications, now = qualification_codes(), clock.now()
    words = _Vocabulary()
    for number in range(known + 1, known + count + 1):
        text = words.programme(chance)
        institution = chance.choice(institutions[text.institution])
        draft = draft_of(
            text,
            organisations[institution.slug],
            code=f"{_PREFIX}{number:06d}",
            qualifications=qualifications,
            contact_name="",
            groups=make_groups(Course(institution, text, text.price_eur), setting, chance),
        )
        yield draft, now - timedelta(minutes=chance.randint(1, 300_000))


class _Vocabulary:
    """Titles, topics and keywords by field."""

    def __init__(self) -> None:
        self._topics: dict[str, list[str]] = {}
        self._keywords: dict[str, list[str]] = {}
        for text in texts.programmes():
            self._topics.setdefault(text.field, []).extend(text.contents)
            self._keywords.setdefault(text.field, []).extend(text.keywords)

    def programme(self, chance: Random) -> ProgrammeText:
        """A text of the demonstration with another title, other contents and, within reason, another length."""
        text = chance.choice(texts.programmes())
        topics, keywords = self._topics[text.field], self._keywords[text.field]
        contents = chance.sample(topics, min(len(topics), chance.randint(4, 10)))
        return replace(
            text,
            title=f"{text.title}: {chance.choice((contents[0].rstrip('.'), chance.choice(_AUDIENCES)))}"[
                :_TITLE_LENGTH
            ],
            hours=max(8, text.hours + chance.randint(-8, 8)),
            contents=tuple(contents),
            keywords=tuple(chance.sample(keywords, min(3, len(keywords)))),
        )
