"""The first member of an organisation; all others are invited or granted."""

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stars.actors.actor import SYSTEM
from stars.common import clock, person_codes
from stars.organisations import operations
from stars.organisations.enums import MemberRole
from stars.organisations.models import Organisation
from stars.people import queries as people


class Command(BaseCommand):
    """The personal code is typed at a prompt, or comes over standard input: arguments can be seen by other users."""

    help = "Let a person act for an organisation; asks for the personal code."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, as what, and by which document."""
        parser.add_argument("organisation", metavar="SLUG")
        parser.add_argument("--role", choices=MemberRole.values, default=MemberRole.ADMIN.value)
        parser.add_argument("--basis", required=True, metavar="DOCUMENT", help="the order or contract")
        parser.add_argument("--job-title", default="", metavar="TEXT")

    def handle(self, *, organisation: str, role: str, basis: str, job_title: str, **options: Any) -> None:
        """Find both, and grant."""
        place = Organisation.objects.filter(slug=organisation).first()
        if place is None:
            raise CommandError(f"there is no organisation {organisation}")
        if not basis.strip():
            raise CommandError("the basis document is empty")
        try:
            code = person_codes.parse(_typed(), on=clock.today(), technical=True)
        except person_codes.NotAPersonCode as fault:
            raise CommandError(str(fault)) from fault
        person = people.by_code(code.digits)
        if person is None:
            raise CommandError("nobody with this code has signed in yet: they sign in once, as a resident")
        try:
            operations.grant(
                place, person, role=role, basis_document=basis.strip(), job_title=job_title, by=SYSTEM
            )
        except operations.AlreadyMember as fault:
            raise CommandError(f"{person} acts for {place.slug} already") from fault
        self.stdout.write(f"{person} acts for {place.name} as {role}")


def _typed() -> str:
    """A prompt that does not show the code; without a terminal the first line of standard input."""
    return getpass.getpass("Personal code: ") if sys.stdin.isatty() else sys.stdin.readline()
