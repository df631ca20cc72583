"""The design system: layouts, components, form fields, icons, documents."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and template tags; no tables."""

    name = "stars.ui"
    label = "ui"
