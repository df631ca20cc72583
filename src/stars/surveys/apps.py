"""Surveys after learning: definitions, invitations, answers, report."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """What people are asked when learning is over."""

    name = "stars.surveys"
    label = "surveys"
