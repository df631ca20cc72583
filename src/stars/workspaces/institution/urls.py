"""Pages of the institution."""

from django.urls import path

from stars.workspaces.institution.views import group_forms, home, programmes

app_name = "institution"
_PROGRAMME = "programmas/<int:programme_id>/"
_GROUP = f"{_PROGRAMME}grupas/<int:group_id>/"

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("programmas/", programmes.Programmes.as_view(), name="programmes"),
    path("programmas/jauna/", programmes.NewProgramme.as_view(), name="programme-new"),
    path(_PROGRAMME, programmes.ProgrammePage.as_view(), name="programme"),
    path(f"{_PROGRAMME}labot/", programmes.ChangeProgramme.as_view(), name="programme-change"),
    path(f"{_PROGRAMME}iznemt/", programmes.WithdrawProgramme.as_view(), name="programme-withdraw"),
    path(f"{_PROGRAMME}solis/<slug:step>/", programmes.MoveProgramme.as_view(), name="programme-step"),
    path(f"{_PROGRAMME}grupas/jauna/", group_forms.NewGroup.as_view(), name="group-new"),
    path(f"{_GROUP}labot/", group_forms.ChangeGroup.as_view(), name="group-change"),
    path(f"{_GROUP}solis/<slug:step>/", group_forms.MoveGroup.as_view(), name="group-step"),
]
