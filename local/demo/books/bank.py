"""What the demo's bank booked, as statements that finance imports."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum

from accounts.models import Membership
from foundation.core.clock import local_date
from foundation.jobs.models import ImportBatch
from local.demo import portfolio
from local.demo.books import files
from local.demo.books.days import Half
from local.demo.books.files import Row
from settlement.models import BankLine, OwnAccount, Payment, Payout, Posting
from settlement.services import statement_import

PAYER = "62220099{:011d}"  # a fictional account of each payer
PAID_FOR = {"auction.deposit": "竞买保证金", "auction.price": "竞价成交价款"}
DAY = timedelta(days=1)


class NotImported(RuntimeError):
    """The demo's own file was refused: a fault of the demo."""


def payer_account(organization_id: int) -> str:
    """The account a payer of the demo transfers from."""
    return PAYER.format(organization_id)


def movements(account: OwnAccount, half: Half) -> list[Row]:
    """What the ledger says moved on the account in these days and no statement told yet, then payouts on their way."""
    postings = Posting.objects.filter(
        account_id=account.ledger_account, entry__value_date__range=(half.first, half.last), entry__tick=None
    )
    known = [_known(one) for one in postings.select_related("entry").order_by("entry__value_date", "pk")]
    return known + (payouts(half) if account.ledger_account == "1001" else [])


def _known(posting: Posting) -> Row:
    entry, fen = posting.entry, posting.debit_fen - posting.credit_fen
    what, number, _rest = f"{entry.key}::".split(":", 2)
    if what == "payment":
        payment = Payment.objects.select_related("obligation__debtor").get(pk=number)
        debtor = payment.obligation.debtor
        text = f"{PAID_FOR.get(payment.obligation.purpose, '专利开放许可费')} {payment.obligation.number}"
        return Row(entry.value_date, fen, text, debtor.name, payer_account(debtor.pk), payment.transaction_id)
    texts = {"sweep": f"服务费划转 {number}", "refund": f"退款 {number}", "own": "账户管理费"}
    return Row(entry.value_date, fen, texts[what], entry.ref_number or "江海银行", reference=f"DEMO{entry.pk:010d}")


def payouts(half: Half) -> list[Row]:
    """Payouts that left as a file: the bank carries them out on the next day."""
    rows = Payout.objects.filter(state="sent", run__rail="file").order_by("pk")
    return [
        Row(
            max(half.first, local_date(row.state_since) + DAY),
            -row.amount_fen,
            f"{row.number} {row.ref_number}",
            row.holder,
            reference=f"DEMO{row.number}",
        )
        for row in rows
        if local_date(row.state_since) < half.last
    ]


def balance_before(account: OwnAccount) -> int:
    """The balance after all statements imported so far, in fen."""
    told = account.lines.filter(counts=True, currency=account.currency).aggregate(fen=Sum("amount_fen", default=0))
    return account.opening_fen + int(told["fen"])


def bring_in(account: OwnAccount, half: Half, rows: list[Row], actor: Membership) -> list[BankLine]:
    """Send, look, confirm: the statement of these days with these rows. Its lines, worked on."""
    rows = sorted(rows, key=lambda row: row.day)
    span, opening = (half.first, half.last), balance_before(account)
    if account.kind == OwnAccount.Kind.SUPERVISED:
        name = f"JS{half.last:%Y%m%d}"
        upload = SimpleUploadedFile(f"{name}.xml", files.camt(account.account_number, name, span, opening, rows))
    else:
        content = files.export(account.account_number, span, opening, rows)
        upload = SimpleUploadedFile(f"icbc-{half.last:%Y%m}.csv", content)
    batch = statement_import.start_statement_import(upload=upload, account=account, actor=actor)
    batch = _finished(batch)
    batch = _finished(statement_import.confirm_statement_import(batch=batch, sha256=batch.sha256, actor=actor))
    if batch.state != "imported":
        raise NotImported(f"{batch.original_name}: {batch.state} {batch.message} {batch.facts}")
    return list(BankLine.objects.filter(statement__batch=batch).order_by("sequence"))


def _finished(batch: ImportBatch) -> ImportBatch:
    portfolio.finish(batch.job_id)
    batch.refresh_from_db()
    return batch
