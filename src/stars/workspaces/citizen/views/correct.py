"""A returned application: the citizen corrects what was ticked, sees what changes, and sends it again."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.applications import operations
from stars.applications.corrections import Correction, Returned, difference, returned
from stars.applications.enums import Status
from stars.applications.lifecycle import TransitionNotAllowed
from stars.applications.words import due_in_words, reasons_in_words
from stars.common import clock
from stars.people import operations as people
from stars.people import queries as persons
from stars.workspaces.citizen.views.application_base import ApplicationView


class Correct(ApplicationView):
    """Two pages at one address: the open fields, and what was and will be before it is sent."""

    @cached_property
    def correction(self) -> Correction:
        """The open part of the form."""
        return Correction(self.application)

    @cached_property
    def told(self) -> Returned | None:
        """What the officer said; None when nothing is open for correction."""
        return returned(self.application)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The open fields with what was answered; what was typed and could not be sent comes first."""
        if self.told is None:
            return self.nothing_open()
        if self.told.is_over:
            return self.over()
        return self.page(typed=persons.typed_into(self.person, request.path))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Look at it, or send it. What is right is shown before it is sent; what is wrong is said."""
        if self.told is None:
            return self.nothing_open()
        people.keep_typed(self.person.pk, request.path, request.POST)
        if self.told.is_over:
            return self.over()
        if request.POST.get("returned") != str(self.told.key):
            # A tab of an earlier return: other fields may be open now.
            messages.warning(
                request, _("The application was returned again meanwhile. Please look at it anew.")
            )
            return self.page(typed=dict(request.POST.lists()), status=409)
        if not self.correction.is_right(request.POST):
            return self.page(data=request.POST, status=422)
        return self.send(request) if "send" in request.POST else self.preview(request.POST)

    def send(self, request: HttpRequest) -> HttpResponse:
        """Send it; a second click and another device find it sent."""
        try:
            operations.resubmit(self.application, request.POST, by=self.actor)
        except operations.StillWrong:
            return self.page(data=request.POST, status=422)
        except operations.CorrectionOver:
            return self.over()
        except TransitionNotAllowed:
            return self.nothing_open()
        people.forget_typed(self.person, request.path)
        messages.success(
            request, _("The corrected application has been sent. It keeps its day and place in the queue.")
        )
        return redirect("citizen:application", self.application.public_id)

    def preview(self, data: QueryDict) -> HttpResponse:
        """What was and what will be, with one button that sends."""
        proposed = self.correction.proposed(data)
        rows = difference(self.application, proposed)
        hidden = [(name, text) for name, texts in proposed.items() for text in texts]
        context = self.context() | {
            "rows": rows,
            "hidden": hidden,
            "is_unchanged": not any(row.is_changed for row in rows),
        }
        return render(self.request, "citizen/applications/correct_review.html", context)

    def page(
        self,
        *,
        data: QueryDict | None = None,
        typed: dict[str, list[str]] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The open fields, under the headings of their steps."""
        told = self.told
        context = self.context() | {
            "form": self.correction.as_one(data, typed=typed, remark=told.note if told else "")
        }
        return render(self.request, "citizen/applications/correct.html", context, status=status)

    def context(self) -> dict[str, Any]:
        """What both pages say of the return."""
        told = self.told
        if told is None:
            raise AssertionError("only what is returned has such a page")
        return {
            "application": self.application,
            "told": told,
            "reasons": reasons_in_words(told.reasons),
            "autosave_url": reverse("citizen:application-correct-keep", args=[self.application.public_id]),
            "due": due_in_words(told.due_at),
            "time_left": time_left(told.due_at),
        }

    def nothing_open(self) -> HttpResponse:
        """A stale tab, a second click, another device, an old link in an e-mail: where it stands now."""
        application = self.application
        if application.is_draft:
            return redirect("citizen:application-review", application.public_id)
        if application.status == Status.SUBMITTED and difference(application):
            messages.info(self.request, _("The corrected application has already been sent."))
        else:
            messages.info(self.request, _("Nothing of this application is open for correction now."))
        return redirect("citizen:application", application.public_id)

    def over(self) -> HttpResponse:
        """The deadline is over and the refusal is on its way."""
        context = {
            "application": self.application,
            "heading": _("Correct the application"),
            "refusal": _(
                "The deadline for correcting is over, so nothing can be sent any more. The application is being "
                "refused because it was not corrected in time; you will get the decision with its reasons."
            ),
        }
        return render(self.request, "citizen/applications/answer.html", context, status=409)


class KeepCorrection(ApplicationView):
    """Where the script of the page puts what is typed."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """204, whether it was worth keeping or not."""
        if returned(self.application) is not None:
            page = reverse("citizen:application-correct", args=[self.application.public_id])
            people.keep_typed(self.person.pk, page, request.POST)
        return HttpResponse(status=204)


def time_left(due: datetime) -> str:
    """The countdown: whole days, on the last day hours."""
    left = due - clock.now()
    if left.days:
        return ngettext("%(count)s day left", "%(count)s days left", left.days) % {"count": left.days}
    hours = left.seconds // 3600
    if hours:
        return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}
    return _("less than an hour left")
