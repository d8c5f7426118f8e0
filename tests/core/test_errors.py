from django.utils.translation import gettext_lazy as _

from foundation.core.errors import DomainError, Invalid, NotPossibleNow
from foundation.core.lifecycle import UnlawfulMove
from foundation.core.money import Money


class BidTooLow(DomainError):
    code = "bid_too_low"
    field = "amount"
    message = _("Bid at least {minimum}.")


def test_a_refusal_fills_its_values_into_its_sentence():
    refusal = BidTooLow(minimum=Money(12300))
    assert (refusal.sentence, refusal.field, refusal.status) == ("Bid at least ¥123.00.", "amount", 409)
    assert refusal.extra == {"minimum": Money(12300)}


def test_a_missing_value_does_not_break_the_sentence():
    assert BidTooLow().sentence == "Bid at least {minimum}."


def test_a_field_can_be_named_when_raising():
    refusal = Invalid("No.", field="years")
    assert (refusal.field, refusal.sentence, refusal.status) == ("years", "No.", 400)


def test_an_unlawful_move_is_a_refusal_with_a_sentence():
    refusal = NotPossibleNow(lifecycle="lamp", state="on", move="fly", label="Lit")
    assert isinstance(refusal, UnlawfulMove)
    assert "Lit" in refusal.sentence
