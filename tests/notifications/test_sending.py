"""Mails wait for the mail server, keep their order, are tried again, and are never sent twice."""

import threading
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from foundation.core import clock
from notifications import services
from notifications.models import Dispatch
from notifications.services import sending

pytestmark = pytest.mark.django_db


class Server(EmailBackend):
    """A mail server that can be told what to do; counts what it was handed."""

    error = None
    only_for = None
    handed = []

    def send_messages(self, messages):
        for message in messages:
            Server.handed.append(message.extra_headers["Message-ID"])
            if Server.error and (Server.only_for is None or message.to == [Server.only_for]):
                raise Server.error
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.error, Server.only_for, Server.handed = None, None, []
    return Server


def letters(count=3):
    return [services.post_letter(address=f"a{n}@example.org", subject=f"Letter {n}", text="Text") for n in range(count)]


def due_now():
    Dispatch.objects.filter(state="waiting").update(next_try_at=clock.machine_now())


def test_mails_are_sent_in_order(server):
    letters(25)
    assert services.send_waiting() == 25
    assert [message.subject for message in mail.outbox] == [f"Letter {n}" for n in range(25)]
    assert services.send_waiting() == 0


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError("down"), SMTPServerDisconnected("gone"), TimeoutError("slow")]
)
def test_while_the_server_is_away_everything_waits_and_then_goes_out_once(server, error):
    made = letters()
    server.error = error
    for _try in range(40):
        services.send_waiting()
        due_now()
    assert set(Dispatch.objects.values_list("state", flat=True)) == {"waiting"}
    assert mail.outbox == []
    server.error = None
    due_now()
    assert services.send_waiting() == 3
    assert [message.subject for message in mail.outbox] == [letter.subject for letter in made]


def test_a_try_has_the_same_message_id_as_the_one_before(server):
    letters(1)
    server.error = ConnectionResetError("after the data")
    services.send_waiting()
    server.error = None
    due_now()
    services.send_waiting()
    assert len(server.handed) == 2 and len(set(server.handed)) == 1


def test_an_address_that_does_not_exist_stops_nobody_else(server):
    letters()
    server.error = SMTPRecipientsRefused({"a0@example.org": (550, b"no such user")})
    server.only_for = "a0@example.org"
    assert services.send_waiting() == 3
    assert list(Dispatch.objects.order_by("pk").values_list("state", flat=True)) == ["dead", "sent", "sent"]


def test_a_busy_mailbox_is_tried_again_while_the_others_are_served(server):
    letters()
    server.error = SMTPRecipientsRefused({"a0@example.org": (450, b"try later")})
    server.only_for = "a0@example.org"
    services.send_waiting()
    assert list(Dispatch.objects.order_by("pk").values_list("state", flat=True)) == ["waiting", "sent", "sent"]
    server.error = None
    due_now()
    assert services.send_waiting() == 1
    assert sorted(message.to[0] for message in mail.outbox) == [f"a{n}@example.org" for n in range(3)]


def test_what_a_killed_worker_had_claimed_goes_out_after_the_lease(server):
    letters(2)
    claimed = sending._claim()
    assert len(claimed) == 2
    assert services.send_waiting() == 0
    due_now()
    assert services.send_waiting() == 2


def test_a_line_break_in_a_subject_cannot_add_headers(server):
    services.post_letter(address="a@example.org", subject="Hello\r\nBcc: b@example.org", text="x")
    services.send_waiting()
    assert mail.outbox[0].subject == "Hello Bcc: b@example.org"
    assert mail.outbox[0].recipients() == ["a@example.org"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(server):
    letters(40)
    counts = []

    def work():
        counts.append(services.send_waiting())
        connection.close()

    threads = [threading.Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(counts) == 40
    assert len(server.handed) == len(set(server.handed)) == 40
