"""Mans profils: the same form, the municipality, and what was changed when (manual 3.2)."""

from typing import Any

import pytest
from django.core import mail
from django.utils import translation

from stars.audit.models import AuditEvent
from stars.classifiers.models import ClassifierValue
from stars.common import clock
from stars.people import operations
from stars.people.history import changes_of
from stars.people.models import Person, Profile
from stars.people.types import SignedIn

pytestmark = pytest.mark.django_db

ADDRESS = "/profils/mans-profils/"


@pytest.fixture
def whole(typed: dict[str, Any]) -> dict[str, Any]:
    """The profile's form as it was registered."""
    return typed | {"municipality": ""}


class TestThePage:
    """The registration's answers and one more."""

    def test_it_shows_what_was_said(self, tab, whole) -> None:
        form = tab.get(ADDRESS).context["form"]
        assert {name: form[name].value() for name in whole} == whole | {"phone": "+37120001001"}

    def test_it_asks_for_the_municipality(self, tab) -> None:
        field = tab.get(ADDRESS).context["form"].fields["municipality"]
        assert (field.required, len(field.choices)) == (False, 1 + 42)

    def test_closed_values_stay_for_those_who_have_them(self, tab, whole, citizen) -> None:
        ClassifierValue.objects.filter(code="heard-employer").update(
            valid_until=clock.today().replace(year=2020)
        )
        assert tab.post(ADDRESS, whole).status_code == 302
        assert Profile.objects.get().how_heard == ["heard-employer"]

    def test_only_the_registered_come_here(self, consenting, signed_in) -> None:
        answer = signed_in(consenting).get(ADDRESS)
        assert answer["Location"] == "/profils/registracija/?next=%2Fprofils%2Fmans-profils%2F"

    def test_it_says_whether_the_address_is_confirmed(self, tab, citizen) -> None:
        asking = 'action="/profils/mans-profils/apstiprinat-e-pastu/"'
        assert asking in tab.get(ADDRESS).content.decode()
        Person.objects.filter(pk=citizen.pk).update(email_confirmed_at=clock.now())
        assert asking not in tab.get(ADDRESS).content.decode()


class TestChanging:
    """Saved, audited, remembered."""

    def test_each_answer(self, tab, whole, citizen) -> None:
        new = {
            "email": "jauna@klients.example",
            "phone": "+37129000000",
            "economic_status": "econ-unemployed",
            "education": "edu-05",
            "low_income": "on",
            "registration_reasons": ["reason-funding"],
            "fields_of_interest": ["field-ikt"],
            "how_heard": ["heard-press"],
            "municipality": "muni-0001000",
        }
        assert tab.post(ADDRESS, new)["Location"] == ADDRESS
        person = Person.objects.get(pk=citizen.pk)
        profile = person.profile
        assert {
            "email": person.email,
            "phone": person.phone,
            "economic_status": profile.economic_status_id,
            "education": profile.education_id,
            "low_income": "on" if profile.low_income else "",
            "registration_reasons": profile.registration_reasons,
            "fields_of_interest": profile.fields_of_interest,
            "how_heard": profile.how_heard,
            "municipality": profile.municipality_id,
        } == new
        assert AuditEvent.objects.filter(kind="profile.changed", subject_id=str(citizen.pk)).count() == 1

    def test_a_new_address_is_to_be_confirmed_anew(self, tab, whole, citizen, run_jobs) -> None:
        Person.objects.filter(pk=citizen.pk).update(email_confirmed_at=clock.now())
        run_jobs()
        mail.outbox.clear()
        tab.post(ADDRESS, whole | {"email": "jauna@klients.example"})
        run_jobs()
        assert [message.to for message in mail.outbox] == [["jauna@klients.example"]]
        assert Person.objects.get(pk=citizen.pk).email_confirmed_at is None

    def test_the_same_address_in_other_letters_of_the_domain_is_the_same(
        self, tab, whole, citizen, run_jobs
    ) -> None:
        Person.objects.filter(pk=citizen.pk).update(email_confirmed_at=clock.now())
        run_jobs()
        mail.outbox.clear()
        tab.post(ADDRESS, whole | {"email": "anna@KLIENTS.EXAMPLE"})
        run_jobs()
        assert mail.outbox == []
        assert Person.objects.get(pk=citizen.pk).email_confirmed_at is not None

    def test_the_municipality_may_be_taken_back(self, tab, whole) -> None:
        tab.post(ADDRESS, whole | {"municipality": "muni-0001000"})
        tab.post(ADDRESS, whole)
        assert Profile.objects.get().municipality_id is None

    @pytest.mark.parametrize("code", ["region-riga", "muni-9999999", "0001000"])
    def test_a_tampered_municipality(self, tab, whole, code: str) -> None:
        page = tab.post(ADDRESS, whole | {"municipality": code})
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["municipality"])

    def test_nobody_changes_anybody_elses(self, tab, whole, citizen) -> None:
        other = operations.sign_in(SignedIn("32000000000", "Sandra", "Vītola"))
        tab.post(
            ADDRESS, whole | {"person": str(other.pk), "id": str(other.pk), "email": "x@klients.example"}
        )
        other.refresh_from_db()
        assert other.email == ""
        assert not Profile.objects.filter(person=other).exists()


class TestHistory:
    """What was changed, from what to what, in words, the latest first."""

    def change(self, tab, whole, **values: Any) -> list[tuple[str, str]]:
        tab.post(ADDRESS, whole | values)
        return [(change.before, change.after) for change in tab.get(ADDRESS).context["changes"]]

    def test_at_first_there_is_nothing(self, tab) -> None:
        assert tab.get(ADDRESS).context["changes"] == []

    def test_an_address_and_a_number(self, tab, whole) -> None:
        found = self.change(tab, whole, email="jauna@klients.example", phone="29000000")
        assert set(found) == {
            ("anna@klients.example", "jauna@klients.example"),
            ("+371 20 001 001", "+371 29 000 000"),
        }

    def test_choices_by_their_names(self, tab, whole) -> None:
        names = dict(ClassifierValue.objects.values_list("code", "name_lv"))
        found = self.change(tab, whole, education="edu-05", fields_of_interest=["field-ikt"])
        assert set(found) == {
            (names["edu-08"], names["edu-05"]),
            (f"{names['field-ikt']}; {names['field-digitalas']}", names["field-ikt"]),
        }

    def test_in_the_language_of_the_page(self, tab, whole) -> None:
        name = ClassifierValue.objects.get(code="edu-05").name_en
        tab.cookies["django_language"] = "en"
        assert [after for _, after in self.change(tab, whole, education="edu-05")] == [name]

    def test_the_latest_first(self, tab, whole) -> None:
        self.change(tab, whole, education="edu-05")
        newest, oldest = self.change(tab, whole, education="edu-04")
        assert newest[0] == oldest[1]

    def test_saving_without_a_change_leaves_nothing(self, tab, whole) -> None:
        assert self.change(tab, whole) == []

    def test_names_of_the_state(self, citizen) -> None:
        operations.sign_in(SignedIn("22038417779", "Anna", "Liepiņa"))
        with translation.override("en"):
            (change,) = changes_of(Person.objects.get(pk=citizen.pk))
        assert (change.label, change.before, change.after) == ("Surname", "Kalniņa", "Liepiņa")

    def test_the_earlier_rows_are_kept_with_who_and_when(self, tab, whole, citizen) -> None:
        self.change(tab, whole, education="edu-05")
        rows = Profile.objects.get().events.order_by("pgh_id")
        assert [row.education_id for row in rows] == ["edu-08", "edu-05"]
        context = rows.last().pgh_context.metadata
        assert (context["actor"], context["role"]) == (str(citizen.pk), "citizen")
        assert context["request"] == AuditEvent.objects.get(kind="profile.changed").request_id

    def test_hostile_text_is_only_text(self, tab, citizen) -> None:
        for name in ("<script>a</script>", "<b>c</b>"):
            Person.objects.filter(pk=citizen.pk).update(family_name=name)
        page = tab.get(ADDRESS).content.decode()
        assert "&lt;script&gt;a&lt;/script&gt;" in page
        assert "<script>a" not in page
