"""The money office of the demo: a second person of finance, the platform's bank accounts, its fee, payees' accounts."""

from datetime import datetime, timedelta

from django.db.models import Sum

from accounts.models import Membership, Organization
from accounts.services import people as opening
from approvals import services as approvals
from approvals.queries import open_review_of
from foundation.core import clock
from foundation.core.money import Money
from local.demo import cast, texts_read
from local.demo.books import days
from settlement import chart
from settlement.models import FeeRule, OwnAccount, PayoutAccount, Posting
from settlement.services import bank_accounts, own_accounts

CASHIER, CASHIERS_KEY = "cashier", "office6"  # imports statements; finance@ signs them
BANK = "江海银行营业部"
SUPERVISED, OPERATING = "3201990000000010086", "3201990000000020095"  # fictional
OWN_MONEY = Money(500_000_00)  # in the operating account at the beginning
FEE_BP, FEE_CAP_FEN = 100, 100_000
FEE_SOURCE = "演示：平台服务费试行标准"


def cashier() -> Membership:
    """The second person of finance."""
    return cast.officer(CASHIER)


def begin(now: datetime) -> None:
    """The cashier's account, and the fee that the platform takes from the first day of the books on."""
    day = days.first_of_month(clock.local_date(now), days.MONTHS)
    with clock.at(days.at_hour(day - timedelta(days=30), 9)):
        office = cast.officer("finance").organization
        name = next(row["name_zh"] for row in texts_read.people() if row["key"] == CASHIERS_KEY)
        user = cast.open_account(CASHIER, name)
        if not user.memberships.exists():
            opening.appoint(user=user, role="finance", organization=office)
    # Rules of fees are rows of configuration that no service writes; everything else here is made by services.
    makers = {"made_by_id": cashier().user_id, "approved_by_id": cast.officer("finance").user_id}
    facts = {"rate_bp": FEE_BP, "cap_fen": FEE_CAP_FEN, "source": FEE_SOURCE, **makers}
    FeeRule.objects.get_or_create(purpose="license.fee", valid_from=day, defaults=facts)


def own_account(kind: str) -> OwnAccount | None:
    """One of the platform's accounts."""
    return OwnAccount.objects.filter(kind=kind).first()


def open_own_accounts(since) -> None:
    """The supervised and the operating account: proposed by the cashier, confirmed by the other person of finance."""
    known = Posting.objects.filter(account_id=chart.BANK, entry__value_date__lt=since)
    sums = known.aggregate(debit=Sum("debit_fen", default=0), credit=Sum("credit_fen", default=0))
    held = Money(int(sums["debit"] - sums["credit"]))
    rows = ((OwnAccount.Kind.SUPERVISED, SUPERVISED, held), (OwnAccount.Kind.OPERATING, OPERATING, OWN_MONEY))
    for kind, number, balance in rows:
        with clock.at(days.at_hour(since - timedelta(days=6), 10)):
            account = own_accounts.propose_own_account(
                actor=cashier(), kind=kind, holder=cast.OFFICE["name"], bank=BANK, account_number=number,
                opening_date=since, opening=balance,
            )  # fmt: skip
        with clock.at(days.at_hour(since - timedelta(days=5), 15)):
            own_accounts.confirm_own_account(account=account, actor=cast.officer("finance"))


def acting_for(organization: Organization) -> Membership:
    """The owner of an organization."""
    return organization.memberships.filter(role__in=("owner", "person")).first()


def name_account(organization: Organization, moment: datetime, *, confirmed: bool = True) -> PayoutAccount:
    """The account an organization wants its money on; a day later the province confirms it, if ``confirmed``."""
    with clock.at(moment):
        account = bank_accounts.propose_account(
            organization=organization,
            actor=acting_for(organization),
            holder=organization.name,
            number=f"320199{organization.pk:013d}",
            bank_name="江海银行科技支行",
            bank_code="313301099999",
        )
    if confirmed:
        approve(account, bank_accounts.REVIEW, moment + timedelta(days=1))
    return account


def approve(subject, kind: str, moment: datetime) -> None:
    """A second person of the province approves what finance or a payee asked for."""
    review = open_review_of(kind, subject)
    with clock.at(moment):
        approvals.claim(review=review, actor=cast.officer())
        approvals.decide(review=review, outcome="approve", actor=cast.officer())
    subject.refresh_from_db()
