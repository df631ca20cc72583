"""The platform's own surveys, loaded at every start of an installation."""

from pathlib import Path

from django.db import transaction

from stars.actors.actor import SYSTEM, Actor
from stars.surveys import operations
from stars.surveys.models import SurveyVersion
from stars.surveys.reading import read_file

OWN_FILES = tuple(sorted((Path(__file__).parent / "data").glob("*.json")))


@transaction.atomic
def load_own_surveys(files: tuple[Path, ...] = OWN_FILES, *, by: Actor = SYSTEM) -> list[SurveyVersion]:
    """Keep each of our own files as a version, and publish it when the survey was never published before.

    A later version of ours stays a draft until the agency publishes it: what people are asked is the agency's affair.
    """
    loaded = []
    for file in files:
        version = operations.load(read_file(file.name, file.read_bytes()), by=by)
        if not SurveyVersion.objects.filter(survey=version.survey, published_at__isnull=False).exists():
            version = operations.publish(version, by=by)
        loaded.append(version)
    return loaded
