"""Lets a made-up month happen through the services, and compares what was booked with what was meant."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Organization
from bench.month import files
from bench.month.story import Debt, Month, Movement, Payer
from foundation.core import clock
from foundation.core.actors import SYSTEM
from foundation.core.clock import LOCAL
from foundation.core.money import Money
from foundation.core.refs import Ref
from foundation.jobs import services as jobs
from settlement.gateways.bank_transfer import reference_of
from settlement.models import BankLine, Obligation, OwnAccount
from settlement.services import closing, obligations, own_accounts, queue, statement_import
from tests.factories.accounts import UniversityFactory, finance, make_uscc
from tests.factories.accounts import serial as uscc_serial

NUMBER = "3201889900000077777"
DONE = ("matched", "reversed")


@dataclass
class World:
    """The rows of a month, by the index of the story."""

    month: Month
    account: OwnAccount
    importer: object
    obligations: dict[int, Obligation] = field(default_factory=dict)
    lines: dict[int, BankLine] = field(default_factory=dict)


@dataclass
class Score:
    """What became of the lines without hands: ``wrong`` names those that pay what was not meant."""

    lines: int
    automatic: int
    wrong: list[str]
    left: dict[str, Counter]

    @property
    def share(self) -> float:
        return self.automatic / self.lines


def build(month: Month) -> World:
    """Payers, debts with their references, the account: everything that is there before the month begins."""
    before = datetime.combine(month.first - timedelta(days=5), time(9), LOCAL)
    with clock.at(before):
        account = own_accounts.propose_own_account(
            actor=finance(), kind="supervised", holder="江海省知识产权运营中心", bank="江海银行", account_number=NUMBER,
            opening_date=month.first,
        )  # fmt: skip
        account = own_accounts.confirm_own_account(account=account, actor=finance())
        world = World(month, account, finance())
        creditor, made = UniversityFactory(), {one.index: _organization(one) for one in month.payers}
        due = datetime.combine(month.last + timedelta(days=20), time(17), LOCAL)
        for debt in month.debts:
            world.obligations[debt.index] = _obligation(debt, made[debt.payer.index], creditor, due)
            debt.code = reference_of(world.obligations[debt.index]).code
    files.write_texts(month)
    return world


def _organization(payer: Payer) -> Organization:
    abroad = payer.kind == "foreign_company"
    return Organization.objects.create(
        kind=payer.kind,
        name=payer.name,
        name_en=payer.name if abroad else "",
        uscc=make_uscc(next(uscc_serial)) if payer.kind == "enterprise" else None,
        foreign_registration=f"HRB{payer.index}" if abroad else "",
        country="DE" if abroad else "CN",
    )


def _obligation(debt: Debt, debtor: Organization, creditor: Organization, due: datetime) -> Obligation:
    return obligations.open_obligation(
        purpose=debt.purpose, ref=Ref("bench.debt", debt.index + 1, f"D-{debt.index}"), debtor=debtor,
        creditor=creditor, amount=Money(debt.fen), due_at=due, key=f"month:{debt.index}", label="许可", actor=SYSTEM,
    )  # fmt: skip


def take_in(world: World) -> None:
    """Import both files, the first before the second, as finance does: send, look, confirm."""
    for name, content in (
        ("statement.xml", files.camt053(world.month, NUMBER)),
        ("statement.csv", files.bank_table(world.month)),
    ):
        batch = statement_import.start_statement_import(
            upload=SimpleUploadedFile(name, content), account=world.account, actor=world.importer
        )
        jobs.run(batch.job_id)
        batch.refresh_from_db()
        batch = statement_import.confirm_statement_import(batch=batch, sha256=batch.sha256, actor=world.importer)
        if jobs.run(batch.job_id).state != "done":
            raise RuntimeError(f"the import of {name} did not end well")
    found = BankLine.objects.filter(account=world.account).select_related("payment").order_by("statement_id", "pk")
    first, rest = files.halves(world.month)
    for movement, line in zip([*first, *rest], found, strict=True):
        if (movement.fen, movement.day) != (line.amount_fen, line.booked_on):
            raise RuntimeError(f"line {line.pk} is not the movement {movement.reference}")
        world.lines[id(movement)] = line


def score(world: World) -> Score:
    """Compare every line with what was meant."""
    wrong, left, automatic = [], {}, 0
    for movement in world.month.movements:
        line = world.lines[id(movement)]
        if line.state in DONE:
            automatic += 1
        else:
            left.setdefault(movement.kind, Counter())[line.reason] += 1
        if paid_by(line) != (_meant(world, movement) if line.state in DONE else {}) or _takes_back_another(
            world, movement
        ):
            wrong.append(f"{movement.kind} {movement.reference}: {line.state} {line.rule or line.reason}")
    return Score(len(world.lines), automatic, wrong, left)


def paid_by(line: BankLine) -> dict[int, int]:
    """Fen by obligation that the receipt of a line pays, less what was taken back."""
    found: Counter[int] = Counter()
    if line.payment_id:
        for obligation_id, fen in line.payment.allocations.values_list("obligation_id", "amount_fen"):
            found[obligation_id] += fen
    return {key: fen for key, fen in found.items() if fen}


def _meant(world: World, movement: Movement) -> dict[int, int]:
    """What a line that was dealt with should pay. Until somebody took it back, a reversed receipt pays."""
    pays = movement.pays
    if movement.kind == "reversed" and world.lines[id(movement)].state == "matched":
        pays = {movement.debts[0].index: movement.fen}
    return {world.obligations[index].pk: fen for index, fen in pays.items()}


def _takes_back_another(world: World, movement: Movement) -> bool:
    line = world.lines[id(movement)]
    wanted = movement.reverses and world.lines[id(movement.reverses)].pk
    return line.reverses_id is not None and line.reverses_id != wanted


def work_queue(world: World) -> int:
    """Finance decides about what is left: assigns what it finds out, sends the rest back; how many lines."""
    person, decided = finance(), 0
    waiting = [one for one in world.month.movements if world.lines[id(one)].state == "queued"]
    for movement in sorted(waiting, key=lambda one: one.kind != "reversal"):
        line = BankLine.objects.get(pk=world.lines[id(movement)].pk)
        if line.state != "queued":
            continue
        decided += 1
        if movement.reverses is not None:
            original = BankLine.objects.get(pk=world.lines[id(movement.reverses)].pk)
            queue.take_back_line(line=line, original=original, actor=person)
        elif movement.pays:
            shares = [queue.Share(world.obligations[index], Money(fen)) for index, fen in movement.pays.items()]
            queue.assign_line(line=line, shares=shares, actor=person, note="电话核实")
        elif movement.kind == "unknown":
            queue.return_line(line=line, actor=person, note="付款用途不明")
        else:
            queue.park_line(line=line, actor=person, note="待与付款人核实")
    return decided


def undecided(world: World) -> int:
    """Lines still in the queue; a decision about a reversal settles the receipt it takes back as well."""
    return BankLine.objects.filter(pk__in=[line.pk for line in world.lines.values()], state="queued").count()


def close(world: World) -> Money:
    """Sign all days and close the month; what bank and ledger differ by on its last day."""
    person = finance()
    closing.sign_days(account=world.account, until=world.month.last, actor=person)
    closing.close_month(month=world.month.first, actor=person)
    return closing.reconciliation.one_day(world.account, world.month.last).difference
