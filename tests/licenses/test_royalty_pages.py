"""The pages about royalties: as a person goes through them, in both languages."""

from datetime import date

import pytest
from django.urls import reverse

from foundation.core import clock
from foundation.core.clock import start_of_local_day
from foundation.core.money import Money
from licenses.certificates import fee_texts
from licenses.contract_text import clauses
from licenses.forms.price import PriceSection
from licenses.lifecycle import LicenseState
from licenses.models import RoyaltyInspection, RoyaltyPeriod
from licenses.royalty_lifecycle import PeriodState
from tests.factories import accounts
from tests.factories import royalties as make
from tests.licenses.test_inspections import announced, found, png

pytestmark = pytest.mark.django_db
LINE = {
    "product": "储能电芯",
    "model": "LC-280",
    "quantity": "１，000",
    "unit_price": "¥1,234.57",
    "returns": "",
    "discounts": "2.11",
    "apart": "",
}


def visit(client, name, *arguments):
    return client.get(reverse(f"licenses:{name}", args=arguments))


def send(client, name, *arguments, **data):
    return client.post(reverse(f"licenses:{name}", args=arguments), data, follow=True)


@pytest.fixture
def login(client):
    def use(membership, language="en"):
        client.force_login(membership.user)
        client.cookies["kaixu_language"] = client.cookies["django_language"] = language
        return client

    return use


def test_a_licensee_writes_a_report_and_sends_it(login):
    row = make.due_period()
    number, client = row.number, login(make.user(row.license))
    with clock.at(start_of_local_day(date(2026, 4, 10))):
        assert "Begin the report" in visit(client, "royalty_report", number).content.decode()
        send(client, "royalty_report", number)
        assert send(client, "royalty_lines", number, **LINE).status_code == 200
        checked = visit(client, "royalty_check", number).content.decode()
        assert "¥37,037.04" in checked  # 1,234,567.89 at 3 %
        done = send(client, "royalty_check", number, signatory=make.SIGNATORY, is_true="on")
    row.refresh_from_db()
    assert (row.state, done.status_code) == (PeriodState.REPORTED, 200)
    assert row.reports.get().base == Money(123_456_789)


def test_a_second_click_on_send_leads_to_the_period(login):
    row = make.reported_period()
    client = login(make.user(row.license))
    answer = client.post(reverse("licenses:royalty_check", args=[row.number]), {"signatory": "x", "is_true": "on"})
    assert (answer.status_code, answer.url) == (303, reverse("licenses:royalty_period", args=[row.number]))


def test_wrong_lines_are_explained_beside_their_fields_and_nothing_is_kept(login):
    row = make.due_period()
    client = login(make.user(row.license))
    send(client, "royalty_report", row.number)
    for change, field in (
        ({"quantity": "-1"}, "quantity"),
        ({"quantity": "1e9"}, "quantity"),
        ({"quantity": "0.0001"}, "quantity"),
        ({"unit_price": "viel"}, "unit_price"),
        ({"returns": "9999999.00"}, "returns"),
        ({"product": ""}, "product"),
        ({"product": "a\x00b"}, "product"),
        ({"unit_price": "900000000000000", "quantity": "1000"}, "unit_price"),
    ):
        answer = client.post(reverse("licenses:royalty_lines", args=[row.number]), LINE | change)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert row.reports.get().lines.count() == 0


def test_a_report_without_statement_is_asked_for_it(login):
    row = make.due_period()
    client = login(make.user(row.license))
    send(client, "royalty_report", row.number)
    send(client, "royalty_nothing", row.number)
    answer = client.post(reverse("licenses:royalty_check", args=[row.number]), {"signatory": "陈国强"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["is_true"])


def test_lines_and_papers_can_be_changed_and_removed(login, tmp_path):
    row = make.due_period()
    client = login(make.user(row.license))
    send(client, "royalty_report", row.number)
    send(client, "royalty_lines", row.number, **LINE)
    line = row.reports.get().lines.get()
    send(client, "royalty_line", row.number, line.pk, **LINE | {"quantity": "2"})
    line.refresh_from_db()
    assert line.sales_fen == 246_914
    image = tmp_path / "sales.png"
    image.write_bytes(png())
    with image.open("rb") as upload:
        send(client, "royalty_papers", row.number, file=upload, note="销售台账")
    paper = row.reports.get().papers.get()
    assert visit(client, "royalty_papers", row.number).status_code == 200
    send(client, "royalty_paper_remove", row.number, paper.pk)
    send(client, "royalty_line_remove", row.number, line.pk)
    assert (row.reports.get().lines.count(), row.reports.get().papers.count()) == (0, 0)


def test_the_licensor_accepts_or_asks_line_by_line(login):
    row = make.reported_period()
    client = login(make.manager(row.license))
    line = row.reports.get().lines.get()
    send(client, "royalty_question", row.number, reason="请说明。", **{f"line_{line.pk}": "单价？"})
    row.refresh_from_db()
    assert row.state == PeriodState.QUESTIONED
    other = make.reported_period()
    with clock.at(start_of_local_day(date(2026, 4, 15))):
        answer = send(login(make.manager(other.license)), "royalty_accept", other.number)
    assert "¥37,037.04" in answer.content.decode()
    again = client.post(reverse("licenses:royalty_accept", args=[other.number]))
    assert again.status_code == 422


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages_for_both_sides(login, language):
    row = make.accepted_period()
    for person in (make.user(row.license), make.manager(row.license)):
        client = login(person, language)
        for name, number in (
            ("license_detail", row.license.number),
            ("royalty_list", row.license.number),
            ("royalty_period", row.number),
        ):
            assert visit(client, name, number).status_code == 200
    asked = make.reported_period()
    assert visit(login(make.manager(asked.license), language), "royalty_question", asked.number).status_code == 200


def test_what_was_sold_is_for_the_two_sides_finance_and_the_auditor(login):
    row = make.accepted_period()
    seen = {
        who: visit(login(accounts.member(who)), "royalty_period", row.number).status_code
        for who in ("finance", "auditor", "provincial_officer", "licensing_user", "ip_manager")
    }
    assert seen == {
        "finance": 200, "auditor": 200, "provincial_officer": 403, "licensing_user": 404, "ip_manager": 404
    }  # fmt: skip
    colleague = accounts.member("inventor", organization=row.license.licensor)
    assert visit(login(colleague), "royalty_period", row.number).status_code == 403


def test_the_licensor_demands_and_ends_for_breach(login):
    row = make.accepted_period()
    with clock.at(row.pay_due_at.replace(day=28)):
        make.clock_royalties.run()
        client = login(make.manager(row.license))
        assert visit(client, "license_demand", row.license.number).status_code == 200
        send(client, "license_demand", row.license.number, reason="请支付。")
        answer = client.post(reverse("licenses:license_breach", args=[row.license.number]), {"reason": "x"})
        assert answer.status_code == 422
    with clock.at(start_of_local_day(date(2026, 7, 1))):
        send(client, "license_breach", row.license.number, reason="逾期未付。")
    row.license.refresh_from_db()
    assert row.license.state == LicenseState.TERMINATED_FOR_BREACH


def test_an_inspection_from_announcement_to_agreement(login, tmp_path):
    row = make.accepted_period("1000000.00")
    client = login(make.manager(row.license))
    with clock.at(start_of_local_day(date(2026, 5, 6))):
        assert visit(client, "inspection_new", row.license.number).status_code == 200
        send(client, "inspection_new", row.license.number, inspector="天衡", inspects_on="2026-05-18", reason="核对。")
    number = RoyaltyInspection.objects.get().number
    assert visit(client, "inspection_findings", number).status_code == 200
    image = tmp_path / "report.png"
    image.write_bytes(png())
    with image.open("rb") as upload:
        fields = {f"period_{row.pk}": "1063830.00", "summary": "少报。", "cost": "8000", "file": upload}
        send(client, "inspection_findings", number, **fields)
    client = login(make.user(row.license))
    assert "¥1,914.90" in visit(client, "inspection", number).content.decode()
    send(client, "inspection_agree", number)
    assert RoyaltyInspection.objects.get().obligation.amount == Money(1_914_90)


def test_findings_may_be_disputed_and_called_off_on_the_pages(login):
    inspection = found("1063830.00")
    client = login(make.user(inspection.license))
    assert visit(client, "inspection_dispute", inspection.number).status_code == 200
    send(client, "inspection_dispute", inspection.number, reason="样品。")
    client = login(make.manager(inspection.license))
    send(client, "inspection_call_off", inspection.number, reason="撤回。")
    inspection.refresh_from_db()
    assert inspection.state == "called_off"
    assert announced(RoyaltyPeriod.objects.get(license=inspection.license, sequence=1)).state == "announced"


def test_minimum_and_cap_stand_in_the_price_the_contract_and_the_terms(login):
    license = make.royalty_license(royalty_minimum_fen=10_000_00, royalty_cap_fen=900_000_00)
    client = login(make.user(license))
    for name in ("license_detail", "royalty_list"):
        page = visit(client, name, license.number).content.decode()
        assert "¥10,000.00" in page
        assert "¥900,000.00" in page
    articles = clauses(license, term=("", ""), fee=fee_texts(license))
    assert [article["title_en"] for article in articles][2:6] == [
        "Fee",
        "Reporting and paying royalties",
        "Inspection of the books",
        "Basis of the fee",
    ]
    assert "0.05%" in articles[3]["en"]


def test_the_price_section_keeps_minimum_and_cap_only_with_a_royalty():
    typed = {
        "version": "1",
        "method": "entry_plus_royalty",
        "entry_fee": "1000",
        "royalty_rate": "3",
        "royalty_minimum": "10,000",
        "royalty_cap": "900000",
        "explanation": "x",
    }
    form = PriceSection(typed)
    assert form.is_valid(), form.errors
    assert (form.values()["royalty_minimum_fen"], form.values()["royalty_cap_fen"]) == (10_000_00, 900_000_00)
    shown = PriceSection.initial_of(form.values())
    assert (shown["royalty_minimum"], shown["royalty_cap"]) == ("10000.00", "900000.00")
    free = PriceSection(typed | {"method": "free"})
    assert free.is_valid()
    assert (free.values()["royalty_minimum_fen"], free.values()["royalty_cap_fen"]) == (0, 0)
