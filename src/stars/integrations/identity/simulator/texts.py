"""The words of the simulator's pages; it runs without the platform, hence without its translations."""

from collections.abc import Mapping

TEXTS: Mapping[str, Mapping[str, str]] = {
    "lv": {
        "mark": "Latvija.lv simulators",
        "title": "Vienotās pieteikšanās modulis",
        "simulator": "Simulators izstrādei un testiem",
        "simulator_note": "Visi cilvēki šajā lapā ir izdomāti. Īsta pieteikšanās te nenotiek.",
        "other_language": "English",
        "other_language_code": "en",
        "lead": "Platforma STARS lūdz apliecināt Jūsu identitāti.",
        "tools": "Izvēlieties pieteikšanās rīku",
        "people": "Izvēlieties, kurš piesakās",
        "cancel": "Atcelt pieteikšanos",
        "signed_out": "Sesija ir beigta",
        "signed_out_note": "Šajā pārlūkā vairs neviens nav pieteicies. Šo lapu varat aizvērt.",
        "bad_request": "Pieprasījums nav derīgs",
        "bad_request_note": "Atgriezieties platformā un mēģiniet pieteikties vēlreiz.",
        "not_found": "Šādas lapas nav",
        "not_found_note": "Atgriezieties platformā un mēģiniet pieteikties vēlreiz.",
        "home": "Vienotās pieteikšanās modulis",
        "home_note": "Pieteikšanās sākas platformā: atveriet to un izvēlieties „Pieslēgties”.",
    },
    "en": {
        "mark": "Latvija.lv simulator",
        "title": "Unified login module",
        "simulator": "Simulator for development and tests",
        "simulator_note": "Everybody on this page is invented. No real sign-in happens here.",
        "other_language": "Latviešu",
        "other_language_code": "lv",
        "lead": "The platform STARS asks you to prove your identity.",
        "tools": "Choose how you sign in",
        "people": "Choose who signs in",
        "cancel": "Cancel the sign-in",
        "signed_out": "The session has ended",
        "signed_out_note": "Nobody is signed in in this browser any more. You may close this page.",
        "bad_request": "The request is not valid",
        "bad_request_note": "Go back to the platform and try to sign in again.",
        "not_found": "There is no such page",
        "not_found_note": "Go back to the platform and try to sign in again.",
        "home": "Unified login module",
        "home_note": "Sign-in begins on the platform: open it and choose “Sign in”.",
    },
}


def language_of(ui_locales: str) -> str:
    """Return the first language of a list, divided by spaces, that the pages speak; else Latvian."""
    wanted = (locale.partition("-")[0].lower() for locale in ui_locales.split())
    return next((language for language in wanted if language in TEXTS), "lv")
