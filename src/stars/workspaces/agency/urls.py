"""Pages of the agency."""

from django.urls import path

from stars.workspaces.agency.views import approvals, home

app_name = "agency"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("apstiprinasana/", approvals.Approvals.as_view(), name="approvals"),
    path("apstiprinasana/<int:request_id>/", approvals.Approval.as_view(), name="approval"),
    path("apstiprinasana/<int:request_id>/atpakal/", approvals.SendBack.as_view(), name="approval-send-back"),
]
