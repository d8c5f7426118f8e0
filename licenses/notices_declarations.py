"""Who is told about declarations."""

from django.urls import reverse

from accounts import queries as accounts
from approvals.queries import latest_review_of
from foundation.core.marks import _
from licenses.models import Declaration, License
from licenses.rules import in_charge
from licenses.services.submitting import REVIEW_KIND
from licenses.services.withdrawing import REVIEW_KIND as WITHDRAWAL_REVIEW
from notifications import notices

PATENTEE = _("Your organization declared this open license.")
CO_OWNER = _("Your organization co-owns this patent.")
LICENSEE = _("Your organization holds a license under this declaration.")
OFFICE = _("You review declarations.")

# event (without "licenses.declaration."), who is told, subject
TABLE = [
    ("submit", ("patentee", "office"), _("Declaration {number} was submitted")),
    ("resubmit", ("patentee", "office"), _("The correction of {number} was submitted")),
    ("return", ("patentee",), _("Declaration {number} was returned for correction")),
    ("lapse", ("patentee",), _("Declaration {number} is deemed not filed")),
    ("reject", ("patentee",), _("Declaration {number} was rejected")),
    ("approve", ("patentee",), _("Declaration {number} was approved")),
    ("undo_approval", ("patentee",), _("The approval of {number} was undone")),
    ("published", ("patentee", "co_owners"), _("Declaration {number} is published")),
    ("terms_changed", ("patentee", "licensees"), _("New terms of {number} are in force")),
    ("suspend", ("patentee", "licensees", "office"), _("Declaration {number} is suspended")),
    ("suspend_on_check", ("patentee", "licensees", "office"), _("Declaration {number} is suspended")),
    ("reinstate", ("patentee", "licensees"), _("The suspension of {number} ended")),
    ("cure", ("patentee", "licensees"), _("The suspension of {number} ended")),
    ("adopt", ("patentee", "licensees"), _("Declaration {number} has a new patentee")),
    ("request_withdrawal", ("office",), _("Withdrawal of {number} was requested")),
    ("refuse_withdrawal", ("patentee",), _("The withdrawal of {number} was refused")),
    ("announce_withdrawal", ("patentee", "co_owners", "licensees"), _("Declaration {number} was withdrawn")),
    ("expire", ("patentee", "licensees"), _("Declaration {number} ended on its last day")),
    ("terminate", ("patentee", "licensees"), _("Declaration {number} ended with the patent")),
    ("cnipa_announced", ("patentee",), _("CNIPA announced {number}")),
    ("cnipa_refused", ("patentee",), _("CNIPA refused {number}")),
    ("consented", ("patentee",), _("A co-owner consented to {number}")),
]


def _members(organization_id, capability, why):
    for membership in accounts.members_of(organization_id, capability):
        yield membership.user_id, why


def _patentee(declaration):
    yield from _members(declaration.patentee_id, "declare", PATENTEE)


def _co_owners(declaration):
    for key in declaration.patent.owner_ids() - {declaration.patentee_id}:
        yield from _members(key, "declare", CO_OWNER)


def _licensees(declaration):
    licenses = License.objects.filter(declaration=declaration).exclude(state="notice_draft")
    for key in set(licenses.values_list("licensee_id", flat=True)):
        yield from _members(key, "take_license", LICENSEE)


def _office(declaration):
    for membership in accounts.officers_for(declaration.patentee.city_id):
        if membership.organization_id != declaration.patentee_id:
            yield membership.user_id, OFFICE


GROUPS = {"patentee": _patentee, "co_owners": _co_owners, "licensees": _licensees, "office": _office}


def recipients_of(groups):
    """Who is told of an event; each person once, by the first group it belongs to."""

    def recipients(event):
        declaration = Declaration.objects.select_related("patent", "patentee").filter(pk=event.subject_id).first()
        told = {}
        for group in groups if declaration is not None else ():
            for user_id, why in GROUPS[group](declaration):
                told.setdefault(user_id, why)
        yield from told.items()

    return recipients


def url_for(event, user) -> str:
    """The case for the office; for the others the public page once published, else the task list."""
    declaration = Declaration.objects.select_related("patentee").filter(pk=event.subject_id).first()
    if declaration is None:
        return reverse("licenses:declaration_list")
    review = _review_of(event, declaration)
    if review is not None and any(in_charge(one, declaration) for one in accounts.memberships_of(user)):
        return review.get_absolute_url()
    return declaration.get_absolute_url()


def _review_of(event, declaration):
    """The case that the event began, or that decides about what is not public yet."""
    if event.name == "licenses.declaration.request_withdrawal":
        asked = declaration.withdrawals.order_by("pk").last()
        return latest_review_of(WITHDRAWAL_REVIEW, asked) if asked else None
    terms = None if declaration.published_at else declaration.terms_versions.order_by("version").last()
    return latest_review_of(REVIEW_KIND, terms) if terms else None


def install() -> None:
    """Register every row of the table."""
    for name, groups, subject in TABLE:
        notices.register(
            f"licenses.declaration.{name}",
            recipients=recipients_of(groups),
            subject=subject,
            template="notices/licenses/declaration.txt",
            url_for=url_for,
        )
