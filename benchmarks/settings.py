"""The settings of `make run`, and one page more to measure against."""

from stars.config.settings.development import *  # noqa: F403  one namespace is how Django reads settings

DEBUG = False
ROOT_URLCONF = "benchmarks.urls"
