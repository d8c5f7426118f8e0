"""The challenge: a firm's problem, what counts as solved, and what is paid for it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle import BEFORE_PUBLICATION, CHALLENGE, SEALED, ChallengeState
from challenges.models.season import ListSeason
from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from foundation.core.money import Money
from patents.models.patents import in_language


class OwnershipRule(models.TextChoices):
    """Whom new rights belong to; without agreement they are the researcher's (Civil Code Art. 859)."""

    OWNER = "owner", _("The firm gets them")
    SHARED = "shared", _("Both own them together")
    SOLVER = "solver", _("The solver keeps them, the firm gets a license")


class Mode(models.TextChoices):
    COMMISSIONED = "commissioned", _("Commissioned development")
    JOINT = "joint", _("Joint development")


class Challenge(Stateful, Stamped):
    """One item of the list. Its confidential annexes are `Attachment` rows that only signers of the NDA read."""

    LIFECYCLE = CHALLENGE

    number = models.CharField(_("number"), max_length=40, unique=True, null=True)  # given at approval
    season = models.ForeignKey(ListSeason, models.PROTECT, related_name="challenges")
    owner = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="challenges")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title_zh_hans = models.CharField(_("title (Chinese)"), max_length=300, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    problem_zh_hans = models.TextField(_("problem to be solved (Chinese)"), blank=True, max_length=6000)
    problem_en = models.TextField(_("problem to be solved (English)"), blank=True, max_length=6000)
    background = models.TextField(_("background"), blank=True, max_length=6000)
    ipc = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name=_("IPC classes"))
    industry = models.ForeignKey("accounts.Industry", models.PROTECT, null=True, blank=True, related_name="+")
    eligibility = models.TextField(_("who may propose"), blank=True, max_length=2000)
    mode = models.CharField(_("cooperation"), max_length=12, choices=Mode, default=Mode.COMMISSIONED)
    ownership = models.CharField(_("new rights"), max_length=6, choices=OwnershipRule, default=OwnershipRule.SHARED)
    ownership_terms = models.TextField(_("terms about new rights"), blank=True, max_length=2000)
    most_winners = models.PositiveSmallIntegerField(_("winners at most (horse race)"), default=1)
    gate_milestone = models.PositiveSmallIntegerField(_("several winners run up to milestone"), null=True, blank=True)
    contact_name = models.CharField(_("contact"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)

    bounty_fen = models.BigIntegerField(_("bounty"), null=True, blank=True)
    deadline_date = models.DateField(_("last day for proposals"), null=True, blank=True)  # until its end in Shanghai
    closes_at = AwareDateTimeField(_("closes at"), null=True)  # 00:00 of the next day in Shanghai, half-open
    opening_planned_at = AwareDateTimeField(_("opening of the proposals"), null=True)
    published_at = AwareDateTimeField(null=True)
    correction_due_at = AwareDateTimeField(null=True)
    check_round = models.PositiveSmallIntegerField(default=0)  # how often it was handed in: opinions are on one of them
    notice_until_at = AwareDateTimeField(null=True)
    reason = models.CharField(max_length=2000, blank=True)  # published: why nobody was awarded, why it was cancelled
    obligation = models.OneToOneField("settlement.Obligation", models.PROTECT, null=True, related_name="+")
    republished_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="republished_as")
    next_check_at = AwareDateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ["number", "pk"]
        verbose_name = _("Challenge")
        verbose_name_plural = _("Challenges")
        constraints = [
            models.CheckConstraint(
                condition=Q(bounty_fen__isnull=True) | Q(bounty_fen__gt=0), name="challenges_bounty_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(state__in=BEFORE_PUBLICATION)
                | Q(state=ChallengeState.CANCELLED, published_at__isnull=True)
                | Q(number__isnull=False, bounty_fen__isnull=False, closes_at__isnull=False),
                name="challenges_published_is_complete",
            ),
            models.CheckConstraint(condition=Q(most_winners__gte=1), name="challenges_has_a_winner"),
        ]
        indexes = [
            models.Index(fields=["season", "state"], name="challenges_of_season"),
            models.Index(fields=["owner", "state"], name="challenges_of_owner"),
        ]

    def __str__(self) -> str:
        return self.number or f"draft challenge {self.pk}"

    def get_absolute_url(self) -> str:
        """The public page once it is published, the firm's page before."""
        if self.published_at is not None:
            return reverse("challenges:challenge_detail", args=[self.number])
        return reverse("challenges:challenge_task_list", args=[self.pk])

    @property
    def bounty(self) -> Money | None:
        return None if self.bounty_fen is None else Money(self.bounty_fen)

    @property
    def title(self) -> str:
        """The title in the language of the page, or in the other one where it is missing."""
        return in_language(self.title_zh_hans, self.title_en)[0]

    @property
    def title_language(self) -> str:
        """The language `title` is in: zh-Hans or en."""
        return in_language(self.title_zh_hans, self.title_en)[1]

    @property
    def problem(self) -> str:
        """The problem in the language of the page, or in the other one."""
        return in_language(self.problem_zh_hans, self.problem_en)[0]

    @property
    def is_sealed(self) -> bool:
        """Whether nobody may learn anything about its proposals yet, not even how many there are."""
        return self.state in SEALED


class Indicator(models.Model):
    """A technical indicator that can be measured; ``must`` ones decide, the others count."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("indicator"), max_length=200)
    comparison = models.CharField(_("comparison"), max_length=2, choices=[(c, c) for c in ("≤", "≥", "=", "")])
    target = models.CharField(_("target"), max_length=100)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    present = models.CharField(_("today"), max_length=100, blank=True)
    method = models.CharField(_("test method"), max_length=300)
    must = models.BooleanField(_("must be met"), default=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["challenge", "position"], name="challenges_indicator_once")]

    def __str__(self) -> str:
        return self.name


class PlannedPayment(models.Model):
    """One node of the payment plan; the shares add up to 10,000 basis points of the bounty."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="payments")
    position = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField(_("months after the contract"))
    deliverable = models.CharField(_("deliverable"), max_length=300)
    share_bp = models.PositiveIntegerField(_("share of the bounty, basis points"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "position"], name="challenges_payment_once"),
            models.CheckConstraint(condition=Q(share_bp__gt=0, share_bp__lte=10_000), name="challenges_payment_share"),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.position}"


class Criterion(models.Model):
    """A criterion of the rubric; the weights add up to 10,000 basis points. Scores are 0 to 100."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name_zh_hans = models.CharField(_("criterion (Chinese)"), max_length=100)
    name_en = models.CharField(_("criterion (English)"), max_length=100)
    guide = models.CharField(_("what the scores mean"), max_length=1000, blank=True)
    weight_bp = models.PositiveIntegerField(_("weight, basis points"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "position"], name="challenges_criterion_once"),
            models.CheckConstraint(condition=Q(weight_bp__gt=0, weight_bp__lte=10_000), name="challenges_weight"),
        ]

    def __str__(self) -> str:
        return self.name_zh_hans

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return in_language(self.name_zh_hans, self.name_en)[0]
