"""The pages of contracts and milestones, as the firm, the team, officers and strangers see them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from challenges.models import Award, Challenge, Deliverable
from challenges.presentation import results
from challenges.services import contract_papers
from challenges.work_contracts import items_for
from foundation.core import clock
from foundation.documents.models import File
from licenses.models import Declaration
from tests.factories import accounts
from tests.factories import challenge_work as work
from tests.factories import challenges as make
from tests.factories.patents import make_patent
from tests.journeys.cast import paper

pytestmark = pytest.mark.django_db


def browser(member):
    client = Client(headers={"accept-language": "en"})
    client.force_login(member.user)
    return client


def url(name, award, *more):
    return reverse(f"challenges:{name}", args=[award.number, *more])


def shown(client, address):
    page = client.get(address)
    assert page.status_code == 200, (page.status_code, address)
    return page.content.decode()


def send(client, address, status=303, **values):
    """Post the form as the page shows it: with its hidden fields and what is filled in already."""
    page = client.get(address)
    assert page.status_code == 200, address
    form = page.context["form"]
    filled = {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    answer = client.post(address, {**filled, **values})
    assert answer.status_code == status, answer.context and answer.context["form"].errors
    return answer


def test_firm_and_team_walk_a_contract_from_its_texts_to_what_came_of_it():
    cast, owner, solver = make.Cast(), accounts.member("owner"), accounts.patentee()
    challenge = work.awarded(cast, owner, [solver, accounts.patentee()])
    award = challenge.awards.get()
    firm, team, office, stranger = (browser(one) for one in (owner, solver, cast.officer, accounts.member("owner")))
    with clock.at(challenge.closes_at + 8 * make.DAY):
        _sign(award, firm, team)
        contract_papers.make_contract(award=Award.objects.get())
        assert "Contract (PDF, Chinese and English)" in shown(team, url("award_detail", award))
        for who, status in ((office, 200), (stranger, 404), (browser(cast.auditor), 200)):
            assert who.get(url("award_detail", award)).status_code == status
            assert who.get(url("milestone_detail", award, 1)).status_code == status
        for position in (1, 2, 3):
            _accept(award, position, firm, team)
            if position < 3:
                assert "Pay into the escrow" in shown(firm, url("award_detail", award))
                assert [item.action for item in items_for(owner)] == ["Pay"]
                work.paid_in(challenge)
        _tell(award, team, solver)
    assert Challenge.objects.get().state == "completed"
    (panel,) = results.panels(challenge=Challenge.objects.get(), membership=None)
    (row,) = panel["context"]["awards"]
    assert (row["accepted"], row["paid"], row["url"], len(row["outcomes"])) == (3, make.BOUNTY, "", 2)
    page = shown(Client(headers={"accept-language": "en"}), challenge.get_absolute_url())
    assert "3 of 3 milestones accepted, ¥5,000,000.00 paid" in page and "低温储能柜上市" in page
    assert "3 / 3" in shown(firm, reverse("challenges:contract_list"))


def _sign(award, firm, team):
    terms = url("contract_terms", award)
    assert send(firm, terms, 422, months_1="").context["form"].errors.keys() == {"months_1"}
    wrong = send(firm, terms, 422, amount_1="5")
    assert "The amounts of the milestones add up to ¥5,000,000.00." in wrong.content.decode()
    send(team, terms, work="先小试，后中试。")
    text = shown(firm, url("contract_sign", award))
    assert "先小试，后中试。" in text and "supervised account" in text
    assert send(firm, url("contract_sign", award), 422).context["form"].errors.keys() == {"may_sign"}
    send(firm, url("contract_sign", award), may_sign="on")
    assert "The firm signed; the team reads and signs" in shown(team, url("award_detail", award))
    send(team, url("contract_sign", award), may_sign="on")
    assert Award.objects.get().state == "running"


def _accept(award, position, firm, team):
    hand_in = url("milestone_hand_in", award, position)
    assert send(team, hand_in, 422, text="", file=SimpleUploadedFile("x.exe", b"MZ")).context["form"].errors
    refused = send(team, hand_in, 422, text="报告", file=SimpleUploadedFile("x.exe", b"MZ"))
    assert refused.context["form"].errors.keys() == {"file"} and not File.objects.filter(original_name="x.exe").exists()
    send(
        team,
        hand_in,
        text="报告与数据",
        file=[SimpleUploadedFile("a.png", paper()), SimpleUploadedFile("b.png", paper())],
    )
    assert Deliverable.objects.latest("pk").files.count() == 2
    send(firm, url("milestone_begin", award, position))
    decide, (must, desired) = url("milestone_decide", award, position), award.challenge.indicators.all()
    assert "a.png" in shown(firm, decide)
    half = send(firm, decide, 422, outcome="accepted", reason="已测", **{f"value_{must.pk}": "41"})
    assert half.context["form"].errors.keys() == {f"met_{must.pk}"}
    if position == 3:
        missing = send(firm, decide, 422, outcome="accepted", reason="已测")
        assert "must be met before this can be accepted" in missing.content.decode()
    measured = {
        f"value_{must.pk}": "41",
        f"met_{must.pk}": "yes",
        f"value_{desired.pk}": "7",
        f"met_{desired.pk}": "no",
    }
    send(firm, decide, outcome="accepted", reason="已测", **measured)
    assert "¥" in shown(team, url("milestone_detail", award, position))


def _tell(award, team, solver):
    patent = make_patent(solver.organization)
    assert send(team, url("outcome_tell", award), 422).context["form"].errors.keys() == {"kind", "on", "text"}
    send(team, url("outcome_tell", award), kind="product", on="2026-01-05", text="低温储能柜上市")
    made = send(team, url("outcome_open_license", award), patent=patent.pk)
    assert made["Location"] == reverse("licenses:declaration_task_list", args=[Declaration.objects.get().pk])


def test_strangers_roles_and_the_other_side_are_kept_out_of_acts():
    owner, solver = accounts.member("owner"), accounts.patentee()
    award = work.running(owner, solver)
    firm, team = browser(owner), browser(solver)
    assert team.get(url("contract_terminate", award)).status_code == 403
    assert firm.get(url("milestone_hand_in", award, 1)).status_code == 303
    assert firm.post(url("milestone_hand_in", award, 1), {"text": "x"}).status_code == 403
    assert team.post(url("contract_terminate", award), {"reason": "x"}).status_code == 403
    for role, status in (("licensing_user", 404), ("bidder", 403), ("expert", 403)):
        other = browser(accounts.member(role))
        assert other.get(url("contract_sign", award)).status_code == status
    assert Client().get(url("award_detail", award)).status_code == 302
    send(team, url("contract_ask_end", award), reason="设备停产")
    assert "设备停产" in shown(firm, url("award_detail", award))
    assert [item.action for item in items_for(owner)] == ["Answer"]
    send(firm, url("contract_terminate", award), reason="双方同意")
    assert Award.objects.get().state == "terminated"


def test_the_list_of_contracts_takes_as_many_queries_for_one_as_for_three(django_assert_max_num_queries):
    solver, cast = accounts.patentee(), make.Cast()
    counts = []
    for _n in range(2):
        work.running(accounts.member("owner"), solver, cast)
        client = browser(solver)
        client.get(reverse("challenges:contract_list"))
        with django_assert_max_num_queries(100) as seen:
            client.get(reverse("challenges:contract_list"))
        counts.append(len(seen))
    first, third = counts
    assert first == third
