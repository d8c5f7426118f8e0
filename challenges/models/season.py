"""A season of the list: its rules and what the province wants to reach with it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.lifecycle import SEASON
from foundation.core.models import AwareDateTimeField, Stamped, Stateful
from patents.models.patents import in_language


class ListSeason(Stateful, Stamped):
    """A numbered list (榜单) with rules that are fixed once challenges are called for (a trigger refuses changes)."""

    LIFECYCLE = SEASON

    code = models.CharField(_("code"), max_length=10, unique=True)  # "2026A", stands in the numbers of its challenges
    title_zh_hans = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    about_zh_hans = models.TextField(_("description (Chinese)"), blank=True, max_length=4000)
    about_en = models.TextField(_("description (English)"), blank=True, max_length=4000)

    # basis points, days, working days
    escrow_bp = models.PositiveIntegerField(_("share of the bounty secured before publication"), default=3000)
    least_open_days = models.PositiveSmallIntegerField(_("days open for proposals at least"), default=30)
    questions_end_days = models.PositiveSmallIntegerField(_("questions end so many days before"), default=7)
    panel_size = models.PositiveSmallIntegerField(_("experts on a panel"), default=5)
    reserve_experts = models.PositiveSmallIntegerField(_("reserve experts drawn"), default=2)
    invitation_days = models.PositiveSmallIntegerField(_("working days to answer an invitation"), default=3)
    is_blind = models.BooleanField(_("experts do not see who proposes"), default=True)
    drop_extremes = models.BooleanField(_("the highest and the lowest score do not count"), default=False)
    most_winners = models.PositiveSmallIntegerField(_("winners of one challenge at most"), default=2)
    notice_days = models.PositiveSmallIntegerField(_("days of public notice"), default=5)
    contract_days = models.PositiveSmallIntegerField(_("working days to sign the contract"), default=20)
    rework_times = models.PositiveSmallIntegerField(_("rework of a milestone at most"), default=2)
    acceptance_days = models.PositiveSmallIntegerField(_("working days to decide about a milestone"), default=15)
    nda_zh_hans = models.TextField(_("non-disclosure agreement (Chinese)"), blank=True)
    nda_en = models.TextField(_("non-disclosure agreement (English)"), blank=True)
    commitment_zh_hans = models.TextField(_("commitment letter (Chinese)"), blank=True)
    commitment_en = models.TextField(_("commitment letter (English)"), blank=True)

    target_published = models.PositiveIntegerField(_("target: challenges published"), default=0)
    target_proposals = models.PositiveIntegerField(_("target: proposals"), default=0)
    target_contracted = models.PositiveIntegerField(_("target: contracts"), default=0)
    call_ends_at = AwareDateTimeField(_("the call ends at"), null=True)
    next_number = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-code"]
        verbose_name = _("List season")
        verbose_name_plural = _("List seasons")
        constraints = [
            models.CheckConstraint(
                condition=Q(escrow_bp__gte=2000, escrow_bp__lte=10_000), name="challenges_escrow_20_to_100_percent"
            ),
            models.CheckConstraint(condition=Q(panel_size__gte=3), name="challenges_three_experts_at_least"),
            models.CheckConstraint(
                condition=Q(notice_days__gte=5, notice_days__lte=7), name="challenges_notice_5_to_7_days"
            ),
            models.CheckConstraint(condition=Q(rework_times__lte=2), name="challenges_rework_twice_at_most"),
            models.CheckConstraint(condition=Q(most_winners__gte=1), name="challenges_one_winner_at_least"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def number(self) -> str:
        """What events call it."""
        return self.code

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return in_language(self.title_zh_hans, self.title_en)[0]

    @property
    def about(self) -> str:
        """The description in the language of the page, or in the other one."""
        return in_language(self.about_zh_hans, self.about_en)[0]

    def get_absolute_url(self) -> str:
        """The public page of the season."""
        return reverse("challenges:season_detail", args=[self.code])
