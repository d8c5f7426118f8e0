"""A subject of every kind that people are told about, in the states in which they are told."""

import itertools
from datetime import date
from types import SimpleNamespace

from accounts import services as accounts
from foundation.core import clock, handlers
from foundation.core.clock import database_now, local_date, start_of_local_day
from foundation.core.money import Money
from licenses.services import declarations, inspections
from patents import services as patents
from settlement.models import Case
from settlement.services import disputes, distributing, invoicing, noticing, paying_out, refund_requests, runs
from settlement.services.income_policies import Named, agree_shares
from tests.factories import accounts as people
from tests.factories import income, licenses, money, payouts, royalties, settlement, uptakes
from tests.factories.patents import make_patent
from tests.journeys.cast import paper
from tests.notifications import scenes_auctions, scenes_challenges
from tests.patents.portfolio import as_csv, row, upload


class Bank:
    """A bank that takes every order."""

    name = "sandbox"

    def payout(self, **facts):
        return None


class Progress:
    """Nobody watches."""

    def restart(self, **facts):
        return None

    def step(self, rows=0):
        return None


class Scenes:
    """``of(event name)`` gives the subjects of an event with the facts that say which rows it is about."""

    def __init__(self, monkeypatch) -> None:
        self.monkeypatch = monkeypatch
        monkeypatch.setattr(settlement, "serial", itertools.count(100_001))  # its bank's numbers are not the other's
        self.finance = people.finance()
        self.province, self.city = people.officer(), people.member("city_officer")
        self.patentee = people.patentee()
        organization = self.patentee.organization
        assert self.city.city_id == organization.city_id
        self.submitted = licenses.submitted_declaration(actor=self.patentee, patent=make_patent(organization))
        self.published = licenses.published_declaration(actor=self.patentee, officer=self.province)
        self.license = uptakes.paid_license(self.published)
        self.leaving = licenses.published_declaration(actor=self.patentee, officer=self.province)
        uptakes.paid_license(self.leaving)
        declarations.request_withdrawal(declaration=self.leaving, reason="调整转化计划。", actor=self.patentee)
        self.kept: dict = {}
        self._period = self._distribution = None
        self.made = {
            "accounts.organization": self.organizations,
            "accounts.membership": self.memberships,
            "accounts.invitation": lambda: [],
            "documents.certificate": lambda: [(self.license, {})],
            "jobs.importbatch": self.imports,
            "licenses.declaration": lambda: [(self.published, {}), (self.submitted, {})],
            "licenses.license": lambda: [(self.license, {})],
            "licenses.royaltyperiod": lambda: [(self.period, {})],
            "licenses.royaltyinspection": self.inspections,
            "patents.extract": self.extracts,
            "settlement.obligation": lambda: [(self.license.obligation, {})],
            "settlement.payment": lambda: [(self.license.obligation.payments.get(), {})],
            "settlement.case": self.cases,
            "settlement.distribution": lambda: [(self.distribution, {})],
            "settlement.hold": lambda: [(self.deposit(), {})],
            "settlement.invoice": self.invoices,
            "settlement.payoutaccount": self.payout_accounts,
            "settlement.payout": self.payouts,
            "settlement.refundrequest": self.refund_requests,
            "settlement.dispute": self.disputes,
            **scenes_auctions.MADE,
            **scenes_challenges.Challenges().made(),
        }
        for kind in ("settlement.invoice", "settlement.refundrequest", "settlement.dispute"):  # need a real license
            self.of(f"{kind}.made")

    def of(self, event_name: str) -> list:
        """(subject, facts) for an event; made when the first event of the kind asks."""
        if event_name == "licenses.declaration.request_withdrawal":
            return [(self.leaving, {})]
        tables = scenes_challenges if event_name.startswith("challenges.") else scenes_auctions
        kind = tables.kind_of(event_name)
        if kind not in self.kept:
            self.kept[kind] = self.made[kind]()
        return self.kept[kind]

    def organizations(self):
        owner = people.member("owner", organization=people.OrganizationFactory(state="unverified"))
        accounts.submit_verification(organization=owner.organization, actor=owner)
        return [(owner.organization, {})]

    def memberships(self):
        return [(self.patentee.organization, {"user_id": self.patentee.user_id})]

    def imports(self):
        return [(patents.start_import(upload=upload(as_csv([row(1)])), actor=self.patentee), {})]

    def extracts(self):
        extract = patents.submit_extract(
            patent=self.published.patent, fact="pledge", value="none", extract_date=local_date(database_now()),
            upload=upload(paper(), "extract.png"), actor=self.patentee,
        )  # fmt: skip
        return [(extract.patent, {"extract": extract.pk})]

    @property
    def period(self):
        self._period = self._period or royalties.accepted_period("1000000.00")
        return self._period

    def inspections(self):
        license = self.period.license
        with clock.at(start_of_local_day(date(2026, 5, 6))):
            said = {"inspector": "天衡会计师事务所", "inspects_on": date(2026, 5, 18), "reason": "核对账册。"}
            return [(inspections.announce(license=license, actor=royalties.manager(license), **said), {})]

    def cases(self):
        payment = self.license.obligation.payments.get()
        return [(Case.objects.create(kind="unknown_payment", payment=payment), {})]

    @property
    def distribution(self):
        if self._distribution is None:
            self.settle_alone()
            scene = income.scene(self.monkeypatch)
            author = people.member("inventor", organization=scene.university, user=people.UserFactory(name="李雷"))
            agree_shares(
                patent=scene.patent, institution=scene.university, actor=scene.manager, agreed_on=date(2024, 5, 1),
                inventors=[Named("李雷", author.user), Named("韩梅梅")],
            )  # fmt: skip
            again = distributing.recompute(distribution=scene.distribution, actor=scene.manager, reason="补签协议。")
            distributing.confirm(distribution=again, actor=scene.manager)
            self._distribution = noticing.publish(distribution=again, actor=scene.manager)
        return self._distribution

    def invoices(self):
        obligation = self.obligation()
        buyer = obligation.debtor.memberships.get()
        return [(invoicing.request_invoice(obligations=[obligation], actor=buyer, key="asked"), {})]

    def obligation(self):
        """A paid fee of a license of its own."""
        return uptakes.paid_license(self.published).obligation

    def deposit(self):
        """A held deposit of the licensee."""
        return money.held_deposit(debtor=self.license.licensee, creditor=self.patentee.organization)

    def settle_alone(self):
        """Fees without a license from here on: whoever owns them accepts everything."""
        owners = {"paid": lambda **facts: "accepted", "may_release": lambda **facts: True}
        for question, answer in owners.items():
            self.monkeypatch.setitem(handlers._owners, f"obligation.{question}:license.fee", answer)

    def payout_accounts(self):
        return [(payouts.proposed_account(self.patentee.organization), {})]

    def payouts(self):
        self.settle_alone()
        payouts.payable(creditor=self.patentee.organization)
        self.monkeypatch.setattr(paying_out.payouts.gateways, "gateway", lambda name: Bank())
        run = runs.begin_sending(run=payouts.approved_run(), actor=self.finance)
        paying_out.carry_out(job=SimpleNamespace(subject_id=run.pk), progress=Progress())
        return [(one, {}) for one in run.payouts.all()]

    def refund_requests(self):
        obligation = self.obligation()
        asking = {"kind": "breach", "amount": Money(400_00), "text": "Not delivered."}
        payer = obligation.debtor.memberships.get()
        return [(refund_requests.ask_back(obligation=obligation, actor=payer, **asking), {})]

    def disputes(self):
        obligation = self.obligation()
        payer = obligation.debtor.memberships.get()
        said = {"amount": Money(400_00), "claim": "Nothing was delivered."}
        return [(disputes.open_dispute(obligation=obligation, actor=payer, **said), {})]
