"""Addresses of the personalised catalogue and the favourites; `urls.py` beside this file includes them."""

from django.urls import path

from stars.workspaces.citizen.views import favourites, programmes

urlpatterns = [
    path("programmas/", programmes.Programmes.as_view(), name="programmes"),
    path("programmas/iemesli/", programmes.MuteReason.as_view(), name="mute-reason"),
    path("izlase/", favourites.Favourites.as_view(), name="favourites"),
    path("izlase/pievienot/<int:programme_id>/", favourites.AddFavourite.as_view(), name="add-favourite"),
]
