"""The form of a section for one declaration, for pages and API."""

from django.conf import settings

from licenses.eligibility.offer_checks import is_state_institution
from licenses.forms.declarations import SECTION_FORMS
from licenses.forms.sections import Section


def make_form(section: str, declaration, *args, **kwargs) -> Section:
    """The form of a section of this declaration. Raises KeyError for a section that is none."""
    form_class = SECTION_FORMS[section]
    if section == "promises":
        required = getattr(settings, "KAIXU_INTERNAL_DECISION_REQUIRED", True)
        kwargs["state_institution"] = required and is_state_institution(declaration.patentee)
    return form_class(*args, **kwargs)
