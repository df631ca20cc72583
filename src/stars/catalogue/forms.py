"""Forms in which an institution describes its programmes and groups."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.catalogue.description import lines
from stars.catalogue.enums import Schedule, StudyForm, TeachingLanguage, VaramLevel
from stars.catalogue.labels import LABELS
from stars.catalogue.models import Group, Programme
from stars.catalogue.types import GroupDraft, ProgrammeDraft
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.common import clock
from stars.people.forms import EmailField, PhoneField
from stars.ui.forms import DayField, MoneyField

REMOTE = "attalinati"
_LONG_TEXT = 10_000
_NO_LEVEL: tuple[Any, Any] = ("", gettext_lazy("Not given"))
_POINTS = gettext_lazy("One point in each line.")


class PointsField(forms.CharField):
    """A list that is written with one point in each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=_LONG_TEXT, widget=forms.Textarea({"rows": 6}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Without the marks with which the text is stored."""
        return "\n".join(lines(value)) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """With them. Raises ValidationError when nothing but marks is left of what is required."""
        points = [point for point in lines(super().clean(value)) if point.strip("-*•–")]
        if self.required and not points:
            raise ValidationError(self.error_messages["required"])
        return "\n".join(f"- {point}" for point in points)


class WordsField(forms.CharField):
    """Words or phrases parted by commas."""

    def prepare_value(self, value: Any) -> Any:
        """As one line."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        """Each word once. Raises ValidationError for one that is too long."""
        words = [" ".join(word.split()) for word in super().clean(value).replace(";", ",").split(",")]
        if any(len(word) > 80 for word in words):
            raise ValidationError(_("A keyword has at most 80 characters; part them by commas."))
        return tuple(dict.fromkeys(word for word in words if word))


# What is said when a field was left empty that must not be.
_MISSING: dict[str, dict[str, Any]] = {
    name: {"required": words}
    for name, words in {
        "title": gettext_lazy("Please name the programme."),
        "kind_id": gettext_lazy("Please choose the kind of programme."),
        "field_id": gettext_lazy("Please choose the field of learning."),
        "hours": gettext_lazy("Please give the number of hours."),
        "study_form": gettext_lazy("Please choose the form of study."),
        "language": gettext_lazy("Please choose the language of teaching."),
        "summary": gettext_lazy("Please describe the programme in short."),
        "contents": gettext_lazy("Please write what is taught."),
        "document": gettext_lazy("Please name the document issued."),
        "prior_education": gettext_lazy("Please give the required earlier education."),
        "prior_knowledge": gettext_lazy("Please give the required earlier knowledge."),
        "name": gettext_lazy("Please name the group."),
        "municipality_id": gettext_lazy("Please choose the place of learning."),
        "starts_on": gettext_lazy("Please give the first day."),
        "ends_on": gettext_lazy("Please give the last day."),
        "schedule": gettext_lazy("Please choose when the group meets."),
        "seats_min": gettext_lazy("Please give the smallest number of learners."),
        "seats_max": gettext_lazy("Please give the number of seats."),
        "price_cents": gettext_lazy("Please give the price."),
    }.items()
}


def _named(column: str) -> dict[str, Any]:
    return {"label": LABELS[column], "error_messages": _MISSING.get(column, {})}


def _text(name: str, longest: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(**_named(name), max_length=longest, **kwargs)


def _long(name: str, rows: int = 3) -> forms.CharField:
    return _text(name, _LONG_TEXT, widget=forms.Textarea({"rows": rows}))


def _number(name: str, highest: int, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(**_named(name), min_value=1, max_value=highest, **kwargs)


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

    title = _text("title", 250)
    code = _text("code", 40, required=False)
    kind = forms.ChoiceField(**_named("kind_id"))
    field = forms.ChoiceField(**_named("field_id"))
    hours = _number("hours", 5_000)
    study_form = forms.ChoiceField(**_named("study_form"), choices=StudyForm.choices)
    language = forms.ChoiceField(**_named("language"), choices=TeachingLanguage.choices)
    summary = _long("summary")
    contents = PointsField(**_named("contents"), help_text=_POINTS)
    outcomes = PointsField(label=LABELS["outcomes"], help_text=_POINTS, required=False)
    document = _text("document", 250)
    qualification = forms.ChoiceField(label=LABELS["qualification_id"], required=False)
    qualification_level = _number("qualification_level", 8, required=False)
    keywords = WordsField(
        label=LABELS["keywords"],
        required=False,
        max_length=2_000,
        help_text=gettext_lazy("Parted by commas."),
    )
    prior_education = _long("prior_education", 2)
    prior_knowledge = _long("prior_knowledge", 2)
    digcomp_areas = forms.MultipleChoiceField(
        label=LABELS["digcomp_areas"], required=False, widget=forms.CheckboxSelectMultiple
    )
    digcomp_competences = forms.MultipleChoiceField(
        label=LABELS["digcomp_competences"], required=False, widget=forms.CheckboxSelectMultiple
    )
    digcomp_level = _number("digcomp_level", 8, required=False)
    varam_level = forms.TypedChoiceField(
        label=LABELS["varam_level"],
        required=False,
        coerce=int,
        empty_value=None,
        choices=[_NO_LEVEL, *VaramLevel.choices],
        help_text=gettext_lazy("Needed when the project “Basic digital skills” pays for the programme."),
    )
    contact_name = _text("contact_name", 120, required=False)
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


_LONGEST_AHEAD = timedelta(days=5 * 365)


class GroupForm(forms.Form):
    """A group of a programme. `group` is what is corrected, `waiting` its values that wait for approval."""

    name = _text("name", 80)
    place = forms.ChoiceField(**_named("municipality_id"))
    address = _text("address", 250, required=False)
    starts_on = DayField(**_named("starts_on"))
    ends_on = DayField(**_named("ends_on"))
    schedule = forms.ChoiceField(**_named("schedule"), choices=Schedule.choices)
    schedule_note = _text(
        "schedule_note",
        200,
        required=False,
        help_text=gettext_lazy("For example: Tuesdays and Thursdays 18.00–21.00"),
    )
    seats_min = _number(
        "seats_min", 1_000, help_text=gettext_lazy("With fewer learners the group does not take place.")
    )
    seats_max = _number("seats_max", 1_000)
    price = MoneyField(
        **_named("price_cents"),
        help_text=gettext_lazy("The full price in euros. Which round pays for it, the agency decides."),
    )

    def __init__(
        self,
        *args: Any,
        group: Group | None = None,
        waiting: dict[str, Any] | None = None,
        taken: int = 0,
        **kwargs: Any,
    ) -> None:
        self._known = group
        initial: dict[str, Any] = {"seats_min": 1}
        if group is not None:
            stored = {name: getattr(group, name) for name in _GROUP_COLUMNS} | (waiting or {})
            remote, price = stored.pop("is_remote"), stored.pop("price_cents")
            place = REMOTE if remote else stored["municipality_id"]
            initial = stored | {"place": place, "price": price}
        super().__init__(*args, **kwargs | {"initial": initial})
        places = self.fields["place"]
        assert isinstance(places, forms.ChoiceField)
        kept = [initial["place"]] if initial.get("place") else []
        places.choices = [
            ("", _("Choose")),
            (REMOTE, _("Remotely")),
            *classifiers.choices(Kind.MUNICIPALITY, keep=kept),
        ]
        self._taken = taken if group is None else group.seats_taken

    def clean_starts_on(self) -> date:
        """A new first day does not lie behind us."""
        day: date = self.cleaned_data["starts_on"]
        known = self._known
        if day < clock.today() and (known is None or day != known.starts_on):
            raise ValidationError(_("The first day lies in the past."))
        return day

    def clean_seats_max(self) -> int:
        """Nobody loses a seat."""
        seats: int = self.cleaned_data["seats_max"]
        if seats < self._taken:
            raise ValidationError(_("Seats taken already: %(count)d.") % {"count": self._taken})
        return seats

    def clean(self) -> dict[str, Any]:
        """Days and seats in order."""
        data = super().clean() or self.cleaned_data
        if {"starts_on", "ends_on"} <= data.keys() and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day comes before the first."))
        elif "ends_on" in data and data["ends_on"] > clock.today() + _LONGEST_AHEAD:
            self.add_error("ends_on", _("The last day lies more than five years ahead."))
        if {"seats_min", "seats_max"} <= data.keys() and data["seats_min"] > data["seats_max"]:
            self.add_error("seats_min", _("The smallest number is above the number of seats."))
        return data

    def draft(self) -> GroupDraft:
        """The answers of a valid form."""
        data = dict(self.cleaned_data)
        place, price = data.pop("place"), data.pop("price")
        return GroupDraft(municipality=None if place == REMOTE else place, price_cents=price, **data)


_GROUP_COLUMNS = (
    "name",
    "is_remote",
    "municipality_id",
    "address",
    "starts_on",
    "ends_on",
    "schedule",
    "schedule_note",
    "seats_min",
    "seats_max",
    "price_cents",
)


def _values(programme: Programme, fields: Any, waiting: dict[str, Any]) -> dict[str, Any]:
    """Stored values by the form's names."""
    columns = {name: f"{name}_id" if hasattr(programme, f"{name}_id") else name for name in fields}
    return {name: waiting.get(column, getattr(programme, column)) for name, column in columns.items()}


class SendBackForm(forms.Form):
    """What has to be mended."""

    note = forms.CharField(
        label=gettext_lazy("What has to be mended"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Please say what has to be mended.")},
    )
