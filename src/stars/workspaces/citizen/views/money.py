"""Pieejamais finansējums (manual 3.3): what there is, until when, and what happened with it."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.applications import progress
from stars.applications.queries.money import Purse, purses_of
from stars.catalogue.queries.offers import funding_sources
from stars.common import clock
from stars.funding import queries
from stars.funding.enums import EntryKind
from stars.funding.types import Account
from stars.funding.words import days_left_in_words
from stars.workspaces.listing import page_of
from stars.workspaces.views import WorkspaceView

_PAGE_SIZE = 20
_WIDTH = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar: where it begins and how wide it is, in thousandths, and its row in the table."""

    code: str
    label: str | Promise
    cents: int
    start: int
    width: int


class Money(WorkspaceView, TemplateView):
    """The account of one source; whoever has several chooses."""

    permission = Permission.APPLICATION_FILL
    template_name = "citizen/money.html"
    extra_context = {"heading": _("Available funding")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Until the first application in such a source an empty page; until approval where it stands."""
        purses = purses_of(self.actor)
        chosen = self.request.GET.get("avots", "").upper()
        purse = next((each for each in purses if each.scheme == chosen), purses[0] if purses else None)
        context = super().get_context_data(purses=purses, purse=purse, **kwargs)
        if purse is None:
            return context
        context["source"] = funding_sources().get(purse.scheme)
        account = self._account(purse)
        return context | (self._waiting(purse) if account is None else self._shown(account))

    def _account(self, purse: Purse) -> Account | None:
        """The account that the address names if it is the person's, else the latest."""
        wanted = self.request.GET.get("konts", "")
        named = (account for account in purse.accounts if str(account.pk) == wanted)
        return next(named, purse.accounts[0] if purse.accounts else None)

    def _waiting(self, purse: Purse) -> dict[str, Any]:
        application = purse.application
        return {
            "account": None,
            "application": application,
            "sentence": progress.status_sentence(application) if application else "",
            "stages": progress.stages(application) if application else [],
        }

    def _shown(self, account: Account) -> dict[str, Any]:
        today = clock.today()
        if not account.is_usable(today):
            # Its last day has passed, and the nightly job has not been here yet: nothing of it can be used any more.
            expired = account.expired_cents + account.available_cents
            account = replace(account, available_cents=0, expired_cents=expired)
        wanted = self.request.GET.get("veids", "")
        kind = wanted if wanted in EntryKind.values else ""
        statement = queries.statement(account.pk, kind=kind)
        page = page_of(statement, self.request.GET, size=_PAGE_SIZE)
        return {
            "account": account,
            "is_usable": account.is_usable(today),
            "days_left": days_left_in_words(account.days_left(today)),
            "parts": parts_of(account),
            "returning": queries.returns_to(account.pk) if account.spent_cents else [],
            "page": page,
            "kinds": [("", _("All movements")), *EntryKind.choices],
            "kind": kind,
        }


def parts_of(account: Account) -> list[Part]:
    """What became of the grant, as parts that fill the bar to its end; nothing where nothing was granted."""
    sums = [
        ("available", _("Available"), account.available_cents),
        ("held", _("Reserved"), account.held_cents),
        ("spent", _("Spent"), account.spent_cents),
        ("expired", _("Expired"), account.expired_cents),
    ]
    total = sum(cents for _code, _label, cents in sums)
    parts, before = [], 0
    for code, label, cents in sums:
        start, end = (_WIDTH * place // total if total else 0 for place in (before, before + cents))
        before += cents
        if cents or code != "expired":
            parts.append(Part(code, label, cents, start, end - start))
    return parts
