"""What became of a change of a programme or group, in words."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stars.catalogue import labels
from stars.catalogue.models import Group, Programme
from stars.catalogue.operations import offering
from stars.catalogue.types import Changed
from stars.common.seen import ChangedMeanwhile
from stars.ui.templatetags.ui import with_latvian


def explain_meanwhile(
    form: forms.Form, kind: type[Programme] | type[Group], meanwhile: ChangedMeanwhile
) -> None:
    """A colleague has changed it: what stands there now, so that one can decide whose shall stay."""
    words = _(
        "Meanwhile a colleague changed this. Now it is: %(now)s. If you save again, what stands in the form holds."
    )
    form.add_error(None, with_latvian(words, {}, now=labels.standing_in_words(kind, meanwhile.now)))


def explain(form: forms.Form, broken: offering.BreaksRule) -> None:
    """A rule of the database in words, at its field."""
    words = {
        "programme_code_once_per_institution": ("code", _("Another programme has this code.")),
        "programme_varam_level": (
            "varam_level",
            _("A programme offered under this source must name the level of basic digital skills."),
        ),
        "group_seats_not_exceeded": ("seats_max", _("More seats are taken already.")),
    }
    form.add_error(*words.get(broken.rule, (None, _("This breaks a rule of the catalogue."))))


def explain_fixed(form: forms.Form, columns: list[str]) -> None:
    """At each field: people chose by it."""
    places = {"is_remote": "place", "municipality_id": "place"}
    names = dict.fromkeys(places.get(column, column.removesuffix("_id")) for column in columns)
    for name in names:
        form.add_error(name, _("People have applied for it as it is, so this cannot be changed any more."))


def say_changed(request: HttpRequest, changed: Changed) -> None:
    """What holds already, and what waits."""
    if changed.proposed:
        messages.info(
            request,
            _("Sent for approval: %(fields)s. Until then the catalogue shows what it showed.")
            % {"fields": labels.labels(changed.proposed)},
        )
    if changed.done:
        messages.success(request, _("The changes are saved."))
    if not changed.done and not changed.proposed:
        messages.info(request, _("Nothing was changed."))
