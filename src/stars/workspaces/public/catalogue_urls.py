"""Addresses of the landing page, the catalogue and its programmes; `urls.py` beside this file includes them."""

from django.urls import path

from stars.workspaces.public.views import catalogue, compare, landing, programme

urlpatterns = [
    path("", landing.Landing.as_view(), name="landing"),
    path("programmas/", catalogue.Catalogue.as_view(), name="catalogue"),
    path("programmas/ieteikumi/", catalogue.Suggestions.as_view(), name="suggestions"),
    path("programmas/salidzinat/", compare.Compare.as_view(), name="compare"),
    path("programma/<int:programme_id>/", programme.ProgrammePage.as_view(), name="programme"),
]
