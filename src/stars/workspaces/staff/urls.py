"""What all staff share."""

from django.urls import path

from stars.workspaces.staff.views import invitations, roles, team

app_name = "staff"
urlpatterns = [
    path("loma/", roles.Roles.as_view(), name="roles"),
    path("loma/<int:number>/pamest/", roles.Leave.as_view(), name="leave"),
    path("uzaicinajums/<str:token>/", invitations.AcceptInvitation.as_view(), name="invitation"),
    path("komanda/", team.Team.as_view(), name="team"),
    path("komanda/uzaicinat/", team.Invite.as_view(), name="invite"),
    path("komanda/uzaicinajumi/<int:number>/atsaukt/", team.WithdrawInvitation.as_view(), name="withdraw"),
    path("komanda/<int:number>/", team.ChangeMember.as_view(), name="member"),
    path("komanda/<int:number>/beigt/", team.EndMember.as_view(), name="member-end"),
]
