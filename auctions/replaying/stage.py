"""What a replay needs on the stage: a season by its rules, a seller, bidders, lots, and deposits that arrived."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import Kind, Membership, Organization, User
from auctions import agreement
from auctions.models import Lot, Registration, Season, Session
from auctions.replaying.files import Recorded
from auctions.services import opening, registering
from foundation import audit
from foundation.core import clock, numbering
from foundation.core.actors import SYSTEM
from settlement import services as settlement
from settlement.gateways.base import SUCCEEDED, BankEvent
from settlement.models import Payment

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STAGES = ("announce", "collect", "select", "promote", "start_bidding")
# increment one fen, no grid, no upper limit, the leader may raise its own bid
RULES = {"increments": [[None, 1]], "commissions": [], "max_steps": None, "on_grid": False, "own_raise": True,
         "deposit_bp": 500}  # fmt: skip


class Stage:
    """One replay: its season and its cast. Organizations of earlier replays act again."""

    def __init__(self, begins: datetime):
        self.officer = _member("officer", "provincial_officer", Kind.ADMINISTRATION)
        self.seller = _member("seller", "owner", Kind.FOREIGN_COMPANY)
        self.bidders: dict[str, Membership] = {}
        self.lots = 0
        with clock.at(begins - DAY), transaction.atomic():
            self.season = self._season()

    def _season(self) -> Season:
        number = 1 + Season.objects.filter(code__startswith="R").count()
        season = Season.objects.create(
            code=f"R{number:05d}", title_zh_hans=f"历史竞价重放 {number}", title_en=f"Replay {number}", **RULES
        )
        for move in STAGES:
            audit.advance(season, move, actor=self.officer)
        return season

    def bidder(self, name: str) -> Membership:
        """Whoever bids under this name, in every auction."""
        if name not in self.bidders:
            self.bidders[name] = _member(name, "bidder", Kind.FOREIGN_COMPANY)
        return self.bidders[name]

    def lot(self, recorded: Recorded) -> Lot:
        """A lot with its floor, open for registration; inside the caller's transaction and moment."""
        self.lots += 1
        session = self._session(recorded)
        lot = Lot.objects.create(
            season=self.season,
            session=session,
            seller=self.seller.organization,
            proposed_by=self.seller.user,
            subject="project",
            title_zh_hans=recorded.title[:300],
            title_en=recorded.title[:300],
            start_fen=recorded.opening,
            number=numbering.with_check(f"{settings.KAIXU_PROVINCE_PREFIX}PA-{self.season.code}-{self.lots:04d}"),
        )
        audit.advance(lot, "submit", actor=self.seller)
        audit.advance(lot, "select", actor=self.officer)
        audit.advance(lot, "announce", actor=SYSTEM, visibility="public")
        opening.open_floor(lot=lot, session=session)
        return audit.advance(lot, "open_registration", actor=SYSTEM, visibility="public")

    def _session(self, recorded: Recorded) -> Session:
        day = clock.local_date(recorded.opens_at)
        session = Session.objects.create(
            season=self.season,
            position=self.lots,
            viewing_from=day - 3 * DAY,
            viewing_until=day,
            registration_until_at=recorded.opens_at,
            starts_at=recorded.opens_at,
            planned_ends_at=recorded.ends_at,
        )
        return audit.advance(session, "publish_notice", actor=self.officer, visibility="public")

    def admit(self, lot: Lot, name: str) -> tuple[Registration, Membership]:
        """Register somebody and let the deposit arrive: held, admitted, with a paddle."""
        member = self.bidder(name)
        made = registering.register(lot=lot, actor=member, agreement_sha256=agreement.sha256_of(lot.season))
        payment = settlement.begin_payment(obligation=made.obligation, actor=SYSTEM, key=f"replay:{made.pk}")
        outcome = settlement.take_event(provider=payment.provider, event=_arrived(payment))
        if outcome != "accepted":
            raise RuntimeError(f"the deposit of registration {made.pk} was not taken: {outcome}")
        made.refresh_from_db()
        return made, member


def _arrived(payment: Payment) -> BankEvent:
    """What the bank says when the money is there."""
    return BankEvent(
        event_id=f"replay-{payment.pk}",
        type=SUCCEEDED,
        order_id=payment.order_id,
        transaction_id=f"RP{payment.pk}",
        amount=payment.amount,
        occurred_at=clock.database_now(),
    )


@transaction.atomic
def _member(name: str, role: str, kind: str) -> Membership:
    """A member without a password in an organization of its own; the same at every replay."""
    email = f"{name}@replay.example"
    found = Membership.objects.filter(user__email=email, role=role).select_related("organization", "user").first()
    if found is not None:
        return found
    organization = Organization.objects.filter(kind=kind).first() if kind == Kind.ADMINISTRATION else None
    if organization is None:
        abroad = {"foreign_registration": f"REPLAY-{name}", "country": "US"} if kind == Kind.FOREIGN_COMPANY else {}
        organization = Organization.objects.create(kind=kind, name=f"Replay {name}", name_en=f"Replay {name}", **abroad)
        audit.advance(organization, "enroll", actor=SYSTEM)
    user = User.objects.create_user(email, name=f"Replay {name}", language="en")
    return Membership.objects.create(user=user, organization=organization, role=role)
