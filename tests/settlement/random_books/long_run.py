"""The long run: acts thrown evenly, most of them toward the verbs that took effect least; every step is checked."""

from collections import defaultdict
from random import Random

from tests.settlement.random_books.dice import ACTS
from tests.settlement.random_books.machine import Acts
from tests.settlement.random_books.world import DONE

CHAINS = (  # acts that lead deep into a process; each throw takes one of each step
    ("owe_and_pay", "open_dispute", "answer_dispute", "offer", "answer_offer"),
    ("owe_and_pay", "open_dispute", "answer_dispute", "go_to_court", "go_to_court", "rule_on_it end_dispute"),
    ("earn", "confirm_distribution", "publish_distribution", "end_notice object_to_distribution", "end_notice",
     "note_payout", "collect", "decide_run", "carry_out", "note_payout"),
    ("earn", "collect", "decide_run change_run", "decide_run", "carry_out", "answer_payout line_confirms",
     "answer_payout", "clear_payout", "finish_runs"),
    ("owe_and_pay", "ask_back", "answer_request", "decide_request", "answer_refund", "answer_refund",
     "follow_requests"),
    ("deposit", "accept_milestone capture", "set_off forfeit", "forfeit expire_hold give_back"),
    ("enter_own", "reverse_entry", "decide_entry"),
    ("line_in", "assign_line reverse_line", "send_refund", "line_confirms"),
    ("plan", "charge_for_lateness", "pay_late end pay_too_little", "allocate_part"),
    ("pay_what_nobody_knows", "resolve", "decide_case", "answer_refund", "retry_refund"),
    ("owe_and_pay", "object_to_release freeze", "settle_objection unfreeze"),
    ("owe_and_pay", "refund_part", "refund_whole", "answer_refund", "retry_refund"),
    ("earn", "recompute cancel_distribution"),
    ("earn", "sweep"),
    ("owe_and_pay", "open_dispute", "end_dispute"),
    ("owe_and_pay", "ask_back", "answer_request"),
    ("owe", "pay_too_much pay_too_little", "resolve"),
    ("owe", "pay_late"),
    ("owe", "allocate_whole", "withdraw"),
    ("owe", "transfer", "allocate_part", "withdraw"),
    ("owe", "end"),
    ("owe", "line_in", "assign_line return_line reverse_line"),
    ("owe", "line_of_last_month", "assign_line return_line"),
    ("deposit", "expire_hold give_back set_off forfeit capture"),
    ("close_month", "line_of_last_month close_month", "close_month"),
    ("owe_and_pay", "release", "collect", "decide_run", "carry_out", "line_confirms answer_payout", "answer_payout"),
    ("owe_and_pay", "refund_whole", "send_refund", "line_confirms answer_refund"),
    ("owe_and_pay", "pay_twice", "answer_refund"),
    ("owe_and_pay", "repeat"),
    ("owe_and_pay", "ask_back", "decide_request"),
    ("deposit", "set_off"),
)  # fmt: skip
VERBS = frozenset(
    """open; schedule; pay exactly; pay too little; pay too much; pay late; pay twice; repeat a message;
    pay for an unknown order; bank receipt; allocate whole; allocate part; withdraw; hold; capture; capture a milestone;
    release a hold; forfeit; expire a hold; set off; charge until a day; late fee; release; freeze; lift; object;
    settle an objection; refund a part; refund the whole; ask back; grant a request; refuse a request; refund done;
    refund failed; retry a refund; collect a run; submit a run; decide about a run; send a run; carry out a run;
    payout.succeeded: done; payout.failed: failed; payout.returned: failed; clear a payout; confirm a distribution;
    publish a distribution; agree on a distribution; recompute; note a payout of inventors; book a charge;
    reverse an entry; sweep; open a dispute; answer a dispute; split a dispute; carry out a ruling; withdraw a dispute;
    line matched; line queued; line reversed; line of last month; assign a line; return a line; line confirms: refund;
    line confirms: payout; close a month; reopen a month; resolve a case: assign; resolve a case: refund;
    cancel a debt; expire a debt""".replace("\n", " ")
    .replace("    ", "")
    .split("; ")
)
LED_TO: dict[str, set[tuple[str, ...]]] = defaultdict(set)


RARE = 12  # so many of the verbs that took effect least are helped


def rarest() -> list[str]:
    """The verbs, those that took effect least first."""
    return sorted(VERBS, key=lambda verb: (DONE[verb], verb))


def choose(dice: Random) -> tuple[str, ...]:
    """One act or a chain of acts, by chance or because it led to a rare verb before."""
    ways = sorted(LED_TO[dice.choice(rarest()[:RARE])])
    if ways and dice.random() < 0.7:
        return dice.choice(ways)
    return (dice.choice(sorted(ACTS)),) if dice.random() < 0.4 else dice.choice(CHAINS)


def long_run(acts: int, seed: int) -> None:
    """So many acts in one run; then everything is rolled back. A failure names all acts that led to it."""
    dice, stage, script = Random(seed), Acts(), []
    stage.raise_curtain()
    try:
        while len(script) < acts:
            chosen, before = choose(dice), DONE.copy()
            for step in chosen:
                script.append((dice.choice(step.split()), dice.getrandbits(32)))
                stage.does(*script[-1])
            if len(chosen) > 1:  # a single act needs what others did before
                for verb in (DONE - before).keys() & VERBS:
                    LED_TO[verb].add(chosen)
    except Exception as error:
        error.add_note(f"replay({script})")
        raise
    finally:
        stage.drop_curtain()


def replay(script: list[tuple[str, int]]) -> None:
    """The acts of a run that failed, once more."""
    stage = Acts()
    stage.raise_curtain()
    try:
        for name, seed in script:
            stage.does(name, seed)
    finally:
        stage.drop_curtain()
