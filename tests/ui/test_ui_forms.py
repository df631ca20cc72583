"""A Django form draws itself as fields of the design system: labels, help, errors and what ties them together."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils import translation

from stars.ui.forms import DateInput, EmailInput, LockedField, PhoneInput, UploadField, UploadForm


class Registration(forms.Form):
    """One field of each kind."""

    name = LockedField(label="Vārds", initial="Anna", source="no pieslēgšanās")
    email = forms.EmailField(label="E-pasts", widget=EmailInput(), help_text="Kur rakstīt")
    phone = forms.CharField(label="Tālrunis", widget=PhoneInput(), required=False)
    day = forms.DateField(label="Diena", widget=DateInput())
    education = forms.ChoiceField(
        label="Izglītība", widget=forms.RadioSelect, choices=[("a", "Pamata"), ("b", "Vidējā")]
    )
    reasons = forms.MultipleChoiceField(
        label="Iemesli",
        widget=forms.CheckboxSelectMultiple,
        choices=[(str(n), f"Nr. {n}") for n in range(12)],
    )
    note = forms.CharField(label="Piezīme", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="Piekrītu")


def field_html(form: forms.Form, name: str) -> str:
    """One field as the page shows it, white space evened out."""
    return re.sub(r"\s+", " ", str(form[name].as_field_group()))


@pytest.fixture
def refused() -> Registration:
    """A form sent empty."""
    form = Registration({})
    assert not form.is_valid()
    return form


def test_label_help_and_control_belong_together() -> None:
    html = field_html(Registration(), "email")
    assert '<label class="ds-label" for="id_email">E-pasts</label>' in html
    assert 'id="id_email_helptext">Kur rakstīt</div>' in html
    assert 'aria-describedby="id_email_helptext"' in html
    assert 'type="email"' in html
    assert "aria-invalid" not in html


def test_an_error_is_tied_to_its_control_after_the_help(refused: Registration) -> None:
    html = field_html(refused, "email")
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<p class="ds-validation-message" data-field="validation" id="id_email_error">' in html


def test_only_what_may_be_left_out_is_marked() -> None:
    with translation.override("en"):
        assert "app-field__optional" in field_html(Registration(), "phone")
        assert "app-field__optional" not in field_html(Registration(), "email")


def test_a_group_of_choices_is_a_fieldset_with_a_legend(refused: Registration) -> None:
    html = field_html(refused, "education")
    assert html.strip().startswith("<fieldset")
    assert 'aria-describedby="id_education_error"' in html
    assert '<legend class="ds-label">Izglītība</legend>' in html
    assert html.count('type="radio"') == 2
    assert '<label for="id_education_1">Vidējā</label>' in html


def test_long_groups_can_be_searched_and_short_ones_not() -> None:
    assert "data-list-filter" in field_html(Registration(), "reasons")
    assert "data-list-filter" not in field_html(Registration(), "education")


def test_a_locked_value_shows_itself_and_where_it_comes_from() -> None:
    html = field_html(Registration(), "name")
    assert 'readonly id="id_name" value="Anna" aria-describedby="id_name_source"' in html
    assert "no pieslēgšanās</p>" in html
    assert 'name="name"' not in html


def test_a_locked_value_cannot_be_changed_by_what_is_sent() -> None:
    form = Registration({"name": "Ļaunums"})
    form.is_valid()
    assert form.cleaned_data["name"] == "Anna"


def test_a_disabled_choice_is_shown_by_its_label() -> None:
    form = Registration(initial={"education": "b"})
    form.fields["education"].disabled = True
    assert 'value="Vidējā"' in field_html(form, "education")


def test_a_prefilled_value_says_so_and_may_be_changed() -> None:
    form = Registration()
    form.fields["phone"].prefilled = "No profila"  # type: ignore[attr-defined]
    html = field_html(form, "phone")
    assert 'id="id_phone_source">No profila</p>' in html
    assert 'aria-describedby="id_phone_source"' in html
    assert "readonly" not in html


def test_a_tick_has_its_label_after_the_box() -> None:
    html = field_html(Registration(), "agree")
    assert html.index('type="checkbox"') < html.index('<label for="id_agree">')


def test_a_date_is_given_to_the_browser_as_iso() -> None:
    html = field_html(Registration({"day": "2026-11-21"}), "day")
    assert 'type="date"' in html
    assert 'value="2026-11-21"' in html


@pytest.mark.parametrize("typed", ["2026-11-21", "21.11.2026.", "21.11.2026"])
def test_dates_are_understood_as_people_write_them(typed: str) -> None:
    with translation.override("lv"):
        form = Registration({"day": typed})
        form.is_valid()
        assert f"{form.cleaned_data['day']:%Y-%m-%d}" == "2026-11-21"


def test_what_was_typed_is_escaped_and_kept() -> None:
    html = field_html(Registration({"note": "</textarea><b>"}), "note")
    assert "&lt;/textarea&gt;&lt;b&gt;" in html
    assert 'rows="5"' in html


def test_the_summary_leads_to_each_field_and_takes_focus(refused: Registration) -> None:
    html = Template('{% include "ui/forms/summary.html" %}').render(Context({"form": refused}))
    assert re.findall(r'href="#([\w-]+)"', html) == [
        "id_email",
        "id_day",
        "id_education_0",
        "id_reasons_0",
        "id_agree",
    ]
    assert 'tabindex="-1" autofocus' in html


def test_a_label_that_asks_needs_no_colon_before_its_error() -> None:
    class Leaving(forms.Form):
        reason = forms.CharField(label="Kāpēc?")
        day = forms.DateField(label="Diena")

    html = Template('{% include "ui/forms/summary.html" %}').render(Context({"form": Leaving({})}))
    assert re.findall(r'href="#\w+">(\S+ )', html) == ["Kāpēc? ", "Diena: "]


def test_the_summary_tells_errors_of_the_whole_form() -> None:
    form = Registration({})
    form.add_error(None, "Tā nevar.")
    html = Template('{% include "ui/forms/summary.html" %}').render(Context({"form": form}))
    assert "<li>Tā nevar.</li>" in html


def test_no_summary_without_errors() -> None:
    html = Template('{% include "ui/forms/summary.html" %}').render(Context({"form": Registration()}))
    assert html.strip() == ""


def test_a_tick_that_may_stay_empty_says_so_unless_it_is_another_answer() -> None:
    class Work(forms.Form):
        low_income = forms.BooleanField(label="Maznodrošināts", required=False)
        not_working = forms.BooleanField(
            label="Nestrādāju", required=False, widget=forms.CheckboxInput({"data-with": "occupation"})
        )

    with translation.override("lv"):
        assert 'Maznodrošināts <span class="app-field__optional">nav obligāti</span></label>' in field_html(
            Work(), "low_income"
        )
        assert "app-field__optional" not in field_html(Work(), "not_working")
        assert "app-field__optional" not in field_html(Registration(), "agree")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"x" * 1024, []),
        ("A.XLSX", b"x", []),
        ("a.csv", b"x" * 1_048_577, ["Fails ir lielāks par 1 MB."]),
        ("a.csv.exe", b"x", ["Var nolasīt šāda veida failus: .xlsx, .csv."]),
        ("csv", b"x", ["Var nolasīt šāda veida failus: .xlsx, .csv."]),
        ("a.csv", b"", ["Fails ir tukšs."]),
        (None, b"", ["Izvēlieties failu."]),
    ],
)
def test_a_file_is_judged_by_ending_and_size_before_it_is_read(
    name: str | None, content: bytes, said: list[str]
) -> None:
    class Table(UploadForm):
        file = UploadField(endings=(".xlsx", ".csv"), most_bytes=1_048_576)

    files = {"file": SimpleUploadedFile(name, content)} if name else {}
    with translation.override("lv"):
        form = Table({}, files)
        assert form.errors.get("file", []) == said
        assert 'accept=".xlsx,.csv"' in str(form["file"])
