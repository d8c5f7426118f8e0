"""What is asked of the register about a patent, and which answers there are."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What an extract may say of a pledge: it is answered as "pledged" with the consent beside it.
CONSENTED = "pledged_with_consent"

# name: (label, {value: label})
FACTS = {
    "status": (
        _("Legal status"),
        {
            "granted": _("In force"),
            "pending": _("Pending"),
            "lapsed": _("Lapsed"),
            "expired": _("Expired"),
            "invalidated": _("Invalidated"),
            "abandoned": _("Abandoned"),
        },
    ),
    "annual_fee": (
        _("Annual fee"),
        {"paid": pgettext_lazy("annual fee", "Paid"), "grace": _("In the grace period"), "unpaid": _("Not paid")},
    ),
    "owners": (_("Patentees"), {}),
    "pledge": (
        _("Pledge"),
        {"none": _("None"), "pledged": _("Pledged"), CONSENTED: _("Pledged, the pledgee consents")},
    ),
    "exclusive_license": (
        _("Exclusive or sole license"),
        {"none": _("None"), "exclusive": _("Exclusive license"), "sole": _("Sole license")},
    ),
    "suspension": (
        _("Suspension"),
        {"none": _("None"), "ownership_dispute": _("Ownership dispute"), "preservation": _("Court preservation")},
    ),
    "invalidation": (_("Invalidation request"), {"none": _("None"), "pending": _("Pending")}),
    "evaluation_report": (
        _("Evaluation report"),
        {"none": _("None"), "positive": _("Conditions of grant met"), "negative": _("Conditions of grant not met")},
    ),
    "secrecy": (
        _("Secrecy and export control"),
        {"none": _("None"), "secrecy": _("Secrecy order"), "export_control": _("Export control")},
    ),
}
NAMES = tuple(FACTS)
# Where an answer came from. "imported" is the patentee's own file, "register" the register's delivery to the province.
SOURCES = {
    "imported": _("Patentee's import"),
    "register": _("Register data of the province"),
    "extract": _("Register extract, confirmed by an officer"),
    "platform": _("This platform"),
    "term": _("The term has run out"),
}
CHOICES = [(name, label) for name, (label, _values) in FACTS.items()]


def label_of(name: str):
    """The name of a fact for people."""
    return FACTS[name][0]


def source_label(source: str) -> str:
    """Where an answer came from, for people."""
    return str(SOURCES.get(source, source))


def value_label(name: str, value) -> str:
    """An answer for people; owners are joined."""
    if name == "owners":
        return "；".join(owner["name"] for owner in value or [])
    return FACTS[name][1].get(value, value)
