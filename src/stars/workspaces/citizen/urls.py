"""The client profile."""

from django.urls import path

from stars.workspaces.citizen import catalogue_urls
from stars.workspaces.citizen.views import applications, apply, history, home, notices, profile, steps, typed

app_name = "citizen"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("registracija/", profile.Registration.as_view(), name="registration"),
    path("mans-profils/", profile.MyProfile.as_view(), name="profile"),
    path("mans-profils/apstiprinat-e-pastu/", profile.SendConfirmation.as_view(), name="send-confirmation"),
    path("mans-profils/pazinojumi/", notices.Notices.as_view(), name="notices"),
    path("vesture/", history.History.as_view(), name="history"),
    path("vesture/kopija.<slug:kind>", history.HistoryCopy.as_view(), name="history-copy"),
    path("melnraksts/<slug:form>/", typed.KeepTyped.as_view(), name="keep-typed"),
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
    path(
        "pieteikumi/<uuid:public_id>/atteikties/",
        applications.Withdraw.as_view(),
        name="application-withdraw",
    ),
    path(
        "pieteikumi/<uuid:public_id>/iesniegums.pdf",
        applications.ApplicationPdf.as_view(),
        name="application-pdf",
    ),
    *catalogue_urls.urlpatterns,
]
