"""`manage.py set_funding_source IMK --project-lv "…"`: correct what people read about a funding source."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from stars.actors.actor import SYSTEM
from stars.catalogue.models import FundingSource
from stars.catalogue.operations.funding_sources import TEXTS, set_funding_source
from stars.schemes.codes import SchemeCode


class Command(BaseCommand):
    """Changes only the texts that are given."""

    help = "Corrects the texts about a funding source."

    def add_arguments(self, parser: CommandParser) -> None:
        """The source, and each of its texts."""
        parser.add_argument("scheme", choices=[code.value for code in SchemeCode])
        for name in TEXTS:
            parser.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT")

    def handle(self, *, scheme: str, verbosity: int, **options: Any) -> None:
        """Correct, and name what changed."""
        texts = {name: options[name] for name in TEXTS if options[name] is not None}
        if not texts:
            raise CommandError("give at least one text")
        try:
            changed = set_funding_source(scheme, texts, by=SYSTEM)
        except FundingSource.DoesNotExist as error:
            raise CommandError("run load_funding_sources first") from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        if verbosity:
            self.stdout.write(f"changed: {', '.join(changed) or '-'}")
