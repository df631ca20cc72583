"""Surveys and their versions, as the agency sees them."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from stars.surveys.models import Invitation, SurveyVersion


def offered() -> list[SurveyVersion]:
    """What people are asked from now on: of each survey the newest version that is published and not retired."""
    rows = SurveyVersion.objects.filter(published_at__isnull=False, retired_at__isnull=True)
    return list(rows.order_by("survey", "-version").distinct("survey"))


def versions() -> QuerySet[SurveyVersion]:
    """All versions by survey, the newest first, each with `newest` (published), and how many were asked and answered."""
    newest = (
        SurveyVersion.objects.filter(survey=OuterRef("survey"), published_at__isnull=False)
        .order_by("-version")
        .values("version")[:1]
    )
    return SurveyVersion.objects.annotate(
        newest=Subquery(newest), asked=_count(Q()), answered=_count(Q(submitted_at__isnull=False))
    ).order_by("survey", "-version")


def known_version(version_id: int) -> SurveyVersion | None:
    """One version with the same figures; None when there is none."""
    return versions().filter(pk=version_id).first()


def _count(which: Q) -> Subquery:
    rows = Invitation.objects.filter(which, version=OuterRef("pk")).order_by().values("version")
    return Subquery(rows.annotate(number=Count("pk")).values("number"))
