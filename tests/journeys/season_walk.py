"""A season through the pages of officer and seller: drafted, a lot proposed and selected, the notice published."""

from datetime import date

from tests.journeys.browser import Person
from tests.journeys.cast import paper

TITLE, TITLE_EN = "电芯复合散热膜专利权", "Patent on a heat spreading film for cells"
PHONE = 600  # pixels
START, RESERVE = "600000", "630000"
TO_THE_PREVIEW = ("Close the collection and select", "Start the preview")
TO_THE_END = ("Start the bidding stage", "Start the delivery of rights", "Start tracking results", "Close the season")


def to_work(person: Person, row: str = "") -> Person:
    """My work, and from there a row of its navigation, which stands in the menu on a phone."""
    person.open("/work/")
    if row and person.width < PHONE:
        person.page.locator(".nav-menu > summary").click()
    return person.follow(row, within="body") if row else person


def take_up(person: Person, number: str) -> Person:
    """The thing to do about this number in the list of my work."""
    to_work(person).page.locator(f"main a[href*='{number}']").first.click()
    return person.look()


def found(officer: Person, code: str, first_day: date) -> None:
    """A draft with a week planned, announced, and open for proposals; a wrong code is said beside its field."""
    to_work(officer, "Seasons").follow("Found a season")
    officer.fill(code="S1", title_zh_hans="测试竞价季", title_en="Test season").press("Save the draft")
    assert officer.page.title().startswith(officer.words("Error:"))
    officer.fill(code=code).press("Save the draft")
    officer.follow("Plan sessions").fill(first_day=first_day.isoformat(), weeks="1").press("Plan the weeks")
    lead(officer, "Announce the season", "Start collecting lots")


def lead(officer: Person, *moves: str) -> None:
    """Stage by stage, at the desk of the season."""
    for move in moves:
        officer.press(move)


def propose(seller: Person, patent: str) -> None:
    """The task list: what is missing is said; every part is filled in; then it is submitted."""
    to_work(seller, "Lots").follow("Propose a lot")
    seller.fill(subject="assignment", number=patent, start=START).press("Begin the proposal")
    seller.follow("What is sold").fill(title_zh_hans=TITLE, title_en=TITLE_EN).press("Save and continue")
    seller.follow("Price and valuation").fill(reserve=RESERVE, valuation=START, valuation_by="江南资产评估有限公司")
    seller.fill(valuation_date=date(2026, 1, 5).isoformat()).press("Save and continue")
    seller.follow("Defects and contact").press("Save and continue")
    assert seller.page.title().startswith(seller.words("Error:"))
    contact = {"contact_name": "周敏", "contact_phone": "025-84890000"}
    seller.fill(defects="无已知瑕疵。", **contact).press("Save and continue")
    seller.follow("Data room")
    report = {"name": "valuation.png", "mimeType": "image/png", "buffer": paper()}
    seller.page.set_input_files("main input[type=file]", report)
    seller.fill(kind="valuation", title="评估报告", audience="members").press("Add")
    seller.follow("Back to the task list").follow("Check and submit")
    assert "630,000.00" in seller.text()  # the seller alone reads the reserve
    seller.press("Submit the lot").follow("Open the lot")


def select(officer: Person) -> None:
    """The materials check: claimed, read, selected. The reserve is not shown."""
    to_work(officer, "Reviews")
    officer.page.locator("li.queue-row a").first.click()
    officer.look().press("Claim this case")
    assert "630,000" not in officer.text()
    officer.page.check("input[name=outcome][value=approve]")
    officer.press("Decide and open the next case")


def publish(officer: Person, code: str) -> None:
    """The season goes on to its preview; the lot stands in the session; the notice is published."""
    desk(officer, code)
    lead(officer, *TO_THE_PREVIEW)
    officer.page.locator("main a[href$='/sessions/1/desk/']").click()
    officer.look().page.locator("main input[name=lots]").check()
    officer.press("Save the choice").press("Publish the notice")
    assert officer.words("The notice is published; registration is open.") in officer.text()


def desk(officer: Person, code: str) -> Person:
    """The desk of this season."""
    to_work(officer, "Seasons").page.locator(f"main a[href*='/seasons/{code}/']").first.click()
    return officer.look()
