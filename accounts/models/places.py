"""Reference tables: cities (GB/T 2260) and industries (GB/T 4754-2017)."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Bilingual(models.Model):
    """A code with a Chinese and an English name; shows the reader's language."""

    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)

    class Meta:
        abstract = True

    @property
    def name(self):
        """The name in the language of the moment, Chinese where there is no English one."""
        if (get_language() or "").startswith("zh"):
            return self.name_zh
        return self.name_en or self.name_zh

    def __str__(self):
        return self.name


class City(Bilingual):
    """A prefecture-level city; `code` is the six-digit division code."""

    code = models.CharField(_("Division code"), max_length=6, unique=True)
    pinyin = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("City")
        verbose_name_plural = _("Cities")


class Industry(Bilingual):
    """A section (letter), division (2 digits), group (3) or class (4) of the national table."""

    code = models.CharField(_("Industry code"), max_length=5, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["code"]
        verbose_name = _("Industry")
        verbose_name_plural = _("Industries")
