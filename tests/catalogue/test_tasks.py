"""The log of changes does not grow for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stars.catalogue.models import CatalogueChange
from stars.catalogue.tasks import forget_changes


@pytest.mark.django_db
def test_changes_of_the_day_before_yesterday_are_forgotten() -> None:
    CatalogueChange.objects.all().delete()
    for number, days in ((1, 3), (2, 1)):
        CatalogueChange.objects.create(
            programme_id=number, transaction=number, at=timezone.now() - timedelta(days=days)
        )

    forget_changes()

    assert list(CatalogueChange.objects.values_list("programme_id", flat=True)) == [2]
