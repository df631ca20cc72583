"""Pages of the agency."""

from django.urls import path

from stars.workspaces.agency.views import home

app_name = "agency"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
]
