"""What is e-mailed is the person's choice, but for what binds."""

import pytest
from tests.world import make_staff

from stars.audit.models import AuditEvent
from stars.notices.models import NoticePreference
from stars.notices.queries import wanted_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
ADDRESS = "/profils/mans-profils/pazinojumi/"
LOCKED = {"binding": True, "account": True}


def test_the_profile_leads_there(tab) -> None:
    assert f'href="{ADDRESS}"' in tab.get("/profils/mans-profils/").content.decode()


def test_what_binds_is_shown_as_locked_with_its_reason(tab) -> None:
    page = tab.get(ADDRESS).content.decode()
    assert page.count("tāpēc tos sūtām vienmēr") == 2
    assert 'value="binding"' not in page
    assert [page.count(f'value="{name}"') for name in ("reminder", "information")] == [1, 1]
    assert page.count("checked") == 2


def test_what_is_written_to_organisations_is_shown_to_who_acts_for_one(tab, citizen) -> None:
    for_staff = [
        "Izglītības iestādēm: grupa drīz sākas",
        "Uzaicinājums rīkoties",
        "uzaicinātā persona ir kļuvusi",
    ]

    def said() -> list[bool]:
        page = tab.get(ADDRESS).content.decode()
        assert "Saite e-pasta adreses apstiprināšanai" in page
        return [words in page for words in for_staff]

    assert said() == [False, False, False]
    make_staff(1, "institution", person=citizen)
    assert said() == [True, True, True]


def test_declined_and_wanted_again(tab, citizen) -> None:
    assert tab.post(ADDRESS, {"wanted": ["reminder"]}).status_code == 302
    assert wanted_by(citizen.pk) == LOCKED | {"reminder": True, "information": False}
    assert tab.get(ADDRESS).content.decode().count("checked") == 1
    tab.post(ADDRESS, {})
    assert wanted_by(citizen.pk) == LOCKED | {"reminder": False, "information": False}
    tab.post(ADDRESS, {"wanted": ["reminder", "information"]})
    assert wanted_by(citizen.pk) == LOCKED | {"reminder": True, "information": True}
    assert NoticePreference.objects.count() == 2
    assert AuditEvent.objects.filter(kind="notices.chosen", subject_id=str(citizen.pk)).count() == 3


def test_saving_twice_is_saving_once(tab) -> None:
    for _ in range(2):
        assert tab.post(ADDRESS, {"wanted": ["reminder"]}).status_code == 302
    assert NoticePreference.objects.count() == 1
    assert AuditEvent.objects.filter(kind="notices.chosen").count() == 1


@pytest.mark.parametrize("value", ["binding", "account", "nonsense", "", "<b>", "x" * 9000, "\x00"])
def test_what_is_not_on_the_list_changes_nothing(tab, citizen, value: str) -> None:
    answer = tab.post(ADDRESS, {"wanted": ["information", value]})
    assert answer.status_code == 422
    assert "Lūdzu, izvēlieties no saraksta." in answer.content.decode()
    assert NoticePreference.objects.count() == 0
    assert b"<b>" not in answer.content


def test_everybody_chooses_for_themselves(tab, citizen, signed_in, person) -> None:
    tab.post(ADDRESS, {})
    assert wanted_by(person.pk) == LOCKED | {"reminder": True, "information": True}


def test_only_for_the_signed_in(client) -> None:
    assert client.get(ADDRESS).status_code == 302
    assert client.post(ADDRESS, {}).status_code == 302
