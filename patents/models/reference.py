"""Reference tables: the classification in both languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from patents.models.patents import in_language


class IpcSymbol(models.Model):
    """A section, class or subclass of the International Patent Classification."""

    symbol = models.CharField(max_length=4, primary_key=True)
    level = models.PositiveSmallIntegerField()  # 1 section, 2 class, 3 subclass
    title_zh_hans = models.CharField(max_length=300)
    title_en = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("IPC symbol")
        verbose_name_plural = _("IPC symbols")
        ordering = ["symbol"]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}"

    @property
    def title(self) -> str:
        """The title in the language of the page, or in the other one."""
        return in_language(self.title_zh_hans, self.title_en)[0]
