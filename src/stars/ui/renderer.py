"""How every Django form of the platform draws itself: as Designsystemet fields."""

from typing import Any

from django.forms import BaseForm, Field
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, Select, Textarea
from django.template.loader import select_template
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from stars.ui.errors import give_words
from stars.ui.forms import LockedField

DJANGO_ROWS = "10"  # what a text area gets when nobody says how high it should be
LONG_LABEL = 60  # a longer label is a sentence; the error alone says enough
SEARCHABLE_FROM = 12  # so many choices or more get a search box above the list


class DesignBoundField(BoundField):
    """A field and what its template asks: where errors and help stand, what kind of control it is."""

    def __init__(self, form: BaseForm, field: Field, name: str) -> None:
        super().__init__(form, field, name)
        give_words(field, str(self.label))

    @cached_property
    def is_tick(self) -> bool:
        """A single tick: its label stands after the control."""
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def is_optional_tick(self) -> bool:
        """A tick that nobody has to set, and that is no other answer to the field before it (`data-with`)."""
        return self.is_tick and not self.field.required and "data-with" not in self.field.widget.attrs

    @cached_property
    def is_locked(self) -> bool:
        """Filled in from elsewhere; shown, not to be changed."""
        return self.field.disabled

    @property
    def locked_source(self) -> str:
        """Where a locked value comes from, in words ("" when the form does not say)."""
        return str(self.field.source) if isinstance(self.field, LockedField) else ""

    @property
    def locked_value(self) -> str:
        """The value of a locked field as people read it: a choice by its label."""
        value = self.value()
        choices = dict(getattr(self.field, "choices", ()) or ())
        return str(choices.get(value, value) if value is not None else "")

    @property
    def prefilled(self) -> str:
        """Where a value that may be changed was read from; forms set `field.prefilled`."""
        return str(getattr(self.field, "prefilled", ""))

    @property
    def is_searchable(self) -> bool:
        """Whether a group of ticks is so long that it deserves a search box."""
        many = isinstance(self.field.widget, CheckboxSelectMultiple)
        return many and len(getattr(self.field, "choices", ())) >= SEARCHABLE_FROM

    @property
    def summary_lead(self) -> str:
        """The label as it stands before the error in the summary, which leaves out one that is a whole sentence."""
        label = str(self.label)
        if len(label) > LONG_LABEL:
            return ""
        return f"{label} " if label.endswith("?") else f"{label}: "

    @property
    def error_id(self) -> str:
        """The id of the paragraph with this field's errors."""
        return f"{self.auto_id}_error"

    @property
    def anchor(self) -> str:
        """The id that a link in the error summary leads to: the control, or the first of a group."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.auto_id

    @property
    def described_by(self) -> str:
        """Ids for `aria-describedby` in the order of reading; "" when nothing describes the field."""
        ids = [f"{self.auto_id}_helptext"] if self.help_text else []
        if self.prefilled or (self.is_locked and self.locked_source):
            ids.append(f"{self.auto_id}_source")
        if self.errors:
            ids.append(self.error_id)
        return " ".join(ids)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        """Django's attributes with our classes and ids, without what the field's template says itself."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("aria-describedby", None)
        if widget.is_hidden:
            return attrs
        attrs["class"] = " ".join(filter(None, [widget.attrs.get("class"), "ds-input"]))
        if isinstance(widget, Textarea):
            if widget.attrs.get("rows") == DJANGO_ROWS:
                attrs["rows"] = "5"
            attrs["cols"] = False
        if isinstance(widget, Select):
            attrs.setdefault("data-width", "full")
        if self.errors:
            attrs["aria-invalid"] = "true"
        if self.described_by and not self.use_fieldset:
            attrs["aria-describedby"] = self.described_by
        return attrs


class DesignRenderer(TemplatesSetting):
    """Templates of forms, fields and widgets from `ui/forms/`; Django's own where we have none."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = DesignBoundField

    def get_template(self, template_name: str) -> Any:
        """Our version of a template of `django.forms` when there is one."""
        return select_template([template_name.replace("django/forms/", "ui/forms/"), template_name])

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        """Render with our templates; in: name and context as Django gives them."""
        return SafeString(self.get_template(template_name).render(context, request=request).strip())
