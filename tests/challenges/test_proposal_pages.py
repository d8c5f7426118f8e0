"""The team's pages: from the challenge to the receipt and back; what they refuse and to whom they say nothing."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from challenges import papers_openings
from challenges.models import DraftFile, Proposal
from challenges.services import proposal_drafts, publishing, resubmitting
from foundation import audit
from foundation.core import clock
from foundation.core.models import KeptAnswer
from tests.factories import accounts
from tests.factories import challenges as make
from tests.journeys.cast import paper

pytestmark = pytest.mark.django_db
MARK = "cnry5d1f7a"
PARTS = {
    "solution": {"solution": MARK, "patents": "ZL 2019 1 0123456.X"},
    "indicators": {"promise_1": "40 分钟", "promise_2": ""},
    "team": {"name_1": "沈岚", "unit_1": "江海理工大学", "consent_1": "on",
             "name_2": "", "unit_2": ""},
    "plan": {"plan": "三步。", "price": "300,000", "months_1": "3", "deliverable_1": "样品",
             "amount_1": "100000", "months_2": "9", "deliverable_2": "终验",
             "amount_2": "200000"},
    "conflicts": {"conflicts": "无"},
}  # fmt: skip


@pytest.fixture
def cast():
    return make.Cast()


@pytest.fixture
def challenge(cast):
    return make.published(cast, accounts.member("owner"))


@pytest.fixture
def solver():
    return accounts.patentee()


def at(name, *args):
    return reverse(f"challenges:{name}", args=args)


def save(client, proposal, part, **changes):
    proposal.refresh_from_db()
    sent = PARTS[part] | {"version": proposal.draft_version} | changes
    return client.post(at("proposal_part", proposal.key, part), sent)


def begun(client, challenge, solver):
    client.force_login(solver.user)
    answer = client.post(at("proposal_new", challenge.number), {"form_token": ""})
    proposal = Proposal.objects.get()
    assert answer.url == proposal.get_absolute_url() == at("proposal_detail", proposal.key)
    return proposal


def test_a_proposal_is_written_submitted_and_its_receipt_shown_once(client, challenge, solver):
    proposal = begun(client, challenge, solver)
    assert client.get(at("proposal_new", challenge.number)).url == proposal.get_absolute_url()
    assert client.get(proposal.get_absolute_url()).context["tasks"]["done"] == 1  # attachments are free
    assert client.get(at("proposal_check", proposal.key)).context["can_submit"] is False
    for part in PARTS:
        assert client.get(at("proposal_part", proposal.key, part)).status_code == 200
        assert save(client, proposal, part).status_code == 302, part
    upload = SimpleUploadedFile("figure7.png", paper(), "image/png")
    assert client.post(at("proposal_files", proposal.key), {"upload": upload}).status_code == 302
    file = DraftFile.objects.get()
    assert (
        "figure7.png" not in file.about and client.get(at("proposal_file", proposal.key, file.key)).content == paper()
    )
    assert not client.get(at("proposal_check", proposal.key)).context["can_submit"]
    tasks = client.get(proposal.get_absolute_url()).content.decode()
    assert "Attach the signed consent of 沈岚 (江海理工大学)" in tasks
    signed = {"upload": SimpleUploadedFile("signed.png", paper(), "image/png"), "is_consent": "on"}
    assert client.post(at("proposal_files", proposal.key), signed).status_code == 302
    assert "signed consent of members" in client.get(at("proposal_files", proposal.key)).content.decode()
    check = client.get(at("proposal_check", proposal.key))
    assert check.context["can_submit"] and MARK in check.content.decode()
    form = check.context["form"]
    sent = {name: form[name].value() for name in ("receipt", "commitment_sha256")}
    assert client.post(at("proposal_check", proposal.key), sent).status_code == 422  # letter not ticked
    answers = [client.post(at("proposal_check", proposal.key), sent | {"accepts": "on"}) for _click in range(2)]
    for answer in answers:  # a second click gets the same receipt
        assert answer.status_code == 200 and sent["receipt"] in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
    proposal.refresh_from_db()
    assert (proposal.state, proposal.draft, proposal.draft_files.count(), proposal.copies.count()) == (
        "submitted", "", 0, 1,
    )  # fmt: skip
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert MARK not in page and sent["receipt"] not in page and proposal.copies.get().ciphertext_sha256 in page
    assert not any(sent["receipt"] in str(one.answer) for one in KeptAnswer.objects.all())
    again = client.post(at("proposal_reread", proposal.key), {"receipt": sent["receipt"]}).content.decode()
    assert MARK in again and "figure7.png" in again
    replaced = client.post(at("proposal_replace", proposal.key), {"receipt": sent["receipt"]})
    assert replaced.url == proposal.get_absolute_url()
    proposal.refresh_from_db()
    kept = proposal_drafts.draft_of(proposal, solver)
    assert kept["solution"] == MARK and {one.size for one in DraftFile.objects.all()} == {len(paper())}
    assert [one.is_consent for one in proposal_drafts.files_of(proposal, solver)] == [False, True]
    assert client.post(at("proposal_withdraw", proposal.key), {"form_token": "", "reason": ""}).status_code == 303
    proposal.refresh_from_db()
    assert (proposal.state, DraftFile.objects.count()) == ("withdrawn", 0)


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("team", {"consent_1": ""}),
        ("team", {"name_1": "", "unit_1": "", "consent_1": ""}),
        ("solution", {"patents": "12345"}),
        ("solution", {"solution": "x" * 20_001}),
        ("indicators", {"promise_1": ""}),
        ("plan", {"price": "6,000,000"}),
        ("plan", {"price": "300,001"}),
        ("plan", {"months_2": "3"}),
        ("plan", {"amount_2": ""}),
        ("plan", {"months_1": "１e9"}),
        ("conflicts", {"conflicts": "  "}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(client, challenge, solver, part, changes):
    proposal = begun(client, challenge, solver)
    answer = save(client, proposal, part, **changes)
    assert answer.status_code == 422 and answer.context["form"].errors
    proposal.refresh_from_db()
    assert (proposal.draft, proposal.draft_version) == ("", 0)


def test_typing_is_kept_and_a_second_tab_is_told(client, challenge, solver):
    proposal = begun(client, challenge, solver)
    address = at("proposal_autosave", proposal.key, "plan")
    typed = {"plan": "半", "price": "abc", "deliverable_4": "样", "version": 0}
    assert client.post(address, typed).json()["version"] == 1
    page = client.get(at("proposal_part", proposal.key, "plan")).content.decode()
    assert "abc" in page and "months_7" in page  # the row that was typed in and three empty ones
    stale = client.post(address, typed)
    assert (stale.status_code, stale.json()["location"]) == (409, at("proposal_part", proposal.key, "plan"))
    assert save(client, proposal, "plan", version=0).status_code == 422
    assert save(client, proposal, "plan").status_code == 302
    assert "abc" not in client.get(at("proposal_part", proposal.key, "plan")).content.decode()


def test_a_colleague_leads_and_nobody_else_learns_of_the_proposal(client, challenge, solver, cast):
    colleague = accounts.member("ip_manager", organization=solver.organization)
    proposal = make.submitted(challenge, solver, solution=MARK).proposal
    strangers = [accounts.patentee(), cast.officer, cast.auditor, cast.finance, accounts.member("superuser"),
                 accounts.member("owner", organization=challenge.owner), accounts.member("expert")]  # fmt: skip
    for stranger in strangers:
        client.force_login(stranger.user)
        for name in ("detail", "check", "files", "hand_over", "replace", "withdraw", "reread", "restore"):
            refused = client.get(at(f"proposal_{name}", proposal.key))
            assert refused.status_code in (403, 404), (stranger.role, name)
            unknown = client.get(at(f"proposal_{name}", "nobody-here1"))
            assert unknown.status_code == refused.status_code
        assert client.get(at("opening_detail", challenge.number)).context["openers"] == []
    client.force_login(solver.user)
    resubmitting.replace(proposal=proposal, receipt="", actor=solver)
    address = at("proposal_hand_over", proposal.key)
    assert client.post(address, {"to": cast.officer.pk}).status_code == 422
    assert client.post(address, {"to": colleague.pk}).status_code == 303
    proposal.refresh_from_db()
    assert proposal.lead_id == colleague.user_id


def test_the_openers_take_keys_and_open_on_their_pages(client, cast, challenge, solver):
    proposal = make.submitted(challenge, solver, solution=MARK).proposal
    client.force_login(cast.officer.user)
    keys = at("opener_keys", cast.season.code)
    words = "twelve brown otters"
    assert client.post(keys, {"passphrase": "short", "again": "short"}).status_code == 422
    assert client.post(keys, {"passphrase": words, "again": words + "!"}).status_code == 422
    shown = client.post(keys, {"passphrase": words, "again": words})
    assert "no-store" in shown["Cache-Control"] and shown.context["share"] in shown.content.decode().replace(
        "&quot;", '"'
    )
    share = at("opening_share", challenge.number)
    assert client.get(share).status_code == 302  # not before the deadline
    with clock.at(challenge.closes_at):
        assert publishing.close_due(challenge=challenge)
        wrong = client.post(share, {"share": "{}", "passphrase": words})
        assert wrong.status_code == 422
        new = client.post(share, {"share": shown.context["share"], "passphrase": words})
        assert new.status_code == 302  # a key taken after the proposal was sealed opens nothing, and says nothing
        for member, part in ((cast.finance, "custodian"), (cast.auditor, "supervisor")):
            client.force_login(member.user)
            file = SimpleUploadedFile("share.json", cast.shares[part].encode())
            assert client.post(share, {"file": file, "passphrase": make.PASSPHRASE}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "opened"
    client.logout()
    page = client.get(at("opening_detail", challenge.number)).content.decode()
    assert proposal.number in page and proposal.copies.get().ciphertext_sha256 in page and MARK not in page
    assert solver.organization.display_name not in page
    for reader in (cast.officer, cast.auditor, accounts.member("owner", organization=challenge.owner), solver):
        client.force_login(reader.user)
        page = client.get(proposal.get_absolute_url()).content.decode()
        assert MARK in page and proposal.number in page
        assert MARK not in client.get(at("proposal_list", challenge.number), follow=True).content.decode()
    client.force_login(cast.officer.user)
    judge = at("proposal_eligibility", proposal.number)
    assert client.post(judge, {"eligible": "no", "reason": ""}).status_code == 422
    assert client.post(judge, {"eligible": "yes", "reason": ""}).status_code == 303
    proposal.refresh_from_db()
    assert proposal.state == "eligible"
    assert re.fullmatch(r"[A-Za-z0-9_-]{12}", proposal.key)


def test_the_record_of_the_opening_is_a_signed_pdf_that_says_what_its_page_says(client, cast, challenge, solver):
    proposal, address = (
        make.submitted(challenge, solver, solution=MARK).proposal,
        at("opening_record", challenge.number),
    )
    assert client.get(address).status_code == 404
    with clock.at(challenge.closes_at):
        make.opened(cast, challenge)
        while audit.deliver_pending():
            pass
    page, answer = client.get(at("opening_detail", challenge.number)).content.decode(), client.get(address)
    assert address in page and answer["Content-Type"] == "application/pdf"
    assert b"".join(answer).startswith(b"%PDF")
    proposal.refresh_from_db()
    opening = challenge.openings.get()
    said = json.dumps(papers_openings.record_data(opening), ensure_ascii=False)  # all that is printed
    openers = [row["fingerprint"] for row in opening.record["openers"]]
    for told in (challenge.number, proposal.number, proposal.copies.get().ciphertext_sha256, *openers):
        assert told in page and told in said
    for secret in (MARK, solver.organization.name, cast.officer.user.name):
        assert secret not in said
