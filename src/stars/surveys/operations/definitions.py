"""Versions of surveys: kept as drafts, discarded, published, retired."""

from django.db import connection, transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.common import clock
from stars.surveys.models import SurveyVersion
from stars.surveys.reading import SurveyFile


class AlreadyPublished(Exception):
    """The version was published before."""


class DraftGone(Exception):
    """The draft was discarded in the meantime."""


class Outdated(Exception):
    """A newer version is published; an older draft cannot follow it."""


class NotPublished(Exception):
    """The version is a draft or was retired before; there is nothing to retire."""


@transaction.atomic
def load(file: SurveyFile, *, by: Actor) -> SurveyVersion:
    """Keep a checked file as the next version of its survey, a draft; the same file again gives the version there is."""
    by.must(Permission.SURVEY_MANAGE)
    survey = file.definition.survey
    known = _locked(survey)
    for version in known:
        if version.digest == file.digest:
            return version
    made = SurveyVersion.objects.create(
        survey=survey,
        version=max((version.version for version in known), default=0) + 1,
        content=file.content,
        digest=file.digest,
    )
    _record("survey.loaded", made, by=by)
    return made


@transaction.atomic
def publish(version: SurveyVersion, *, by: Actor) -> SurveyVersion:
    """Ask with this version from now on. Whoever was asked with an earlier one answers that.

    Raises `DraftGone`, `AlreadyPublished`, `Outdated`.
    """
    by.must(Permission.SURVEY_MANAGE)
    known = {each.pk: each for each in _locked(version.survey)}
    if version.pk not in known:
        raise DraftGone
    version = known[version.pk]
    if version.published_at is not None:
        raise AlreadyPublished
    if any(each.version > version.version for each in known.values() if each.published_at):
        raise Outdated
    version.published_at = clock.now()
    version.save(update_fields=["published_at"])
    _record("survey.published", version, by=by)
    return version


@transaction.atomic
def retire(version: SurveyVersion, *, by: Actor) -> SurveyVersion:
    """Take no more answers to this version and to those before it. Of the newest: the survey is not asked any more.

    Raises `NotPublished`.
    """
    by.must(Permission.SURVEY_MANAGE)
    known = {each.pk: each for each in _locked(version.survey)}
    version = known[version.pk]
    if not version.takes_answers:
        raise NotPublished
    at = clock.now()
    for each in known.values():
        if each.version <= version.version and each.takes_answers:
            each.retired_at = at
            each.save(update_fields=["retired_at"])
            _record("survey.retired", each, by=by)
    return version


@transaction.atomic
def discard(version_id: int, *, by: Actor) -> None:
    """Delete a draft; twice is once. The next file takes its number: nobody was ever asked with it.

    A newer one of our own comes back at the next start of an installation. Raises `AlreadyPublished`.
    """
    by.must(Permission.SURVEY_MANAGE)
    version = SurveyVersion.objects.select_for_update().filter(pk=version_id).first()
    if version is None:
        return
    if version.published_at is not None:
        raise AlreadyPublished
    _record("survey.discarded", version, by=by)
    version.delete()


def _locked(survey: str) -> list[SurveyVersion]:
    """All versions of the survey, while nobody else loads, publishes or retires one; there may be none to lock yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"survey:{survey}"])
    return list(SurveyVersion.objects.select_for_update().filter(survey=survey).order_by("version"))


def _record(kind: str, version: SurveyVersion, *, by: Actor) -> None:
    details = {"survey": version.survey, "version": version.version}
    audit.record(kind, by=by, subject="survey-version", subject_id=version.pk, details=details)


def note_report(version: SurveyVersion, filters: dict[str, str], *, by: Actor) -> None:
    """Somebody looked at the figures, and through which filters: two tables subtracted may tell more than each."""
    by.must(Permission.SURVEY_MANAGE)
    details = {"survey": version.survey, "version": version.version, **filters}
    audit.record(
        "survey.report-viewed", by=by, subject="survey-version", subject_id=version.pk, details=details
    )
