"""The form in which an institution describes a programme."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.catalogue.enums import StudyForm, TeachingLanguage, VaramLevel
from stars.catalogue.forms.fields import PointsField, WordsField, long_field, named, number_field, text_field
from stars.catalogue.labels import LABELS
from stars.catalogue.models import Programme
from stars.catalogue.types import ProgrammeDraft
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.people.forms import EmailField, PhoneField

_NO_LEVEL: tuple[Any, Any] = ("", gettext_lazy("Not given"))
_POINTS = gettext_lazy("One point in each line.")


class ProgrammeForm(forms.Form):
    """Everything about a programme that the catalogue shows. `programme` is what is corrected, if anything.

    `waiting` are its values that wait for approval; they are shown instead of those in force.
    """

    SECTIONS = (
        (
            gettext_lazy("The programme"),
            ("title", "code", "kind", "field", "hours", "study_form", "language", "summary"),
        ),
        (
            gettext_lazy("What is learnt, and what for"),
            ("contents", "outcomes", "document", "qualification", "qualification_level", "keywords"),
        ),
        (gettext_lazy("Requirements"), ("prior_education", "prior_knowledge")),
        (
            gettext_lazy("Digital skills"),
            ("digcomp_areas", "digcomp_competences", "digcomp_level", "varam_level"),
        ),
        (gettext_lazy("Contact for learners"), ("contact_name", "contact_phone", "contact_email")),
    )
    CODES = {
        "kind": Kind.PROGRAMME_KIND,
        "field": Kind.FIELD,
        "qualification": Kind.QUALIFICATION,
        "digcomp_areas": Kind.DIGCOMP_AREA,
        "digcomp_competences": Kind.DIGCOMP_COMPETENCE,
    }

    title = text_field("title", 250)
    code = text_field("code", 40, required=False)
    kind = forms.ChoiceField(**named("kind_id"))
    field = forms.ChoiceField(**named("field_id"))
    hours = number_field("hours", 5_000)
    study_form = forms.ChoiceField(**named("study_form"), choices=StudyForm.choices)
    language = forms.ChoiceField(**named("language"), choices=TeachingLanguage.choices)
    summary = long_field("summary")
    contents = PointsField(**named("contents"), help_text=_POINTS)
    outcomes = PointsField(label=LABELS["outcomes"], help_text=_POINTS, required=False)
    document = text_field("document", 250)
    qualification = forms.ChoiceField(label=LABELS["qualification_id"], required=False)
    qualification_level = number_field("qualification_level", 8, required=False)
    keywords = WordsField(
        label=LABELS["keywords"],
        required=False,
        max_length=2_000,
        help_text=gettext_lazy("Parted by commas."),
    )
    prior_education = long_field("prior_education", 2)
    prior_knowledge = long_field("prior_knowledge", 2)
    digcomp_areas = forms.MultipleChoiceField(
        label=LABELS["digcomp_areas"], required=False, widget=forms.CheckboxSelectMultiple
    )
    digcomp_competences = forms.MultipleChoiceField(
        label=LABELS["digcomp_competences"], required=False, widget=forms.CheckboxSelectMultiple
    )
    digcomp_level = number_field("digcomp_level", 8, required=False)
    varam_level = forms.TypedChoiceField(
        label=LABELS["varam_level"],
        required=False,
        coerce=int,
        empty_value=None,
        choices=[_NO_LEVEL, *VaramLevel.choices],
        help_text=gettext_lazy("Needed when the project “Basic digital skills” pays for the programme."),
    )
    contact_name = text_field("contact_name", 120, required=False)
    contact_phone = PhoneField(label=LABELS["contact_phone"], required=False)
    contact_email = EmailField(label=LABELS["contact_email"], required=False)

    def __init__(
        self,
        *args: Any,
        programme: Programme | None = None,
        waiting: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {} if programme is None else _values(programme, self.base_fields, waiting or {})
        super().__init__(*args, **kwargs | {"initial": initial})
        for name, kind in self.CODES.items():
            kept = initial.get(name) or []
            choices = classifiers.choices(kind, keep=[kept] if isinstance(kept, str) else kept)
            multiple = isinstance(self.fields[name], forms.MultipleChoiceField)
            self._field(name).choices = choices if multiple else [("", _("Choose")), *choices]

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    @property
    def sections(self) -> list[tuple[Any, list[Any]]]:
        """Headings with their fields, for the page."""
        return [(heading, [self[name] for name in names]) for heading, names in self.SECTIONS]

    def draft(self, institution_id: int) -> ProgrammeDraft:
        """The answers of a valid form."""
        data = self.cleaned_data
        lists = {name: tuple(data[name]) for name in ("digcomp_areas", "digcomp_competences")}
        return ProgrammeDraft(
            institution_id=institution_id,
            **data | lists | {"qualification": data["qualification"] or None},
        )


def _values(programme: Programme, fields: Any, waiting: dict[str, Any]) -> dict[str, Any]:
    """Stored values by the form's names."""
    columns = {name: f"{name}_id" if hasattr(programme, f"{name}_id") else name for name in fields}
    return {name: waiting.get(column, getattr(programme, column)) for name, column in columns.items()}
