"""The machine: every act in any order, and after each call of a service every promise."""

from random import Random
from types import SimpleNamespace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from settlement import services
from tests.factories.payouts import review_of
from tests.settlement.random_books.banking import Banking
from tests.settlement.random_books.dice import ACTS
from tests.settlement.random_books.holding import Holding
from tests.settlement.random_books.outgoing import Outgoing
from tests.settlement.random_books.receipts import Receipts
from tests.settlement.random_books.sharing import Sharing
from tests.settlement.random_books.world import DONE, Stage


class Acts(Receipts, Holding, Outgoing, Sharing, Banking, Stage):
    """All verbs of money."""

    releasing = staticmethod(services.release)

    def does(self, name: str, seed: int) -> None:
        """One act, with arguments thrown from a seed."""
        dice = Random(seed)
        getattr(self, name)(**{argument: throw(dice) for argument, throw in ACTS[name].items()})

    def count(self, verb: str) -> None:
        """A verb had its effect."""
        DONE[verb] += 1

    def decides(self, verb: str, service, subject, outcome: str) -> None:
        """A second person decides."""
        decision = SimpleNamespace(outcome=outcome, text="So be it.")
        self.attempt(verb, service, review=review_of(subject), decision=decision, actor=self.cast.officer)


class Books(Acts, RuleBasedStateMachine):
    """The acts as Hypothesis chooses and shrinks them."""

    @initialize()
    def begin_run(self):
        self.raise_curtain()

    @rule(name=st.sampled_from(sorted(ACTS)), seed=st.integers(0, 2**32 - 1))
    def does_something(self, name, seed):
        self.does(name, seed)

    def teardown(self):
        self.drop_curtain()
