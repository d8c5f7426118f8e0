"""Income of patents: released license fees, policies, distributions, taken through the services.

`Scene` is a university that owns a patent alone (or with others) and lets its income be shared by a policy.
"""

import itertools
from datetime import date
from types import SimpleNamespace

from foundation.core import clock, handlers
from foundation.core.actors import CLOCK
from foundation.core.money import Money
from settlement import services
from settlement.models import Income, Obligation
from settlement.services import income_policies, invoicing
from settlement.services.sharing import Source
from tests.factories.accounts import UniversityFactory, member
from tests.factories.patents import make_patent
from tests.factories.settlement import paid_obligation

serial = itertools.count(1)
PLAN = (7_000, 1_000, 1_500, 500)
INCOME = Money(100_000_00)
SOURCE = "income.source:license.fee"


def patent_of(*owners, inventors=("李雷", "韩梅梅", "王芳"), **fields):
    """A patent with its owners and three inventors."""
    return make_patent(*owners, inventors=list(inventors), **fields)


def policy(institution, *, actor=None, plan=PLAN, valid_from=date(2020, 1, 1), **fields):
    """The first version of an institution's rules, 70 : 10 : 15 : 5."""
    actor = actor or member("ip_manager", organization=institution)
    return income_policies.adopt_policy(
        institution=institution, actor=actor, plan=plan, valid_from=valid_from, **fields
    )


def released(patent, payee, monkeypatch=None, *, amount=INCOME, registration="", **fields) -> Obligation:
    """A license fee for the patent, paid to the payee and released after the days without objection."""
    owner = lambda *, obligation: Source(patent, registration)  # noqa: E731
    if monkeypatch is not None:
        monkeypatch.setitem(handlers._owners, SOURCE, owner)
    obligation = paid_obligation(creditor=payee, amount=amount, **fields)
    with clock.at(obligation.release_at):
        return services.release(obligation=obligation, actor=CLOCK)


def scene(monkeypatch, *, owners=None, amount=INCOME, inventors=("李雷", "韩梅梅", "王芳"), **rules):
    """A university with a manager, a policy, a patent and a released income; its distribution, if there is one."""
    university = UniversityFactory()
    manager = member("ip_manager", organization=university)
    patent = patent_of(university, *(owners or ()), inventors=inventors)
    laid_down = policy(university, actor=manager, **rules)
    obligation = released(patent, university, monkeypatch, amount=amount)
    income = Income.objects.filter(obligation=obligation).first()
    share = income.shares.filter(organization=university).first() if income else None
    return SimpleNamespace(
        university=university,
        manager=manager,
        patent=patent,
        policy=laid_down,
        obligation=obligation,
        income=income,
        share=share,
        distribution=share.distributions.first() if share else None,
    )


def asked_for(license, buyer) -> str:
    """The number of the invoice that the buyer asked for over a license's fee."""
    key = f"matrix:{license.obligation.number}"
    return invoicing.request_invoice(obligations=[license.obligation], actor=buyer, key=key).number


def distributed(licensor, license) -> dict:
    """The names of a released fee's parts: the owner's share, its distribution, the licensor as an inventor."""
    institution, obligation = licensor.organization, license.obligation
    policy(institution, actor=licensor)
    income_policies.agree_shares(
        patent=license.patent, institution=institution, actor=licensor, agreed_on=date(2024, 5, 1),
        inventors=[income_policies.Named("李雷", licensor.user)],
    )  # fmt: skip
    with clock.at(obligation.release_at):
        services.release(obligation=obligation, actor=CLOCK)
    share = Income.objects.get(obligation=obligation).shares.get(organization=institution)
    made = share.distributions.get()
    line = made.lines.filter(kind="inventor").get()
    return {"owner_share": share.pk, "distribution": made.number, "income_line": line.pk}
