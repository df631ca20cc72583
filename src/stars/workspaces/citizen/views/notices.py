"""Which notices are e-mailed: a part of Mans profils."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from stars.actors.permissions import Permission
from stars.notices import operations
from stars.notices.enums import ALWAYS, Category
from stars.notices.forms import NoticesForm
from stars.notices.kinds import declared
from stars.organisations.queries import memberships_in_force
from stars.workspaces.views import WorkspaceView

_WHY: dict[Category, Promise] = {
    Category.BINDING: gettext_lazy(
        "They decide about your application or keep your place, so they are always sent."
    ),
    Category.ACCOUNT: gettext_lazy("They answer what you asked for yourself, so they are always sent."),
}


class Notices(WorkspaceView, FormView[NoticesForm]):
    """The choice, with what each category holds."""

    permission = Permission.PROFILE_EDIT
    form_class = NoticesForm
    template_name = "citizen/notices.html"
    success_url = reverse_lazy("citizen:notices")

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the choice as it stands."""
        return super().get_form_kwargs() | {"person_id": self.person.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is always sent and why; what each category holds."""
        works = memberships_in_force().filter(person=self.person).exists()
        return super().get_context_data(
            heading=_("Notices by e-mail"),
            email=self.person.email,
            locked=[(category.label, _WHY[category]) for category in ALWAYS],
            contents=[(category.label, _words(category, for_staff=works)) for category in Category],
            back_url=reverse("citizen:profile"),
            **kwargs,
        )

    def form_valid(self, form: NoticesForm) -> HttpResponse:
        """Keep the choice and stay."""
        operations.choose(self.person.pk, form.cleaned_data["wanted"], by=self.actor)
        messages.success(self.request, _("The changes are saved."))
        return super().form_valid(form)

    def form_invalid(self, form: NoticesForm) -> HttpResponse:
        """The same page with what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _words(category: Category, *, for_staff: bool) -> list[str]:
    """What the category's notices tell, each once; those for staff only to whoever acts for an organisation."""
    kinds = [kind for kind in declared() if kind.category == category and (for_staff or not kind.for_staff)]
    return list(dict.fromkeys(str(kind.words) for kind in kinds))
