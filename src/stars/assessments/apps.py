"""Self-assessment: item banks, attempts, results."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Tests that people take about themselves."""

    name = "stars.assessments"
    label = "assessments"
