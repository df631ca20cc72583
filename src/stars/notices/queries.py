"""What people chose to be written to about."""

from uuid import UUID

from stars.notices.enums import ALWAYS, Category
from stars.notices.models import NoticePreference


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
    declined = NoticePreference.objects.filter(person_id=person_id, category=category, by_email=False)
    return not declined.exists()
