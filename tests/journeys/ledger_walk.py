"""A day of finance through the pages, part by part: from the bank's file to the notice of a distribution."""

import xml.etree.ElementTree as ET
from datetime import date

from settlement.gateways.bank_transfer import reference_of
from tests.factories.bank import Row
from tests.journeys.browser import Person
from tests.journeys.morning import Morning, Round

SPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


def send_statement(clerk: Person, file: dict, account: int) -> None:
    """Upload, preview, confirm; until all of it is taken over."""
    clerk.open("/finance/desk/").open("/finance/bank/").follow("Import a statement")
    clerk.fill(account=str(account))
    clerk.page.set_input_files("main input[type=file]", [file])
    clerk.press("Send and check")
    clerk.until(clerk.words("Confirm the import")).press("Confirm the import")
    clerk.page.wait_for_selector("#import-progress[hx-get]", state="detached")
    clerk.page.reload()


def receipts(round: Round) -> list[Row]:
    """By its reference, by its payer alone, and one that says nothing."""
    named, known, unknown = round.fees
    return [
        Row(f"{named.amount.yuan}", f"许可费 {reference_of(named).code}"),
        Row(f"{known.amount.yuan}", "许可费", name=known.debtor.name),
        Row(f"{unknown.amount.yuan}", "往来款", name="王某"),
    ]


def take_in(clerk: Person, morning: Morning, round: Round) -> None:
    """Two receipts find their fee by themselves, the third waits and is assigned by hand."""
    send_statement(clerk, morning.statement(receipts(round), round.day), morning.account.pk)
    clerk.page.locator("main a[href*='/finance/bank/statements/']").first.click()
    text = clerk.look().text()
    assert [text.count(clerk.words(word)) for word in ("Matched automatically", "To be clarified")] == [2, 1]
    clerk.open("/finance/desk/").follow("Bank lines to clarify")
    lines = clerk.page.locator("main a[href*='/finance/bank/lines/']")
    assert lines.count() == 1
    lines.click()
    clerk.look()
    meant = clerk.page.locator("main li", has_text=round.fees[2].number)
    meant.get_by_role("button", name=clerk.words("Assign the receipt")).first.click()
    assert clerk.words("Assigned by hand") in clerk.look().text()
    for fee in round.fees:
        clerk.open(f"/finance/obligations/{fee.number}/")
        assert clerk.words("The amount is held in escrow for the payee.") in clerk.text()


def sign(clerk: Person, colleague: Person, morning: Morning, day: date) -> None:
    """Whoever imported the lines does not sign them; a colleague does."""
    address = f"/finance/bank/accounts/{morning.account.pk}/days/?month={day:%Y-%m}"
    clerk.open(address).fill(until=day.isoformat()).press("Sign")
    said = clerk.words("You imported lines of {day}. Another person of finance has to sign this day.")
    assert said.format(day=day.isoformat()) in clerk.text()
    colleague.open(address).fill(until=day.isoformat()).press("Sign")
    assert colleague.words("The days are signed.") in colleague.text("body")
    row = colleague.page.locator("main tbody tr", has_text=day.isoformat())
    assert "¥0.00" in row.inner_text()
    assert colleague.words("Signed") in row.inner_text()


def make_run(clerk: Person, rail: str = "file") -> str:
    """Collect what is due and submit it; its number."""
    clerk.open("/finance/payouts/").fill(rail=rail).press("Collect what is due")
    clerk.press("Submit for approval")
    assert clerk.words("You made this run, so you cannot approve it. An officer decides on the review desk.") in (
        clerk.text()
    )
    assert clerk.button("Send to the bank").count() == 0
    return clerk.page.url.rstrip("/").rpartition("/")[2]


def open_case(person: Person, number: str) -> None:
    """From the queue to the case of a run."""
    person.open("/reviews/")
    person.page.locator("li.queue-row a", has_text=number).first.click()
    person.look()


def try_to_approve(clerk: Person, morning: Morning, number: str) -> None:
    """In the other office, where the clerk is an officer: no button, and a claim sent by hand is refused."""
    clerk.act_for(morning.elsewhere)
    open_case(clerk, number)
    assert clerk.words("You asked for this decision yourself, so you cannot make it.") in clerk.text()
    assert clerk.button("Claim this case").count() == 0
    token = clerk.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    answer = clerk.page.request.post(
        f"{clerk.page.url}claim/", form={"csrfmiddlewaretoken": token}, headers={"Referer": clerk.page.url}
    )
    assert clerk.words("You may not do this.") in answer.text()
    clerk.act_for(morning.clerk)


def approve(officer: Person, number: str) -> None:
    """A second person claims and approves."""
    open_case(officer, number)
    officer.press("Claim this case").fill(outcome="approve").press("Decide and open the next case")


def send_run(clerk: Person, number: str) -> list[Row]:
    """Hand the run over and get the file for the bank; what the bank will write about it."""
    clerk.open(f"/finance/payouts/runs/{number}/").press("Send to the bank")
    clerk.until(clerk.words("File for the bank"))
    link = clerk.page.locator("main a[href$='/file/']").get_attribute("href") or ""
    document = ET.fromstring(clerk.download(link))  # noqa: S314, our own file
    found = document.findall(".//p:CdtTrfTxInf", SPACE)
    assert document.findtext(".//p:GrpHdr/p:NbOfTxs", "", SPACE) == str(len(found))
    return [
        Row(f"-{one.findtext('.//p:InstdAmt', '', SPACE)}", name=one.findtext("p:Cdtr/p:Nm", "", SPACE),
            end_to_end=one.findtext(".//p:EndToEndId", "", SPACE))
        for one in found
    ]  # fmt: skip


def confirm_run(clerk: Person, morning: Morning, number: str, paid: list[Row], day: date) -> None:
    """The bank's next statement ends the run."""
    assert len(paid) == 1
    send_statement(clerk, morning.statement(paid, day), morning.account.pk)
    clerk.open(f"/finance/payouts/runs/{number}/").until(clerk.words("Answered by the bank"))


def look_up(clerk: Person, round: Round) -> None:
    """The university's statement as a file; and client money is complete."""
    university = round.manager.organization
    clerk.open(f"/finance/statements/?q={university.name}")
    clerk.page.locator(f"main a[href*='/statements/parties/{university.public_id}/']").first.click()
    clerk.look()
    pdf = clerk.page.locator("main a[href*='.pdf']").get_attribute("href") or ""
    assert clerk.download(pdf).startswith(b"%PDF-")
    clerk.open("/finance/desk/")
    assert clerk.words("Difference %(amount)s") % {"amount": "¥0.00"} in clerk.text()
    clerk.open("/finance/desk/proofs/").open("/finance/months/")


def distribute(manager: Person) -> None:
    """The university confirms how its income is shared, and shows it inside."""
    manager.open("/finance/income/")
    manager.page.locator("main a[href*='/finance/distributions/']").first.click()
    manager.look().press("Confirm the distribution").press("Open the notice period")
    assert manager.words("In public notice inside the institution") in manager.text()
