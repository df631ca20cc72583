"""A programme as schema.org describes courses, for search engines (JSON-LD)."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from stars.catalogue.description import lines
from stars.catalogue.enums import StudyForm
from stars.catalogue.models import Group, GroupOffer, Programme

# What would end the script element, or begin another, is written as an escape that JSON reads back.
_ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"})
_MODES = {StudyForm.ONSITE: "Onsite", StudyForm.ONLINE: "Online", StudyForm.BLENDED: "Blended"}


def course_json(programme: Programme, groups: Iterable[Group], *, url: str) -> SafeString:
    """The text of a JSON-LD script; `url` is the page's full address."""
    text = json.dumps(_course(programme, groups, url), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308  the signs of HTML are escaped above


def _course(programme: Programme, groups: Iterable[Group], url: str) -> dict[str, Any]:
    institution = programme.institution
    return _without_gaps(
        {
            "@context": "https://schema.org",
            "@type": "Course",
            "@id": url,
            "url": url,
            "name": programme.title,
            "courseCode": programme.code,
            "description": programme.summary,
            "inLanguage": programme.language,
            "timeRequired": f"PT{programme.hours}H",
            "provider": _without_gaps(
                {"@type": "EducationalOrganization", "name": institution.name, "url": institution.website}
            ),
            "educationalCredentialAwarded": programme.document,
            "coursePrerequisites": "; ".join(
                filter(None, [programme.prior_education, programme.prior_knowledge])
            ),
            "teaches": lines(programme.outcomes),
            "about": programme.field.name_lv,
            "syllabusSections": [{"@type": "Syllabus", "name": topic} for topic in lines(programme.contents)],
            "hasCourseInstance": [_instance(programme, group) for group in groups],
        }
    )


def _instance(programme: Programme, group: Group) -> dict[str, Any]:
    return _without_gaps(
        {
            "@type": "CourseInstance",
            "name": group.name,
            "courseMode": "Online" if group.is_remote else _MODES[StudyForm(programme.study_form)],
            "startDate": group.starts_on.isoformat(),
            "endDate": group.ends_on.isoformat(),
            "courseWorkload": f"PT{programme.hours}H",
            "location": _place(group),
            "offers": [_offer(offer) for offer in group.offers.all()],
        }
    )


def _place(group: Group) -> dict[str, Any]:
    if group.municipality is None:
        return {"@type": "VirtualLocation"}
    address = {
        "@type": "PostalAddress",
        "addressCountry": "LV",
        "addressLocality": group.municipality.name_lv,
        "streetAddress": group.address,
    }
    return {"@type": "Place", "address": _without_gaps(address)}


def _offer(offer: GroupOffer) -> dict[str, Any]:
    """The price is what the learner pays; the category says so."""
    return {
        "@type": "Offer",
        "name": offer.round.scheme,
        "price": f"{offer.copayment_cents // 100}.{offer.copayment_cents % 100:02d}",
        "priceCurrency": "EUR",
        "category": "Partially Free" if offer.copayment_cents else "Free",
        "validFrom": offer.round.opens_at.isoformat(),
        "validThrough": offer.round.closes_at.isoformat(),
    }


def _without_gaps(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [])}
