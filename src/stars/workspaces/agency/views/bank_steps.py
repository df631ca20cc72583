"""What is done with a bank: a file becomes a draft, a draft is published or deleted, what is offered is retired."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from stars.actors.actor import OutOfScope
from stars.actors.permissions import Permission
from stars.assessments import operations
from stars.assessments.forms.managing import BankForm
from stars.assessments.queries import managing
from stars.common.typed import whole_number
from stars.workspaces.agency.views.item_banks import BankBase
from stars.workspaces.views import StaffView


class Upload(StaffView, FormView[BankForm]):
    """A bank from a file. It is kept as a draft: nobody is asked its questions until it is published."""

    permission = Permission.TEST_MANAGE
    template_name = "agency/item_banks/upload.html"
    form_class = BankForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way back."""
        label = _("Upload a bank of questions")
        return super().get_context_data(
            heading=label,
            crumbs=[{"label": _("Tests"), "url": reverse("agency:tests")}, {"label": label, "url": ""}],
            back_url=reverse("agency:tests"),
            **kwargs,
        )

    def form_valid(self, form: BankForm) -> HttpResponse:
        """Keep it, and show it; the same file again leads to what there is."""
        assert form.bank is not None
        known = managing.digests(form.bank.instrument)
        try:
            bank = operations.load_bank(form.bank, by=self.actor)
        except OutOfScope:
            form.add_error("file", _("The file is for a test that your organisation does not manage."))
            return self.form_invalid(form)
        if form.bank.digest in known:
            messages.info(self.request, _("This file was uploaded before; nothing new was made of it."))
        else:
            messages.success(self.request, _("The bank is kept as a draft. Look it over, then publish it."))
        return redirect("agency:bank", bank.instrument, bank.version)

    def form_invalid(self, form: BankForm) -> HttpResponse:
        """The same page with every reason."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


def seen_version(request: HttpRequest) -> int:
    """The number of the version that the page showed as the offered one; 0 for none, and for nonsense."""
    return whole_number(request.POST.get("instead_of", "")) or 0


def tell_why_not(
    request: HttpRequest, refusal: operations.AlreadyPublished | operations.OfferChanged
) -> None:
    """On the page that comes next: why the version was not published."""
    if isinstance(refusal, operations.AlreadyPublished):
        messages.info(request, _("This version was published already. A version never comes back."))
        return
    messages.warning(
        request, _("Another version was published or retired in the meantime. Look at it, then decide.")
    )


class BankStep(BankBase):
    """What publishing and retiring share: a page that says what will happen, and then the deed."""

    template: str
    heading: Promise

    @property
    def is_possible(self) -> bool:
        """Whether the version stands so that it can be done: a draft, unless the step says otherwise."""
        return self.bank.published_at is None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What will happen."""
        offered = managing.offered_version(self.instrument)
        context = {
            "heading": self.heading,
            "lead": _("%(test)s, version %(number)s")
            % {"test": self.instrument.label, "number": self.bank.version},
            "crumbs": [*self.crumbs, {"label": self.heading, "url": ""}],
            "bank": self.bank,
            "is_possible": self.is_possible,
            "offered": offered,
            "back_url": self.bank_url,
        }
        return render(request, self.template, context)


class Publish(BankStep):
    """Offer a draft instead of what is offered."""

    template = "agency/item_banks/publish.html"
    heading = gettext_lazy("Publish the version")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Only over what was seen."""
        try:
            operations.publish_bank(self.bank, instead_of=seen_version(request), by=self.actor)
        except operations.DraftGone:
            messages.warning(request, _("The draft was deleted in the meantime."))
            return redirect("agency:test", self.instrument)
        except (operations.AlreadyPublished, operations.OfferChanged) as refusal:
            tell_why_not(request, refusal)
        else:
            messages.success(request, _("The version is published: whoever begins the test now is asked it."))
        return redirect(self.bank_url)


class Retire(BankStep):
    """Offer nothing any more."""

    template = "agency/item_banks/retire.html"
    heading = gettext_lazy("Retire the version")

    @property
    def is_possible(self) -> bool:
        """Of the version that is offered."""
        return self.bank.published_at is not None and self.bank.retired_at is None

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Without a successor."""
        try:
            operations.retire_bank(self.bank, by=self.actor)
        except operations.NotOffered:
            messages.warning(request, _("This version is not offered any more."))
        else:
            messages.success(request, _("The version is retired. Nobody can begin this test now."))
        return redirect(self.bank_url)


class Discard(BankStep):
    """Delete a draft that nobody wants."""

    template = "agency/parts/discard.html"
    heading = gettext_lazy("Delete the draft")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Pressing twice deletes once."""
        try:
            operations.discard_bank(self.instrument, self.kwargs["version"], by=self.actor)
        except operations.AlreadyPublished:
            messages.warning(request, _("A published version cannot be deleted."))
            return redirect(self.bank_url)
        messages.success(request, _("The draft is deleted."))
        return redirect("agency:test", self.instrument)
