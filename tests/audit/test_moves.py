from datetime import UTC, datetime

import pytest

from foundation import audit
from foundation.audit import checks
from foundation.audit.models import Event
from foundation.core.actors import CLOCK, SYSTEM
from foundation.core.errors import NotAllowed, NotPossibleNow, StateChanged
from tests.factories.lamps import KEEPER, STRANGER, Lamp

MOMENT = datetime(2026, 5, 1, tzinfo=UTC)


def test_a_move_changes_the_state_and_records_it_once(lamp):
    assert audit.advance(lamp, "switch_on", actor=KEEPER, reason="dark", now=MOMENT, set={"watts": 60}) is lamp
    kept = Lamp.objects.get()
    assert (lamp.state, lamp.watts, kept.state, kept.watts, kept.state_since) == ("on", 60, "on", 60, MOMENT)
    event = Event.objects.get()
    assert (event.name, event.reason, event.actor_user_id) == ("trials.lamp.switch_on", "dark", 7)
    assert (event.data["before"], event.data["after"]) == ({"state": "off"}, {"state": "on"})


def test_a_move_that_is_not_in_the_table_is_refused_with_a_sentence(lamp):
    with pytest.raises(NotPossibleNow) as refusal:
        audit.advance(lamp, "switch_off", actor=KEEPER)
    assert "Unlit lamp" in refusal.value.sentence
    assert not Event.objects.exists()


@pytest.mark.parametrize("actor", [STRANGER, SYSTEM, CLOCK, None])
def test_whom_the_table_does_not_name_may_not_move(lamp, actor):
    with pytest.raises(NotAllowed):
        audit.advance(lamp, "switch_on", actor=actor)
    assert Lamp.objects.get().state == "off"


def test_people_may_not_make_the_moves_of_the_clock(lamp):
    with pytest.raises(NotAllowed):
        audit.advance(lamp, "wear_out", actor=KEEPER)
    assert audit.advance(lamp, "wear_out", actor=CLOCK).state == "broken"


def test_who_comes_second_is_told_so(lamp):
    stale = Lamp.objects.get()
    audit.advance(lamp, "switch_on", actor=KEEPER)
    with pytest.raises(StateChanged):
        audit.advance(stale, "switch_on", actor=KEEPER)
    assert Event.objects.count() == 1


def test_a_record_that_fails_leaves_object_and_row_as_they_were(lamp):
    with pytest.raises(TypeError):
        audit.advance(lamp, "switch_on", actor=KEEPER, data={"bad": 0.5}, set={"watts": 60})
    assert (lamp.state, lamp.watts, Lamp.objects.get().state) == ("off", 10, "off")


def test_the_buttons_are_the_lawful_and_allowed_moves(lamp):
    assert [action.name for action in audit.actions_for(KEEPER, lamp)] == ["switch_on"]
    assert audit.actions_for(STRANGER, lamp) == []
    assert [action.name for action in audit.actions_for(CLOCK, lamp)] == ["wear_out"]
    assert audit.actions_for(None, lamp) == []


def test_start_up_names_a_move_without_a_rule(monkeypatch):
    monkeypatch.setattr(checks, "stateful_models", lambda: [Lamp])
    assert checks.moves_have_rules(None) == []
    monkeypatch.setattr(checks.rules, "rule_exists", lambda name: False)
    assert [error.msg for error in checks.moves_have_rules(None)] == [
        "trials.Lamp: switch_on is made by trials.keeper, which is no rule",
        "trials.Lamp: switch_off is made by trials.keeper, which is no rule",
    ]
