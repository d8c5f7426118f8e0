"""Money asked back in the demo: a granted refund, a request that waits, a dispute with its freeze, a mediation."""

from datetime import date, datetime, timedelta

from foundation.core import clock
from foundation.core.money import Money
from licenses.models import License
from local.demo import cast
from local.demo.books import days, invoices, office, transfers
from settlement import services as settlement
from settlement.gateways.base import REFUND_SUCCEEDED, BankEvent
from settlement.models import Obligation
from settlement.services import disputes, refund_requests
from settlement.services.taking_back import can_go_back

BACK, ASKED, DISPUTED = Money(1_500_00), Money(800_00), Money(4_000_00)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SANDBOX = "sandbox"
CLAIM = "所附技术资料缺少实施例三的工艺参数，无法复现专利效果，请求退还部分许可费。"
ANSWER = "工艺参数已在说明书第[0042]段公开，我方愿意另行提供一次现场指导。"


def released_before(moment: datetime) -> list[Obligation]:
    """License fees that were released before and are not paid out: their money can still go back."""
    both = (transfers.licensing_user().organization_id, transfers.holder().organization_id)
    rows = Obligation.objects.filter(
        purpose="license.fee", state="paid", released_at__lt=moment, payments__provider=SANDBOX, disputes=None,
        refund_requests=None,
    )  # fmt: skip
    rows = rows.exclude(debtor__in=both).exclude(creditor__in=both).order_by("-released_at", "pk")
    return [one for one in rows if can_go_back(one) > DISPUTED]


def give_back(day: date) -> None:
    """A part of an invoiced fee goes back to its payer: asked for, granted, booked by the bank, red letter."""
    moment = days.at_hour(day, 10)
    obligation = next(iter(released_before(moment - 7 * DAY)), None)
    if obligation is None:
        return
    invoices.issued(obligation, obligation.paid_at + 2 * DAY, sent=False)
    with clock.at(moment - 2 * DAY):
        request = refund_requests.ask_back(
            obligation=obligation, kind="other", amount=BACK, actor=office.acting_for(obligation.debtor),
            text="付款时多算了一个月的许可期，请退还差额。",
        )  # fmt: skip
    with clock.at(moment - DAY):
        finance = cast.officer("finance")
        request = refund_requests.review_request(
            request=request, granted=BACK, opinion="与合同起算日核对，多付属实，同意退还。", actor=finance
        )
    for refund in request.refunds.all():
        with clock.at(moment):
            event = BankEvent(
                f"demo-{refund.number}", REFUND_SUCCEEDED, refund_id=refund.number, amount=refund.amount,
                occurred_at=moment,
            )  # fmt: skip
            settlement.take_event(provider=SANDBOX, event=event)
    with clock.at(moment + HOUR):
        refund_requests.note_paid(request=request)
    invoices.take_back(obligation, moment + 2 * HOUR)


def ask_back(license: License, now: datetime) -> None:
    """The demo login's firm asks for a part of a fee in escrow; finance has to review it."""
    with clock.at(now - 20 * HOUR):
        refund_requests.ask_back(
            obligation=license.obligation, kind="other", amount=ASKED, actor=transfers.licensing_user(),
            text="合同签订日晚于付款日五天，请按实际许可期退还差额。",
        )  # fmt: skip


def dispute(license: License, now: datetime) -> None:
    """The demo login's firm disputes a part of another fee: it is frozen, and the university has to answer."""
    with clock.at(now - 2 * DAY):
        amount = min(DISPUTED, can_go_back(license.obligation))
        disputes.open_dispute(
            obligation=license.obligation, amount=amount, claim=CLAIM, actor=transfers.licensing_user()
        )


def mediate(now: datetime) -> None:
    """Another dispute went on from an answer to a mediation by the province."""
    moment = now - 9 * DAY
    obligation = next(iter(released_before(moment - DAY)), None)
    if obligation is None:
        return
    payer, payee = office.acting_for(obligation.debtor), office.acting_for(obligation.creditor)
    with clock.at(moment):
        row = disputes.open_dispute(obligation=obligation, amount=DISPUTED, claim=CLAIM, actor=payer)
    with clock.at(moment + 2 * DAY):
        row = disputes.answer_dispute(dispute=row, answer=ANSWER, actor=payee)
    with clock.at(moment + 4 * DAY):
        row = disputes.ask_mediation(dispute=row, actor=payer, reason="双方对资料是否充分各执一词。")
    with clock.at(moment + 5 * DAY):
        disputes.appoint_mediator(dispute=row, mediator="江海省知识产权纠纷调解中心", actor=cast.officer())
