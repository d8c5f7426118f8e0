"""An event is told to whom it concerns: once on the site, once by mail, in their language."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts import services as accounts
from foundation import audit
from foundation.audit.models import Delivery
from notifications import catalog, services
from notifications.models import Dispatch, Notice
from notifications.models.messages import Channel
from tests.factories import accounts as cast
from tests.factories.notifications import happened

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return cast.member("owner", user=cast.UserFactory(language="en", name="Ann & Bob"))


def deliver():
    """Everything the outbox holds, and every mail that waits."""
    audit.deliver_pending()
    return services.send_waiting()


def test_an_event_makes_one_notice_and_one_mail(owner):
    happened(owner.organization, cast.officer())
    assert deliver() == 1
    notice = Notice.objects.get()
    assert (notice.user, notice.read_at) == (owner.user, None)
    (sent,) = mail.outbox
    assert sent.to == [owner.user.email]
    assert sent.subject == "Your organization is verified"
    assert sent.body.startswith("Hello Ann & Bob,\n\nThe province has verified your organization.")
    assert "Why you got this: You keep the details of this organization." in sent.body
    assert "http://127.0.0.1:8000/organization/verification/" in sent.body
    html, kind = sent.alternatives[0]
    assert kind == "text/html" and 'lang="en"' in html and "Ann &amp; Bob" in html


def test_the_mail_is_in_the_language_its_reader_chose(owner):
    owner.user.language = "zh-hans"
    owner.user.save()
    happened(owner.organization, cast.officer())
    deliver()
    assert mail.outbox[0].subject == "贵单位已通过核验"
    assert mail.outbox[0].body.startswith("Ann & Bob，您好：")
    assert 'lang="zh-Hans"' in mail.outbox[0].alternatives[0][0]


def test_delivering_an_event_again_tells_nobody_twice(owner):
    event = happened(owner.organization, cast.officer())
    deliver()
    Delivery.objects.update(state="pending", next_try_at="2020-01-01T00:00Z")
    deliver()
    services.notify(event)
    assert services.send_waiting() == 0
    assert (Notice.objects.count(), Dispatch.objects.count(), len(mail.outbox)) == (1, 1, 1)


def test_only_those_concerned_are_told(owner):
    cast.member("inventor", organization=owner.organization)
    cast.member("owner", organization=owner.organization, is_active=False)
    cast.member("owner", organization=owner.organization, user=cast.UserFactory(is_active=False))
    cast.member("owner")
    happened(owner.organization, cast.officer())
    deliver()
    assert [notice.user for notice in Notice.objects.all()] == [owner.user]


@pytest.mark.parametrize(
    ("wanted", "notices", "mails"),
    [
        ({("accounts", "inbox")}, 1, 0),
        ({("accounts", "email")}, 0, 1),
        (set(), 0, 0),
        ({("accounts", "inbox"), ("accounts", "email")}, 1, 1),
    ],
)
def test_each_topic_is_switched_by_channel(owner, wanted, notices, mails):
    services.set_preferences(user=owner.user, wanted=wanted)
    happened(owner.organization, cast.officer())
    deliver()
    assert (Notice.objects.count(), len(mail.outbox)) == (notices, mails)


def test_an_invitation_is_sent_to_the_address_with_a_link_that_works(client, owner):
    accounts.invite(organization=owner.organization, email="new@example.org", role="bidder", actor=owner, language="en")
    deliver()
    (sent,) = mail.outbox
    assert sent.to == ["new@example.org"]
    assert sent.subject == "You are invited to join an organization"
    link = next(line for line in sent.body.splitlines() if "/invitations/" in line)
    page = client.get(link.removeprefix("http://127.0.0.1:8000"))
    assert page.status_code == 200
    assert "as: Bidder" in sent.body
    assert link not in str(list(audit.timeline(owner.organization, owner).values()))


def test_a_letter_of_the_account_goes_through_the_outbox_and_its_text_is_erased(client):
    user = cast.UserFactory(language="en")
    client.post(reverse("account_reset_password"), {"email": user.email})
    waiting = Dispatch.objects.get()
    assert waiting.kind == "letter" and mail.outbox == []
    assert services.send_waiting() == 1
    assert "/user/password/reset/key/" in mail.outbox[0].body
    waiting.refresh_from_db()
    assert (waiting.state, waiting.text, waiting.html) == ("sent", "", "")


def test_every_notice_is_complete():
    for spec in catalog.everything():
        assert spec.subject, spec.event_name
        assert spec.topic in catalog.TOPICS, spec.event_name


def test_the_inbox_counts_opens_and_marks(client, owner):
    for _event in range(3):
        happened(owner.organization, cast.officer())
    audit.deliver_pending()
    client.force_login(owner.user)
    page = client.get(reverse("notifications:list"))
    assert page.context["unread"] == 3
    first = Notice.objects.filter(user=owner.user).first()
    answer = client.get(reverse("notifications:open", args=[first.pk]))
    assert answer["Location"] == reverse("accounts:verification")
    assert len(client.get(reverse("notifications:list"), {"unread": "1"}).context["rows"]) == 2
    client.post(reverse("notifications:mark_all_read"))
    assert client.get(reverse("notifications:list")).context["unread"] == 0


def test_another_persons_notice_is_not_found(client, owner):
    happened(owner.organization, cast.officer())
    audit.deliver_pending()
    client.force_login(cast.member("owner").user)
    notice = Notice.objects.get()
    assert client.get(reverse("notifications:open", args=[notice.pk])).status_code == 404
    assert client.get(reverse("notifications:list")).context["rows"] == []


@pytest.mark.parametrize("name", ["list", "preferences", "searches"])
def test_visitors_sign_in_first(client, name):
    assert client.get(reverse(f"notifications:{name}"))["Location"].startswith("/user/login/")


def test_preferences_are_kept_and_nonsense_is_ignored(client, owner):
    client.force_login(owner.user)
    address = reverse("notifications:preferences")
    assert client.get(address).status_code == 200
    answer = client.post(address, {"on": ["accounts:inbox", "nonsense", "a:b:c", ":"]})
    assert answer.status_code == 302
    rows = {row["topic"]: row["channels"] for row in client.get(address).context["rows"]}
    assert [channel["on"] for channel in rows["accounts"]] == [True, False]
    assert set(Channel.values) == {"inbox", "email"}


def test_the_inbox_asks_the_same_number_of_queries_for_one_and_three(client, owner, django_assert_num_queries):
    client.force_login(owner.user)
    happened(owner.organization, cast.officer())
    audit.deliver_pending()
    address = reverse("notifications:list")
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)
    for _more in range(2):
        happened(owner.organization, cast.officer())
    audit.deliver_pending()
    with django_assert_num_queries(6):
        assert len(client.get(address).context["rows"]) == 3
