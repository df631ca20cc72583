"""Surveys of a test: a small definition as a file gives it, and people who are asked."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from tests.factories.applications import ApplicationFactory

from stars.actors.actor import SYSTEM, Actor
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.people.models import Person
from stars.surveys import operations
from stars.surveys.models import Invitation, SurveyVersion
from stars.surveys.reading import SurveyFile, read_file


def option(code: str) -> dict[str, str]:
    return {"code": code, "text_lv": f"Atbilde {code}", "text_en": f"Answer {code}"}


def question(code: str, kind: str = "single", **more: Any) -> dict[str, Any]:
    """A question of the kind with all that the kind needs."""
    own: dict[str, Any] = {
        "single": {"options": [option("yes"), option("no")]},
        "multiple": {"options": [option("red"), option("green"), option("blue")]},
        "scale": {"scale": [{"text_lv": word} for word in ("Slikti", "Vidēji", "Labi")]},
        "text": {},
    }[kind]
    return {"code": code, "kind": kind, "text_lv": f"Jautājums {code}?", "required": True} | own | more


def table(*questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A survey of these questions, else of four, the second of which hangs on the first."""
    own = [
        question("works"),
        question("why", "multiple", condition={"question": "works", "is": ["no"]}),
        question("rate", "scale"),
        question("note", "text", required=False),
    ]
    return {
        "survey": "exit",
        "title_lv": "Anketa pēc mācībām",
        "title_en": "Survey after learning",
        "after": ["completed", "expelled"],
        "months_after": 0,
        "days_to_answer": 28,
        "obligatory": True,
        "questions": list(questions) or own,
    } | more


def survey_file(content: dict[str, Any] | None = None) -> SurveyFile:
    return read_file("anketa.json", json.dumps(content or table()).encode())


def published(content: dict[str, Any] | None = None) -> SurveyVersion:
    return operations.publish(operations.load(survey_file(content), by=SYSTEM), by=SYSTEM)


def ended(
    person: Person, status: Status = Status.COMPLETED, *, at: datetime | None = None, **more: Any
) -> Application:
    """An application whose learning ended, as the tables would hold it; nobody was asked yet."""
    moment = at or timezone.now()
    own = {"submitted_at": moment - timedelta(days=90), "ended_at": moment}
    return ApplicationFactory(applicant=person, is_whole=True, seated=True, status=status, **own | more)


def invited(person: Person, status: Status = Status.COMPLETED, **more: Any) -> Invitation:
    """Asked with the one version that is offered."""
    (invitation,) = operations.open_for(ended(person, status, **more), by=SYSTEM)
    return invitation


def sent(invitation: Invitation, by: Actor, **answers: list[str]) -> Invitation:
    """Answered and sent."""
    operations.answer(invitation, answers or {"works": ["yes"], "rate": ["3"]}, by=by)
    return operations.submit(invitation, by=by)
