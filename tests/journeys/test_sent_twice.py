"""The forms of the main journey sent as impatient people send them: each has one effect.

Every form is opened in two tabs first; then: double click, reload of what came, back and sent again, the other tab.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from approvals import services as approvals
from approvals.models import Decision, Review
from foundation.audit.models import Event
from foundation.jobs.models import ImportBatch
from licenses.models import Declaration, License
from licenses.services.drafting import draft_of
from patents.models import Patent
from settlement.models import Obligation, Payment
from tests.factories import accounts
from tests.factories import licenses as make
from tests.factories.patents import make_patent
from tests.factories.uptakes import notice
from tests.harness import eventually
from tests.journeys.browser import Person
from tests.journeys.stage import Stage, scenery, stage
from tests.patents.portfolio import as_csv, row

__all__ = ["scenery", "stage"]
pytestmark = pytest.mark.browser


def send(tab: Page, press: Callable[[Page], Locator], *, twice: bool = False) -> None:
    """Press the button; what comes is no error of ours."""
    button = press(tab)
    with tab.expect_navigation(wait_until="load"):
        (button.dblclick if twice else button.click)()


def sent_every_way(person: Person, path: str, press: Callable[[Page], Locator], fill=lambda tab: None) -> None:
    """Two tabs with the same form, then everything that sends it more than once. No answer is a 5xx."""
    answers: list[tuple[str, int]] = []
    person.context.on("response", lambda answer: answers.append((answer.url, answer.status)))
    first, second = person.page, person.context.new_page()
    for tab in (first, second):
        tab.goto(person.url + path)
        fill(tab)
    send(first, press, twice=True)
    first.reload()
    first.go_back()
    if first.url == person.url + path and press(first).count() and press(first).is_enabled():
        fill(first)
        send(first, press)
    send(second, press)
    for tab in (first, second):
        tab.reload()
        assert tab.locator("h1").count() == 1, tab.url
    assert [answer for answer in answers if answer[1] >= 500] == []
    second.close()


def button(name: str) -> Callable[[Page], Locator]:
    """The first button of the page's main part with this name."""
    return lambda tab: tab.locator("main").get_by_role("button", name=name, exact=True).first


def test_a_declaration_is_begun_once(stage: Stage):
    keeper = accounts.patentee()
    patent = make_patent(keeper.organization)
    person = stage.enter(keeper)
    sent_every_way(person, f"/declarations/new/?number={patent.number}", button("Begin the declaration"))
    assert Declaration.objects.filter(patent=patent).count() == 1


def test_a_section_is_saved_while_its_autosave_is_on_the_way(stage: Stage):
    """The person meets no other version of their own text, whichever of the two arrives first."""
    keeper = accounts.patentee()
    declaration = make.drafted_declaration(actor=keeper)
    person = stage.enter(keeper)
    person.page.goto(f"{stage.site.url}/declarations/{declaration.pk}/summary/")
    person.page.fill("[name=summary_zh_hans]", "薄膜可直接用于软包电芯。")
    with person.page.expect_request("**/autosave/"):
        person.page.fill("[name=summary_en]", "The film goes into pouch cells as it is.")
    send(person.page, button("Save and continue"), twice=True)
    assert person.page.url.endswith(f"/declarations/{declaration.pk}/"), person.text()[:500]
    kept = draft_of(declaration).data
    assert kept["sections"]["summary"]["summary_en"] == "The film goes into pouch cells as it is."
    assert "summary" not in kept["typed"]


def test_a_declaration_is_submitted_once(stage: Stage):
    keeper = accounts.patentee()
    declaration = make.drafted_declaration(actor=keeper)
    person = stage.enter(keeper)
    sent_every_way(person, f"/declarations/{declaration.pk}/check/", button("Submit the declaration"))
    assert declaration.terms_versions.count() == 1
    assert Review.objects.filter(organization=keeper.organization).count() == 1
    assert Event.objects.filter(name="licenses.declaration.submit", subject_id=declaration.pk).count() == 1


def test_a_case_is_decided_once(stage: Stage):
    officer = accounts.officer()
    declaration = make.submitted_declaration()
    review = approvals.claim(review=make.review_of(declaration), actor=officer)
    person = stage.enter(officer)
    decide = button("Decide and open the next case")
    sent_every_way(
        person, review.get_absolute_url(), decide, lambda tab: tab.check("input[name=outcome][value=approve]")
    )
    assert Decision.objects.filter(review=review).count() == 1
    assert Event.objects.filter(name="licenses.declaration.published", subject_id=declaration.pk).count() == 1


def test_a_notice_is_given_once(stage: Stage):
    offer, firm = make.published_declaration(), accounts.licensee()
    person = stage.enter(firm)
    sent_every_way(person, f"/licenses/{offer.number}/uptake/", button("Continue"))
    license = License.objects.get(declaration=offer)
    person.page.goto(f"{stage.site.url}/uptakes/{license.pk}/")
    person.page.fill("[name=intended_use]", "用于储能电芯正极材料的包覆生产。")
    person.page.fill("[name=place_of_use]", "南京市江北新区")
    send(person.page, button("Save and continue"), twice=True)

    def tick(tab: Page) -> None:
        tab.check("[name=accepts_terms]")
        tab.check("[name=may_sign]")

    def sign(tab: Page) -> Locator:
        return tab.locator("form:has([name=accepts_terms]) button[type=submit]")

    sent_every_way(person, f"/uptakes/{license.pk}/check/", sign, tick)
    assert License.objects.filter(declaration=offer).count() == 1
    assert Obligation.objects.filter(debtor=firm.organization).count() == 1
    assert Event.objects.filter(name="licenses.license.deliver", subject_id=license.pk).count() == 1


def test_a_fee_is_paid_once(stage: Stage):
    firm = accounts.licensee()
    license = notice(licensee=firm)
    person = stage.enter(firm)
    sent_every_way(person, f"/finance/obligations/{license.obligation.number}/", button("Pay now"))
    order = Payment.objects.get(obligation=license.obligation)
    sent_every_way(person, order.redirect_url.removeprefix(stage.site.url), button("Pay"))
    eventually(lambda: License.objects.get(pk=license.pk).is_in_force, seconds=60, what="the license takes effect")
    payments = Payment.objects.filter(obligation=license.obligation)
    assert [payment.refunded_fen for payment in payments] == [0]
    assert payments.get().received_fen == license.fee_fen
    assert Event.objects.filter(name="licenses.license.effective", subject_id=license.pk).count() == 1


def test_an_import_is_confirmed_once(stage: Stage):
    keeper = accounts.patentee()
    person = stage.enter(keeper)
    person.page.goto(f"{stage.site.url}/portfolio/imports/new/")
    sheet = {"name": "portfolio.csv", "mimeType": "text/csv", "buffer": as_csv([row(9_301_001), row(9_301_002)])}
    person.page.set_input_files("main input[type=file]", [sheet])
    send(person.page, button("Send and check"), twice=True)
    batch = ImportBatch.objects.get(organization_id=keeper.organization_id)
    eventually(lambda: ImportBatch.objects.get(pk=batch.pk).permits("confirm"), seconds=60, what="the preview is there")
    sent_every_way(person, f"/portfolio/imports/{batch.pk}/", button("Confirm the import"))
    eventually(
        lambda: ImportBatch.objects.get(pk=batch.pk).state == "imported", seconds=60, what="the rows are written"
    )
    assert Patent.objects.filter(owners=keeper.organization).count() == 2
    assert Event.objects.filter(name="jobs.importbatch.confirm", subject_id=batch.pk).count() == 1


def test_a_license_is_taken_and_paid_without_scripts(stage: Stage):
    offer, firm = make.published_declaration(), accounts.licensee()
    person = stage.enter(firm, scripts=False, width=360)
    person.open(offer.get_absolute_url()).follow("Take a license").press("Continue")
    person.press("Save and continue")
    assert person.page.title().startswith("Error:")
    person.fill(intended_use="用于储能电芯正极材料的包覆生产。", place_of_use="南京市江北新区")
    person.press("Save and continue")
    sign = person.page.locator("form:has([name=accepts_terms]) button[type=submit]")
    sign.click()
    assert person.page.title().startswith("Error:")
    person.fill(accepts_terms=True, may_sign=True)
    sign.click()
    person.look()
    if "/finance/" not in person.page.url:
        person.page.locator("main a[href*='/finance/obligations/']").first.click()
    person.press("Pay now").press("Pay")
    license = License.objects.get(declaration=offer)
    eventually(lambda: License.objects.get(pk=license.pk).is_in_force, seconds=60, what="the license takes effect")
    number = License.objects.get(pk=license.pk).number
    person.open(f"/my-licenses/{number}/").until("In effect")
