"""From the draw to the public notice through the pages, as officer, experts, firm, teams and visitors see them."""

import io
import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from challenges import scoring
from challenges.models import Challenge, Score, Seat
from foundation.core import clock
from foundation.core.clock import database_now, local_date
from foundation.documents import services as documents
from tests.factories import accounts, judging
from tests.factories import challenges as make
from tests.factories.patents import make_patent

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged():
    found = judging.opened()
    with clock.at(found.challenge.closes_at):
        yield judging.read(found)


def browser(member):
    client = Client(headers={"accept-language": "en"})
    if member is not None:
        client.force_login(member.user)
    return client


def url(name, *args):
    return reverse(f"challenges:{name}", args=args)


def send(client, address, **values):
    """Post the form as the page shows it: with its hidden fields."""
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    hidden = {field.html_name: field.value() for field in page.context["form"].hidden_fields()}
    answer = client.post(address, {name: value for name, value in hidden.items() if value is not None} | values)
    assert answer.status_code == 303, answer.context["form"].errors
    return answer["Location"]


def shown(client, address):
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    return page.content.decode()


def score_all(seat, points):
    """One expert walks through the desk: accept, then hand in what is next until nothing is."""
    client = browser(make.member_of(seat.expert))
    send(client, url("seat_accept", seat.pk), may_sign="on", coauthors="")
    address = re.search(r'href="([^"]+)">Begin scoring', shown(client, url("seat_detail", seat.pk))).group(1)
    while "/reviews/" in address and address != url("seat_detail", seat.pk):
        number = address.rstrip("/").rpartition("/")[2]
        values = {f"points_{one.pk}": str(points[number]) for one in seat.challenge.criteria.all()}
        address = send(client, address, act="hand_in", **values)
    return client


def test_a_challenge_is_judged_from_the_draw_to_the_public_notice(judged):
    challenge, office, firm = judged.challenge, browser(judged.cast.officer), browser(judged.owner)
    first, second = judged.proposals
    number = challenge.number
    for _n in range(5):
        make.expert()
    assert "Draw the panel." in shown(office, url("panel_detail", number))
    send(office, url("panel_draw", number, "new"))
    text = shown(office, url("panel_detail", number))
    assert "Experts answer their invitations." in text and "Replayed" in text
    draw = challenge.draws.get()
    replay = shown(office, url("draw_detail", number, draw.pk))
    assert draw.seed in replay and "The replay gives the same experts" in replay and "Seat 3" in replay

    for seat in Seat.objects.filter(challenge=challenge).select_related("challenge", "expert__user"):
        expert = score_all(seat, {first.number: 60, second.number: 90})
    assert "Scores of the panel" in shown(expert, url("seat_score", seat.pk, first.number))
    send(office, url("scoring_close", number))

    text = shown(firm, url("selection_desk", number))
    assert text.index(second.number) < text.index(first.number) and "90.00" in text
    send(firm, url("feedback", first.number), text="成本偏高。")
    send(firm, url("shortlist_edit", number), proposals=[second.number])
    today = local_date(database_now()).isoformat()
    noted = {"kind": "visit", "held_on": today, "participants": "吴桐", "text": "产线真实。"}
    send(firm, url("talk_new", second.number), **noted)
    assert "产线真实。" in shown(firm, url("selection_desk", number))
    values = {f"what_{second.pk}": "win", f"amount_{second.pk}": "4000000"}
    send(firm, url("selection_edit", number), **values)
    assert browser(None).get(url("selection_notice", number)).status_code == 404
    send(office, url("notice_give", number))

    visitor = browser(None)
    name = judged.team_of(second).organization.name_en
    text = shown(visitor, url("selection_notice", number))
    assert "¥4,000,000.00" in text and name in text
    text = shown(visitor, url("ranking", number))
    assert name in text and judged.team_of(first).organization.name_en not in text
    record = json.loads(visitor.get(url("ranking_file", number)).content)
    assert record["ranking"] == ranked_again(record)

    send(browser(judged.team_of(first)), url("selection_object", number), reason="评分有误")
    objection = challenge.objections.get()
    send(office, url("objection_decide", number, objection.pk), upheld="no", answer="评分无误。")
    objection.refresh_from_db()
    assert objection.upheld is False
    assert Challenge.objects.get(pk=challenge.pk).state == "public_notice"


def ranked_again(record):
    """The ranking from nothing but the published file."""
    given = {}
    for row in record["scores"]:
        points = {int(position): value for position, value in row["points"].items()}
        given.setdefault(row["proposal"], {})[row["expert"]] = points
    weights = {one["position"]: one["weight_bp"] for one in record["criteria"]}
    rows = scoring.ranking(given, weights, drop_extremes=record["drop_extremes"])
    return [{"proposal": one.proposal, "result": one.shown, "place": one.place, "experts": one.counted} for one in rows]


def test_a_blind_panel_reads_nothing_of_who_proposes(judged):
    (seat, actor), *_rest = judged.seated()
    client = browser(actor)
    for n, proposal in enumerate(judged.proposals):
        text = shown(client, url("seat_score", seat.pk, proposal.number))
        organization = judged.team_of(proposal).organization
        found = [word for word in (organization.name, organization.name_en, "成员", "单位") if word in text]
        assert (found, "低温电解液" in text) == ([], True), n


def test_a_blind_panel_gets_files_and_patents_that_tell_nothing(judged):
    (seat, actor), *_rest = judged.seated()
    proposal, out, exif = judged.proposals[0], io.BytesIO(), Image.Exif()
    exif[0x013B] = "NANJING"  # the artist
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    kept = {"content": out.getvalue(), "content_type": "image/jpeg", "owner_id": None}
    proposal.opened.files.add(documents.store(name="南京化工大学", **kept))
    patent = make_patent(judged.solvers[0].organization, title_zh_hans="一种低温电池")
    proposal.opened.patents.add(patent)
    client = browser(actor)
    text = shown(client, url("seat_score", seat.pk, proposal.number))
    assert [word for word in ("一种低温电池", patent.number, "南京化工大学") if word in text] == []
    assert "× 1" in text
    answer = client.get(url("seat_file", seat.pk, proposal.number, 1))
    assert answer["Content-Disposition"] == f'attachment; filename="{proposal.number}-1.jpg"'
    assert b"NANJING" not in b"".join(answer.streaming_content)


def test_a_name_that_meets_a_team_gives_the_seat_to_a_reserve_without_a_word_about_which(judged):
    for _n in range(5):
        make.expert()
    send(browser(judged.cast.officer), url("panel_draw", judged.challenge.number, "new"))
    seat = Seat.objects.filter(challenge=judged.challenge).select_related("expert__user").first()
    client = browser(make.member_of(seat.expert))
    address = send(client, url("seat_accept", seat.pk), may_sign="on", coauthors="王某\n成 员１")
    text = shown(client, address)
    assert "You do not sit on this panel any more" in text
    assert all(word not in text for word in [*(one.number for one in judged.proposals), "成员"])
    assert Seat.objects.filter(challenge=judged.challenge, state="invited").count() == 3
    for proposal in judged.proposals:
        assert client.get(url("seat_score", seat.pk, proposal.number)).status_code == 404


def test_what_is_typed_is_kept_and_another_tab_is_not_overwritten(judged):
    (seat, actor), *_rest = judged.seated()
    client, proposal = browser(actor), judged.proposals[0]
    field = f"points_{judged.challenge.criteria.first().pk}"
    save, page = url("seat_autosave", seat.pk, proposal.number), url("seat_score", seat.pk, proposal.number)
    answer = client.post(save, {field: "70", "version": "0"})
    version = answer.json()["version"]
    assert answer.status_code == 200 and version > 0
    stale = client.post(save, {field: "10", "version": "0"})
    assert stale.status_code == 409 and "location" not in stale.json()  # what was typed stays on the screen
    late = client.post(page, {field: "10", "version": "0", "act": "hand_in"})
    assert late.status_code == 409 and late.context["form"][field].value() == "10"
    assert "Saved elsewhere" in late.content.decode() and late.context["form"]["version"].value() == str(version)
    assert not Score.objects.filter(handed_in_at__isnull=False).exists()
    assert client.post(save, {field: "101", "version": str(version)}).status_code == 422
    assert client.get(page).context["form"][field].value() == 70
    refused = client.post(page, {field: "70", "act": "hand_in"})
    assert refused.status_code == 422 and "Give points for this criterion." in refused.content.decode()


def test_experts_see_their_seats_only_and_nobody_else_sees_a_panel(judged):
    (seat, one), (_other, two), *_rest = judged.seated()
    for name in ("seat_detail", "seat_accept", "seat_decline", "seat_recuse"):
        assert browser(two).get(url(name, seat.pk)).status_code == 404
        assert browser(judged.cast.officer).get(url(name, seat.pk)).status_code == 403
    for member in (judged.owner, judged.solvers[0], one):
        assert browser(member).get(url("panel_detail", judged.challenge.number)).status_code == 403
        assert browser(member).get(url("expert_list")).status_code == 403
    assert browser(judged.cast.auditor).get(url("panel_detail", judged.challenge.number)).status_code == 200
    stranger = browser(accounts.member("owner"))
    assert stranger.get(url("selection_desk", judged.challenge.number)).status_code == 404
    for member in (judged.owner, judged.cast.officer, None):
        assert browser(member).get(url("ranking", judged.challenge.number)).status_code == 404  # not closed yet


def test_the_pool_is_kept_by_officers_and_the_profile_by_the_expert(judged):
    office, person = browser(judged.cast.officer), accounts.member("expert")
    mine = {"unit_name": "江海大学", "title": "教授", "ipc": "h01m; C08L", "names": "张三", "coauthors": "李四，王五"}
    answer = office.post(url("expert_new"), {**mine, "email": "nobody@example.org"})
    assert answer.status_code == 422 and "Nobody with this address" in answer.content.decode()
    send(office, url("expert_new"), **mine, email=person.user.email)
    assert person.user.name in shown(office, url("expert_list"))
    client = browser(person)
    wrong = client.post(url("my_profile"), {**mine, "ipc": "XX"})
    assert wrong.status_code == 422 and "is not an IPC class" in wrong.content.decode()
    send(client, url("my_profile"), **{**mine, "coauthors": "李四\n赵六"})
    person.user.expert.refresh_from_db()
    assert (person.user.expert.ipc, person.user.expert.coauthors) == (["H01M", "C08L"], ["李四", "赵六"])
    send(office, url("expert_move", person.user.expert.pk, "out"))
    person.user.expert.refresh_from_db()
    assert person.user.expert.is_active is False
