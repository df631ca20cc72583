"""Two records that are one person."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    """Finding and joining persons that were made twice."""

    name = "stars.merging"
    label = "merging"
