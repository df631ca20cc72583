"""Something is done to ticked people: first who and which message, then the deed, then what came of it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.actors.permissions import Permission
from stars.applications import operations as applications
from stars.applications.applicants import Applicant, applicant_of
from stars.applications.enums import Action, Status
from stars.applications.models import Application, WaitingPlace
from stars.applications.operations.looks import note_list
from stars.applications.queries import institution
from stars.applications.words import EVENTS
from stars.common import clock
from stars.enrolments.enums import Act
from stars.enrolments.forms import FORMS, ActForm
from stars.enrolments.operations.bulk import Item, Outcome, act_on, obstacles
from stars.enrolments.queries import enrolments_by_application
from stars.enrolments.refusals import why_not
from stars.workspaces.institution.views.base import GroupView
from stars.workspaces.kept import KeptView, forget, kept_for

_MOST = 200
# What the people are told by e-mail; notes about contracts and attendance are told to nobody.
_MESSAGES = {
    Act.ADMIT: Action.ADMIT,
    Act.WAIT: Action.WAIT,
    Act.NOT_ADMIT: Action.NOT_ADMIT,
    Act.COMPLETE: Action.COMPLETE,
    Act.EXPEL: Action.EXPEL,
}
_TABS = {Act.ADMIT: "uznemti", Act.WAIT: "rinda", Act.NOT_ADMIT: "pieteikusies"}


class GroupAct(GroupView, KeptView):
    """One act in a group."""

    permission = Permission.APPLICATION_ADMIT

    @cached_property
    def act(self) -> Act:
        """The act of the address."""
        try:
            return Act(self.kwargs["act"])
        except ValueError as unknown:
            raise Http404 from unknown

    @cached_property
    def people(self) -> list[Application]:
        """Those who were ticked; one who is not theirs to see is a 404 that the audit remembers."""
        try:
            ids = [UUID(text) for text in self._ticked()[:_MOST]]
            return institution.chosen(self.actor, self.group.programme_id, ids)
        except ValueError as broken:
            raise Http404 from broken
        except institution.NotOurs as foreign:
            applications.note_foreign_look(foreign.application_id, by=self.actor)
            raise Http404 from foreign

    def _ticked(self) -> list[str]:
        if self.request.method == "POST":
            return self.request.POST.getlist("p")
        ticked = self.request.GET.getlist("p")
        typed = None if ticked else kept_for(self)
        return ticked if typed is None else typed.getlist("p")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Who, which message, and what has to be said."""
        act, people = self.act, self.people
        if not people:
            messages.warning(request, _("Tick at least one person first."))
            return redirect(self._tab())
        learning = enrolments_by_application(self.group, people)
        standing = obstacles(act, self.group, people, learning, by=self.actor)
        possible = [person for person in people if person.pk not in standing]
        others = [(applicant_of(person), standing[person.pk]) for person in people if person.pk in standing]
        return self._page(self.filled(self._form(possible)), others=others)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Done to each; those to whom it could not be done are named with the reason."""
        people = self.people
        if not people:
            messages.warning(request, _("Tick at least one person first."))
            return redirect(self._tab())
        form = self._form(people, request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        items = [Item(person, form.values(person)) for person in people]
        outcomes = act_on(self.act, self.group, items, by=self.actor)
        failed = [outcome for outcome in outcomes if outcome.refusal is not None]
        done = len(outcomes) - len(failed)
        if failed:
            return self._failures(failed, done)
        messages.success(request, _done(self.act, done))
        return redirect(self._tab())

    def _form(self, people: list[Application], *data: Any) -> ActForm:
        learning = enrolments_by_application(self.group, people)
        rows = [(person, learning.get(person.pk)) for person in people]
        return FORMS[self.act](*data, group=self.group, people=rows)

    def _page(
        self, form: ActForm, *, others: Sequence[tuple[Applicant, str]] = (), status: int = 200
    ) -> HttpResponse:
        offers = self._offers()
        note_list([*self.people, *(place.application for place in offers)], by=self.actor)
        rows = [{"person": applicant_of(person), "fields": form.beside(person)} for person, _ in form.people]
        context = {
            "heading": self.act.label,
            "group": self.group,
            "act": self.act,
            "form": form,
            "rows": rows,
            "others": others,
            "offers": offers,
            "free": self.group.seats_free,
            "lacking": self._lacking([person for person, _ in form.people]),
            "told": self._told(),
            "back": self._tab(),
        }
        return render(self.request, "institution/groups/act.html", context, status=status)

    def _lacking(self, people: list[Application]) -> int:
        return institution.seats_lacking(self.group, people) if self.act is Act.ADMIT else 0

    def _offers(self) -> list[WaitingPlace]:
        """To whom the seats are promised, when that is why nobody can be admitted."""
        is_full = self.act is Act.ADMIT and self.group.seats_free < 1
        return institution.offers_in([self.group]).get(self.group.pk, []) if is_full else []

    def _told(self) -> str | Promise:
        action = _MESSAGES.get(self.act)
        return EVENTS[action] if action else ""

    def _failures(self, failed: list[Outcome], done: int) -> HttpResponse:
        """What was done, and to whom it could not be done and why."""
        forget(self)
        note_list([outcome.application for outcome in failed], by=self.actor)
        rows = [
            (applicant_of(outcome.application), why_not(outcome.refusal))
            for outcome in failed
            if outcome.refusal is not None
        ]
        context = {
            "heading": self.act.label,
            "group": self.group,
            "rows": rows,
            "done": _done(self.act, done) if done else "",
            "may_wait": self._to_wait(failed),
            "back": self._tab(),
        }
        return render(self.request, "institution/groups/failures.html", context, status=409)

    def _to_wait(self, failed: list[Outcome]) -> str:
        """The query that ticks those for whom only a seat was missing; "" where the list takes nobody any more."""
        if self.act is not Act.ADMIT or self.group.starts_on < clock.today():
            return ""
        seatless = (applications.NoSeatFree, applications.OthersWait)
        people = [outcome.application for outcome in failed if isinstance(outcome.refusal, seatless)]
        return urlencode([("p", person.public_id) for person in people if person.status == Status.ELIGIBLE])

    def _tab(self) -> str:
        return f"{reverse('institution:group', args=[self.group.pk])}?cilne={_TABS.get(self.act, 'uznemti')}"


def _done(act: Act, count: int) -> str:
    words = {
        Act.ADMIT: ngettext("%(count)d person is admitted.", "%(count)d persons are admitted.", count),
        Act.WAIT: ngettext(
            "%(count)d person is on the waiting list.", "%(count)d persons are on the waiting list.", count
        ),
        Act.NOT_ADMIT: ngettext(
            "%(count)d person is not admitted.", "%(count)d persons are not admitted.", count
        ),
        Act.COMPLETE: ngettext("%(count)d person completed.", "%(count)d persons completed.", count),
        Act.EXPEL: ngettext("%(count)d person is expelled.", "%(count)d persons are expelled.", count),
    }
    noted = ngettext("Noted for %(count)d person.", "Noted for %(count)d persons.", count)
    return words.get(act, noted) % {"count": count}
