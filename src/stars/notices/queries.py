"""What people chose to be written to about."""

from uuid import UUID

from stars.common.fixed_queries import A_CODE, A_UUID, FixedQuery
from stars.notices.enums import ALWAYS, Category
from stars.notices.models import NoticePreference

_declined = FixedQuery(
    lambda person_id, category: NoticePreference.objects.filter(
        person_id=person_id, category=category, by_email=False
    ).values_list("pk")[:1],
    person_id=A_UUID,
    category=A_CODE,
)


def wanted_by(person_id: UUID) -> dict[Category, bool]:
    """For each category whether its notices are e-mailed to the person."""
    declined = set(
        NoticePreference.objects.filter(person_id=person_id, by_email=False).values_list(
            "category", flat=True
        )
    )
    return {category: category in ALWAYS or category.value not in declined for category in Category}


def wants(person_id: UUID, category: Category) -> bool:
    """Whether notices of the category are e-mailed to the person."""
    if category in ALWAYS:
        return True
    return not _declined(person_id=person_id, category=category.value)
