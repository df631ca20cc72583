"""Pages for everybody."""

from django.urls import path

from stars.workspaces.public import catalogue_urls
from stars.workspaces.public.views import consent, health, session, sign_in, texts

app_name = "public"
urlpatterns = [
    path("healthz", health.Health.as_view(), name="health"),
    path("valoda/<str:language>/", texts.ChooseLanguage.as_view(), name="language"),
    path("provider/login", sign_in.SignIn.as_view(), name="sign-in"),
    path("provider/login/<slug:choice>/", sign_in.StartSignIn.as_view(), name="sign-in-start"),
    path("provider/callback", sign_in.FinishSignIn.as_view(), name="sign-in-finish"),
    path("provider/logout", sign_in.SignOut.as_view(), name="sign-out"),
    path("provider/logged-out", sign_in.SignedOut.as_view(), name="signed-out"),
    path("provider/session", session.Ping.as_view(), name="session-ping"),
    path("piekrisana/", consent.GiveConsent.as_view(), name="consent"),
    path("e-pasts/<str:token>/", consent.ConfirmEmail.as_view(), name="confirm-email"),
    path("noteikumi/", texts.Terms.as_view(), name="terms"),
    path("privatuma-politika/", texts.Privacy.as_view(), name="privacy"),
    path("privatuma-politika.pdf", texts.PrivacyPdf.as_view(), name="privacy-pdf"),
    path("palidziba/", texts.Help.as_view(), name="help"),
    path("pieklustamiba/", texts.Accessibility.as_view(), name="accessibility"),
    path("kontakti/", texts.Contacts.as_view(), name="contacts"),
    *catalogue_urls.urlpatterns,
]
