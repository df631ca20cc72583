"""Favourites: programmes that somebody wants to find again ("izlase")."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.catalogue import live
from stars.catalogue.cards import card_of
from stars.catalogue.names import names_of
from stars.catalogue.operations import personal as operations
from stars.catalogue.queries import personal
from stars.common import clock
from stars.common.typed import whole_number
from stars.workspaces.redirects import safe_next
from stars.workspaces.views import WorkspaceView


class Favourites(WorkspaceView, TemplateView):
    """The list, and keeping or dropping one programme."""

    permission = Permission.PROFILE_EDIT
    template_name = "citizen/favourites.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The latest first; what was withdrawn meanwhile is counted, not shown."""
        snapshot = live.snapshot()
        names, now = names_of(snapshot), clock.now().timestamp()
        kept = personal.favourite_ids(self.actor)
        programmes = [snapshot.index.programme(number) for number in kept]
        cards = [
            card_of(programme, names=names, now=now) for programme in programmes if programme is not None
        ]
        context = self.get_context_data(
            heading=_("Favourites"),
            cards=cards,
            favourites=kept,
            compared=[card.id for card in cards[:4]],
            withdrawn_count=len(kept) - len(cards),
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Said in so many words ("keep 1" or "0"), so that a double click does no harm."""
        programme_id = whole_number(request.POST.get("programme", "")) or 0
        try:
            if request.POST.get("keep") == "1":
                operations.keep_favourite(programme_id, by=self.actor)
                messages.success(request, _("The programme is among your favourites."))
            else:
                operations.drop_favourite(programme_id, by=self.actor)
                messages.success(request, _("The programme is no longer among your favourites."))
        except operations.NoSuchProgramme:
            messages.error(request, _("This programme is no longer in the catalogue."))
        return redirect(safe_next(request, request.POST.get("next"), default=reverse("citizen:favourites")))


class AddFavourite(WorkspaceView):
    """Where "Add to favourites" leads whoever was not signed in: through sign-in, consent and registration to here.

    A link alone keeps nothing, wherever it stands: the button does. The page's script presses it for whoever pressed
    the same button on the programme's page in this tab.
    """

    permission = Permission.PROFILE_EDIT

    def get(self, request: HttpRequest, programme_id: int) -> HttpResponse:
        """The programme with the button; back to it when there is nothing left to do."""
        programme = live.snapshot().index.programme(programme_id)
        if programme is None:
            messages.error(request, _("This programme is no longer in the catalogue."))
            return redirect("citizen:favourites")
        back = reverse("public:programme", args=[programme_id])
        if programme_id in personal.favourite_ids(self.actor):
            return redirect(back)
        context = {"heading": _("Add to favourites"), "programme": programme, "back": back}
        return render(request, "citizen/add_favourite.html", context)
