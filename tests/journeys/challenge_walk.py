"""A challenge through the pages of the firm, the officers, an expert, a team and two openers."""

from datetime import date

from challenges.models import Challenge, Opinion, Proposal
from tests.journeys.bidding_walk import pay
from tests.journeys.browser import Person
from tests.journeys.cast import paper
from tests.journeys.season_walk import to_work

TITLE, TITLE_EN = "零下 30 ℃ 储能电芯快速充电", "Fast charging of storage cells at minus 30"
BOUNTY, SECRET, SOLUTION = "500000", "电解液配方编号 KX-7431", "低温电解液与脉冲自加热协同 KX-9024"
PARTS = (("3", "20", "小试样品"), ("8", "40", "中试 500 只"), ("12", "40", "终验"))


def one(title: str = TITLE) -> Challenge:
    """The challenge of this journey, as it stands."""
    return Challenge.objects.select_related("season", "obligation").get(title_zh_hans=title)


def draft(firm: Person, code: str, last_day: date) -> None:
    """The task list of the firm: what is missing is said; every part is filled in; then it is submitted."""
    to_work(firm, "My challenges").follow("Begin a challenge")
    firm.fill(season=code, title_zh_hans=TITLE).press("Begin the challenge")
    firm.follow("Problem").fill(title_en=TITLE_EN, ipc="H01M 10/0525").press("Save and continue")
    assert firm.page.title().startswith(firm.words("Error:"))
    firm.fill(problem_zh_hans="储能电站冬季无法充电。", problem_en="Cells cannot be charged in winter.")
    firm.press("Save and continue").follow("Technical indicators")
    firm.fill(name_1="充至 80% 的时间", target_1="45", unit_1="分钟", method_1="恒温箱", must_1=True)
    firm.press("Save and continue").follow("Bounty and payments").fill(bounty=BOUNTY)
    for n, (months, share, text) in enumerate(PARTS, 1):
        if n > 1:
            firm.page.locator(f"main details:has([name=months_{n}]) > summary").click()
        firm.fill(**{f"months_{n}": months, f"share_{n}": share, f"deliverable_{n}": text})
    firm.press("Save and continue").follow("Terms and deadline")
    terms = {"deadline_date": last_day.isoformat(), "eligibility": "不限", "contact_name": "吴桐"}
    firm.fill(**terms, contact_phone="025-84890000").press("Save and continue")
    firm.follow("Documents and confidential annexes")
    annex = {"name": "annex.png", "mimeType": "image/png", "buffer": paper()}
    firm.page.set_input_files("main input[type=file]", annex)
    firm.fill(title=SECRET, is_confidential=True).press("Add")
    firm.follow("Back to the task list").follow("Check and submit")
    firm.press("Submit the challenge").follow("Open the challenge")


def decide(officer: Person) -> None:
    """The case on the review desk: claimed, read, passed."""
    to_work(officer, "Reviews")
    officer.page.locator("li.queue-row a").first.click()
    officer.look().press("Claim this case")
    officer.page.check("input[name=outcome][value=approve]")
    officer.press("Decide and open the next case")


def ask_expert(officer: Person, name: str) -> None:
    """From the list of things to do: an expert from outside the firm is asked."""
    officer.open("/work/").page.locator("main a[href*='/challenges/checks/']").first.click()
    officer.look().page.locator("main select[name=expert]").select_option(label=name)
    officer.press("Ask")


def give_opinion(expert: Person) -> None:
    """The promise of secrecy, then: real, testable, funded; a missing reason is said."""
    opinion = Opinion.objects.filter(given_at=None).latest("pk")
    expert.open("/work/").page.locator(f"main a[href='/challenges/opinions/{opinion.pk}/']").first.click()
    expert.look().press("Sign the promise")
    assert expert.page.title().startswith(expert.words("Error:"))
    expert.fill(may_sign=True).press("Sign the promise")
    expert.look().fill(is_real="yes", is_testable="yes", is_funded="yes").press("Give the opinion")
    assert expert.page.title().startswith(expert.words("Error:"))
    expert.fill(text="真实可测，榜额合理。").press("Give the opinion")


def secure(firm: Person) -> None:
    """The first share goes into escrow; with it the challenge is published."""
    firm.open(f"/challenges/mine/{one().pk}/").follow("Pay into escrow")
    pay(firm)
    firm.open(f"/challenges/mine/{one().pk}/").until(firm.words("Open for proposals"))


def sign_agreement(team: Person) -> None:
    """From the list to the page; the annex opens with the signature and not before."""
    number = one().number
    team.open("/challenges/").page.locator(f"main a[href='/challenges/list/{number}/']").first.click()
    annex = team.page.locator(f"main a[href*='/challenges/list/{number}/files/']")
    assert annex.count() == 0
    team.look().follow("Read and sign the non-disclosure agreement")
    team.fill(may_sign=True).press("Sign for my organization")
    team.download(annex.first.get_attribute("href") or "")


def propose(team: Person, price: str, amounts: tuple[str, ...]) -> str:
    """The task list of the team, and the submission; the receipt that is shown once."""
    team.open(f"/challenges/list/{one().number}/").follow("Write a proposal").press("Begin to write")
    team.follow("Solution and background patents").fill(solution=SOLUTION).press("Save and continue")
    team.follow("Indicators promised").fill(promise_1="40 分钟").press("Save and continue")
    unit = Proposal.objects.latest("pk").organization.name  # members of other units would have to sign
    team.follow("Team").fill(name_1="沈岚", unit_1=unit, consent_1=True).press("Save and continue")
    team.follow("Plan, milestones and price").fill(plan="小试、中试。", price=price)
    for n, amount in enumerate(amounts, 1):
        if n > 1:
            team.page.locator(f"main details:has([name=months_{n}]) > summary").click()
        months, _share, text = PARTS[n - 1]
        team.fill(**{f"months_{n}": months, f"deliverable_{n}": text, f"amount_{n}": amount})
    team.press("Save and continue")
    team.follow("Conflicts of interest").fill(conflicts="无").press("Save and continue")
    team.follow("Check and submit").press("Submit, sealed")
    assert team.page.title().startswith(team.words("Error:"))
    team.fill(accepts=True).press("Submit, sealed")
    return team.text()


def hand_in(opener: Person, share: str, passphrase: str) -> None:
    """One opener of two hands in a share, from the page of the opening."""
    opener.open(f"/challenges/list/{one().number}/opening/share/")
    opener.fill(share=share, passphrase=passphrase).press("Hand in my share")
