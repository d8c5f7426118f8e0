"""The pages of a registration: from the agreement to the paddle, and what they refuse."""

from datetime import timedelta

import pytest
from django.urls import reverse

from auctions.models import Registration
from foundation import audit
from foundation.core import clock
from notifications.models import Notice
from tests.factories import accounts
from tests.factories.bidders import admitted, applied, open_lot, pay_deposit

pytestmark = pytest.mark.django_db


def test_from_the_agreement_to_the_paddle_and_back(client):
    lot, member = open_lot(), accounts.member("bidder")
    client.force_login(member.user)
    start, check = (reverse(f"auctions:{name}", args=[lot.number]) for name in ("register", "register_check"))
    assert client.get(check).url == start  # nothing is registered unread
    page = client.get(start)
    pinned = page.context["agreement_sha256"]
    assert client.post(start, {"agreement_sha256": pinned}).status_code == 422
    assert client.post(start, {"agreement_sha256": pinned, "accepts_agreement": "on"}).url == check
    assert not Registration.objects.exists()
    form = client.get(check).context["form"]
    sent = {"agreement_sha256": pinned, "may_sign": "on", "form_token": form["form_token"].value()}
    answers = [client.post(check, sent) for _click in range(2)]
    registration = Registration.objects.get()
    pay = reverse("settlement:obligation_detail", args=[registration.obligation.number])
    assert {answer.url for answer in answers} == {pay}
    assert client.get(pay).status_code == 200
    assert pay_deposit(registration) == "accepted"
    registration.refresh_from_db()
    own = reverse("auctions:registration_detail", args=[registration.pk])
    assert registration.paddle in client.get(own).content.decode()
    assert registration.paddle in client.get(reverse("auctions:registration_list")).content.decode()
    assert client.get(start).url == own
    away = reverse("auctions:registration_withdraw", args=[registration.pk])
    token = client.get(away).context["form"]["form_token"].value()
    assert client.post(away, {"reason": "", "form_token": token}).url == own
    registration.refresh_from_db()
    assert registration.state == "withdrawn"


def test_refusals_are_sentences_on_the_page(client):
    lot = open_lot()
    member = accounts.member("bidder", organization=accounts.OrganizationFactory(state="unverified"))
    client.force_login(member.user)
    start, check = (reverse(f"auctions:{name}", args=[lot.number]) for name in ("register", "register_check"))
    pinned = client.get(start).context["agreement_sha256"]
    client.post(start, {"agreement_sha256": pinned, "accepts_agreement": "on"})
    page = client.post(check, {"agreement_sha256": pinned, "may_sign": "on"})
    assert page.status_code == 422
    assert len(page.context["form"].non_field_errors()) == 1
    with clock.at(lot.session.registration_until_at):
        late = client.post(check, {"agreement_sha256": pinned, "may_sign": "on"})
    assert late.status_code == 422


def test_withdrawing_after_the_start_is_refused_on_the_page(client):
    lot, member = open_lot(), accounts.member("bidder")
    registration = admitted(lot, member)
    client.force_login(member.user)
    away = reverse("auctions:registration_withdraw", args=[registration.pk])
    with clock.at(lot.floor.opens_at + timedelta(seconds=1)):
        assert client.post(away, {"reason": ""}).status_code == 422
    registration.refresh_from_db()
    assert registration.state == "admitted"


def test_members_of_others_find_no_registration(client):
    registration = admitted()
    for other in (accounts.member("bidder"), accounts.officer(), registration.lot.seller.memberships.first()):
        client.force_login(other.user)
        for name in ("registration_detail", "registration_withdraw"):
            assert client.get(reverse(f"auctions:{name}", args=[registration.pk])).status_code in (403, 404)


def test_party_is_told_of_the_deposit_and_the_admission_and_nobody_else(client):
    member = accounts.member("bidder")
    registration = applied(open_lot(), member)
    pay_deposit(registration)
    audit.deliver_pending()
    told = Notice.objects.filter(name__startswith="auctions.registration.")
    assert {(notice.user_id, notice.name.rpartition(".")[2]) for notice in told} == {
        (member.user_id, "ask_deposit"), (member.user_id, "admit"),
    }  # fmt: skip


def test_practice_is_open_to_everybody_who_is_signed_in_and_keeps_nothing(client):
    home = reverse("auctions:practice")
    assert client.get(home).status_code == 302
    client.force_login(accounts.UserFactory())
    amount = client.get(home).context["amounts"][0]
    check = client.get(reverse("auctions:practice_check"), {"amount": str(amount.yuan)})
    form = check.context["form"]
    sent = {"amount": str(amount.yuan), "seen_seq": "0", "key": form.initial["key"]}
    assert client.post(reverse("auctions:practice_bid"), sent).url == home
    assert client.get(home).context["position"]["tone"] == "success"
    assert client.post(reverse("auctions:practice_bid"), sent).status_code == 409
    assert client.get(reverse("auctions:practice_live")).context["room"]["seq"] == 1
    assert not Registration.objects.exists()
