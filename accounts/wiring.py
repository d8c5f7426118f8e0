"""What accounts answers for and promises."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _lazy

from accounts import documentation, queries, services
from accounts.models import Verification
from accounts.services.verifications import REVIEW_KIND, snapshot
from foundation import audit
from foundation.audit import invariants
from foundation.core import handlers
from foundation.core.marks import _
from foundation.documents.models import File

PHRASES = {
    "accounts.organization.registered": _("The organization was registered."),
    "accounts.organization.updated": _("The details were changed."),
    "accounts.organization.identity_amended": _("The registered name or code was changed."),
    "accounts.organization.submit": _("Submitted to the province for verification."),
    "accounts.organization.verify": _("The province verified the organization."),
    "accounts.organization.return": _("The request for verification was returned for correction."),
    "accounts.organization.refuse": _("The province refused the verification."),
    "accounts.organization.amend": _("Verified details were changed; a new verification is needed."),
    "accounts.organization.enroll": _("Enrolled by the administration."),
    "accounts.organization.expire": _("The verification expired."),
    "accounts.invitation.sent": _("A member was invited."),
    "accounts.invitation.revoked": _("An invitation was withdrawn."),
    "accounts.membership.accepted": _("A member accepted the invitation."),
    "accounts.membership.appointed": _("A member was appointed by the system."),
    "accounts.membership.role_changed": _("A member was given another role."),
    "accounts.membership.deactivated": _("A member's rights were taken away."),
    "accounts.membership.reactivated": _("A former member was let back in."),
    "accounts.membership.left": _("A member left."),
    "accounts.user.new_device": _("Signed in with a browser that was not used before."),
    "accounts.token.issued": _("A key for the API was issued."),
    "accounts.token.revoked": _("A key for the API was revoked."),
}

WITHOUT_OWNER = """
SELECT o.id, o.public_id FROM accounts_organization o
WHERE o.kind IN ('university', 'institute', 'enterprise', 'foreign_company', 'person')
  AND EXISTS (SELECT 1 FROM accounts_membership m WHERE m.organization_id = o.id AND m.role IN ('owner', 'person'))
  AND NOT EXISTS (
    SELECT 1 FROM accounts_membership m
    WHERE m.organization_id = o.id AND m.role IN ('owner', 'person') AND m.is_active
  )
"""
FOREIGN_ROLES = """
SELECT m.id, m.role, o.kind FROM accounts_membership m JOIN accounts_organization o ON o.id = m.organization_id
WHERE (o.kind = 'administration') <> (m.role IN
  ('expert', 'city_officer', 'provincial_officer', 'finance', 'auditor', 'superuser'))
   OR (o.kind = 'person') <> (m.role = 'person')
"""
UNDECIDED = """
SELECT o.id, o.state FROM accounts_organization o
WHERE o.state = 'submitted' AND NOT EXISTS (
  SELECT 1 FROM accounts_verification v WHERE v.organization_id = o.id AND v.decided_at IS NULL
)
"""
PERSONS = """
SELECT o.id, o.kind FROM accounts_organization o LEFT JOIN accounts_person p ON p.organization_id = o.id
WHERE p.id IS NOT NULL AND o.kind <> 'person'
"""

LABELS = [
    ("name", _lazy("Registered name")),
    ("name_en", _lazy("English name")),
    ("uscc", _lazy("Unified social credit code")),
    ("foreign_registration", _lazy("Registration number in the home country")),
    ("country", _lazy("Country or region")),
    ("legal_representative", _lazy("Legal representative")),
    ("document", _lazy("Document number")),
    ("city", _lazy("City")),
]


@dataclass(frozen=True)
class Scan:
    """The evidence of a request, as the desk lists files."""

    file: File
    note: str = ""

    @property
    def file_id(self) -> int:
        return self.file.pk

    @property
    def get_kind_display(self) -> str:
        return gettext("Evidence for the verification")


def verification_of(review):
    """The request a review is about."""
    return Verification.objects.select_related("organization__city", "evidence", "group_head").get(pk=review.subject.id)


def review_facts(*, review):
    """What the officer compares: the details as submitted, and whether they still stand."""
    verification = verification_of(review)
    organization = verification.organization
    now = snapshot(organization)
    rows = [
        (label, verification.facts.get(name, ""), name, verification.facts.get(name) == now[name])
        for name, label in LABELS
        if verification.facts.get(name)
    ]
    if head := verification.group_head:
        rows.append((_lazy("Head of the group"), f"{head.name} {head.uscc}", "group_head", None))
    elif organization.group:
        left = gettext("None any more; until now %(name)s") % {"name": organization.group.name}
        rows.append((_lazy("Head of the group"), left, "group_head", None))
    if verification.statement:
        rows.append((_lazy("Message to the office"), verification.statement, "statement", None))
    return {
        "files": [Scan(verification.evidence)] if verification.evidence else [],
        "sections": rows,
        "checks": [],
        "blocking": False,
        "url": organization.get_absolute_url(),
    }


def review_decided(*, review, decision, actor):
    """Carry out what the officer decided, in the transaction of the decision."""
    services.decide_verification(
        verification=verification_of(review),
        outcome=str(decision.outcome),
        reason=decision.text,
        actor=actor,
    )


for name, template in PHRASES.items():
    audit.phrases.register(name, template)

handlers.expect("review.open")
handlers.expect("review.resubmit")
handlers.expect("mail.post")
handlers.register("organizations.in_city", queries.organizations.ids_in_city)
handlers.register(f"review.facts:{REVIEW_KIND}", review_facts)
handlers.register(f"review.decided:{REVIEW_KIND}", review_decided)

documentation.install()
invariants.register("A1", "Every organization that ever had an owner has one.", WITHOUT_OWNER)
invariants.register("A2", "A role fits the kind of the organization.", FOREIGN_ROLES)
invariants.register("A3", "What waits for verification has an open request.", UNDECIDED)
invariants.register("A4", "An identity document belongs to a natural person.", PERSONS)
