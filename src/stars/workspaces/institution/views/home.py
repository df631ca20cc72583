"""What waits for whoever works here."""

from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.workspaces.views import StaffView


class Home(StaffView, TemplateView):
    """The first page of the work place."""

    permission = Permission.APPLICATION_ADMIT
    template_name = "institution/home.html"
