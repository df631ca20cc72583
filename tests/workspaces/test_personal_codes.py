"""A personal code is in no address, log, e-mail or audit, from the first sign-in to the changed profile."""

import logging

import pytest
from django.core import mail
from django.core.handlers.base import BaseHandler

from stars.audit.models import AuditEvent
from stars.notices.models import Delivery

CODE = "14059117775"
FORMS = (CODE, "140591-17775", "140591 17775")


@pytest.fixture
def addresses(monkeypatch) -> list[str]:
    """Every address that was asked for, and every one that was answered with."""
    seen: list[str] = []
    answer = BaseHandler.get_response

    def listening(self, request):
        response = answer(self, request)
        seen.extend([request.get_full_path(), response.headers.get("Location", "")])
        return response

    monkeypatch.setattr(BaseHandler, "get_response", listening)
    return seen


def with_code(texts: list[str]) -> list[str]:
    return [text for text in texts if any(form in text for form in FORMS)]


@pytest.mark.django_db
def test_nowhere_on_the_whole_way(traveller, typed, addresses, caplog, run_jobs) -> None:
    caplog.set_level(logging.DEBUG)
    traveller.sign_in("new-citizen", wanted="/profils/mans-profils/")
    browser = traveller.client
    browser.post("/piekrisana/", {"accepted": "on"})
    browser.post("/profils/registracija/", typed | {"phone": "12"})
    browser.post("/profils/registracija/", typed)
    form = browser.get("/profils/mans-profils/").content.decode()
    browser.post("/profils/mans-profils/", typed | {"education": "edu-05", "person_code": CODE})
    browser.get("/profils/")
    browser.get("/nav-tadas-lapas/")
    browser.post("/provider/logout")
    run_jobs()

    # The owner sees the code, once, on their own form: otherwise this test would look for the wrong one.
    assert with_code([form]) == [form]
    assert form.count("140591-17775") == 1
    assert len(addresses) == 20
    assert with_code(addresses) == []
    assert with_code([record.getMessage() for record in caplog.records]) == []
    assert (
        with_code([repr(vars(record)) for record in caplog.records if record.name.startswith("stars")]) == []
    )
    assert len(mail.outbox) == 1
    assert with_code([str(message.message()) for message in mail.outbox]) == []
    assert with_code([repr(row) for row in AuditEvent.objects.values()]) == []
    assert with_code([repr(row) for row in Delivery.objects.values()]) == []


@pytest.mark.django_db
def test_a_failing_page_does_not_tell(citizen, signed_in, caplog, monkeypatch) -> None:
    """What breaks while somebody is signed in is logged with the address and the fault, without the person's code."""
    browser = signed_in(citizen, raise_request_exception=False)

    def broken(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("stars.workspaces.citizen.views.profile.changes_of", broken)
    assert browser.get("/profils/mans-profils/").status_code == 500
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "22038417779" not in logging.Formatter().format(record)
