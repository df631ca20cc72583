"""Tables of applications."""

from stars.applications.models.answers import StepAnswers
from stars.applications.models.application import Application
from stars.applications.models.decisions import Decision
from stars.applications.models.places import WaitingPlace
from stars.applications.models.registers import RegisterAnswer
from stars.applications.models.timeline import TimelineEntry

__all__ = ["Application", "Decision", "RegisterAnswer", "StepAnswers", "TimelineEntry", "WaitingPlace"]
