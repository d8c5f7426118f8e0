"""The pages of seasons and lots: one walk for each role."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from auctions import season_defaults
from auctions.forms.seasons import SeasonForm
from auctions.models import Lot, RoomAccess, Season
from auctions.services import materials, priority, rooms
from foundation.core.clock import database_now, local_date
from tests.factories import accounts
from tests.factories import auctions as made
from tests.factories.patents import make_patent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def picture(name: str = "register.png") -> SimpleUploadedFile:
    """A small file that uploads accept."""
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def seen(client, name, *arguments, status=200, **query):
    """The text of a page."""
    answer = client.get(reverse(f"auctions:{name}", args=arguments), query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode() if status == 200 and not answer.streaming else ""


@pytest.fixture
def lot():
    return made.announced_lot(by=made.seller(), start=made.START)


def test_a_visitor_walks_from_the_seasons_to_a_lot_in_both_languages(client, lot):
    for language, word in (("zh-hans", "竞价会"), ("en", "Auctions")):
        client.get(reverse("marketplace:home"), {"lang": language})
        client.cookies["language"] = language
        for name, arguments in {
            "season_list": (),
            "season_detail": (lot.season.code,),
            "session_detail": (lot.season.code, lot.session.position),
            "lot_list": (),
            "lot_detail": (lot.number,),
        }.items():
            assert f"/{lot.number}" in seen(client, name, *arguments) or name in ("season_detail",), name
        assert word
    for name in ("my_lots", "lot_new", "desk"):
        seen(client, name, status=302)


def test_what_is_not_announced_is_not_there_for_others(client):
    by = made.seller()
    draft, selected = made.proposed_lot(by=by), made.selected_lot(by=by)
    client.force_login(accounts.licensee().user)
    seen(client, "lot_detail", selected.number, status=404)
    seen(client, "season_detail", made.draft_season().code, status=404)
    client.force_login(made.seller().user)
    seen(client, "lot_task_list", draft.pk, status=404)
    client.force_login(by.user)
    seen(client, "lot_detail", selected.number)


def test_a_seller_walks_from_the_first_page_to_the_submission(client):
    by, season = made.seller(), made.season()
    patent = make_patent(by.organization)
    client.force_login(by.user)
    page = seen(client, "lot_new")
    assert season.code in page
    answer = client.post(
        reverse("auctions:lot_new"),
        {"season": season.code, "subject": "assignment", "number": patent.display_number, "start": "120,000"},
    )
    lot = Lot.objects.get(seller=by.organization)
    assert answer.status_code == 302 and lot.start_fen == 12_000_000
    at = {"pk": lot.pk}
    wrong = client.post(reverse("auctions:lot_part", kwargs={**at, "part": "disclosure"}), {"defects": ""})
    assert wrong.status_code == 422
    typed = client.post(
        reverse("auctions:lot_autosave", kwargs={**at, "part": "disclosure"}), {"version": "0", "defects": "无"}
    )
    assert typed.json()["version"] == 1
    stale = client.post(reverse("auctions:lot_autosave", kwargs={**at, "part": "disclosure"}), {"version": "0"})
    assert stale.status_code == 409
    assert "无" in seen(client, "lot_part", lot.pk, "disclosure")
    said = {"defects": "无已知瑕疵", "contact_name": "周敏", "contact_phone": "025-1"}
    assert client.post(reverse("auctions:lot_part", kwargs={**at, "part": "disclosure"}), said).status_code == 302
    about = {"subject": "assignment", "title_zh_hans": "一种装置"}
    assert client.post(reverse("auctions:lot_part", kwargs={**at, "part": "about"}), about).status_code == 302
    price = {"start": "130000", "reserve": "150000"}
    assert client.post(reverse("auctions:lot_part", kwargs={**at, "part": "price"}), price).status_code == 302
    holder = {"basis": "inventor", "name": "李工", "email": "li@example.org"}
    assert client.post(reverse("auctions:lot_priority", kwargs=at), holder).status_code == 302
    upload = {"upload": picture(), "kind": "register", "title": "登记簿副本", "audience": "members"}
    assert client.post(reverse("auctions:lot_documents", kwargs=at), upload).status_code == 302
    more = make_patent(by.organization)
    assert client.post(reverse("auctions:lot_patents", kwargs=at), {"number": more.number}).status_code == 302
    gone = reverse("auctions:lot_patent_remove", args=[lot.pk, more.pk])
    assert client.post(gone).status_code == 302 and lot.items.count() == 1
    for name in ("lot_task_list", "lot_patents", "lot_priority", "lot_documents", "lot_check"):
        seen(client, name, lot.pk)
    assert client.post(reverse("auctions:lot_check", kwargs=at)).status_code == 302
    assert seen(client, "lot_submitted", lot.pk)
    assert Lot.objects.get(pk=lot.pk).state == "materials_check"
    seen(client, "lot_task_list", lot.pk)
    seen(client, "lot_take_back", lot.pk)
    seen(client, "my_lots", group="check")
    assert client.post(reverse("auctions:lot_take_back", kwargs=at), {"reason": "once more"}).status_code == 302
    assert client.post(reverse("auctions:lot_discard", kwargs=at)).status_code == 302
    assert not Lot.objects.filter(pk=lot.pk).exists()


def test_an_officer_walks_from_founding_a_season_to_the_notice(client):
    officer = accounts.officer()
    client.force_login(officer.user)
    fields = {**_season_fields(), "code": "2026S7", "title_zh_hans": "二零二六秋季", "title_en": "Autumn 2026"}
    assert client.post(reverse("auctions:season_new"), {**fields, "deposit_bp": "10"}).status_code == 422
    assert client.post(reverse("auctions:season_new"), fields).status_code == 302
    season = Season.objects.get(code="2026S7")
    assert client.post(reverse("auctions:season_edit", args=[season.code]), fields).status_code == 302
    for move in ("announce", "collect"):
        client.post(reverse("auctions:season_lead", args=[season.code, move]))
    season.refresh_from_db()
    assert season.state == "collecting" and season.increments[0] == [10_000_000, 100_000]
    lot = made.selected_lot(of=season)
    for move in ("select", "promote"):
        client.post(reverse("auctions:season_lead", args=[season.code, move]))
    first = (local_date(database_now()) + 8 * DAY).isoformat()
    new = reverse("auctions:session_new", args=[season.code])
    assert client.post(new, {"first_day": "2020-01-01", "weeks": "1"}).status_code == 422
    assert client.post(new, {"first_day": first, "weeks": "2", "form_token": "w"}).status_code == 302
    at = [season.code, 1]
    client.post(reverse("auctions:session_lots", args=at), {"lots": [lot.pk]})
    for name, arguments in {"desk": (), "season_desk": at[:1], "session_desk": at, "session_edit": at}.items():
        seen(client, name, *arguments)
    assert "reason" in seen(client, "session_desk", season.code, 2)
    client.post(reverse("auctions:session_publish", args=at))
    assert Lot.objects.get(pk=lot.pk).state == "registration_open"
    client.post(reverse("auctions:session_cancel", args=[season.code, 2]), {"reason": "no lots"})
    assert season.sessions.get(position=2).state == "cancelled"
    client.force_login(made.seller().user)
    seen(client, "desk", status=403)


def _season_fields() -> dict:
    """What the form of a new season sends back."""
    form = SeasonForm(initial=SeasonForm.initial_of(Season(**season_defaults.new_season())))
    values = {name: form[name].value() for name in form.fields}
    values |= {name: form.fields[name].prepare_value(values[name]) for name in ("increments", "commissions")}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_the_review_desk_shows_a_lot_without_its_reserve(client):
    lot = made.submitted_lot(reserve=made.START + made.START)
    client.force_login(accounts.officer().user)
    page = client.get(made.review_of(lot).get_absolute_url()).content.decode()
    assert "A01" in page and "240,000" not in page and "120,000" in page


def test_questions_and_documents_go_through_the_page(client, lot):
    keeper = Lot.objects.get(pk=lot.pk).proposed_by
    asker = accounts.licensee()
    client.force_login(asker.user)
    assert client.post(reverse("auctions:lot_ask", args=[lot.number]), {"text": ""}).status_code == 422
    asked = client.post(reverse("auctions:lot_ask", args=[lot.number]), {"text": "Trial data?"})
    assert asked.status_code == 302
    question = lot.questions.get()
    client.force_login(keeper)
    assert client.post(reverse("auctions:lot_answer", args=[lot.number, question.pk]), {"text": "Yes, all."})
    client.logout()
    page = seen(client, "lot_detail", lot.number)
    assert "Yes, all." in page and asker.organization.name not in page


def test_a_document_is_for_its_audience_and_every_reading_is_logged(client):
    by = made.seller()
    lot = made.proposed_lot(by=by)
    document = rooms.add_document(
        lot=lot, upload=picture(), kind="register", title="登记簿副本", audience="members", actor=by
    )
    lot = made.announced_lot(by=by)
    document.lot = lot
    document.save(update_fields=["lot"])
    assert client.get(reverse("auctions:lot_document", args=[lot.number, document.pk])).status_code == 302
    reader = accounts.licensee()
    client.force_login(reader.user)
    assert client.get(reverse("auctions:lot_document", args=[lot.number, document.pk])).status_code == 200
    assert RoomAccess.objects.get().organization_id == reader.organization_id
    assert "登记簿副本" in seen(client, "lot_access", lot.number)
    client.force_login(by.user)
    assert "登记簿副本" not in seen(client, "lot_access", lot.number)


def test_a_holder_answers_by_the_link_of_the_letter(client):
    by = made.seller()
    lot = made.proposed_lot(by=by)
    holder = priority.add_holder(lot=lot, basis="inventor", name="李工", email="li@example.org", actor=by)
    materials.submit(lot=lot, actor=by)
    made.decide(lot, "approve")
    url = reverse("auctions:priority_answer", args=[priority.token_of(holder)])
    assert client.get(url).status_code == 200
    assert client.post(url, {"answer": "nonsense"}).status_code == 422
    assert client.post(url, {"answer": "waived"}).status_code == 302
    holder.refresh_from_db()
    assert holder.answer == "waived"
    assert client.get(reverse("auctions:priority_answer", args=["forged"])).status_code == 404


def test_a_lot_is_withdrawn_on_its_page(client, lot):
    client.force_login(Lot.objects.get(pk=lot.pk).proposed_by)
    seen(client, "lot_withdraw", lot.number)
    assert client.post(reverse("auctions:lot_withdraw", args=[lot.number]), {"reason": ""}).status_code == 422
    assert client.post(reverse("auctions:lot_withdraw", args=[lot.number]), {"reason": "sold"}).status_code == 302
    assert Lot.objects.get(pk=lot.pk).state == "withdrawn"
    seen(client, "lot_withdraw", lot.number, status=404)


def test_my_work_names_what_waits(client):
    by, officer = made.seller(), accounts.officer()
    made.proposed_lot(by=by)
    made.selected_lot(officer=officer)
    client.force_login(by.user)
    assert "/auctions/mine/" in client.get(reverse("marketplace:my_work")).content.decode()
    client.force_login(officer.user)
    assert "/desk/" in client.get(reverse("marketplace:my_work")).content.decode()
