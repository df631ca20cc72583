"""Anketas (manual 3.7): what one is asked after learning, page by page, and the answers once sent."""

from stars.workspaces.citizen.views.surveys.answering import KeepSurveyStep, SendSurvey, SurveyStep
from stars.workspaces.citizen.views.surveys.listed import Surveys, survey_card
from stars.workspaces.citizen.views.surveys.page import SurveyPage

__all__ = ["KeepSurveyStep", "SendSurvey", "SurveyPage", "SurveyStep", "Surveys", "survey_card"]
