"""Registration (manual 3) and Mans profils (manual 3.2): the same form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from stars.actors.permissions import Permission
from stars.people import operations, queries
from stars.people.forms import RegistrationForm
from stars.people.history import changes_of
from stars.workspaces.citizen.views.typed import autosave_url
from stars.workspaces.redirects import safe_next
from stars.workspaces.views import WorkspaceView


class ProfileForm(WorkspaceView, FormView[RegistrationForm]):
    """What both pages share."""

    permission = Permission.PROFILE_EDIT
    form_class = RegistrationForm
    with_municipality = False
    form_name = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        """The person, their code, what is saved, and what was typed and not sent."""
        code = queries.person_code(self.person)
        return super().get_form_kwargs() | {
            "person": self.person,
            "person_code": code.formatted if code else "",
            "profile": queries.profile_of(self.person),
            "with_municipality": self.with_municipality,
            "typed": queries.typed_into(self.person, self.request.path),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form saves itself while it is filled in."""
        return super().get_context_data(autosave_url=autosave_url(self.form_name), **kwargs)

    def form_valid(self, form: RegistrationForm) -> HttpResponse:
        """Save, and forget what was kept of the typing."""
        operations.save_profile(self.person, form.answers(), by=self.actor)
        operations.forget_typed(self.person, self.request.path)
        return redirect(self.get_success_url())

    def form_invalid(self, form: RegistrationForm) -> HttpResponse:
        """The same page with what was typed and what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Registration(ProfileForm):
    """The registration form, once."""

    template_name = "citizen/registration.html"
    needs_registration = False
    form_name = "registration"
    extra_context = {"heading": gettext_lazy("Registration on the platform")}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever is registered corrects the profile instead."""
        if queries.is_registered(self.person):
            return redirect("citizen:profile")
        return super().get(request, *args, **kwargs)

    def get_success_url(self) -> str:
        """Where the person wanted to go."""
        messages.success(self.request, _("You are registered. Welcome!"))
        return safe_next(self.request, self.request.GET.get("next"), default=reverse("citizen:home"))


class MyProfile(ProfileForm):
    """Mans profils: the same answers, the municipality, and what was changed when."""

    template_name = "citizen/profile.html"
    with_municipality = True
    form_name = "profile"
    extra_context = {"heading": gettext_lazy("My profile")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the state of the e-mail address and the history."""
        return super().get_context_data(
            email_is_confirmed=self.person.email_confirmed_at is not None,
            changes=changes_of(self.person),
            **kwargs,
        )

    def get_success_url(self) -> str:
        """Stay here, with a word that it is saved."""
        messages.success(self.request, _("The changes are saved."))
        return reverse("citizen:profile")


class SendConfirmation(WorkspaceView):
    """Sends the link for the e-mail address once more."""

    permission = Permission.PROFILE_EDIT

    def post(self, request: HttpRequest) -> HttpResponse:
        """Back to the profile."""
        if operations.send_confirmation(self.person, by=self.actor):
            messages.success(request, _("We have sent the link to %(email)s.") % {"email": self.person.email})
        else:
            messages.error(
                request,
                _(
                    "Several links went out today, so no more are sent until tomorrow. Look among the unwanted mail, "
                    "and check whether the address is right."
                ),
            )
        return redirect("citizen:profile")
