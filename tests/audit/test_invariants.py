import json
from io import StringIO

import pytest
from django.core.management import call_command

from foundation import audit
from foundation.audit import invariants, wiring
from foundation.audit.models import Delivery
from foundation.core.handlers import HandlerTaken
from tests.factories.lamps import KEEPER, Lamp

pytestmark = pytest.mark.django_db(transaction=True)
STATE_OF_LAMPS = wiring.STATE_OF_EVENTS.format(table="trials_lamp", kind="trials.lamp", initial="off")


@pytest.fixture
def promises(monkeypatch, committed_lamp):
    monkeypatch.setattr(invariants, "_registered", {})
    invariants.register("I15", "Lamps are as their events say.", STATE_OF_LAMPS)
    invariants.register("I17", "Delivered.", wiring.UNTOLD)
    invariants.register("I17", "Placed.", wiring.UNPLACED)
    return committed_lamp


def broken():
    return [(finding.invariant.sentence, finding.count) for finding in invariants.check()]


def test_a_lawful_life_breaks_nothing(promises):
    audit.advance(promises, "switch_on", actor=KEEPER)
    audit.record("trials.lamp.cleaned", subject=promises, actor=KEEPER)
    assert broken() == []


def test_a_state_changed_past_the_triggers_is_found(promises, past_the_triggers):
    past_the_triggers("trials_lamp", "UPDATE trials_lamp SET state = 'broken'")
    assert broken() == [("Lamps are as their events say.", 1)]
    assert Lamp.objects.get().state == "broken"


def test_a_dead_letter_is_found(promises, listener):
    listener("wall", print)
    audit.record("trials.lamp.cleaned", subject=promises, actor=KEEPER)
    Delivery.objects.update(state="dead")
    assert broken() == [("Delivered.", 1)]


def test_an_event_without_its_place_is_found(promises, past_the_triggers):
    audit.record("trials.lamp.cleaned", subject=promises, actor=KEEPER)
    past_the_triggers("audit_eventposition", "DELETE FROM audit_eventposition")
    assert broken() == [("Placed.", 1)]


def test_the_command_prints_the_rows_and_fails(promises, past_the_triggers):
    past_the_triggers("trials_lamp", "UPDATE trials_lamp SET state = 'broken'")
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("check_invariants", stdout=out)
    assert end.value.code == 1
    assert f"id={promises.pk}, state=broken" in out.getvalue()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_invariants", "I15", json=True, stdout=out)
    assert [finding["id"] for finding in json.loads(out.getvalue())] == ["I15"]
    call_command("check_invariants", "I17", stdout=out)


def test_the_task_leaves_a_note_for_the_banner(promises, past_the_triggers):
    past_the_triggers("trials_lamp", "UPDATE trials_lamp SET state = 'broken'")
    assert invariants.check_and_note() == 1
    assert invariants.cache.get(invariants.NOTE) == ["I15"]


def test_the_same_promise_twice_is_refused(promises):
    with pytest.raises(HandlerTaken):
        invariants.register("I17", "Delivered.", wiring.UNTOLD)
