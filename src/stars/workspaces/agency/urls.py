"""Pages of the agency."""

from django.urls import path

from stars.workspaces.agency.views import approvals, home, organisations, persons

app_name = "agency"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("personas/", persons.FindPersons.as_view(), name="persons"),
    path("personas/apvienosanas/", persons.MergeProposals.as_view(), name="merges"),
    path("personas/apvienosanas/<int:number>/", persons.SettleMerge.as_view(), name="merge"),
    path("personas/<uuid:kept_id>/", persons.FindPersons.as_view(), name="persons-second"),
    path("personas/<uuid:kept_id>/<uuid:merged_id>/", persons.ProposeMerge.as_view(), name="merge-propose"),
    path("organizacijas/", organisations.Organisations.as_view(), name="organisations"),
    path("organizacijas/<slug:slug>/", organisations.OrganisationPage.as_view(), name="organisation"),
    path("organizacijas/<slug:slug>/pieskirt/", organisations.Grant.as_view(), name="grant"),
    path("apstiprinasana/", approvals.Approvals.as_view(), name="approvals"),
    path("apstiprinasana/<int:request_id>/", approvals.Approval.as_view(), name="approval"),
    path("apstiprinasana/<int:request_id>/atpakal/", approvals.SendBack.as_view(), name="approval-send-back"),
]
