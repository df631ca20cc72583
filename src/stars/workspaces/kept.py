"""What a session that ended kept of a staff form stands in it again, as the sign-in page promises."""

from http import HTTPStatus
from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDict
from django.views.generic import FormView

from stars.people import operations as people
from stars.people import queries as persons
from stars.workspaces.views import StaffView

AnyForm = TypeVar("AnyForm", bound=BaseForm)


def kept_for(view: StaffView) -> MultiValueDict[str, str] | None:
    """What the person had typed into the form of this address when their session ended; None when there is nothing."""
    typed = persons.typed_into(view.person, view.request.path)
    return None if typed is None else MultiValueDict(typed)


def fill_in(form: BaseForm, typed: MultiValueDict[str, str]) -> None:
    """Show in a form what was typed, without judging it: nobody has sent it yet. Locked fields stay as they are."""
    for name, field in form.fields.items():
        files: MultiValueDict[str, Any] = MultiValueDict()
        sent_as = form.add_prefix(name)
        if not field.widget.value_omitted_from_data(typed, files, sent_as):
            form.initial[name] = field.widget.value_from_datadict(typed, files, sent_as)


def forget(view: StaffView) -> None:
    """It was sent."""
    people.forget_typed(view.person, view.request.path)


class KeptView(StaffView):
    """A page with a form that is filled in again, and forgotten once it was sent."""

    def filled(self, form: AnyForm) -> AnyForm:
        """With what was kept, when one comes back to it."""
        if self.request.method == "GET" and (typed := kept_for(self)) is not None:
            fill_in(form, typed)
        return form

    def seen(self, now: str) -> str:
        """How things stood when the form was opened: for one who comes back, when it was opened the first time."""
        if self.request.method == "POST":
            return self.request.POST.get("seen", "")
        typed = kept_for(self)
        return now if typed is None else typed.get("seen") or now

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whatever led on to another page was sent."""
        answer = super().dispatch(request, *args, **kwargs)
        if request.method == "POST" and answer.status_code == HTTPStatus.FOUND:
            forget(self)
        return answer


class KeptFormView(KeptView, FormView[AnyForm]):
    """The same for a page of one form."""

    def get_form(self, form_class: type[AnyForm] | None = None) -> AnyForm:
        """With what was kept."""
        return self.filled(super().get_form(form_class))
