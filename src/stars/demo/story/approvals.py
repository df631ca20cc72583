"""What the institution has sent to the agency: a change of a programme, and a new group."""

from datetime import timedelta

from stars.applications.operations import offering as bound
from stars.catalogue.models import Programme
from stars.catalogue.operations import approval, offering
from stars.catalogue.types import GroupDraft, ProgrammeDraft
from stars.demo.story.stage import Stage


def tell(stage: Stage, programme: Programme) -> None:
    """Sent in the last days; nobody has answered yet."""
    with stage.on(-3, 10):
        bound.change_programme(programme, _with_prior_education(programme), by=stage.institution)
    starts_on = stage.today + timedelta(days=75)
    planned = GroupDraft(
        name="Vasaras grupa",
        municipality="muni-0001000",
        address="Skolas iela 5, Rīga",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=45),
        schedule="evenings",
        schedule_note="Pirmdienās un trešdienās 18.00–21.00",
        seats_min=6,
        seats_max=14,
        price_cents=32_000,
    )
    with stage.on(-2, 11):
        group = offering.add_group(programme, planned, by=stage.institution)
        approval.send_group(group, by=stage.institution)


def _with_prior_education(programme: Programme) -> ProgrammeDraft:
    """The programme as it stands, but for whom it is meant."""
    return ProgrammeDraft(
        institution_id=programme.institution_id,
        code=programme.code,
        title=programme.title,
        kind=programme.kind_id,
        field=programme.field_id,
        hours=programme.hours,
        study_form=programme.study_form,
        summary=programme.summary,
        contents=programme.contents,
        prior_education="Vismaz pamatizglītība un viena gada darba pieredze nozarē",
        prior_knowledge=programme.prior_knowledge,
        document=programme.document,
        language=programme.language,
        outcomes=programme.outcomes,
        qualification=programme.qualification_id,
        qualification_level=programme.qualification_level,
        keywords=tuple(programme.keywords),
        digcomp_areas=tuple(programme.digcomp_areas),
        digcomp_competences=tuple(programme.digcomp_competences),
        digcomp_level=programme.digcomp_level,
        varam_level=programme.varam_level,
        contact_name=programme.contact_name,
        contact_phone=programme.contact_phone,
        contact_email=programme.contact_email,
    )
