"""The first sign-in's consent, and the proof of an e-mail address."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from stars.actors.permissions import Permission
from stars.people import operations as people
from stars.people import queries
from stars.workspaces.redirects import safe_next
from stars.workspaces.roles import HOME
from stars.workspaces.views import PublicView, WorkspaceView


class ConsentForm(forms.Form):
    """One tick."""

    accepted = forms.BooleanField(
        label=gettext_lazy("Terms of use and privacy policy"),
        error_messages={
            "required": gettext_lazy(
                "Tick the box to confirm that you have read the terms and the privacy policy."
            )
        },
    )


class GiveConsent(WorkspaceView, FormView[ConsentForm]):
    """Terms of use and privacy policy, accepted once for each version (manual 2)."""

    permission = Permission.SESSION_USE
    needs_consent = False
    needs_registration = False
    template_name = "public/consent.html"
    form_class = ConsentForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to accept: go on."""
        if queries.has_accepted_texts(self.person):
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: ConsentForm) -> HttpResponse:
        """Record and go on."""
        people.accept_texts(self.person, by=self.actor)
        return redirect(self.get_success_url())

    def form_invalid(self, form: ConsentForm) -> HttpResponse:
        """The same page with the error beside the tick."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_url(self) -> str:
        """Where the person wanted to go."""
        return safe_next(self.request, self.request.GET.get("next"), default=reverse(HOME[self.actor.role]))


class ConfirmEmail(PublicView):
    """The link from the e-mail. Mail programs open links by themselves, so that a button confirms."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Ask for the button to be pressed."""
        return render(request, "public/confirm_email.html")

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Confirm the address, whoever is signed in: the link itself is the proof."""
        try:
            people.confirm_email(token, by=self.actor)
        except people.LinkNotValid:
            return render(request, "public/confirm_email.html", {"is_invalid": True}, status=410)
        messages.success(request, _("Your e-mail address is confirmed."))
        return redirect(HOME[self.actor.role] if request.user.is_authenticated else "public:landing")
