"""Signing in at the same moment, contacts, corrections: what must hold whoever calls."""

from dataclasses import replace

import pytest
from django.http import QueryDict
from tests.crossing import crossed, somebody_waits
from tests.factories import NewPersonFactory, PersonFactory

from stars.actors.actor import ANONYMOUS, NotPermitted
from stars.audit.models import AuditEvent
from stars.integrations.identity.claims import LONGEST_NAME
from stars.people import operations
from stars.people.models import EmailConfirmation, FormDraft, Person, PersonIdentifier, Profile
from stars.people.types import ProfileAnswers, SignedIn

WHO = SignedIn("22038417779", "Anna", "Kalniņa")
ANSWERS = ProfileAnswers(
    email="anna@klients.example",
    phone="+37120001001",
    economic_status="econ-employee",
    education="edu-08",
    low_income=False,
    registration_reasons=["reason-apply"],
    fields_of_interest=["field-ikt"],
    how_heard=["heard-employer"],
)


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_first_sign_ins_waits_and_finds_the_person() -> None:
    is_waited_for, found = crossed(
        lambda: operations.sign_in(WHO), lambda: operations.sign_in(WHO), then=somebody_waits
    )
    assert is_waited_for is True
    assert found == Person.objects.get()
    assert PersonIdentifier.objects.count() == 1


@pytest.mark.django_db
class TestSigningIn:
    """Names as the state has them."""

    def test_the_longest_name_that_the_sign_in_lets_through_fits(self) -> None:
        long = "Ā" * LONGEST_NAME
        person = operations.sign_in(replace(WHO, given_name=long, family_name=long))
        person.refresh_from_db()
        assert (person.given_name, person.family_name) == (long, long)

    def test_the_label_shows_no_whole_surname(self) -> None:
        operations.sign_in(WHO)
        assert AuditEvent.objects.get().actor_label == "Anna K."


@pytest.mark.django_db
class TestProfile:
    """Only what is offered, only by whom it is allowed, all or nothing."""

    @pytest.mark.parametrize(
        "tampered",
        [
            {"economic_status": "edu-08"},
            {"education": "edu-99"},
            {"registration_reasons": ["reason-apply", "reason-invented"]},
            {"fields_of_interest": ["muni-0001000"]},
            {"how_heard": ["heard-"]},
            {"municipality": "region-riga"},
        ],
    )
    def test_a_code_of_another_list_is_refused_and_nothing_is_saved(
        self, tampered: dict[str, object]
    ) -> None:
        person = NewPersonFactory()
        with pytest.raises(operations.UnknownValue):
            operations.save_profile(person, replace(ANSWERS, **tampered), by=operations.actor_of(person))
        person.refresh_from_db()
        assert (person.email, Profile.objects.count(), EmailConfirmation.objects.count()) == ("", 0, 0)

    def test_nobody_without_the_permission(self) -> None:
        person = PersonFactory()
        with pytest.raises(NotPermitted):
            operations.save_profile(person, ANSWERS, by=ANONYMOUS)
        with pytest.raises(NotPermitted):
            operations.correct_profile(person, education="edu-08", by=ANONYMOUS)

    def test_a_correction_touches_what_is_given(self) -> None:
        person = PersonFactory()
        operations.correct_profile(
            person, education="edu-08", low_income=True, by=operations.actor_of(person)
        )
        profile = Profile.objects.get(person=person)
        assert (profile.education_id, profile.low_income, profile.economic_status_id) == (
            "edu-08",
            True,
            "econ-employee",
        )
        assert AuditEvent.objects.get(kind="profile.corrected").details == {
            "fields": ["education_id", "low_income"]
        }

    def test_a_correction_of_nothing_is_no_event(self) -> None:
        person = PersonFactory()
        operations.correct_profile(person, education="edu-05", by=operations.actor_of(person))
        assert AuditEvent.objects.filter(kind="profile.corrected").count() == 0
        assert Profile.objects.get().events.count() == 1

    def test_a_new_number_alone_asks_for_no_confirmation(self) -> None:
        person = PersonFactory()
        operations.set_contact(
            person, email=person.email, phone="+37129000000", by=operations.actor_of(person)
        )
        assert (Person.objects.get().phone, EmailConfirmation.objects.count()) == ("+37129000000", 0)


@pytest.mark.django_db
class TestTyped:
    """What is kept of a form."""

    def test_one_for_each_form_and_person(self) -> None:
        first, second = PersonFactory(), PersonFactory()
        for person, text in ((first, "a"), (first, "b"), (second, "c")):
            operations.keep_typed(person.pk, "/profils/", QueryDict(f"email={text}"))
        kept = FormDraft.objects.order_by("saved_at").values_list("person", "data")
        assert list(kept) == [(first.pk, {"email": ["b"]}), (second.pk, {"email": ["c"]})]

    def test_forgetting_is_for_one_person(self) -> None:
        first, second = PersonFactory(), PersonFactory()
        for person in (first, second):
            operations.keep_typed(person.pk, "/profils/", QueryDict("email=a"))
        operations.forget_typed(first, "/profils/")
        assert [draft.person_id for draft in FormDraft.objects.all()] == [second.pk]
