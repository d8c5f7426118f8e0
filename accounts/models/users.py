"""People who sign in. They act through a membership, never as themselves."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.core import clock
from foundation.core.models import AwareDateTimeField


class UserManager(BaseUserManager):
    """Users by e-mail address; addresses are stored in lower case."""

    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        """Store a user. Raises ValueError when the address is empty."""
        if not email:
            raise ValueError("an e-mail address is needed")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Store a user who may enter the database administration."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        """Find by address, whatever its case."""
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Login by e-mail address; language and theme follow the person to every device."""

    class Language(models.TextChoices):
        CHINESE = "zh-hans", "简体中文"
        ENGLISH = "en", "English"

    class Theme(models.TextChoices):
        AUTO = "auto", _("Like the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(
        _("E-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this e-mail address.")},
    )
    name = models.CharField(pgettext_lazy("person", "Name"), max_length=80, blank=True)
    language = models.CharField(_("Language"), max_length=10, choices=Language.choices, default=Language.CHINESE)
    theme = models.CharField(_("Theme"), max_length=5, choices=Theme.choices, default=Theme.AUTO)
    is_active = models.BooleanField(_("Active"), default=True)
    date_joined = AwareDateTimeField(default=clock.stamp, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("User")
        verbose_name_plural = _("Users")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="accounts_user_email_lower",
            )
        ]

    def __str__(self):
        return self.name or self.email

    def clean(self):
        super().clean()
        self.email = self.email.strip().lower()

    def save(self, *args, **kwargs):
        self.email = (self.email or "").strip().lower()
        super().save(*args, **kwargs)

    @property
    def is_staff(self):
        """Only superusers reach the database administration."""
        return self.is_superuser

    def get_full_name(self):
        return self.name or self.email

    def get_short_name(self):
        return self.name or self.email
