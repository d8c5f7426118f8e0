"""The parts of a declaration: their titles, order and groups."""

from django.utils.translation import gettext_lazy as _

TITLES = {
    "patent": _("Patent data"),
    "owners": _("Patentees and consents"),
    "contact": _("Contact and agency"),
    "price": _("Fee and payment"),
    "term": _("Two terms"),
    "other": _("Other matters"),
    "promises": _("Promises"),
    "summary": _("Plain summary and use (optional)"),
    "check": _("Check answers and submit"),
}
GROUPS = (
    (_("Patent and patentees"), ("patent", "owners", "contact")),
    (_("Terms of the license"), ("price", "term", "other")),
    (_("Promises and submission"), ("promises", "summary", "check")),
)
ORDER = tuple(name for _title, names in GROUPS for name in names)
