"""What officers decide about a sale, each with a second person, and what somebody objects to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from auctions.models.sale import Sale
from foundation.core.models import AwareDateTimeField, Stamped


def _two_persons(name: str, *, maker: str, answer: str) -> list[models.CheckConstraint]:
    """Who decides is somebody, and nobody who made it (four eyes)."""
    open_still = Q(decided_at__isnull=True, decided_by__isnull=True, **{f"{answer}__isnull": True})
    decided = Q(decided_at__isnull=False, decided_by__isnull=False, **{f"{answer}__isnull": False})
    return [
        models.CheckConstraint(
            condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F(maker)), name=f"{name}_two_persons"
        ),
        models.CheckConstraint(condition=open_still | decided, name=f"{name}_decided_by_somebody"),
    ]


class SaleObjection(Stamped):
    """Somebody objects to a sale; while it is open, no transfer is filed and no money is released."""

    sale = models.ForeignKey(Sale, models.PROTECT, related_name="objections")
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=2000)
    raised_at = AwareDateTimeField()
    decided_at = AwareDateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    upheld = models.BooleanField(null=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        verbose_name = _("Objection to a sale")
        constraints = [
            models.UniqueConstraint(
                fields=["sale", "organization"],
                condition=Q(decided_at__isnull=True),
                name="auctions_one_open_objection_a_party",
            ),
            *_two_persons("auctions_objection", maker="raised_by", answer="upheld"),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"


class Ruling(Stamped):
    """An officer proposes how a sale ends against its course; another person decides (four eyes, I16)."""

    class Act(models.TextChoices):
        FORFEIT = "forfeit", _("Forfeit the deposit")
        ANNUL = "annul", _("Annul the sale")
        SELLER_DEFAULT = "seller_default", _("Find the seller in default")

    class Then(models.TextChoices):
        UNDERBIDDER = "underbidder", _("Offer the lot to the underbidder")
        UNSOLD = "unsold", _("The lot is unsold: the seller may list it again")

    sale = models.ForeignKey(Sale, models.PROTECT, related_name="rulings")
    act = models.CharField(_("decision"), max_length=16, choices=Act)
    then = models.CharField(_("what becomes of the lot"), max_length=12, choices=Then, default=Then.UNSOLD)
    reason = models.CharField(_("reason"), max_length=1000)
    objection = models.ForeignKey(SaleObjection, models.PROTECT, null=True, related_name="rulings")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = AwareDateTimeField()
    decided_at = AwareDateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved = models.BooleanField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("Decision about a sale")
        constraints = [
            models.UniqueConstraint(
                fields=["sale"], condition=Q(decided_at__isnull=True), name="auctions_one_open_ruling_a_sale"
            ),
            *_two_persons("auctions_ruling", maker="made_by", answer="approved"),
        ]

    def __str__(self) -> str:
        return f"{self.act} of {self.sale_id}"

    @property
    def number(self) -> str:
        """What events and the review desk call it."""
        return self.sale.number
