"""Forms that somebody is still typing."""

from uuid import UUID

from django.http import QueryDict

from stars.common.typed import length_of, texts_of
from stars.people.models import FormDraft, Person

# A typed form is text; whatever is longer is no honest form.
_KEPT_LENGTH = 100_000


def keep_typed(person_id: UUID | str, form: str, data: QueryDict) -> bool:
    """Keep an unfinished form for its owner; False when it is too long to be one or holds nothing.

    The whole form is kept, with what was emptied; only signs that no text may hold are left out.
    """
    fields = texts_of(data, [name for name in data if name != "csrfmiddlewaretoken"])
    if not 0 < length_of(fields) <= _KEPT_LENGTH:
        return False
    if Person.objects.filter(pk=person_id).exclude(merged_into=None).exists():
        return False
    FormDraft.objects.update_or_create(person_id=person_id, form=form[:80], defaults={"data": fields})
    return True


def forget_typed(person: Person, form: str) -> None:
    """The form was sent: nothing is left to keep."""
    FormDraft.objects.filter(person=person, form=form[:80]).delete()
