"""A page of a survey as a form, and the file with a new version."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.surveys.answering import LONGEST_TEXT
from stars.surveys.enums import QuestionKind
from stars.surveys.reading import LARGEST_BYTES, SurveyFile, read_file
from stars.surveys.tables import FaultySurvey
from stars.surveys.types import Answers, Question
from stars.ui.forms import UploadField, UploadForm


class SurveyForm(forms.Form):
    """The questions of one page, in the language; fields carry the questions' codes."""

    use_required_attribute = False

    def __init__(
        self,
        questions: Sequence[Question],
        language: str,
        data: Mapping[str, Any] | None = None,
        *,
        answers: Answers | None = None,
    ) -> None:
        super().__init__(data)
        for question in questions:
            self.fields[question.code] = _field(question, language)
            given = (answers or {}).get(question.code, ())
            several = question.kind is QuestionKind.MULTIPLE
            self.initial[question.code] = list(given) if several else next(iter(given), "")

    @property
    def kept(self) -> dict[str, list[str]]:
        """What may be kept: the answers that are right, and nothing where nothing was answered.

        What is no answer at all, such as an option of another survey, is left as it was.
        """
        self.is_valid()
        right = {code: _values(value) for code, value in self.cleaned_data.items()}
        emptied: dict[str, list[str]] = {
            code: [] for code in self.errors if code in self.fields and not self[code].data
        }
        return right | emptied


class SurveyUpload(UploadForm):
    """The file of a new version; `survey_file` is what it holds once the form is valid."""

    file = UploadField(
        label=gettext_lazy("File with the survey (JSON)"),
        help_text=gettext_lazy("At most 1 MB."),
        endings=(".json",),
        most_bytes=LARGEST_BYTES,
    )
    survey_file: SurveyFile

    def clean(self) -> dict[str, Any]:
        """Read the file whole; an error for one that is no survey."""
        values = super().clean() or {}
        if file := values.get("file"):
            try:
                self.survey_file = read_file(file.name, file.read())
            except FaultySurvey as faulty:
                self.refuse(faulty.faults)
        return values


def _values(value: Any) -> list[str]:
    if isinstance(value, list):
        return value
    return [value] if value else []


def _field(question: Question, language: str) -> forms.Field:
    common: dict[str, Any] = {
        "label": question.text.said(language),
        "help_text": question.hint.said(language),
        "required": question.is_required,
    }
    if question.kind is QuestionKind.TEXT:
        return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 5}), **common)
    common["choices"] = [(option.code, option.text.said(language)) for option in question.options]
    common["error_messages"] = {
        "required": _("Please choose an answer."),
        "invalid_choice": _("Please choose from the list."),
        "invalid_list": _("Please choose from the list."),
    }
    if question.kind is QuestionKind.MULTIPLE:
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **common)
    return forms.ChoiceField(widget=forms.RadioSelect, **common)
