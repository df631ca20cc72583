"""All addresses."""

from django.urls import include, path

from stars.workspaces import errors

urlpatterns = [
    path("", include("stars.workspaces.public.urls")),
    path("profils/", include("stars.workspaces.citizen.urls")),
    path("darbs/", include("stars.workspaces.staff.urls")),
    path("iestade/", include("stars.workspaces.institution.urls")),
    path("agentura/", include("stars.workspaces.agency.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
