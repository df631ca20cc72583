"""Pages of the agency."""

from django.urls import path

from stars.workspaces.agency.views import (
    approvals,
    bank_steps,
    bulk,
    case,
    corrections,
    decisions,
    home,
    item_banks,
    offers,
    organisations,
    persons,
    queue,
    rounds,
    rules,
    summaries,
    thresholds,
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
    path("testi/", item_banks.Tests.as_view(), name="tests"),
    path("testi/jauna-banka/", bank_steps.Upload.as_view(), name="new-bank"),
    path("testi/level/robezas/", thresholds.Thresholds.as_view(), name="thresholds"),
    path("testi/level/robezas/jaunas/", thresholds.NewThresholds.as_view(), name="new-thresholds"),
    path("testi/level/robezas/<int:version>/", thresholds.Threshold.as_view(), name="threshold"),
    path(
        "testi/level/robezas/<int:version>/publicet/",
        thresholds.PublishThresholds.as_view(),
        name="publish-thresholds",
    ),
    path(
        "testi/level/robezas/<int:version>/iznemt/",
        thresholds.RetireThresholds.as_view(),
        name="retire-thresholds",
    ),
    path("testi/<slug:instrument>/", item_banks.Test.as_view(), name="test"),
    path("testi/<slug:instrument>/kopsavilkums/", summaries.Summaries.as_view(), name="test-summary"),
    path(
        "testi/<slug:instrument>/kopsavilkums/<slug:kind>/",
        summaries.SummaryFile.as_view(),
        name="test-summary-file",
    ),
    path("testi/<slug:instrument>/<int:version>/", item_banks.Bank.as_view(), name="bank"),
    path(
        "testi/<slug:instrument>/<int:version>/publicet/", bank_steps.Publish.as_view(), name="publish-bank"
    ),
    path("testi/<slug:instrument>/<int:version>/iznemt/", bank_steps.Retire.as_view(), name="retire-bank"),
    path("labojumi/", corrections.Corrections.as_view(), name="corrections"),
    path(
        "labojumi/ieraksts/<int:entry_id>/",
        corrections.ProposeCorrection.as_view(),
        name="propose-correction",
    ),
    path("labojumi/<int:proposal_id>/", corrections.SettleCorrection.as_view(), name="settle-correction"),
]
