"""Who is told about payout accounts, payouts, refund requests and disputes."""

from django.urls import reverse

from accounts import queries as accounts
from foundation.core.marks import _
from notifications import notices
from settlement.models import Dispute, Payout, PayoutAccount, RefundRequest
from settlement.notices import FINANCE, PAYEE, PAYER

ACCOUNT, SIDE = _("Your organization named a bank account."), _("Your organization is a party.")
ACCOUNT_ROLES = ("owner", "ip_manager", "person")
# event, who is told, the subject of the message
TABLE = [
    ("payoutaccount.proposed", ("keepers",), _("Account {account} was named for your payouts")),
    ("payoutaccount.verify", ("keepers",), _("Account {account} is used for your payouts from now on")),
    ("payoutaccount.refuse", ("keepers",), _("Account {account} was not confirmed")),
    ("payoutaccount.withdraw", ("keepers",), _("Account {account} was taken back")),
    ("payoutaccount.retire", ("keepers",), _("Account {account} is no longer used for your payouts")),
    ("payout.finish", ("payee",), _("{amount} was paid to your account {account}")),
    ("payout.fail", ("payee", "finance"), _("The bank could not pay {amount} to account {account}")),
    ("payout.come_back", ("payee", "finance"), _("{amount} came back from account {account}")),
    ("refundrequest.requested", ("creditor", "finance"), _("{amount} of payment {about} is asked back")),
    ("refundrequest.approve", ("debtor", "creditor"), _("A refund of {amount} for payment {about} was granted")),
    ("refundrequest.refuse", ("debtor", "creditor"), _("The refund of {amount} for payment {about} was refused")),
    ("dispute.opened", ("respondent", "finance"), _("{amount} of payment {about} is disputed: please answer")),
    ("dispute.answer", ("claimant",), _("The other side answered the dispute about payment {about}")),
    ("dispute.pass", ("claimant", "respondent"), _("The dispute about payment {about} goes on without an answer")),
    ("dispute.mediate", ("claimant", "respondent", "mediators"), _("Mediation was asked for about payment {about}")),
    ("dispute.offered", ("claimant", "respondent"), _("An offer to settle: {back} back to the payer")),
    ("dispute.settle", ("claimant", "respondent", "finance"), _("The dispute about payment {about} was settled")),
    ("dispute.fail", ("claimant", "respondent"), _("No agreement about payment {about}")),
    ("dispute.rule", ("claimant", "respondent"), _("The ruling about payment {about} was carried out")),
    ("dispute.lapse", ("claimant", "respondent"), _("The dispute about payment {about} was closed")),
    ("dispute.withdraw", ("respondent",), _("The dispute about payment {about} was withdrawn")),
]
MODELS = {model._meta.label_lower: model for model in (Dispute, Payout, PayoutAccount, RefundRequest)}


def _subject(event):
    return MODELS[event.subject_kind].objects.get(pk=event.subject_id)


def _people(side: str, subject):
    """Memberships of a side, and why they are told."""
    if side == "finance":
        return accounts.with_role("finance"), FINANCE
    if side == "mediators":
        return accounts.with_role("provincial_officer"), SIDE
    if side == "keepers":
        found = accounts.members_of(subject.organization_id)
        return [one for one in found if one.role in ACCOUNT_ROLES], ACCOUNT
    if side == "payee":
        return accounts.members_of(subject.party_id, "see_money") if subject.party_id else [], PAYEE
    if side in ("claimant", "respondent"):
        return accounts.members_of(getattr(subject, f"{side}_id"), "see_money"), SIDE
    why = PAYER if side == "debtor" else PAYEE
    return accounts.members_of(getattr(subject.obligation, f"{side}_id"), "see_money"), why


def recipients_of(sides):
    """The people of these sides."""

    def recipients(event):
        subject = _subject(event)
        for side in sides:
            people, why = _people(side, subject)
            for membership in people:
                yield membership.user_id, why

    return recipients


def url_of(event) -> str:
    """The page of the subject."""
    subject = _subject(event)
    if isinstance(subject, PayoutAccount):
        return reverse("settlement:payout_account")
    if isinstance(subject, Payout):
        return reverse("settlement:payout", args=[subject.number])
    return subject.get_absolute_url()


def install() -> None:
    """Register every row of the table."""
    for verb, sides, subject in TABLE:
        notices.register(
            f"settlement.{verb}",
            recipients=recipients_of(sides),
            subject=subject,
            template="notices/settlement/money.txt",
            url=url_of,
        )
