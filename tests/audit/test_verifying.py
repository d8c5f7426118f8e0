import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foundation import audit
from foundation.audit import canonical, feed, sealing
from foundation.audit.models import Event, Seal
from tests.factories.lamps import KEEPER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def events(committed_lamp):
    made = [audit.record(f"trials.lamp.{n}", subject=committed_lamp, actor=KEEPER, data={"n": n}) for n in range(4)]
    feed.place_events()
    return made


@pytest.fixture
def exported(events, tmp_path):
    out = StringIO()
    call_command("export_seal", "--now", stdout=out)
    path = tmp_path / "seals.json"
    path.write_text(out.getvalue())
    return path


def verify(*arguments):
    call_command("verify_audit", *arguments, stdout=StringIO())


def test_history_as_it_was_written_is_confirmed(exported):
    verify()
    verify("--seal", str(exported))


def test_a_changed_event_is_named(events, past_the_triggers):
    past_the_triggers("audit_event", f"UPDATE audit_event SET data = '{{\"n\": 9}}' WHERE seq = {events[1].seq}")
    with pytest.raises(CommandError, match=f"event {events[1].seq} .*contents were changed") as refusal:
        verify()
    assert refusal.value.returncode == 1


def test_a_removed_event_is_named_by_the_one_after_it(events, past_the_triggers):
    past_the_triggers("audit_eventposition", f"DELETE FROM audit_eventposition WHERE event_id = {events[1].seq}")
    past_the_triggers("audit_event", f"DELETE FROM audit_event WHERE seq = {events[1].seq}")
    with pytest.raises(CommandError, match=f"event {events[2].seq} .*does not follow"):
        verify()


def test_a_last_event_cut_off_is_found_by_the_seal(exported, events, past_the_triggers):
    past_the_triggers("audit_eventposition", f"DELETE FROM audit_eventposition WHERE event_id = {events[-1].seq}")
    past_the_triggers("audit_event", f"DELETE FROM audit_event WHERE seq = {events[-1].seq}")
    with pytest.raises(CommandError, match="seal of"):
        verify()


def test_a_chain_made_anew_as_a_whole_is_found_by_an_earlier_seal(exported, events, past_the_triggers):
    statements, before = [], ""
    for event in Event.objects.order_by("seq"):
        event.data["facts"] = {"n": 100}
        event.previous_hash = before
        before = canonical.event_hash(event)
        data = json.dumps(event.data)
        values = f"data = '{data}', previous_hash = '{event.previous_hash}', hash = '{before}'"
        statements.append(f"UPDATE audit_event SET {values} WHERE seq = {event.seq}")
    past_the_triggers("audit_event", *statements)
    seals = []
    head = ""
    for seal in Seal.objects.order_by("date"):
        last = seals[-1].head if seals else 0
        made = sealing.rolling(head, last, seal.head)
        past_the_triggers(
            "audit_seal", f"UPDATE audit_seal SET previous_hash = '{head}', hash = '{made}' WHERE id = {seal.pk}"
        )
        head = made
        seals.append(seal)
    verify()  # nothing inside shows it
    with pytest.raises(CommandError, match="exported"):
        verify("--seal", str(exported))


def test_a_day_is_sealed_once(events):
    assert len(sealing.seal_days()) == 1
    assert sealing.seal_days() == []
    assert Seal.objects.get().head == 4


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"seals": [1]}'])
def test_a_file_without_seals_is_refused(tmp_path, content):
    (tmp_path / "x").write_text(content)
    with pytest.raises(CommandError) as refusal:
        verify("--seal", str(tmp_path / "x"))
    assert refusal.value.returncode == 2
