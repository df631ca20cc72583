"""Pages of the agency."""

from django.urls import path

from stars.workspaces.agency.views import (
    approvals,
    bulk,
    case,
    corrections,
    decisions,
    home,
    offers,
    organisations,
    persons,
    queue,
    rounds,
    rules,
    survey_report,
    surveys,
)

app_name = "agency"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("pieteikumi/", queue.Queue.as_view(), name="applications"),
    path("pieteikumi/lemt/", bulk.DecideMany.as_view(), name="decide-many"),
    path("pieteikumi/<uuid:public_id>/", case.Case.as_view(), name="application"),
    path("pieteikumi/<uuid:public_id>/apstiprinat/", decisions.Confirm.as_view(), name="application-confirm"),
    path("pieteikumi/<uuid:public_id>/atteikt/", decisions.Refuse.as_view(), name="application-refuse"),
    path("pieteikumi/<uuid:public_id>/atpakal/", decisions.SendBack.as_view(), name="application-send-back"),
    path(
        "pieteikumi/<uuid:public_id>/izskatit-velreiz/", decisions.Reopen.as_view(), name="application-reopen"
    ),
    path("pieteikumi/<uuid:public_id>/registri/", decisions.AskRegisters.as_view(), name="application-ask"),
    path(
        "pieteikumi/<uuid:public_id>/lemums/<int:decision_id>/",
        case.DecisionPdf.as_view(),
        name="application-decision",
    ),
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
    path("kartas/", rounds.Rounds.as_view(), name="rounds"),
    path("kartas/jauna/", rounds.NewRound.as_view(), name="new-round"),
    path("kartas/<int:round_id>/", rounds.RoundPage.as_view(), name="round"),
    path("kartas/<int:round_id>/labot/", rounds.ChangeRound.as_view(), name="change-round"),
    path("kartas/<int:round_id>/grupas/", rounds.ChooseGroups.as_view(), name="choose-groups"),
    path("kartas/<int:round_id>/grupas/<int:offer_id>/", offers.ChangeOffer.as_view(), name="offer"),
    path(
        "kartas/<int:round_id>/grupas/<int:offer_id>/iznemt/",
        offers.RemoveOffer.as_view(),
        name="remove-offer",
    ),
    path("noteikumi/", rules.Rules.as_view(), name="rules"),
    path("noteikumi/<slug:scheme>/", rules.SourceRules.as_view(), name="source-rules"),
    path("noteikumi/<slug:scheme>/jauni/", rules.NewRules.as_view(), name="new-rules"),
    path("anketas/", surveys.SurveyVersions.as_view(), name="surveys"),
    path("anketas/jauna/", surveys.NewSurveyVersion.as_view(), name="new-survey"),
    path("anketas/<int:version_id>/", surveys.SurveyPreview.as_view(), name="survey"),
    path("anketas/<int:version_id>/publicet/", surveys.PublishSurvey.as_view(), name="publish-survey"),
    path("anketas/<int:version_id>/slegt/", surveys.RetireSurvey.as_view(), name="retire-survey"),
    path("anketas/<int:version_id>/parskats/", survey_report.SurveyReport.as_view(), name="survey-report"),
    path(
        "anketas/<int:version_id>/parskats.<slug:kind>",
        survey_report.SurveyReportCopy.as_view(),
        name="survey-report-copy",
    ),
    path("labojumi/", corrections.Corrections.as_view(), name="corrections"),
    path(
        "labojumi/ieraksts/<int:entry_id>/",
        corrections.ProposeCorrection.as_view(),
        name="propose-correction",
    ),
    path("labojumi/<int:proposal_id>/", corrections.SettleCorrection.as_view(), name="settle-correction"),
]
