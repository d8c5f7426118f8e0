"""Tags that draw one field of any Django form: native controls, described by hint and error."""

from django import forms, template

register = template.Library()

CHOICE_LISTS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
WIDTHS = {"short": "w-short", "medium": "w-medium", "full": ""}


def _kind(field) -> str:
    widget = field.field.widget
    if isinstance(widget, CHOICE_LISTS):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    return "select" if isinstance(widget, forms.Select) else "input"


@register.filter
def kind(field):
    """choices, checkbox, file, textarea, select or input: how the field is laid out."""
    return _kind(field)


def _css(field, chosen: str) -> str:
    if chosen in ("choices", "checkbox"):
        return "form-check-input"
    base = "form-select" if chosen == "select" else "form-control"
    return " ".join(filter(None, (base, WIDTHS.get(field.field.widget.attrs.get("data-width", ""), ""))))


def _described_by(field) -> str:
    ids = [f"{field.auto_id}-hint"] if field.help_text else []
    if field.errors:
        ids.append(f"{field.auto_id}-error")
    return " ".join(ids)


@register.simple_tag
def control(field):
    """The native control of a bound field with its classes and ARIA links to hint and error."""
    css = _css(field, _kind(field))
    own = field.field.widget.attrs.get("class", "")
    attrs = {"class": " ".join(filter(None, (css, own, "is-invalid" if field.errors else "")))}
    described = _described_by(field)
    if described:
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.simple_tag
def choice_control(choice, field):
    """One native radio button or checkbox of a choice list."""
    choice.data["attrs"] = {**choice.data["attrs"], "class": "form-check-input"}
    if field.errors:
        choice.data["attrs"]["aria-invalid"] = "true"
    return choice.tag()


@register.filter
def first_id(field):
    """The id that an error link jumps to: the first control of a list, else the control."""
    return f"{field.auto_id}_0" if isinstance(field.field.widget, CHOICE_LISTS) else field.id_for_label or field.auto_id


@register.filter
def attr(field, name):
    """A data attribute of the widget (prefix, suffix, warning), empty where it has none."""
    return field.field.widget.attrs.get(f"data-{name}", "")


@register.filter
def visible_errors(form):
    """The fields with errors, in the order of the form."""
    return [field for field in form.visible_fields() if field.errors] if form else []


@register.filter
def hidden_errors(form):
    """Errors of hidden fields, as sentences for the summary."""
    return [message for field in form.hidden_fields() for message in field.errors] if form else []
