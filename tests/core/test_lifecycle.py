from enum import StrEnum

import pytest

from foundation.core.lifecycle import Lifecycle, TableInvalid, UnlawfulMove


class State(StrEnum):
    OFF = "off"
    ON = "on"
    BROKEN = "broken"


MOVES = [
    ("switch_on", (State.OFF,), State.ON, "keeper", "Switch on"),
    ("switch_off", State.ON, State.OFF, ("keeper", "clock"), "Switch off"),
    ("drop", (State.OFF, State.ON), State.BROKEN, "system", "Drop"),
]
LAMP = Lifecycle(
    "lamp", State, State.OFF, MOVES, permits={State.ON: {"read"}}, labels={State.ON: "Lit"}, final=(State.BROKEN,)
)


def test_a_move_leads_where_the_table_says():
    assert LAMP.target("off", "switch_on") is State.ON
    assert [move.name for move in LAMP.moves_from("on")] == ["switch_off", "drop"]
    assert LAMP.move("on", "switch_off").by == ("keeper", "clock")


def test_every_move_that_is_not_in_the_table_is_refused():
    lawful = {("off", "switch_on"), ("on", "switch_off"), ("off", "drop"), ("on", "drop")}
    for state in State:
        for name in ("switch_on", "switch_off", "drop", "fly"):
            if (state, name) not in lawful:
                with pytest.raises(UnlawfulMove):
                    LAMP.target(state, name)


def test_states_permit_what_the_table_says():
    assert LAMP.permits("on", "read")
    assert not LAMP.permits("off", "read")
    assert LAMP.permitting("read") == [State.ON]
    assert LAMP.choices() == [("off", "off"), ("on", "Lit"), ("broken", "broken")]
    assert LAMP.pairs() == [("off", "broken"), ("off", "on"), ("on", "broken"), ("on", "off")]


def test_the_table_prints_itself():
    assert "| switch_off | on | off | keeper, clock | Switch off |" in LAMP.as_table()
    assert LAMP.as_mermaid().splitlines()[:3] == ["stateDiagram-v2", "    [*] --> off", "    off --> on: switch_on"]
    assert "('off', 'on')" in LAMP.as_trigger_sql("lamps")


@pytest.mark.parametrize(
    ("moves", "final", "fault"),
    [
        ([*MOVES, ("fly", (State.ON,), "moon", "keeper", "")], (), "unknown states"),
        ([*MOVES, ("drop", (State.ON,), State.OFF, "keeper", "")], (), "stands twice"),
        (MOVES[:2], (), "nothing leads to"),
        ([*MOVES, ("mend", (State.BROKEN,), State.OFF, "keeper", "")], (State.BROKEN,), "leave the final states"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(moves, final, fault):
    with pytest.raises(TableInvalid, match=fault):
        Lifecycle("lamp", State, State.OFF, moves, final=final)
