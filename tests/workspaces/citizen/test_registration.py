"""The registration form: three locked fields, eight answers, all kinds of bad input (manual 3)."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from stars.audit.models import AuditEvent
from stars.classifiers.models import ClassifierValue
from stars.common import clock
from stars.people.models import FormDraft, Person, Profile

pytestmark = pytest.mark.django_db

ADDRESS = "/profils/registracija/"
OBLIGATORY = (
    "email",
    "phone",
    "economic_status",
    "education",
    "registration_reasons",
    "fields_of_interest",
    "how_heard",
)
SINGLE = ("economic_status", "education")
MULTIPLE = ("registration_reasons", "fields_of_interest", "how_heard")


@pytest.fixture
def form_page(consenting: Person, signed_in) -> Client:
    """The browser of somebody who has accepted the texts."""
    return signed_in(consenting)


def errors_of(page) -> dict[str, list[str]]:
    assert page.status_code == 422
    assert Profile.objects.count() == 0
    return {name: list(map(str, found)) for name, found in page.context["form"].errors.items()}


class TestThePage:
    """What stands on it."""

    def test_fields_in_the_manuals_order(self, form_page) -> None:
        form = form_page.get(ADDRESS).context["form"]
        assert list(form.fields) == [
            "given_name",
            "family_name",
            "person_code",
            "email",
            "phone",
            "economic_status",
            "education",
            "low_income",
            "registration_reasons",
            "fields_of_interest",
            "how_heard",
        ]
        assert [name for name, field in form.fields.items() if field.disabled] == [
            "given_name",
            "family_name",
            "person_code",
        ]
        assert tuple(name for name, field in form.fields.items() if field.required) == OBLIGATORY

    def test_three_are_locked_and_carry_no_name(self, form_page) -> None:
        page = form_page.get(ADDRESS).content.decode()
        locked = re.findall(r'<input class="ds-input" type="text" readonly id="(\w+)" value="([^"]*)"', page)
        assert locked == [
            ("id_given_name", "Anna"),
            ("id_family_name", "Kalniņa"),
            ("id_person_code", "220384-17779"),
        ]
        assert 'name="person_code"' not in page

    def test_single_and_multiple_choice(self, form_page) -> None:
        page = form_page.get(ADDRESS).content.decode()
        kinds = {
            name: set(re.findall(rf'<input type="(\w+)" name="{name}"', page)) for name in SINGLE + MULTIPLE
        }
        assert kinds == {name: {"radio"} for name in SINGLE} | {name: {"checkbox"} for name in MULTIPLE}

    def test_closed_values_are_not_offered(self, form_page) -> None:
        ClassifierValue.objects.filter(code="heard-press").update(
            valid_until=clock.today().replace(year=2020)
        )
        offered = dict(form_page.get(ADDRESS).context["form"].fields["how_heard"].choices)
        assert [code in offered for code in ("heard-press", "heard-employer")] == [False, True]

    def test_whoever_is_registered_corrects_the_profile_instead(self, tab) -> None:
        assert tab.get(ADDRESS)["Location"] == "/profils/mans-profils/"


class TestSaving:
    """The whole form, as it should be."""

    def test_everything_is_kept_in_normal_form(self, form_page, typed, consenting) -> None:
        typed |= {"email": " Anna.K@KLIENTS.Example ", "phone": "20 001-001", "low_income": "on"}
        answer = form_page.post(ADDRESS, typed)
        assert answer["Location"] == "/profils/"
        person = Person.objects.get(pk=consenting.pk)
        assert (person.email, person.phone) == ("Anna.K@klients.example", "+37120001001")
        profile = person.profile
        assert (profile.economic_status_id, profile.education_id, profile.low_income) == (
            "econ-employee",
            "edu-08",
            True,
        )
        assert [profile.registration_reasons, profile.fields_of_interest, profile.how_heard] == [
            ["reason-apply"],
            ["field-ikt", "field-digitalas"],
            ["heard-employer"],
        ]
        assert profile.municipality_id is None

    def test_the_low_income_declaration_is_the_only_optional_one(self, form_page, typed) -> None:
        form_page.post(ADDRESS, typed)
        assert Profile.objects.get().low_income is False

    def test_it_is_in_the_audit_without_what_was_said(self, form_page, typed, consenting) -> None:
        form_page.post(ADDRESS, typed)
        event = AuditEvent.objects.get(kind="profile.registered")
        assert (event.actor_id, event.subject_id, event.details) == (consenting.pk, str(consenting.pk), {})

    def test_a_link_goes_to_the_address(self, form_page, typed, run_jobs) -> None:
        form_page.post(ADDRESS, typed)
        run_jobs()
        assert [message.to for message in mail.outbox] == [["anna@klients.example"]]

    def test_it_welcomes(self, form_page, typed) -> None:
        page = form_page.post(ADDRESS, typed, follow=True)
        assert [message.level_tag for message in page.context["messages"]] == ["success"]

    def test_what_was_kept_of_the_typing_is_forgotten(self, form_page, typed) -> None:
        form_page.post("/profils/melnraksts/registration/", {"email": "a@b.lv"})
        form_page.post(ADDRESS, typed)
        assert FormDraft.objects.count() == 0

    def test_sent_twice_it_is_one_profile(self, form_page, typed) -> None:
        for _ in range(2):
            assert form_page.post(ADDRESS, typed).status_code == 302
        assert (Profile.objects.count(), AuditEvent.objects.filter(kind="profile.registered").count()) == (
            1,
            1,
        )

    def test_a_stale_registration_does_not_empty_the_municipality(self, form_page, typed) -> None:
        """It is asked on the profile's page only."""
        form_page.post(ADDRESS, typed)
        form_page.post("/profils/mans-profils/", typed | {"municipality": "muni-0001000"})
        form_page.post(ADDRESS, typed)
        assert Profile.objects.get().municipality_id == "muni-0001000"

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("29123456", "+37129123456"),
            ("+371 29 123 456", "+37129123456"),
            ("00371 29123456", "+37129123456"),
            ("(+371) 67-123-456", "+37167123456"),
            ("+48 500 000 001", "+48500000001"),
        ],
    )
    def test_telephone_numbers(self, form_page, typed, given: str, kept: str) -> None:
        form_page.post(ADDRESS, typed | {"phone": given})
        assert Person.objects.get().phone == kept

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("a@b.lv", "a@b.lv"),
            ("Vards.Uzvards+stars@INBOX.LV", "Vards.Uzvards+stars@inbox.lv"),
            ("  a@b.lv\t", "a@b.lv"),
            ("a@žurnāls.lv", "a@žurnāls.lv"),
        ],
    )
    def test_addresses(self, form_page, typed, given: str, kept: str) -> None:
        assert form_page.post(ADDRESS, typed | {"email": given}).status_code == 302
        assert Person.objects.get().email == kept


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a\x00b@example.lv",
    "\N{GRINNING FACE}" * 20,
    "a" * 10_000,
    "'; DROP TABLE people_person; --",
    "{{ 7*7 }}{% load %}",
    "\u202e\u0000\ufeff",
    "%00%0a%0d",
    "a@b.lv\r\nBcc: c@d.lv",
]


class TestBadInput:
    """A message beside the field, status 422, and nothing typed is lost."""

    @pytest.mark.parametrize("missing", OBLIGATORY)
    def test_each_missing_answer(self, form_page, typed, missing: str) -> None:
        del typed[missing]
        page = form_page.post(ADDRESS, typed)
        assert list(errors_of(page)) == [missing]
        html = page.content.decode()
        assert f'id="id_{missing}_error"' in html
        # The summary leads to the field, or to the first of its choices.
        anchor = f"id_{missing}_0" if missing in SINGLE + MULTIPLE else f"id_{missing}"
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html

    def test_nothing_at_all(self, form_page) -> None:
        page = form_page.post(ADDRESS, {})
        assert tuple(errors_of(page)) == OBLIGATORY
        assert page.content.decode().count('data-field="validation"') == len(OBLIGATORY)

    def test_what_was_right_stays(self, form_page, typed) -> None:
        form = form_page.post(ADDRESS, typed | {"phone": "12"}).context["form"]
        kept = {name: form[name].value() for name in typed}
        assert kept == typed | {"phone": "12"}

    @pytest.mark.parametrize("text", HOSTILE)
    @pytest.mark.parametrize("name", OBLIGATORY)
    def test_hostile_text_in_every_field(self, form_page, typed, name: str, text: str) -> None:
        page = form_page.post(ADDRESS, typed | {name: [text] if name in MULTIPLE else text})
        assert list(errors_of(page)) == [name]
        main = page.content.decode().split("<main")[1]
        assert [main.count("<script>alert"), main.count("<img src=x")] == [0, 0]

    @pytest.mark.parametrize(
        "given", ["a", "a@", "@b.lv", "a@b", "a b@c.lv", "a@b.lv, c@d.lv", "a" * 250 + "@b.lv"]
    )
    def test_what_is_no_address(self, form_page, typed, given: str) -> None:
        assert list(errors_of(form_page.post(ADDRESS, typed | {"email": given}))) == ["email"]

    @pytest.mark.parametrize(
        "given", ["1", "2912345", "abc", "+", "+371", "2" * 41, "+999 1234567", "٢٩١٢٣٤٥"]
    )
    def test_what_is_no_number(self, form_page, typed, given: str) -> None:
        assert list(errors_of(form_page.post(ADDRESS, typed | {"phone": given}))) == ["phone"]

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("economic_status", "econ-invented"),
            ("economic_status", "edu-08"),
            ("education", "econ-employee"),
            ("education", "08"),
            ("registration_reasons", ["reason-apply", "heard-press"]),
            ("fields_of_interest", ["muni-0001000"]),
            ("how_heard", ["heard-press", "heard-invented"]),
        ],
    )
    def test_a_code_that_was_not_offered(self, form_page, typed, name: str, value: Any) -> None:
        assert list(errors_of(form_page.post(ADDRESS, typed | {name: value}))) == [name]

    def test_a_value_closed_while_the_page_was_open(self, form_page, typed) -> None:
        ClassifierValue.objects.filter(code="heard-employer").update(
            valid_until=clock.today().replace(year=2020)
        )
        assert list(errors_of(form_page.post(ADDRESS, typed))) == ["how_heard"]

    def test_two_answers_where_one_is_asked(self, form_page, typed) -> None:
        form_page.post(ADDRESS, typed | {"education": ["edu-05", "edu-08"]})
        assert Profile.objects.get().education_id == "edu-08"

    def test_locked_fields_are_not_taken_from_what_is_sent(self, form_page, typed, consenting) -> None:
        sent = typed | {"given_name": "Zane", "family_name": "Cita", "person_code": "32000000000"}
        assert form_page.post(ADDRESS, sent).status_code == 302
        person = Person.objects.get(pk=consenting.pk)
        assert (person.full_name, person.identifiers.get().value) == ("Anna Kalniņa", "22038417779")

    def test_fields_that_do_not_exist_are_nothing(self, form_page, typed) -> None:
        form_page.post(ADDRESS, typed | {"occupation": "x", "municipality": "muni-0001000", "language": "en"})
        profile = Profile.objects.get()
        assert (profile.occupation, profile.municipality_id, profile.person.language) == ("", None, "lv")
