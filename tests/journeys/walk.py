"""The journey through the pages, part by part: from the university's file to the certificate a bank checks."""

import re
from pathlib import Path

from playwright.sync_api import expect

from foundation.core.clock import database_now, local_date
from tests.factories.patents import make_number
from tests.journeys import cast as parts
from tests.journeys.browser import Person
from tests.patents.portfolio import HEADER, as_csv, row

TITLE = "一种用于高功率密度储能电芯的石墨烯复合散热膜及其低温卷对卷连续制备方法和检测装置"
REMARK = "请说明八分之一的依据。"
PRICE = parts.SECTIONS["price"]
NOTICE = {name: parts.NOTICE[name] for name in ("intended_use", "place_of_use", "contact_email")}
AMOUNT = "¥30,000.00"


def portfolio(serial: int, folder: Path) -> Path:
    """A file with a patent whose pledge nobody knows, and a row with a wrong check digit."""
    today = local_date(database_now()).isoformat()
    header = [*HEADER, *parts.CLEAN, "登记信息截至日期"]
    clean = [*parts.CLEAN.values(), today]
    english = "Graphene composite film that spreads heat in storage cells"
    good = [*row(serial, 名称=TITLE, 英文名称=english), "", *clean[1:]]
    wrong = row(serial + 1, 专利号="ZL 2021 1 0123456.8") + clean
    path = folder / "portfolio.csv"
    path.write_bytes(as_csv([good, wrong], header=header))
    return path


def import_portfolio(keeper: Person, serial: int, folder: Path) -> None:
    """Preview with the reason of the wrong row; nothing is written before the confirmation."""
    number = make_number(serial)
    keeper.open("/work/").open("/portfolio/").open("/portfolio/imports/new/")
    keeper.press("Send and check")
    assert keeper.page.evaluate("document.activeElement.className") == "error-summary"
    keeper.page.set_input_files("main input[type=file]", portfolio(serial, folder))
    keeper.press("Send and check")
    address = keeper.page.url
    keeper.until(keeper.words("Confirm the import"))
    assert "ZL 2021 1 0123456.8" in keeper.text()
    assert keeper.page.request.get(f"{keeper.url}/patents/{number}/").status == 404
    keeper.press("Confirm the import")
    keeper.open(address).until(keeper.words("Undo the import"))
    keeper.open("/portfolio/")
    keeper.open(f"/patents/{number}/")
    assert TITLE in keeper.page.content()


def declare(keeper: Person, serial: int) -> str:
    """From the number in a person's notation to the submission; the address of the declaration."""
    number = make_number(serial)
    typed = f"ZL {number[:4]} {number[4]} {number[5:]}"
    keeper.open("/declarations/new/").fill(number=typed[:-1] + "?").press("Check the number")
    assert keeper.page.title().startswith(keeper.words("Error:"))
    keeper.fill(number=typed).press("Check the number")
    assert keeper.page.locator(".check-unknown, [data-outcome=unknown], .checks").count() or keeper.text()
    keeper.press("Begin the declaration")
    address = re.sub(r"^.*?(/declarations/\d+/).*$", r"\1", keeper.page.url)
    sections = {**parts.SECTIONS, "term": {**parts.term(), "term_years": "3"}}
    for name, values in sections.items():
        keeper.open(f"{address}{name}/").fill(**values).press("Save and continue")
        assert keeper.page.url.endswith(address), keeper.text()
    for name in ("patent", "owners", "summary"):
        keeper.open(f"{address}{name}/")
    autosave(keeper, f"{address}summary/")
    keeper.open(f"{address}check/").press("Submit the declaration")
    assert "/submitted/" in keeper.page.url, keeper.text()
    return address


def autosave(keeper: Person, address: str) -> None:
    """What is typed is kept without a button."""
    text = "薄膜可直接用于软包电芯的卷绕工序。"
    with keeper.page.expect_response(lambda answer: "/autosave/" in answer.url) as kept:
        keeper.fill(summary_zh_hans=text)
    assert kept.value.status == 200
    keeper.open(address)
    assert keeper.page.locator("[name=summary_zh_hans]").input_value() == text
    keeper.press("Save and continue")


def open_case(officer: Person, serial: int) -> None:
    """From the queue to the case of this patent, and claim it."""
    officer.open("/work/").open("/reviews/")
    english = officer.language == "en"
    title = "Graphene composite film that spreads heat" if english else TITLE
    rows = officer.page.locator("li.queue-row a").filter(has_text=re.compile(f"{title}|{TITLE}"))
    rows.first.click()
    officer.look()
    assert make_number(serial)[5:12] in officer.page.content()
    officer.press("Claim this case")


def return_it(officer: Person, serial: int) -> None:
    """A remark beside the field, and back for correction."""
    open_case(officer, serial)
    box = officer.page.locator("details.remark-form").filter(has=officer.page.locator("#remark-explanation"))
    box.locator("summary").click()
    officer.page.fill("#remark-explanation", REMARK)
    box.locator("button[type=submit]").click()
    officer.look()
    assert REMARK in officer.text()
    officer.page.check("input[name=outcome][value=return]")
    officer.press("Decide and open the next case")


def correct(keeper: Person, address: str, serial: int) -> None:
    """The remark stands at the field; corrected, with an extract for the unknown fact, and submitted again."""
    keeper.open("/work/").open(address)
    assert REMARK in keeper.text()
    keeper.open(f"{address}price/")
    assert REMARK in keeper.text()
    keeper.fill(explanation=PRICE["explanation"] + "依据为中试合同。").press("Save and continue")
    keeper.open(f"{address}check/").press("Submit the declaration")
    keeper.open(f"/patents/{make_number(serial)}/extracts/new/")
    choice = keeper.page.locator("select[name=statement] option[value*=pledge][value*=none]").first
    keeper.fill(statement=choice.get_attribute("value") or "", extract_date=local_date(database_now()).isoformat())
    paper = {"name": "extract.png", "mimeType": "image/png", "buffer": parts.paper()}
    keeper.page.set_input_files("main input[type=file]", [paper])
    keeper.press("Hand in")


def approve(officer: Person, serial: int) -> None:
    """Unknown is never a pass: approval opens once the officer has confirmed the extract."""
    open_case(officer, serial)
    case = officer.page.url
    assert officer.page.locator("input[name=outcome][value=approve]").is_disabled()
    officer.open("/patents/extracts/").press("Confirm the extract")
    officer.open(case)
    officer.page.check("input[name=outcome][value=approve]")
    officer.press("Decide and open the next case")


def find(visitor: Person, serial: int) -> str:
    """By a word and by the number, in the catalogue of everybody; the public address."""
    number = make_number(serial)
    visitor.open("/").fill(q="石墨烯")
    visitor.page.locator("main form button[type=submit]").first.click()
    visitor.look()
    link = visitor.page.locator("main table a[href^='/licenses/'], main a[href^='/licenses/JS']")
    for _ in range(60):
        visitor.open(f"/licenses/?q=ZL{number}")
        if link.count():
            break
        visitor.page.wait_for_timeout(1000)
    address = link.first.get_attribute("href") or ""
    visitor.open(address)
    assert AMOUNT in visitor.text()
    visitor.open(f"{address}history/").open(f"/patents/{number}/").open("/bulletin/")
    assert address.strip("/").rpartition("/")[2] in visitor.text()
    return address


def take_up(firm: Person, address: str) -> str:
    """Terms, use, check and sign (a missing tick is told), payment at the bank; the address of the license."""
    firm.open("/licenses/?q=石墨烯").press("Save search")
    firm.open("/notifications/searches/")
    firm.open(address).follow("Take a license")
    firm.press("Continue")
    firm.press("Save and continue")
    if firm.scripts:
        assert firm.page.evaluate("document.activeElement.className") == "error-summary"
    firm.fill(**NOTICE).press("Save and continue")
    sign = firm.page.locator("form:has([name=accepts_terms]) button[type=submit]")
    sign.click()
    firm.look()
    assert firm.page.title().startswith(firm.words("Error:"))
    firm.fill(accepts_terms=True, may_sign=True)
    sign.click()
    firm.look()
    if "/finance/" not in firm.page.url:
        firm.page.locator("main a[href*='/finance/obligations/']").first.click()
        firm.look()
    assert AMOUNT in firm.text()
    firm.press("Pay now")
    firm.press("Pay")
    if "/sandbox-bank/" in firm.page.url:
        firm.page.locator("main a.button").click()
    firm.page.wait_for_load_state()
    firm.open("/my-licenses/")
    firm.page.locator("main a[href^='/my-licenses/JS']").first.click()
    firm.look()
    return firm.page.url


def papers(firm: Person, license: str, folder: Path) -> tuple[str, list[Path]]:
    """Contract and certificate as PDF files, and the public address that their QR code names."""
    firm.open(license)
    links = firm.page.locator("main a[href^='/files/']")
    for _ in range(60):
        if links.count() >= 2:
            break
        firm.page.wait_for_timeout(1000)
        firm.open(license)
    kept = []
    for place in range(links.count()):
        content = firm.page.request.get(firm.url + (links.nth(place).get_attribute("href") or "")).body()
        assert content.startswith(b"%PDF-")
        path = folder / f"paper-{place}.pdf"
        path.write_bytes(content)
        kept.append(path)
    public = firm.page.locator("main a[href^='/c/']").first.get_attribute("href") or ""
    return public, kept


def check_papers(visitor: Person, public: str, kept: list[Path], folder: Path) -> None:
    """Without a login: genuine files are known, an altered one is not."""
    changed = folder / "changed.pdf"
    changed.write_bytes(kept[0].read_bytes() + b" ")
    for path, verdict in ((kept[0], "The file is genuine"), (changed, "The file is not the one on file")):
        visitor.open(public)
        visitor.page.set_input_files("main input[type=file]", path)
        expect(visitor.page.locator("#id_check_sha256")).to_have_value(re.compile("^[0-9a-f]{64}$"))
        visitor.press("Compare the file")
        assert visitor.words(verdict) in visitor.text()
    visitor.open("/check/")


def see_the_money(keeper: Person, license: str) -> None:
    """The patentee sees the license, what was paid and where it is held."""
    keeper.open("/finance/")
    assert AMOUNT in keeper.text()
    keeper.page.locator("main a[href*='/finance/obligations/']").first.click()
    keeper.look()
    keeper.open(license.removeprefix(keeper.url))
    for path in ("/notifications/", "/settings/", "/my-licenses/", "/work/", "/organization/members/"):
        keeper.open(path)
