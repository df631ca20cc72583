"""Pages of the institution."""

from django.urls import path

from stars.workspaces.institution.views import home

app_name = "institution"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
]
