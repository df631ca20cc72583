"""What is sent to an address."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What is sent to an address."""

    name = "stars.notices"
    label = "notices"
