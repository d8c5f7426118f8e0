"""Who is told about challenges from the draft to the end of the call. Nobody is told here of a proposal."""

from django.urls import reverse

from accounts import queries as accounts
from approvals.queries import open_review_of
from challenges.lifecycle import PUBLIC
from challenges.models import Challenge, NdaSignature, Opinion
from challenges.rules import is_officer
from challenges.services.checks import EXPERT, FORMAL
from foundation.core.marks import _
from notifications import notices

FIRM = _("Your organization handed this challenge in.")
OFFICE = _("You conduct the list.")
ASKED = _("You were asked for an opinion on this challenge.")
SIGNED = _("Your organization signed the non-disclosure agreement of this challenge.")

# event (without "challenges.challenge."), who is told, subject
TABLE = [
    ("submit", ("office",), _("A challenge was handed in for season {season}")),
    ("resubmit", ("office",), _("The correction of a challenge was submitted")),
    ("return", ("firm",), _("Your challenge was returned for correction")),
    ("lapse", ("firm",), _("Your challenge was not corrected in time")),
    ("refuse", ("firm",), _("Your challenge was refused")),
    ("pass_formal", ("firm", "office"), _("A challenge passed the formal check")),
    ("approve", ("firm",), _("Your challenge {number} was approved: secure the bounty")),
    ("publish", ("firm", "office"), _("Challenge {number} is in the list")),
    ("opinion_asked", ("asked",), _("Your opinion on a challenge is asked for")),
    ("opinion_declined", ("office",), _("An expert stepped back from a challenge: ask another one")),
    ("opinion_given", ("office",), _("An expert gave an opinion on a challenge")),
    ("asked", ("firm",), _("A question about challenge {number}")),
    ("answered", ("signed",), _("A question about challenge {number} was answered")),
    ("extend", ("firm", "signed"), _("The deadline of challenge {number} was extended")),
    ("close", ("firm", "office"), _("Challenge {number} is closed for proposals")),
    ("not_secured", ("firm", "office"), _("Challenge {number} ended: its bounty was not secured in time")),
    ("cancel", ("firm", "office", "signed"), _("Challenge {number} was cancelled")),
    ("award_none", ("firm", "office"), _("Challenge {number} ended without an award")),
    ("end_without", ("firm",), _("Challenge {number} ended without a proposal")),
]


def _firm(challenge, event):
    for membership in accounts.members_of(challenge.owner_id, "take_license"):
        yield membership.user_id, FIRM


def _office(challenge, event):
    for membership in accounts.officers_for(None):
        if membership.organization_id != challenge.owner_id:
            yield membership.user_id, OFFICE


def _asked(challenge, event):
    opinion = Opinion.objects.filter(challenge=challenge, expert=event.facts.get("expert")).last()
    if opinion is not None:
        yield opinion.expert.user_id, ASKED


def _signed(challenge, event):
    for organization_id in NdaSignature.objects.filter(challenge=challenge).values_list("organization", flat=True):
        for membership in accounts.members_of(organization_id, "declare"):
            yield membership.user_id, SIGNED


GROUPS = {"firm": _firm, "office": _office, "asked": _asked, "signed": _signed}


def recipients_of(groups):
    """Who is told of an event; each person once, by the first group it belongs to; nobody of what they did."""

    def recipients(event):
        challenge = Challenge.objects.filter(pk=event.subject_id).first()
        told = {}
        for group in groups if challenge is not None else ():
            for user_id, why in GROUPS[group](challenge, event):
                told.setdefault(user_id, why)
        told.pop(event.actor_user_id, None)
        yield from told.items()

    return recipients


def url_for(event, user) -> str:
    """The case for the office, the question for an expert, the challenge for the others."""
    challenge = Challenge.objects.filter(pk=event.subject_id).first()
    if challenge is None:
        return reverse("challenges:challenge_list")
    if challenge.state in PUBLIC and challenge.published_at is not None:
        return challenge.get_absolute_url()
    memberships = list(accounts.memberships_of(user))
    if any(one.organization_id == challenge.owner_id for one in memberships):
        return reverse("challenges:challenge_task_list", args=[challenge.pk])
    if any(is_officer(one) for one in memberships):
        review = open_review_of(FORMAL, challenge) or open_review_of(EXPERT, challenge)
        return review.get_absolute_url() if review else reverse("challenges:challenge_opinions", args=[challenge.pk])
    return reverse("challenges:opinion_list")


def install() -> None:
    """Register every row of the table."""
    for name, groups, subject in TABLE:
        notices.register(
            f"challenges.challenge.{name}",
            recipients=recipients_of(groups),
            subject=subject,
            template="notices/challenges/challenge.txt",
            url_for=url_for,
        )
