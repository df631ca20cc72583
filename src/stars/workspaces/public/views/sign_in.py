"""Signing in and out through the national sign-in (manual 2)."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.generic import TemplateView

from stars.actors.actor import ANONYMOUS
from stars.actors.permissions import Role
from stars.audit import operations as audit
from stars.integrations.identity import client
from stars.integrations.identity.failures import ProviderUnavailable, SignInCancelled, SignInFailure
from stars.integrations.identity.types import IdentityAssertion
from stars.organisations import queries as organisations
from stars.people import operations as people
from stars.people.models import Person
from stars.people.types import SignedIn
from stars.workspaces import roles, sessions
from stars.workspaces.context import sign_in_choices
from stars.workspaces.redirects import safe_next
from stars.workspaces.roles import HOME
from stars.workspaces.views import PublicView

STAFF = "darbinieks"
CHOICES = ("iedzivotajs", STAFF)
NEXT, CHOICE = "sign_in_next", "sign_in_choice"
BACKEND = "stars.people.backend.IdentityBackend"


class SignIn(PublicView, TemplateView):
    """The sign-in page for everybody."""

    template_name = "public/sign_in.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever is signed in already goes on."""
        target = safe_next(request, request.GET.get("next"), default="")
        if request.user.is_authenticated:
            return redirect(target or HOME[self.actor.role])
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
        if who.on_behalf_of is not None or who.signs_for is not None:
            return _refuse_role(request, "proxy")
        membership_id = None
        if who.acting_as is not None:
            organisation = organisations.by_identity_code(who.acting_as)
            if organisation is None:
                return _refuse_role(request, "institution-unknown")
            membership = organisations.membership_by_code(organisation, who.person_code)
            if membership is None:
                return _refuse_role(request, "no-membership", organisation=organisation.name)
            membership_id = membership.pk
        target, choice = request.session.get(NEXT, ""), request.session.get(CHOICE, "")
        person = people.arrive(_signed_in(who))
        login(request, person, backend=BACKEND)
        sessions.begin(request)
        people.choose_language(person, get_language() or "lv", by=people.actor_of(person))
        for key in (NEXT, CHOICE):
            request.session.pop(key, None)
        return redirect(_first_page(request, person, choice, membership_id, target))


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


def _first_page(
    request: HttpRequest, person: Person, choice: str, membership_id: int | None, target: str
) -> str:
    """Where a new session begins: staff with one work place there, with several at the choice, all others as residents."""
    request.session.pop(roles.MEMBERSHIP, None)
    hats = roles.begin(request, person)
    if membership_id is None and choice != STAFF:
        return target or reverse(HOME[Role.CITIZEN])
    if membership_id is None and len(hats) == 1:
        membership_id = hats[0].pk
    acting = None if membership_id is None else roles.choose(request, person, membership_id)
    if acting is None:
        query = f"?{urlencode({'next': target})}" if target else ""
        return f"{reverse('staff:roles')}{query}"
    return target or reverse(HOME[acting.role])


def _refuse(request: HttpRequest, failure: SignInFailure) -> HttpResponse:
    """A page that says what happened and how to try again."""
    target = request.session.get(NEXT, "")
    request.session.flush()
    audit.record(
        "session.sign-in-failed", by=ANONYMOUS, details={"code": failure.code, "reason": failure.reason}
    )
    status = {SignInCancelled: 200, ProviderUnavailable: 503}.get(type(failure), 400)
    context = {
        "failure": failure.code,
        "next": target,
        "choices": sign_in_choices(),
        "organisation": "",
    }
    return render(request, "public/sign_in_failed.html", context, status=status)


def _refuse_role(request: HttpRequest, kind: str, *, organisation: str = "") -> HttpResponse:
    """For an organisation where one has no place, or for somebody else: understood, and not possible."""
    request.session.flush()
    audit.record("session.role-refused", by=ANONYMOUS, details={"kind": kind})
    context = {"failure": kind, "next": "", "choices": sign_in_choices(), "organisation": organisation}
    return render(request, "public/sign_in_failed.html", context, status=403)
