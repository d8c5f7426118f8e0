"""Acts that the review desk decides."""

from datetime import date, timedelta
from typing import Any

from accounts import services as accounts
from approvals import services as approvals
from approvals.models import Review
from approvals.queries import open_review_of
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from licenses.services import submitting, withdrawing
from settlement.models import AccountingMonth
from settlement.services import bank_accounts, cases, closing, own_books, refund_requests, rule_proposals, runs
from tests.factories import licenses as declare
from tests.factories.accounts import OrganizationFactory, UniversityFactory, finance, member, officer, patentee
from tests.factories.payouts import collected_run, payable, proposed_account
from tests.factories.settlement import paid_obligation
from tests.settlement.four_eyes.table import Act, Scene
from tests.settlement.test_cases import unknown_money


def _before(kind: str, subject: Any, *makers: Any) -> Scene:
    return Scene(subject, makers, open_review_of(kind, subject))


def _verification(_patch: Any) -> Scene:
    maker = member("owner", organization=OrganizationFactory(state="unverified"))
    made = accounts.submit_verification(organization=maker.organization, actor=maker)
    return Scene(made, (maker,), Review.objects.get(number=made.review_number))


def _corrected(patch: Any) -> Scene:
    """Opened by one person of the organization, returned, corrected by another."""
    first = _verification(patch)
    [opener], clerk = first.makers, officer()
    review = approvals.claim(review=first.review, actor=clerk)
    approvals.decide(review=review, outcome="return", actor=clerk, text="名称与执照不符")
    maker = member("owner", organization=opener.organization)
    opener.organization.refresh_from_db()
    made = accounts.submit_verification(organization=opener.organization, actor=maker)
    return Scene(made, (maker, opener), Review.objects.get(number=made.review_number))


def _terms(_patch: Any) -> Scene:
    maker = patentee()
    declaration = declare.submitted_declaration(actor=maker)
    return Scene(declaration, (maker,), declare.review_of(declaration))


def _withdrawal(_patch: Any) -> Scene:
    maker = patentee()
    declaration = declare.published_declaration(actor=maker)
    made = withdrawing.request_withdrawal(declaration=declaration, reason="转让", actor=maker)
    return _before(withdrawing.REVIEW_KIND, made, maker)


def _refund(_patch: Any) -> Scene:
    maker = finance()
    case = cases.resolve_case(case=unknown_money(), resolution="refund", actor=maker)
    return _before(cases.REVIEW, case, maker)


def _account(_patch: Any) -> Scene:
    account = proposed_account(UniversityFactory())
    maker = account.organization.memberships.get(user_id=account.proposed_by_id)
    return _before(bank_accounts.REVIEW, account, maker)


def _run(_patch: Any) -> Scene:
    """One person of finance collected it, another one submitted it."""
    payable()
    maker, submitter = finance(), finance()
    run = runs.submit_run(run=collected_run(actor=maker), actor=submitter)
    return _before(runs.REVIEW, run, maker, submitter)


def _request(_patch: Any) -> Scene:
    fee = paid_obligation()
    payer, reviewer = member("licensing_user", organization=fee.debtor), finance()
    return _reviewed(fee, payer, reviewer)


def _own_request(_patch: Any) -> Scene:
    clerk = finance()
    return _reviewed(paid_obligation(), clerk, clerk)


def _reviewed(fee: Any, payer: Any, reviewer: Any) -> Scene:
    asked = refund_requests.ask_back(obligation=fee, kind="breach", amount=Money(400_00), text="未交付", actor=payer)
    made = refund_requests.review_request(request=asked, granted=Money(400_00), opinion="同意", actor=reviewer)
    return _before(refund_requests.REVIEW, made, reviewer, payer)


def _own_entry(_patch: Any) -> Scene:
    maker = finance()
    made = own_books.propose_entry(kind="charge", text="手续费", amount=Money(1_00), actor=maker, key="k")
    return _before(own_books.REVIEW, made, maker)


def _rule(_patch: Any) -> Scene:
    maker, day = finance(), local_date(database_now()) + timedelta(days=30)
    facts = {"family": "fee", "about": "license.fee", "valid_from": day, "rate_bp": 200, "source": "收费公告"}
    return _before(rule_proposals.REVIEW, rule_proposals.propose_rule(actor=maker, key="r", **facts), maker)


def _month(_patch: Any) -> Scene:
    maker = finance()
    month = AccountingMonth.objects.create(month=date(2026, 1, 1), closed_at=database_now())
    made = closing.ask_to_reopen(month=month, actor=maker, reason="漏记一笔")
    return _before(closing.REVIEW, made, maker)


CORRECTOR = (
    ("UPDATE approvals_review SET submitter_user_id = {other} WHERE id = {review}", "submitter_user_id"),
    ("UPDATE approvals_review SET submitter_user_id = NULL WHERE id = {review}", "submitter_user_id"),
)
CASE = (
    ("UPDATE settlement_case SET decided_by_id = proposed_by_id WHERE id = {pk}", "settlement_two_persons_decide"),
    ("UPDATE settlement_case SET proposed_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_case SET proposed_by_id = NULL, decided_by_id = {maker} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_case SET resolution = 'assign' WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_case SET state = 'resolved' WHERE id = {pk}", "four eyes"),
)
ACCOUNT = (
    ("UPDATE settlement_payoutaccount SET decided_by_id = proposed_by_id WHERE id = {pk}",
     "settlement_account_two_persons"),
    ("UPDATE settlement_payoutaccount SET proposed_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_payoutaccount SET state = 'verified' WHERE id = {pk}", "four eyes"),
)  # fmt: skip
RUN = (
    ("UPDATE settlement_payoutrun SET approved_by_id = made_by_id WHERE id = {pk}", "settlement_run_two_persons"),
    ("UPDATE settlement_payoutrun SET made_by_id = {other} WHERE id = {pk}", "its maker and its approver"),
    ("UPDATE settlement_payoutrun SET needs_second = false WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_payoutrun SET state = 'approved' WHERE id = {pk}", "four eyes"),
    ("INSERT INTO settlement_payout SELECT (jsonb_populate_record(p, jsonb_build_object('id', 9, 'number', 'PO9', "
     "'ref_id', 9))).* FROM settlement_payout p", "takes no more payouts"),
)  # fmt: skip
REQUEST = (
    ("UPDATE settlement_refundrequest SET decided_by_id = reviewed_by_id WHERE id = {pk}",
     "settlement_request_two_persons"),
    ("UPDATE settlement_refundrequest SET decided_by_id = asked_by_id WHERE id = {pk}",
     "settlement_request_two_persons"),
    ("UPDATE settlement_refundrequest SET reviewed_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_refundrequest SET reviewed_by_id = NULL, decided_by_id = {maker} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_refundrequest SET asked_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_refundrequest SET granted_fen = granted_fen + 1 WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_refundrequest SET state = 'approved' WHERE id = {pk}", "four eyes"),
)  # fmt: skip
OWN_REQUEST = (
    *REQUEST,
    ("UPDATE settlement_refundrequest SET state = 'requested' WHERE id = {pk}; "
     "UPDATE settlement_refundrequest SET state = 'approved' WHERE id = {pk}", "settlement_request_not_ones_own"),
)  # fmt: skip
OWN_ENTRY = (
    ("UPDATE settlement_ownentry SET approved_by_id = made_by_id WHERE id = {pk}", "settlement_own_entry_two_persons"),
    ("UPDATE settlement_ownentry SET made_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_ownentry SET needs_second = false WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_ownentry SET amount_fen = 1 WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_ownentry SET state = 'posted' WHERE id = {pk}", "settlement_own_entry_approved"),
)
RULE = (
    ("UPDATE settlement_ruleproposal SET approved_by_id = made_by_id WHERE id = {pk}", "settlement_rule_two_persons"),
    ("UPDATE settlement_ruleproposal SET made_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_ruleproposal SET rate_bp = 1 WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_ruleproposal SET state = 'laid_down' WHERE id = {pk}", "settlement_rule_approved"),
    ("INSERT INTO settlement_feerule (purpose, valid_from, rate_bp, minimum_fen, payer, source, made_by_id, "
     "approved_by_id) VALUES ('license.fee', '2020-01-01', 1, 0, 'payee', '', {maker}, {maker})",
     "settlement_fee_rule_two_persons"),
)  # fmt: skip
MONTH = (
    ("UPDATE settlement_accountingmonth SET reopened_by_id = asked_by_id WHERE id = {pk}",
     "settlement_month_two_persons"),
    ("UPDATE settlement_accountingmonth SET asked_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_accountingmonth SET asked_by_id = NULL, reopened_by_id = {maker} WHERE id = {pk}",
     "four eyes|settlement_month_two_persons"),
    ("UPDATE settlement_accountingmonth SET state = 'reopened' WHERE id = {pk}", "four eyes"),
)  # fmt: skip
CASES = (
    Act("an organization is verified", _verification, kind="accounts.verification"),
    Act("a corrected request is verified", _corrected, CORRECTOR, kind="accounts.verification"),
    Act("a declaration is approved", _terms, kind=submitting.REVIEW_KIND),
    Act("a withdrawal is announced", _withdrawal, kind=withdrawing.REVIEW_KIND),
    Act("unclear money goes back", _refund, CASE, kind=cases.REVIEW),
    Act("a payee's account is confirmed", _account, ACCOUNT, kind=bank_accounts.REVIEW),
    Act("a payout run is approved", _run, RUN, kind=runs.REVIEW),
    Act("a refund is granted", _request, REQUEST, kind=refund_requests.REVIEW),
    Act("a refund that finance asked for is granted", _own_request, OWN_REQUEST, kind=refund_requests.REVIEW),
    Act("an entry by hand is booked", _own_entry, OWN_ENTRY, kind=own_books.REVIEW),
    Act("a rule of fees is laid down", _rule, RULE, kind=rule_proposals.REVIEW),
    Act("a closed month is reopened", _month, MONTH, kind=closing.REVIEW),
)
