"""Signing in and out through the national sign-in (manual 2)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.actors.actor import ANONYMOUS
from stars.audit import operations as audit
from stars.integrations.identity import client
from stars.integrations.identity.failures import ProviderUnavailable, SignInCancelled, SignInFailure
from stars.integrations.identity.types import IdentityAssertion
from stars.people import operations as people
from stars.people.types import SignedIn
from stars.workspaces import sessions
from stars.workspaces.context import sign_in_choices
from stars.workspaces.redirects import safe_next
from stars.workspaces.views import PublicView

CHOICES = ("iedzivotajs", "darbinieks")
NEXT, CHOICE = "sign_in_next", "sign_in_choice"
BACKEND = "stars.people.backend.IdentityBackend"


class SignIn(PublicView, TemplateView):
    """The sign-in page for everybody."""

    template_name = "public/sign_in.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever is signed in already goes on."""
        target = safe_next(request, request.GET.get("next"), default="")
        if request.user.is_authenticated:
            return redirect(target or "citizen:home")
        context = {
            "next": target,
            "reason": request.GET.get("reason", ""),
            "choices": sign_in_choices(),
        }
        return self.render_to_response(context)


class StartSignIn(PublicView):
    """From the choice in the list to the national sign-in."""

    def get(self, request: HttpRequest, choice: str) -> HttpResponse:
        """Always asks anew who it is: many sit at a library's computer."""
        if choice not in CHOICES:
            raise Http404
        request.session[NEXT] = safe_next(request, request.GET.get("next"), default="")
        request.session[CHOICE] = choice
        callback = request.build_absolute_uri(reverse("public:sign-in-finish"))
        try:
            return client.start(request, callback, get_language() or "lv", ask_again=True)
        except SignInFailure as failure:
            return _refuse(request, failure)


class FinishSignIn(PublicView):
    """Back from the national sign-in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A session for a resident; for everything else a friendly page, an audit event and no session."""
        try:
            who = client.finish(request)
        except SignInFailure as failure:
            return _refuse(request, failure)
        if not who.is_resident:
            return _refuse_role(request, who)
        target, choice = request.session.get(NEXT, ""), request.session.get(CHOICE, "")
        person = people.sign_in(_signed_in(who))
        login(request, person, backend=BACKEND)
        sessions.begin(request)
        people.choose_language(person, get_language() or "lv", by=people.actor_of(person))
        for key in (NEXT, CHOICE):
            request.session.pop(key, None)
        if choice == "darbinieks":
            messages.info(
                request, _("You are signed in as a resident. Work places for staff are not open yet.")
            )
        return redirect(target or "citizen:home")


class SignOut(PublicView):
    """Ends our session and the national one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A link to here does nothing: only the button signs out."""
        return redirect("public:landing")

    def post(self, request: HttpRequest) -> HttpResponse:
        """The page leads on to the national sign-out by itself; a redirect from a form could not (CSP)."""
        actor = self.actor
        request.session.flush()
        if actor.person_id is not None:
            audit.record("session.signed-out", by=actor, subject="person", subject_id=actor.person_id)
        back = request.build_absolute_uri(reverse("public:signed-out"))
        national = client.end_session_url(
            request, post_logout_redirect_uri=back, ui_locale=get_language() or "lv"
        )
        if national is None:
            return redirect("public:signed-out")
        request.actor = ANONYMOUS  # type: ignore[attr-defined]  # the page is already nobody's
        return render(request, "public/signing_out.html", {"national": national})


class SignedOut(PublicView, TemplateView):
    """Nobody is signed in any more."""

    template_name = "public/signed_out.html"


def _signed_in(who: IdentityAssertion) -> SignedIn:
    return SignedIn(
        person_code=who.person_code,
        given_name=who.given_name,
        family_name=who.family_name,
        birth_date=who.birth_date,
        is_technical=who.is_technical,
    )


def _refuse(request: HttpRequest, failure: SignInFailure) -> HttpResponse:
    """A page that says what happened and how to try again."""
    target = request.session.get(NEXT, "")
    request.session.flush()
    audit.record(
        "session.sign-in-failed", by=ANONYMOUS, details={"code": failure.code, "reason": failure.reason}
    )
    status = {SignInCancelled: 200, ProviderUnavailable: 503}.get(type(failure), 400)
    context = {"failure": failure.code, "next": target, "choices": sign_in_choices()}
    return render(request, "public/sign_in_failed.html", context, status=status)


def _refuse_role(request: HttpRequest, who: IdentityAssertion) -> HttpResponse:
    """For an institution or for somebody else: understood, and not possible yet."""
    request.session.flush()
    kind = "staff" if who.acting_as else "proxy"
    audit.record("session.role-refused", by=ANONYMOUS, details={"kind": kind})
    context = {"failure": kind, "next": "", "choices": sign_in_choices()}
    return render(request, "public/sign_in_failed.html", context, status=403)
