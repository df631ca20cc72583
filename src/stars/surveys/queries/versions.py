"""Surveys and their versions, as the agency sees them."""

from django.db.models import Count, OuterRef, QuerySet, Subquery

from stars.surveys.models import Invitation, SurveyVersion


def offered() -> list[SurveyVersion]:
    """What people are asked from now on: of each survey the newest version that is published and not retired."""
    rows = SurveyVersion.objects.filter(published_at__isnull=False, retired_at__isnull=True)
    return list(rows.order_by("survey", "-version").distinct("survey"))


def versions() -> QuerySet[SurveyVersion]:
    """All versions by survey, the newest first, each with `newest` (published) and how many were asked.

    How many answered only the report says: there it is hidden where it would give somebody away.
    """
    newest = (
        SurveyVersion.objects.filter(survey=OuterRef("survey"), published_at__isnull=False)
        .order_by("-version")
        .values("version")[:1]
    )
    asked = Invitation.objects.filter(version=OuterRef("pk")).order_by().values("version")
    counted = Subquery(asked.annotate(number=Count("pk")).values("number"))
    return SurveyVersion.objects.annotate(newest=Subquery(newest), asked=counted).order_by(
        "survey", "-version"
    )


def known_version(version_id: int) -> SurveyVersion | None:
    """One version with the same; None when there is none."""
    return versions().filter(pk=version_id).first()
