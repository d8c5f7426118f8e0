"""What notifications answers for, and who is told about organizations and members."""

from django.urls import reverse

from accounts import queries as accounts
from accounts.models import Organization, Verification
from foundation.audit import invariants, subscriptions
from foundation.core import handlers
from foundation.core.marks import _
from notifications import catalog, notices, queries, services

MANAGER = _("You keep the details of this organization.")
SELF = _("It is about your own rights.")
OFFICE = _("You verify organizations.")

VERIFICATION = {
    "verify": _("Your organization is verified"),
    "return": _("Your verification needs a correction"),
    "refuse": _("Your verification was refused"),
    "expire": _("Your verification has expired"),
}
MEMBERSHIP = {
    "role_changed": _("You have another role"),
    "deactivated": _("Your rights in an organization have ended"),
    "reactivated": _("You are a member again"),
}

TWICE = """
SELECT user_id, event_id, count(*) FROM notifications_dispatch
WHERE event_id IS NOT NULL AND user_id IS NOT NULL AND state = 'sent'
GROUP BY user_id, event_id, channel HAVING count(*) > 1
"""
TOLD_TWICE = """
SELECT search_id, object_id, count(*) FROM notifications_searchhit
GROUP BY search_id, object_id HAVING count(*) > 1
"""


def managers(event):
    """Whoever keeps the organization's details."""
    organization = Organization(pk=event.subject_id)
    for membership in accounts.members_of(organization, "manage_organization"):
        yield membership.user_id, MANAGER


def office(event):
    """The officers in charge of the organization's city."""
    organization = Organization.objects.get(pk=event.subject_id)
    for membership in accounts.officers_for(organization.city_id):
        if membership.organization_id != organization.pk:
            yield membership.user_id, OFFICE


def case_url(event):
    """The case about the request, on the review desk."""
    asked = Verification.objects.filter(organization=event.subject_id).order_by("pk").last()
    return reverse("approvals:detail", args=[asked.review_number]) if asked else reverse("approvals:desk")


def concerned(event):
    """The member it is about."""
    yield event.facts["user_id"], SELF


def nobody(event):
    """The invited person is no user yet: the mail has its own subscriber."""
    return ()


def install():
    """Register the notices of accounts."""
    for move, subject in VERIFICATION.items():
        notices.register(
            f"accounts.organization.{move}",
            recipients=managers,
            subject=subject,
            template="notices/accounts/verification.txt",
            url=lambda event: reverse("accounts:verification"),
        )
    notices.register(
        "accounts.organization.submit",
        recipients=office,
        subject=_("An organization asks to be verified"),
        template="notices/accounts/verification.txt",
        url=case_url,
    )
    for verb, subject in MEMBERSHIP.items():
        notices.register(
            f"accounts.membership.{verb}",
            recipients=concerned,
            subject=subject,
            template="notices/accounts/membership.txt",
            url=lambda event: reverse("accounts:settings"),
        )
    catalog.add(
        catalog.Spec(
            "accounts.invitation.sent",
            nobody,
            _("You are invited to join an organization"),
            "notices/accounts/invitation.txt",
        )
    )
    subscriptions.subscribe("accounts.invitation.sent", "notifications.invitations", services.send_invitation)


install()
handlers.register("mail.post", services.post_letter)
handlers.register("notices.unread", queries.unread_count)
invariants.register("N1", "Nobody gets two mails about one event.", TWICE)
invariants.register("N2", "A saved search tells each object once.", TOLD_TWICE)
