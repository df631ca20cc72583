"""The client profile."""

from django.urls import path

from stars.workspaces.citizen import catalogue_urls
from stars.workspaces.citizen.views import (
    applications,
    apply,
    correct,
    history,
    home,
    leaving,
    level,
    money,
    notices,
    places,
    profile,
    steps,
    surveys,
    typed,
)
from stars.workspaces.citizen.views.assessments import comparing, outcome, overview, taking

app_name = "citizen"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("registracija/", profile.Registration.as_view(), name="registration"),
    path("mans-profils/", profile.MyProfile.as_view(), name="profile"),
    path("mans-profils/apstiprinat-e-pastu/", profile.SendConfirmation.as_view(), name="send-confirmation"),
    path("mans-profils/pazinojumi/", notices.Notices.as_view(), name="notices"),
    path("finansejums/", money.Money.as_view(), name="money"),
    path("vesture/", history.History.as_view(), name="history"),
    path("vesture/kopija.<slug:kind>", history.HistoryCopy.as_view(), name="history-copy"),
    path("melnraksts/<slug:form>/", typed.KeepTyped.as_view(), name="keep-typed"),
    path("testi/limena-tests/", level.LevelTest.as_view(), name="level"),
    path("pieteikties/<int:programme_id>/", apply.Apply.as_view(), name="apply"),
    path("pieteikumi/<uuid:public_id>/", applications.ApplicationPage.as_view(), name="application"),
    path("pieteikumi/<uuid:public_id>/solis/<slug:step>/", steps.StepPage.as_view(), name="application-step"),
    path(
        "pieteikumi/<uuid:public_id>/solis/<slug:step>/glabat/",
        steps.KeepStep.as_view(),
        name="application-keep",
    ),
    path("pieteikumi/<uuid:public_id>/parskats/", steps.Review.as_view(), name="application-review"),
    path("pieteikumi/<uuid:public_id>/dzest/", applications.Discard.as_view(), name="application-discard"),
    path("pieteikumi/<uuid:public_id>/labot/", correct.Correct.as_view(), name="application-correct"),
    path(
        "pieteikumi/<uuid:public_id>/labot/glabat/",
        correct.KeepCorrection.as_view(),
        name="application-correct-keep",
    ),
    path(
        "pieteikumi/<uuid:public_id>/atteikties/",
        leaving.Withdraw.as_view(),
        name="application-withdraw",
    ),
    path("pieteikumi/<uuid:public_id>/aiziet/", leaving.Leave.as_view(), name="application-leave"),
    path("pieteikumi/<uuid:public_id>/grupas/", places.Groups.as_view(), name="application-groups"),
    path(
        "pieteikumi/<uuid:public_id>/grupas/<int:group_id>/pienemt/",
        places.Accept.as_view(),
        name="place-accept",
    ),
    path(
        "pieteikumi/<uuid:public_id>/grupas/<int:group_id>/gaidit/",
        places.Join.as_view(),
        name="place-join",
    ),
    path(
        "pieteikumi/<uuid:public_id>/grupas/<int:group_id>/atteikties/",
        places.GiveUp.as_view(),
        name="place-give-up",
    ),
    path(
        "pieteikumi/<uuid:public_id>/iesniegums.pdf",
        applications.ApplicationPdf.as_view(),
        name="application-pdf",
    ),
    path(
        "pieteikumi/<uuid:public_id>/lemums/<int:decision_id>/",
        applications.DecisionPdf.as_view(),
        name="application-decision-pdf",
    ),
    path("testi/", overview.Tests.as_view(), name="tests"),
    path("testi/<uuid:public_id>/", taking.GoOn.as_view(), name="test-attempt"),
    path("testi/<uuid:public_id>/<int:page>/", taking.TestPage.as_view(), name="test-page"),
    path("testi/<uuid:public_id>/glabat/", taking.KeepAnswers.as_view(), name="test-keep"),
    path("testi/<uuid:public_id>/rezultats/", outcome.Outcome.as_view(), name="test-result"),
    path("testi/<uuid:public_id>/rezultats.pdf", outcome.OutcomePdf.as_view(), name="test-result-pdf"),
    path("testi/<slug:instrument>/salidzinat/", comparing.Compare.as_view(), name="test-compare"),
    path("testi/<slug:instrument>/", overview.Test.as_view(), name="test"),
    path("anketas/", surveys.Surveys.as_view(), name="surveys"),
    path("anketas/<uuid:public_id>/", surveys.SurveyPage.as_view(), name="survey"),
    path(
        "anketas/<uuid:public_id>/lapa/<int:number>/",
        surveys.SurveyStep.as_view(),
        name="survey-step",
    ),
    path(
        "anketas/<uuid:public_id>/lapa/<int:number>/glabat/",
        surveys.KeepSurveyStep.as_view(),
        name="survey-keep",
    ),
    path("anketas/<uuid:public_id>/parskats/", surveys.SendSurvey.as_view(), name="survey-send"),
    *catalogue_urls.urlpatterns,
]
