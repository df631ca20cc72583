"""Demo data."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo data."""

    name = "stars.demo"
    label = "demo"
