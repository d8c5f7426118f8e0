"""The table of the rules about collusion: their names, sentences, and what may be harmless (pure)."""

from dataclasses import dataclass

from foundation.core.marks import _


@dataclass(frozen=True)
class Rule:
    """What a rule is called, what it found (filled with the evidence), and what may be harmless about it."""

    title: str
    sentence: str
    harmless: str


RULES = {
    "same_group": Rule(
        _("One group"),
        _("Two bidders belong to the same group of companies."),
        _("Affiliates may bid for purposes of their own; they may not agree on their bids."),
    ),
    "same_person": Rule(
        _("One person"),
        _("The same person may act for two bidders."),
        _("Somebody may have changed the employer and kept the old access."),
    ),
    "same_representative": Rule(
        _("One legal representative"),
        _("Two bidders have a legal representative of the same name, or one of them is the other's."),
        _("People may share a name; the business register tells them apart."),
    ),
    "same_contact": Rule(
        _("One contact"),
        _("Two bidders gave the same contact phone or the same e-mail domain."),
        _("A patent agency may be the contact of several clients."),
    ),
    "same_line": Rule(
        _("One line"),
        _("Two bidders signed in from the same network address."),
        _("Parks, universities and mobile networks share addresses."),
    ),
    "same_account": Rule(
        _("One account"),
        _("The deposits of two bidders came from the same bank account."),
        _("A parent company may pay for its subsidiary."),
    ),
    "in_step": Rule(
        _("Bids in step"),
        _("Two paddles answered each other {count} times in a row with equal increments within {seconds} seconds."),
        _("Two bidders who both watch the last minutes answer quickly anyway."),
    ),
    "late_second": Rule(
        _("A second for show"),
        _("There were two bidders; the second registered in the last {hours} hours and never bid above the start."),
        _("The price may simply have been too high."),
    ),
    "leader_gone": Rule(
        _("The leader went"),
        _("The winner did not perform, and the lot went to the underbidder {difference} lower."),
        _("The winner may have lost its financing; the deposit was forfeited."),
    ),
    "same_loser": Rule(
        _("Always second"),
        _("One party met the same other on {count} lots and lost every one of them to it."),
        _("The other may simply be stronger in this field."),
    ),
    "rotation": Rule(
        _("Taking turns"),
        _("The same parties met on {count} lots and won in turn."),
        _("Each may have wanted what it won."),
    ),
    "defaults": Rule(
        _("Repeated default"),
        _("One party won {count} lots of the season and did not perform."),
        _("It is barred from the next rounds of these lots."),
    ),
}
