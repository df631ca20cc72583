"""Fields for addresses and the registration form (manual 3)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.people.contact import NotReachable, normal_email, normal_phone
from stars.people.models import Person, Profile
from stars.people.types import ProfileAnswers
from stars.ui.forms import EmailInput, LockedField, PhoneInput

_LONGEST_EMAIL = 254


class EmailField(forms.CharField):
    """An e-mail address in normal form."""

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "label": _("E-mail address"),
            "widget": EmailInput,
            "max_length": _LONGEST_EMAIL,
            "error_messages": {"required": _("Please give your e-mail address.")},
        }
        super().__init__(**(defaults | kwargs))

    def clean(self, value: Any) -> str:
        """Raises ValidationError for what is no address."""
        text = super().clean(value)
        try:
            return normal_email(text) if text else ""
        except NotReachable as error:
            raise ValidationError(_("Check the address: it should look like name@example.lv.")) from error


class PhoneField(forms.CharField):
    """A telephone number in international form; eight digits alone are Latvian."""

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "label": _("Telephone"),
            "widget": PhoneInput,
            "max_length": 40,
            "error_messages": {"required": _("Please give your telephone number.")},
        }
        super().__init__(**(defaults | kwargs))

    def clean(self, value: Any) -> str:
        """Raises ValidationError for what is no number."""
        text = super().clean(value)
        try:
            return normal_phone(text) if text else ""
        except NotReachable as error:
            raise ValidationError(
                _("Check the number: eight digits in Latvia, or a number with + and the country's code.")
            ) from error


class RegistrationForm(forms.Form):
    """The registration form and, with the municipality, the profile: three locked fields and eight answers."""

    given_name = LockedField(label=_("Given name"), source=_("from the sign-in"))
    family_name = LockedField(label=_("Surname"), source=_("from the sign-in"))
    person_code = LockedField(label=_("Personal code"), source=_("from the sign-in"))
    email = EmailField()
    phone = PhoneField()
    economic_status = forms.ChoiceField(
        label=_("I CERTIFY my economic activity status"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose your status.")},
    )
    education = forms.ChoiceField(
        label=_("I CERTIFY the education I have obtained so far (mark the highest of the educations)"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose your highest education.")},
    )
    low_income = forms.BooleanField(
        label=_(
            "I CERTIFY that I represent a household that has been granted the status of a low-income or needy person"
        ),
        required=False,
    )
    registration_reasons = forms.MultipleChoiceField(
        label=_("Please state the main reasons why you want to register on the skills management platform"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one reason.")},
    )
    fields_of_interest = forms.MultipleChoiceField(
        label=_("If you decide to learn, programmes of which industry/field will you choose?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one field.")},
    )
    how_heard = forms.MultipleChoiceField(
        label=_("How did you learn of the skills management platform?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one answer.")},
    )
    municipality = forms.ChoiceField(
        label=_("Municipality of residence"),
        required=False,
        help_text=_("We use it to show learning near you."),
    )

    SINGLE = {"economic_status": Kind.ECONOMIC_STATUS, "education": Kind.EDUCATION}
    MULTIPLE = {
        "registration_reasons": Kind.REGISTRATION_REASON,
        "fields_of_interest": Kind.FIELD,
        "how_heard": Kind.HOW_HEARD,
    }

    def __init__(
        self,
        *args: Any,
        person: Person,
        person_code: str,
        profile: Profile | None,
        with_municipality: bool = False,
        typed: dict[str, list[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        initial = _initial(person, person_code, profile) | _typed_values(self.MULTIPLE, typed or {})
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        kept = _codes_of(profile)
        for name, kind in (self.SINGLE | self.MULTIPLE).items():
            self._offer(name, classifiers.choices(kind, keep=kept))
        if with_municipality:
            self._offer(
                "municipality", [("", _("Not given")), *classifiers.choices(Kind.MUNICIPALITY, keep=kept)]
            )
        else:
            del self.fields["municipality"]
        self._kept_municipality = profile.municipality_id if profile else None

    def answers(self) -> ProfileAnswers:
        """The cleaned answers; to be called on a valid form. A municipality that was not asked stays as it is."""
        data = self.cleaned_data
        names = ("email", "phone", "economic_status", "education", "low_income", *self.MULTIPLE)
        return ProfileAnswers(
            **{name: data[name] for name in names},
            municipality=data.get("municipality", self._kept_municipality) or None,
        )

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _initial(person: Person, person_code: str, profile: Profile | None) -> dict[str, Any]:
    values: dict[str, Any] = {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "person_code": person_code,
        "email": person.email,
        "phone": person.phone,
    }
    if profile is not None:
        values |= {
            "economic_status": profile.economic_status_id,
            "education": profile.education_id,
            "low_income": profile.low_income,
            "registration_reasons": profile.registration_reasons,
            "fields_of_interest": profile.fields_of_interest,
            "how_heard": profile.how_heard,
            "municipality": profile.municipality_id or "",
        }
    return values


def _typed_values(multiple: dict[str, Kind], typed: dict[str, list[str]]) -> dict[str, Any]:
    """What was kept of an unfinished form, as initial values; the locked fields are never taken from it.

    A browser sends no box that is not ticked: what is missing among them was unticked.
    """
    if not typed:
        return {}
    locked = {"given_name", "family_name", "person_code"}
    single = {name: values[-1] for name, values in typed.items() if values and name not in locked}
    ticked = {name: typed.get(name, []) for name in multiple}
    return single | ticked | {"low_income": "low_income" in typed}


def _codes_of(profile: Profile | None) -> set[str]:
    if profile is None:
        return set()
    single = [profile.economic_status_id, profile.education_id, profile.municipality_id or ""]
    return {*single, *profile.registration_reasons, *profile.fields_of_interest, *profile.how_heard}
