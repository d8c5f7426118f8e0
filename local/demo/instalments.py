"""One offer of the demo whose fee comes in instalments, and a license under it with the third part still open."""

from datetime import timedelta

from django.db import transaction

from accounts.models import Membership
from foundation.core import clock
from licenses.models import Declaration
from licenses.queries.instalments import later_of
from licenses.services import declarations as services
from local.demo import offers, plan, register, telling, texts_read, uptakes
from patents.models import Patent

DECLARED, TAKEN = timedelta(days=170), timedelta(days=130)  # before today
SEED = "instalments"
PRICE = {
    "method": "instalments",
    "instalments_total_fen": 3_600_000,
    "instalments_from": "effective",
    "instalments": [
        {"amount_fen": 1_200_000, "days": None, "day": ""},
        {"amount_fen": 1_200_000, "days": 90, "day": ""},
        {"amount_fen": 1_200_000, "days": 180, "day": ""},
    ],
    "explanation": "许可费按同类专利三年普通许可费用确定，考虑小微企业投产初期的资金压力，分三期支付，各期金额相同。",
    "explanation_en": "Set from three years of ordinary license fees for similar patents; paid in three equal parts "
    "because small firms are short of money while production starts.",
}


def patent_number() -> str:
    """A patent of the demo logins' university that no story declares."""
    rows = plan.pick(texts_read.patents(), plan.Random(plan.SEED))[plan.STORIES :]
    return next(row["number"] for row in rows if row["holder"] == plan.OWN_HOLDER and not row["co_holder"])


@transaction.atomic
def tell(*, manager: Membership, firm: Membership, now) -> None:
    """The whole story, once."""
    number = patent_number()
    if Declaration.objects.filter(patent__number=number).exists():
        return
    random = plan.Random(SEED)
    with clock.at(now - DECLARED):
        register.keep_fresh(Patent.objects.get(number=number))
        declaration = services.submit(declaration=offers.draft(number, manager, random, priced=PRICE), actor=manager)
    with clock.at(now - DECLARED + telling.REVIEW_TAKES):
        declaration = offers.approve(declaration)
    license = uptakes.take(declaration, firm, random, now - TAKEN)
    second = later_of(license).get(position=2)
    with clock.at(second.due_at - timedelta(days=3)):
        uptakes.pay_instalment(second, firm)
    telling.release_paid(declaration, now)
    with clock.at(now - timedelta(days=15)):
        register.keep_fresh(declaration.patent)
