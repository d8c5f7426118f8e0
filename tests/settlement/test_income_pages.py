"""The pages of income and its distribution, for the institution and for inventors, in both languages."""

from datetime import date

import pytest

from foundation.core import clock
from foundation.core.clock import database_now, local_date
from foundation.core.money import Money
from settlement.models import Distribution, IncomePolicy, InventorAgreement, PatentCost
from settlement.services import distributing, income_policies, noticing
from settlement.services.income_policies import Named
from tests.factories import income as made
from tests.factories.accounts import UniversityFactory, UserFactory, finance, member
from tests.settlement.browsing import browser

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False


def page(distribution):
    return f"/finance/distributions/{distribution.number}/"


def with_author(case):
    """Name an inventor who has an account; the distribution that stands now."""
    case.author = member("inventor", organization=case.university, user=UserFactory(name="李雷", language="en"))
    income_policies.agree_shares(
        patent=case.patent, institution=case.university, actor=case.manager, agreed_on=date(2024, 5, 1),
        inventors=[Named("李雷", case.author.user, 6_000), Named("韩梅梅", None, 4_000)],
    )  # fmt: skip
    return distributing.recompute(distribution=case.distribution, actor=case.manager, reason="补签协议。")


@LANGUAGES
def test_the_institution_sees_its_income_and_every_part_of_it(monkeypatch, language):
    case = made.scene(monkeypatch)
    client = browser(case.manager, language)
    assert case.distribution.number in client.get("/finance/income/").content.decode()
    text = client.get(page(case.distribution)).content.decode()
    for amount in ("¥23,333.34", "¥10,000.00", "¥15,000.00", "¥5,000.00", "¥100,000.00"):
        assert amount in text
    assert client.get(f"/finance/income/patents/{case.patent.number}/").status_code == 200
    assert browser(finance(), language).get("/finance/income/").status_code == 200


def test_others_find_nothing(monkeypatch):
    case = made.scene(monkeypatch)
    stranger = browser(member("ip_manager"))
    assert stranger.get(page(case.distribution)).status_code == 404
    assert stranger.get(f"/finance/income/patents/{case.patent.number}/").status_code == 404
    assert stranger.post(f"{page(case.distribution)}confirm/").status_code == 404
    colleague = browser(member("inventor", organization=case.university))
    assert colleague.get(page(case.distribution)).status_code == 404
    assert colleague.get("/finance/income/").status_code == 403
    auditor = browser(member("auditor"))
    assert auditor.get(page(case.distribution)).status_code == 200
    assert auditor.post(f"{page(case.distribution)}confirm/").status_code == 403


def test_a_policy_is_laid_down_and_mistakes_are_told_beside_their_fields():
    manager = member("ip_manager", organization=UniversityFactory())
    client = browser(manager)
    assert client.get("/finance/income/policy/").status_code == 200
    good = {
        "valid_from": local_date(database_now()).isoformat(), "inventors_bp": "70", "department_bp": "10",
        "institution_bp": "17.5", "manager_bp": "2.5", "deducts": ["vat", "stamp"], "double_return": "on",
        "notice_workdays": "15",
    }  # fmt: skip
    for wrong, sentence in (
        ({"inventors_bp": "49", "institution_bp": "38.5"}, "at least half of the net income"),
        ({"institution_bp": "17"}, "exactly 100 %"),
        ({"notice_workdays": "5"}, "15 to 120 working days"),
        ({"inventors_bp": "viel"}, "Enter a share in percent"),
        ({"valid_from": "31.12."}, "Enter a valid date"),
    ):
        answer = client.post("/finance/income/policy/", good | wrong)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not IncomePolicy.objects.exists()
    assert client.post("/finance/income/policy/", good).status_code == 303
    policy = IncomePolicy.objects.get()
    assert (policy.plan.institution_bp, policy.deducts, policy.delegates_payout) == (1_750, ["stamp", "vat"], False)
    assert "17.5 %" in client.get("/finance/income/policy/").content.decode()
    assert browser(member("licensing_user")).post("/finance/income/policy/", good).status_code == 403


def test_costs_and_inventors_of_a_patent_are_noted(monkeypatch):
    case = made.scene(monkeypatch)
    author = member("inventor", organization=case.university)
    client, base = browser(case.manager), f"/finance/income/patents/{case.patent.number}"
    cost = {"kind": "agency", "amount": "1,000", "paid_on": "2024-05-01", "borne_by": "李雷"}
    assert client.post(f"{base}/costs/", cost | {"amount": "-3"}).status_code == 422
    assert client.post(f"{base}/costs/", cost).status_code == 303
    assert PatentCost.objects.get().amount == Money(1_000_00)
    shares = {"agreed_on": "2024-05-01", "name_1": "李雷", "share_1": "66.67", "email_1": author.user.email,
              "name_2": "韩梅梅", "share_2": "33.33"}  # fmt: skip
    for wrong, sentence in (
        ({"share_2": "33.34"}, "100.01 %"),
        ({"email_2": "nobody@example.org"}, "Nobody in your organization"),
        ({"name_2": ""}, "Enter the inventor"),
    ):
        answer = client.post(f"{base}/inventors/", shares | wrong)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert client.post(f"{base}/inventors/", shares).status_code == 303
    rows = InventorAgreement.objects.get().shares.all()
    assert [(row.name, row.user, row.weight) for row in rows] == [("李雷", author.user, 6_667), ("韩梅梅", None, 3_333)]
    assert "66.67 %" in client.get(f"{base}/").content.decode()


def test_a_distribution_is_taken_through_its_pages_from_confirmation_to_payout(monkeypatch):
    case = made.scene(monkeypatch)
    distribution = with_author(case)
    manager, author = browser(case.manager), browser(case.author)
    url = page(distribution)
    assert manager.post(f"{url}publish/").status_code == 422
    assert manager.post(f"{url}confirm/").status_code == 303
    assert manager.post(f"{url}publish/").status_code == 303
    assert "¥42,000.00" in author.get(url).content.decode()
    assert manager.post(f"{url}nonsense/").status_code == 404
    line = distribution.lines.get(name="李雷")
    assert author.post(f"/finance/income/mine/{line.pk}/accept/").status_code == 303
    assert author.post(f"{url}object/", {"reason": ""}).status_code == 422
    assert author.post(f"{url}object/", {"reason": "份额不对。"}).status_code == 303
    assert manager.post(f"{url}answer/", {"upheld": "no"}).status_code == 422
    assert manager.post(f"{url}answer/", {"upheld": "no", "answer": "按协议计算。"}).status_code == 303
    distribution.refresh_from_db()
    with clock.at(distribution.notice_until):
        noticing.end_notice(distribution=distribution)
    assert manager.post(f"{url}pay/", {"note": "随 12 月工资发放"}).status_code == 303
    assert manager.post(f"{url}close/").status_code == 303
    distribution.refresh_from_db()
    assert distribution.state == "closed"
    assert author.get(url).status_code == 404


def test_taking_back_asks_for_a_reason(monkeypatch):
    case = made.scene(monkeypatch)
    manager, url = browser(case.manager), page(case.distribution)
    assert manager.post(f"{url}cancel/", {"reason": ""}).status_code == 422
    answer = manager.post(f"{url}recompute/", {"reason": "政策更新。"})
    fresh = Distribution.objects.exclude(state="cancelled").get()
    assert (answer.status_code, answer["Location"]) == (303, page(fresh))


@LANGUAGES
def test_inventors_see_their_own_income_with_the_tax_hint_and_a_statement(monkeypatch, language):
    case = made.scene(monkeypatch)
    distribution = with_author(case)
    client = browser(case.author, language)
    text = client.get("/finance/income/mine/").content.decode()
    assert "¥42,000.00" in text
    assert "¥21,000.00" in text
    own, other = distribution.lines.filter(kind="inventor")
    pdf = client.get(f"/finance/income/mine/{own.pk}/statement.pdf")
    assert (pdf.status_code, pdf["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert client.get(f"/finance/income/mine/{other.pk}/statement.pdf").status_code == 404
    assert client.post(f"/finance/income/mine/{other.pk}/accept/").status_code == 404


def test_an_income_that_waited_is_distributed_by_a_button(monkeypatch):
    case = made.scene(monkeypatch, inventors=())
    client = browser(case.manager)
    url = f"/finance/income/shares/{case.share.pk}/distribute/"
    assert client.post(url)["Location"] == "/finance/income/"
    income_policies.agree_shares(
        patent=case.patent, institution=case.university, actor=case.manager, agreed_on=date(2024, 5, 1),
        inventors=[Named("甲")],
    )  # fmt: skip
    assert client.post(url)["Location"] == page(Distribution.objects.get())


def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(monkeypatch, django_assert_max_num_queries):
    case = made.scene(monkeypatch)
    client = browser(case.manager)
    client.get("/finance/income/")
    with django_assert_max_num_queries(40) as one:
        client.get("/finance/income/")
    for _more in range(2):
        made.released(case.patent, case.university, monkeypatch)
    with django_assert_max_num_queries(len(one)):
        client.get("/finance/income/")
