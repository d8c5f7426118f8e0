"""What the public front asks: figures, the latest declarations, the bulletin. Reads only what everybody may see."""

from datetime import timedelta

from django.db.models import Count, Q, QuerySet, Sum

from auctions.models import Lot
from auctions.queries import catalogue
from challenges.models import Challenge
from challenges.queries import catalogue as challenge_list
from foundation import audit
from foundation.audit.models import Event, Visibility
from foundation.core.clock import local_date
from licenses.lifecycle import ACTIVE
from licenses.models import Declaration, License
from licenses.queries import declarations, licenses
from patents.queries import patents

HOUR = 60  # minutes up to which the home page tells how long a license took
PUBLISHED = "licenses.declaration.published"
NEW_TERMS = "licenses.declaration.terms_changed"
ANNOUNCED = ("licenses.declaration.cnipa_announced", "licenses.declaration.cnipa_withdrawn")
SUSPENDED = ("licenses.declaration.suspend", "licenses.declaration.suspend_on_check")
REOPENED = ("licenses.declaration.reinstate", "licenses.declaration.cure", "licenses.declaration.adopt")
WITHDRAWN = "licenses.declaration.announce_withdrawal"
ENDED = ("licenses.declaration.expire", "licenses.declaration.terminate")
KINDS = {
    "published": (PUBLISHED,),
    "changed": (NEW_TERMS,),
    "announced": ANNOUNCED,
    "suspended": (*SUSPENDED, *REOPENED),
    "withdrawn": (WITHDRAWN, *ENDED),
}
CHALLENGES = {  # events of challenges that are announced
    "challenges": (
        "challenges.challenge.publish",
        "challenges.challenge.extend",
        "challenges.challenge.give_notice",
        "challenges.challenge.award_none",
        "challenges.challenge.cancel",
        "challenges.challenge.complete",
    )
}
KINDS |= CHALLENGES
BULLETIN = tuple(name for names in KINDS.values() for name in names)


def open_declarations() -> QuerySet[Declaration]:
    """The declarations that accept notices now, newest first, with what a row shows."""
    return declarations.with_details(taking_notices()).order_by("-published_at", "-pk")


def taking_notices() -> QuerySet[Declaration]:
    """Open and not suspended."""
    return declarations.open_offers().filter(suspended_at__isnull=True)


def figures() -> dict[str, int]:
    """The numbers of the home page: what can be taken, what of it is free, what the catalogue lists (the suspended
    offers too), granted patents, licenses that took effect."""
    opened = taking_notices()
    return {
        "listed": declarations.open_offers().count(),
        "open": opened.count(),
        "free": opened.filter(price_method="free").count(),
        "patents": patents.visible_to(None).count(),
        "licenses": License.objects.filter(effective_at__isnull=False).count(),
        **auction_figures(),
        **challenge_figures(),
    }


def auction_figures() -> dict[str, int]:
    """Lots on which bids are placed now, and lots that may be registered for."""
    stages = catalogue.STAGES
    return catalogue.public().aggregate(
        live=Count("pk", filter=Q(state__in=stages["live"])),
        upcoming=Count("pk", filter=Q(state__in=stages["upcoming"])),
    )


def challenge_figures() -> dict[str, int]:
    """Challenges that take proposals now, and their bounties together in fen."""
    found = challenge_list.public().filter(state__in=challenge_list.STAGES["open"])
    sums = found.aggregate(open_challenges=Count("pk"), open_bounty=Sum("bounty_fen"))
    return {name: value or 0 for name, value in sums.items()}


def challenges_now() -> QuerySet[Challenge]:
    """Challenges that take proposals, those that close next first."""
    rows = challenge_list.public().filter(state__in=challenge_list.STAGES["open"])
    return challenge_list.with_details(challenge_list.ordered(rows, challenge_list.Params()))


def challenges() -> QuerySet[Challenge]:
    """The published challenges, for the sitemap."""
    return challenge_list.public()


def challenges_of(events) -> dict[str, Challenge]:
    """The challenges that events are about, by number, in one query."""
    numbers = {event.subject_number for event in events if event.name in CHALLENGES["challenges"]}
    found = challenge_list.with_details(challenge_list.public().filter(number__in=numbers)) if numbers else ()
    return {challenge.number: challenge for challenge in found}


def lots_now_and_next() -> QuerySet[Lot]:
    """Lots on which bids are placed now, then those whose session comes next."""
    stages = catalogue.STAGES
    rows = catalogue.public().filter(state__in=[*stages["live"], *stages["upcoming"]])
    return catalogue.with_details(catalogue.ordered(rows, catalogue.Params()))


def recent_license() -> dict | None:
    """The three points of the most recent paid license, without its parties; None where there is none."""
    found = licenses.latest_public()
    if found is None or found.effective_at is None or found.notice_delivered_at is None:
        return None
    taken = found.effective_at - found.notice_delivered_at
    minutes = max(1, round(taken / timedelta(minutes=1)))
    one_day = local_date(found.notice_delivered_at) == local_date(found.effective_at)
    return {"license": found, "patent": found.patent, "minutes": minutes if minutes <= HOUR else 0, "one_day": one_day}


def bulletin(kind: str = "") -> QuerySet[Event]:
    """Public events of publication, new terms, suspension and withdrawal, by their day, newest first."""
    names = KINDS.get(kind, BULLETIN)
    return Event.objects.filter(name__in=names, visibility=Visibility.PUBLIC).order_by("-occurred_at", "-seq")


def declarations_of(events) -> dict[str, Declaration]:
    """The declarations that events are about, by number, with their patents, in one query."""
    numbers = {event.subject_number for event in events if event.subject_number}
    found = declarations.public().filter(number__in=numbers).defer("search_vector").select_related("patent", "patentee")
    return {declaration.number: declaration for declaration in found if declaration.number}


def organization_figures(membership) -> dict[str, int]:
    """Patents, open declarations, and licenses in force on either side, of the member's organization."""
    organization = membership.organization_id
    in_force = License.objects.filter(state__in=ACTIVE)
    return {
        "patents": patents.owned_by(organization).count(),
        "declarations": Declaration.objects.filter(patentee=organization, state="published").count(),
        "granted": in_force.filter(licensor=organization).count(),
        "taken": in_force.filter(licensee=organization).count(),
    }


def recent_events(membership, length: int = 6) -> list[Event]:
    """The newest events that concern the member's organization (the administration: all) and have words."""
    found = audit.queries.visible_to(membership).filter(name__in=audit.phrases.registered())
    if not membership.is_administration:
        own = membership.organization_id
        found = found.filter(Q(party_ids__contains=[own]) | Q(actor_organization_id=own))
    return list(found.order_by("-occurred_at", "-seq")[:length])


def lots() -> QuerySet[Lot]:
    """The announced lots, for the sitemap."""
    return catalogue.public()
