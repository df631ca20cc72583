"""The four pages. Labels are the manual's (3.4.1–3.4.3); the msgids are their English."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stars.applications.forms.base import NOT_WORKING, REQUIRED_CHOICE, StepContext, StepForm
from stars.applications.places import period_choices, place_choices
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.people.forms import EmailField, PhoneField
from stars.schemes.types import Step, StepKey

OTHER_WORK = 200


class ContactPage(StepForm):
    """How the person can be reached."""

    email = EmailField()
    phone = PhoneField()
    region = forms.ChoiceField(label=_("Your region of residence"), error_messages=REQUIRED_CHOICE)

    def offer_choices(self) -> None:
        """The five planning regions."""
        _set_choices(self, "region", lambda: [("", _("Choose")), *classifiers.choices(Kind.REGION)])


class PlacePage(StepForm):
    """Where and, when the scheme asks it, in which period."""

    place = forms.ChoiceField(
        label=_("Place of learning"), widget=forms.RadioSelect, error_messages=REQUIRED_CHOICE
    )
    period = forms.ChoiceField(
        label=_("Learning period"), widget=forms.RadioSelect, error_messages=REQUIRED_CHOICE
    )

    def offer_choices(self) -> None:
        """Places and periods of the groups that are open now."""
        _set_choices(self, "place", lambda: place_choices(self.context.offers))
        _set_choices(self, "period", lambda: period_choices(self.context.offers))

    def clean(self) -> dict[str, Any]:
        """The period is one of the chosen place."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        place, period = cleaned.get("place"), cleaned.get("period")
        if place and period and "period" in self.fields:
            here = [offer for offer in self.context.offers if place_choices([offer])[0][0] == place]
            if int(period) not in {offer.group_id for offer in here}:
                self.add_error(
                    "period", _("This period is at another place. Choose a period of the chosen place.")
                )
        return cleaned


class ProgrammePage(StepForm):
    """Declarations about the programme and why it was chosen."""

    knows_contents = forms.BooleanField(
        label=_(
            "I CERTIFY that I have acquainted myself with the contents, topics and requirements of the chosen education "
            "programme regarding prior education (including whether I need prior knowledge to learn the programme), and "
            "that I am informed of the kind of document I will receive for learning the chosen education programme."
        ),
        error_messages={"required": _("Confirm that you have acquainted yourself with the programme.")},
    )
    not_learned_before = forms.BooleanField(
        label=_(
            "I CERTIFY that I have not learned this chosen education programme before within public funding"
        ),
        error_messages={
            "required": _("Confirm that you have not learned this programme with public funding before.")
        },
    )
    choice_reasons = forms.MultipleChoiceField(
        label=_("What are the main reasons for choosing this education programme?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one reason.")},
    )

    def offer_choices(self) -> None:
        """Reasons for choosing a programme."""
        _set_choices(self, "choice_reasons", lambda: classifiers.choices(Kind.CHOICE_REASON))


class BackgroundPage(StepForm):
    """Work, education and household."""

    employed_adult = forms.BooleanField(
        label=_(
            "I CERTIFY that at the time of submitting this application I am employed (employee, self-employed person) "
            "and have reached at least the age of 18"
        ),
        error_messages={"required": _("Confirm that you are employed and at least 18 years old.")},
    )
    economic_status = forms.ChoiceField(
        label=_(
            "Please confirm or correct the information given before about your economic activity status."
        ),
        error_messages=REQUIRED_CHOICE,
    )
    workplace = forms.CharField(
        label=_("Actual location of the workplace (town or parish)"),
        max_length=OTHER_WORK,
        strip=True,
        error_messages={"required": _("Please name the town or parish of your workplace.")},
    )
    occupation = forms.CharField(
        label=_("Profession, position at the workplace"),
        max_length=OTHER_WORK,
        strip=True,
        error_messages={"required": _("Name your profession or position.")},
    )
    not_working = forms.BooleanField(
        label=_("I do not work"), required=False, widget=forms.CheckboxInput({"data-with": "occupation"})
    )
    education = forms.ChoiceField(
        label=_(
            "Please confirm or correct the information given before about the education you have obtained so far "
            "(the highest of the educations obtained)"
        ),
        error_messages=REQUIRED_CHOICE,
    )
    low_income = forms.BooleanField(
        label=_(
            "I CERTIFY that I represent a household that has been granted the status of a low-income or needy person"
        ),
        error_messages={"required": _("Confirm that your household has this status.")},
    )

    def offer_choices(self) -> None:
        """Statuses and educations, closed ones only for whoever has them."""
        self._offer("economic_status", Kind.ECONOMIC_STATUS)
        self._offer("education", Kind.EDUCATION)

    def _offer(self, name: str, kind: Kind) -> None:
        kept = self.context.kept_codes
        _set_choices(self, name, lambda: [("", _("Choose")), *classifiers.choices(kind, keep=kept)])

    def clean(self) -> dict[str, Any]:
        """Whoever does not work says so instead of naming a profession; both at once contradict each other."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "not_working" not in self.fields:
            return cleaned
        status = classifiers.by_code(cleaned.get("economic_status"))
        if cleaned.pop("not_working", False):
            if status is not None and status.trait == "employed":
                self.add_error(
                    "not_working", _("Above you said that you are employed. Correct one of the answers.")
                )
            elif cleaned.get("occupation") not in ("", None, NOT_WORKING):
                self.add_error(
                    "not_working", _("Name the profession or tick that you do not work, not both.")
                )
            cleaned["occupation"] = NOT_WORKING
        return cleaned


PAGES: dict[StepKey, type[StepForm]] = {
    StepKey.CONTACT: ContactPage,
    StepKey.PLACE: PlacePage,
    StepKey.PROGRAMME: ProgrammePage,
    StepKey.BACKGROUND: BackgroundPage,
}


def form_for(step: Step, context: StepContext, **kwargs: Any) -> StepForm:
    """The page of a step, cut to what the scheme asks; `kwargs` are Django's (data, initial)."""
    return PAGES[step.key](step=step, context=context, **kwargs)


def _set_choices(form: forms.Form, name: str, choices: Callable[[], list[tuple[Any, Any]]]) -> None:
    """Give the field its choices, where the step asks it."""
    field = form.fields.get(name)
    if isinstance(field, forms.ChoiceField):
        field.choices = choices()
