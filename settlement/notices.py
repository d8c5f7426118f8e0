"""Who is told about money."""

from django.urls import reverse

from accounts import queries as accounts
from foundation.core.marks import _, ngettext
from notifications import notices
from settlement.models import Hold, Obligation, Payment, Refund

PAYER, PAYEE, FINANCE = (
    _("Your organization pays this."),
    _("Your organization receives this."),
    _("You settle payments."),
)

# event, who is told, the subject of the message
TABLE = [
    ("obligation.pay", ("debtor", "creditor"), _("{amount} arrived for payment {number}")),
    ("obligation.refund_done", ("debtor", "creditor"), _("Payment {number} was refunded: {amount}")),
    ("obligation.part_paid", ("debtor", "creditor"), _("{amount} of payment {number} arrived; {left} is left to pay")),
    ("obligation.reopen", ("debtor", "creditor"), _("The bank took the money for payment {number} back")),
    ("obligation.reminded", ("debtor",), _("Reminder: pay {amount} for {number} by {due}")),
    (
        "obligation.overdue",
        ("debtor", "creditor"),
        ngettext(
            "Payment {number} is overdue by {days} day: {amount}",
            "Payment {number} is overdue by {days} days: {amount}",
            "days",
        ),
    ),
    ("hold.placed", ("debtor",), _("Your deposit of {amount} is held as {number}")),
    ("hold.capture", ("debtor", "creditor"), _("Deposit {number} was used: {amount}; {returned} goes back")),
    ("hold.part_used", ("debtor", "creditor"), _("{amount} of deposit {number} was used")),
    ("hold.release", ("debtor",), _("Deposit {number} goes back to you: {returned}")),
    ("hold.forfeit", ("debtor", "creditor"), _("Deposit {number} was forfeited: {amount}")),
    ("hold.expire", ("debtor",), _("Deposit {number} goes back to you: {returned}")),
    ("obligation.released", ("creditor",), _("{amount} of payment {number} is payable to you")),
    ("obligation.objected", ("creditor", "finance"), _("The payer objected to the release of payment {number}")),
    ("obligation.objection_settled", ("debtor", "creditor"), _("The objection about payment {number} was settled")),
    ("payment.turn_back", ("debtor",), _("{amount} for {obligation} goes back to you")),
    ("payment.clarify", ("debtor",), _("{amount} arrived where {owed} was owed; finance looks into it")),
    ("case.opened", ("finance",), _("{amount} is to be clarified")),
]
WHY = {"debtor": PAYER, "creditor": PAYEE, "finance": FINANCE}


def _obligation(event) -> Obligation | None:
    if event.subject_kind == Obligation._meta.label_lower:
        return Obligation.objects.get(pk=event.subject_id)
    models = {model._meta.label_lower: model for model in (Payment, Refund, Hold)}
    model = models.get(event.subject_kind)
    if model is None:
        return None
    row = model.objects.get(pk=event.subject_id)
    return row.obligation or row.payment.obligation if model is Refund else row.obligation


def recipients_of(sides):
    """The people of these sides who may see money."""

    def recipients(event):
        obligation = _obligation(event)
        for side in sides:
            if side == "finance":
                people = accounts.with_role("finance")
            elif obligation is None:
                continue
            else:
                people = accounts.members_of(getattr(obligation, f"{side}_id"), "see_money")
            for membership in people:
                yield membership.user_id, WHY[side]

    return recipients


def url_of(event) -> str:
    """The obligation's page, or the desk for cases."""
    if event.subject_kind == "settlement.case":
        return reverse("settlement:case", args=[event.subject_id])
    obligation = _obligation(event)
    if obligation is None:
        return reverse("settlement:overview")
    return reverse("settlement:obligation_detail", args=[obligation.number])


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
