"""What all staff share."""

from django.urls import path

from stars.workspaces.staff.views import roles

app_name = "staff"
urlpatterns = [
    path("loma/", roles.Roles.as_view(), name="roles"),
]
