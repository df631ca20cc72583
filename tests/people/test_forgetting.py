"""Nothing personal is kept longer than it serves."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from stars.people.models import EmailConfirmation, FormDraft, Person
from stars.people.tasks import forget


def test_old_forms_links_and_sessions_are_forgotten_and_fresh_ones_stay(person: Person) -> None:
    now = timezone.now()
    for form, days in (("/old/", 91), ("/fresh/", 89)):
        FormDraft.objects.create(person=person, form=form, data={})
        FormDraft.objects.filter(form=form).update(saved_at=now - timedelta(days=days))
    EmailConfirmation.objects.all().delete()
    for token, days in (("old", 31), ("fresh", 29)):
        EmailConfirmation.objects.create(
            person=person, email="a@b.example", token_hash=token, sent_at=now - timedelta(days=days)
        )
    for key, hours in (("ended", -1), ("live", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(hours=hours))

    forget()

    assert list(FormDraft.objects.values_list("form", flat=True)) == ["/fresh/"]
    assert list(EmailConfirmation.objects.values_list("token_hash", flat=True)) == ["fresh"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["live"]
