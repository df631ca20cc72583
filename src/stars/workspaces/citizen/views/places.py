"""What the person answers about seats: take an offered one, wait for a group, give a place up, choose another group."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.applications import operations, queries
from stars.applications.enums import Status
from stars.applications.lifecycle import TransitionNotAllowed
from stars.applications.models import Application
from stars.applications.queries.places import GroupChoice, PlaceLine
from stars.catalogue.models import Group
from stars.ui.templatetags.ui import with_latvian
from stars.workspaces.citizen.views.application_base import ApplicationView
from stars.workspaces.citizen.views.place_rows import (
    choice_rows,
    group_details,
    is_too_late,
    may_choose,
    may_take,
)
from stars.workspaces.citizen.views.rows import time_left

_PAGE_SIZE = 20
_REFUSALS: dict[type[Exception], Promise] = {
    operations.OfferOver: gettext_lazy(
        "This place is not offered to you any more: the deadline has passed, or it was answered in another window."
    ),
    operations.GroupNotOpen: gettext_lazy(
        "This group cannot be chosen any more: it was cancelled, or learning has begun."
    ),
    operations.NoSeatFree: gettext_lazy(
        "Somebody else has just taken the last free seat. You can join the group's waiting list."
    ),
    operations.OthersWait: gettext_lazy(
        "Others wait for this seat longer than you. You can join the group's waiting list."
    ),
    TransitionNotAllowed: gettext_lazy(
        "The application has moved on meanwhile, so this cannot be done any more."
    ),
}
_CHOICE_OVER = gettext_lazy("The time to choose another group has passed.")


class Groups(ApplicationView):
    """Groups of the programme that the person may choose or wait for."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Only between confirmation and admission."""
        application = self.application
        if application.status not in (Status.ELIGIBLE, Status.WAITING):
            return redirect("citizen:application", application.public_id)
        context = {
            "application": application,
            "page": Paginator(choice_rows(application), _PAGE_SIZE).get_page(request.GET.get("lapa")),
            "takes": may_take(application),
            "is_too_late": is_too_late(application),
        }
        return render(request, "citizen/applications/groups.html", context)


class Answer(ApplicationView):
    """A question about one group, and the answer to it."""

    heading: ClassVar[str | Promise]
    submit: ClassVar[str | Promise]
    done: ClassVar[str | Promise]
    is_ending: ClassVar[bool] = False

    @cached_property
    def group(self) -> Group:
        """The group of the address; 404 for one of another programme."""
        found = queries.group_of_programme(self.application, self.kwargs["group_id"])
        if found is None:
            operations.note_strange_group(self.application, self.kwargs["group_id"], by=self.actor)
        if found is None or self.application.is_draft:
            raise Http404
        return found

    @cached_property
    def line(self) -> PlaceLine | None:
        """The person's live place in this group."""
        lines = queries.places_of(self.application)
        return next((line for line in lines if line.group.pk == self.group.pk), None)

    @cached_property
    def choice(self) -> GroupChoice | None:
        """The group among those that the person may choose now; None when it is not among them."""
        choices = queries.choices_for(self.application)
        return next((choice for choice in choices if choice.group.pk == self.group.pk), None)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The question; a page that was overtaken says so."""
        refusal = self.refusal()
        return self.page(refusal=refusal, status=409 if refusal else 200)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it; done twice it is done once."""
        group = self.group
        try:
            self.answer(self.application, group)
        except tuple(_REFUSALS) as refusal:
            self.application.refresh_from_db()
            return self.page(refusal=_REFUSALS[type(refusal)], status=409)
        messages.success(request, with_latvian(str(self.done), {"group": group.name}))
        return redirect("citizen:application", self.application.public_id)

    def page(self, *, refusal: str | Promise = "", status: int = 200) -> HttpResponse:
        """The question with what follows, or why it cannot be asked any more."""
        context = {
            "application": self.application,
            "heading": self.heading,
            "submit": self.submit,
            "group": self.group,
            "details": group_details(self.group),
            "line": self.line,
            "left": self._left(),
            "may_choose": may_choose(self.application),
            "consequence": "" if refusal else self.consequence(),
            "refusal": refusal,
            "is_ending": self.is_ending,
        }
        return render(self.request, "citizen/applications/answer.html", context, status=status)

    def _left(self) -> str:
        """The countdown of a live offer."""
        line = self.line
        return time_left(line.offer_due_at) if line and line.is_answerable and line.offer_due_at else ""

    def refusal(self) -> str | Promise:
        """Why the question makes no sense; "" when it does."""
        raise NotImplementedError

    def consequence(self) -> str:
        """What follows from the answer."""
        raise NotImplementedError

    def answer(self, application: Application, group: Group) -> None:
        """The operation."""
        raise NotImplementedError


class Accept(Answer):
    """“Pieņemt vietu”."""

    heading = gettext_lazy("Accept the place")
    submit = gettext_lazy("Accept the place")
    done = gettext_lazy("The place in the group “%(group)s” is yours.")

    def refusal(self) -> str | Promise:
        """An offer that lives, or a free seat for somebody who was asked to choose."""
        if self.line is not None and self.line.is_offered:
            return "" if self.line.is_answerable else _REFUSALS[operations.OfferOver]
        if not may_take(self.application):
            return _REFUSALS[operations.OfferOver]
        choice = self.choice
        if choice is None:
            return _REFUSALS[operations.GroupNotOpen]
        if choice.is_free:
            return ""
        return _REFUSALS[operations.OthersWait if choice.group.seats_free > 0 else operations.NoSeatFree]

    def consequence(self) -> str:
        """The other places close."""
        return _(
            "You will be admitted to this group. Your places on the waiting lists of other groups close."
        )

    def answer(self, application: Application, group: Group) -> None:
        """Take the seat."""
        operations.accept(application, group, by=self.actor)


class Join(Answer):
    """“Gaidīt vietu”."""

    heading = gettext_lazy("Join the waiting list")
    submit = gettext_lazy("Join the waiting list")
    done = gettext_lazy("You wait for a place in the group “%(group)s”.")

    def refusal(self) -> str | Promise:
        """Between confirmation and admission, and not later than one was asked to choose."""
        if self.application.status not in (Status.ELIGIBLE, Status.WAITING):
            return _REFUSALS[TransitionNotAllowed]
        if is_too_late(self.application):
            return _CHOICE_OVER
        is_known = self.line is not None or self.choice is not None
        return "" if is_known else _REFUSALS[operations.GroupNotOpen]

    def consequence(self) -> str:
        """When a seat is free it is offered."""
        return _(
            "When a place becomes free, it will be offered to you, with a deadline for your answer. "
            "You may wait for several groups at once."
        )

    def answer(self, application: Application, group: Group) -> None:
        """Join."""
        operations.join(application, group, by=self.actor)


class GiveUp(Answer):
    """“Atteikties no vietas”: an offered one, or one in a list."""

    heading = gettext_lazy("Give up the place")
    submit = gettext_lazy("Give up the place")
    done = gettext_lazy("You have given up the place in the group “%(group)s”.")
    is_ending = True

    def refusal(self) -> str | Promise:
        """There must be a place."""
        return "" if self.line is not None else _REFUSALS[operations.OfferOver]

    def consequence(self) -> str:
        """Whether it is the last one."""
        if len(queries.places_of(self.application)) > 1:
            return _("The place goes to the next person. Your places on the lists of other groups stay.")
        return _(
            "The place goes to the next person. It is your only one, so you will be asked to choose another group "
            "within a few workdays; if you choose none, the application ends."
        )

    def answer(self, application: Application, group: Group) -> None:
        """Give it up."""
        operations.give_up_place(application, group, by=self.actor)
