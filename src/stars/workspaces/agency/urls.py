"""Pages of the agency."""

from django.urls import path

from stars.workspaces.agency.views import home, organisations

app_name = "agency"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("organizacijas/", organisations.Organisations.as_view(), name="organisations"),
    path("organizacijas/<slug:slug>/", organisations.OrganisationPage.as_view(), name="organisation"),
    path("organizacijas/<slug:slug>/pieskirt/", organisations.Grant.as_view(), name="grant"),
]
