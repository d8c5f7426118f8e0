"""Acts of two persons beside the review desk."""

from datetime import timedelta
from typing import Any

from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from patents import services as patents
from settlement.services import closing, dispute_outcomes, disputes, distributing, noticing, objections, own_accounts
from tests.factories import income
from tests.factories.accounts import finance, member, officer, patentee
from tests.factories.bank import Row, imported, own_account, today
from tests.factories.patents import make_patent
from tests.factories.settlement import paid_obligation
from tests.journeys.cast import paper
from tests.patents.portfolio import upload
from tests.settlement.four_eyes.auctions import AUCTIONS
from tests.settlement.four_eyes.cases import CASES
from tests.settlement.four_eyes.challenges import CHALLENGES
from tests.settlement.four_eyes.table import Act, Scene


def _own_account(_patch: Any) -> Scene:
    maker = finance()
    account = own_accounts.propose_own_account(
        actor=maker, kind="supervised", holder="江海省知识产权运营中心", bank="江海银行", account_number="3201000099",
        opening_date=today(),
    )  # fmt: skip
    return Scene(account, (maker,))


def _day(_patch: Any) -> Scene:
    maker, yesterday = finance(), today() - timedelta(days=1)
    account = own_account(since=yesterday)
    imported([Row("10.00", "a")], account, actor=maker)
    return Scene(account, (maker,))


def _sign(scene: Scene, actor: Any) -> Any:
    return closing.sign_days(account=scene.subject, until=today() - timedelta(days=1), actor=actor)


def _objection(_patch: Any) -> Scene:
    fee = paid_obligation()
    maker = member("licensing_user", organization=fee.debtor)
    return Scene(objections.raise_objection(obligation=fee, actor=maker, reason="未交付"), (maker,))


def _settle(scene: Scene, actor: Any) -> Any:
    return objections.settle_objection(obligation=scene.subject.obligation, actor=actor, outcome="已交付")


def _income_objection(patch: Any) -> Scene:
    case = income.scene(patch)
    made = distributing.confirm(distribution=case.distribution, actor=case.manager)
    made = noticing.publish(distribution=made, actor=case.manager)
    maker = member("inventor", organization=case.university)
    return Scene(noticing.object_to(distribution=made, actor=maker, reason="份额不对"), (maker,))


def _answer(scene: Scene, actor: Any) -> Any:
    return noticing.answer_objection(objection=scene.subject, actor=actor, upheld=False, answer="核对无误")


def _colleague(scene: Scene) -> Any:
    return member("ip_manager", organization=scene.subject.distribution.institution)


def _dispute() -> tuple:
    fee = paid_obligation()
    payer, payee = member("licensing_user", organization=fee.debtor), member("owner", organization=fee.creditor)
    made = disputes.open_dispute(obligation=fee, amount=Money(400_00), claim="未交付", actor=payer)
    return disputes.answer_dispute(dispute=made, answer="已交付", actor=payee), payer, payee


def _in_court(_patch: Any) -> Scene:
    made, payer, payee = _dispute()
    disputes.declare_failed(dispute=made, actor=payer, reason="谈不拢")
    made = disputes.refer(dispute=made, actor=payer, forum="南京中院", forum_reference="(2026)苏01民初1号")
    return Scene(made, (payer, payee))


def _rule(scene: Scene, actor: Any) -> Any:
    return dispute_outcomes.carry_out_ruling(dispute=scene.subject, back=Money(1_00), outcome="判决", actor=actor)


def _offer(_patch: Any) -> Scene:
    made, payer, _payee = _dispute()
    offer = dispute_outcomes.offer(dispute=made, back=Money(1_00), text="", actor=payer)
    return Scene(offer, (payer,), also=(made.respondent,))


def _mediators_offer(_patch: Any) -> Scene:
    made, payer, _payee = _dispute()
    made, maker = disputes.ask_mediation(dispute=made, actor=payer, reason="请调解"), officer()
    offer = dispute_outcomes.offer(dispute=made, back=Money(1_00), text="", actor=maker)
    return Scene(offer, (maker,), also=(made.claimant, made.respondent))


def _agree(scene: Scene, actor: Any) -> Any:
    """Agree for the other side; a repeat for the own side does nothing and is no approval."""
    offer = scene.subject
    before = (offer.claimant_agreed_at, offer.respondent_agreed_at)
    dispute_outcomes.agree(offer=offer, actor=actor)
    offer.refresh_from_db()
    if (offer.claimant_agreed_at, offer.respondent_agreed_at) == before:
        raise noticing.NotAllowed()


def _extract(_patch: Any) -> Scene:
    maker = patentee()
    made = patents.submit_extract(
        patent=make_patent(maker.organization), fact="status", value="granted", upload=upload(paper(), "extract.png"),
        extract_date=local_date(database_now()), actor=maker,
    )  # fmt: skip
    return Scene(made, (maker,))


def _other_side(scene: Scene) -> Any:
    return member("owner", organization=scene.subject.dispute.respondent)


OWN_ACCOUNT = (
    ("UPDATE settlement_ownaccount SET confirmed_by_id = proposed_by_id WHERE id = {pk}",
     "settlement_own_account_two_persons"),
    ("UPDATE settlement_ownaccount SET proposed_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_ownaccount SET account_number = '3201666666' WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_ownaccount SET state = 'active' WHERE id = {pk}",
     "four eyes|settlement_own_account_confirmed_by_somebody"),
)  # fmt: skip
DAY = (
    ("INSERT INTO settlement_signedday (account_id, day, lines, bank_fen, ledger_fen, note, signed_by_id, signed_at) "
     "SELECT account_id, booked_on, 1, 1000, 1000, '', {maker}, now() FROM settlement_bankline", "four eyes"),
)  # fmt: skip
OBJECTION = (
    ("UPDATE settlement_objection SET settled_at = now(), settled_by_id = raised_by_id WHERE id = {pk}",
     "settlement_objection_two_persons"),
    ("UPDATE settlement_objection SET settled_at = now() WHERE id = {pk}", "settlement_objection_settled_by_somebody"),
    ("UPDATE settlement_objection SET raised_by_id = {other} WHERE id = {pk}", "four eyes"),
)  # fmt: skip
INCOME = (
    ("UPDATE settlement_distributionobjection SET answered_by_id = raised_by_id, answered_at = now() WHERE id = {pk}",
     "settlement_nobody_answers_oneself"),
    ("UPDATE settlement_distributionobjection SET answered_at = now() WHERE id = {pk}",
     "settlement_objection_answered_by_somebody"),
    ("UPDATE settlement_distributionobjection SET raised_by_id = {other} WHERE id = {pk}", "four eyes"),
)  # fmt: skip
COURT = (
    ("UPDATE settlement_dispute SET ruled_by_id = opened_by_id WHERE id = {pk}", "settlement_nobody_rules_oneself"),
    ("UPDATE settlement_dispute SET ruled_by_id = answered_by_id WHERE id = {pk}", "settlement_nobody_rules_oneself"),
    ("UPDATE settlement_dispute SET opened_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_dispute SET answered_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_dispute SET state = 'closed' WHERE id = {pk}", "four eyes"),
)
OFFER = (
    ("UPDATE settlement_settlementoffer SET respondent_agreed_at = now(), respondent_agreed_by_id = {maker} "
     "WHERE id = {pk}", "settlement_agreed_by_two_persons"),
    ("UPDATE settlement_settlementoffer SET respondent_agreed_at = now() WHERE id = {pk}",
     "settlement_agreed_by_somebody"),
    ("UPDATE settlement_settlementoffer SET claimant_agreed_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_settlementoffer SET made_by_user_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE settlement_settlementoffer SET back_fen = 2 WHERE id = {pk}", "four eyes"),
)  # fmt: skip
MEDIATOR = tuple(
    (f"UPDATE settlement_settlementoffer SET {side}_agreed_at = now(), {side}_agreed_by_id = {{maker}} "
     "WHERE id = {pk}", "settlement_mediator_is_no_side")
    for side in ("claimant", "respondent")
)  # fmt: skip
EXTRACT = (
    ("UPDATE patents_registerextract SET confirmed_at = now(), confirmed_by_id = {maker} WHERE id = {pk}",
     "patents_extract_four_eyes"),
    ("UPDATE patents_registerextract SET confirmed_at = now() WHERE id = {pk}",
     "patents_extract_confirmed_by_somebody"),
    ("UPDATE patents_registerextract SET submitted_by_id = {other} WHERE id = {pk}", "four eyes"),
    ("UPDATE patents_registerextract SET value = 'lapsed' WHERE id = {pk}", "four eyes"),
)  # fmt: skip
ACTS = (
    *CASES,
    *AUCTIONS,
    *CHALLENGES,
    Act("an own account is confirmed", _own_account, OWN_ACCOUNT, second=lambda scene: finance(),
        attempt=lambda scene, actor: own_accounts.confirm_own_account(account=scene.subject, actor=actor)),
    Act("a day of the bank is signed", _day, DAY, attempt=_sign, second=lambda scene: finance()),
    Act("an objection to a release is settled", _objection, OBJECTION, attempt=_settle, second=lambda scene: finance()),
    Act("an objection to a distribution is answered", _income_objection, INCOME, attempt=_answer, second=_colleague),
    Act("a ruling is carried out", _in_court, COURT, attempt=_rule),
    Act("the other side agrees", _offer, OFFER, attempt=_agree, second=_other_side),
    Act("a side agrees with the mediator", _mediators_offer, MEDIATOR, attempt=_agree, second=_other_side),
    Act("an extract of the register is confirmed", _extract, EXTRACT,
        attempt=lambda scene, actor: patents.confirm_extract(extract=scene.subject, actor=actor)),
)  # fmt: skip
RULES = tuple(
    (f"INSERT INTO settlement_{table} ({columns}, valid_from, rate_bp, source, made_by_id, approved_by_id) "
     f"VALUES ({values}, '2030-01-01', 1, 'x', {makers})", refusal.format(table=table.replace("rule", "_rule")))
    for table, columns, values in (
        ("taxrule", "kind, exempt_reason, needs_registration", "'vat.service', '', false"),
        ("feerule", "purpose, minimum_fen, payer", "'license.fee', 0, 'payee'"),
    )
    for makers, refusal in (
        ("7, 7", "settlement_{table}_two_persons"),
        ("7, NULL", "settlement_{table}_two_persons"),
        ("NULL, 7", "four eyes"),
        ("NULL, NULL", "four eyes"),
    )
)  # fmt: skip
