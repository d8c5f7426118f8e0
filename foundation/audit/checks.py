"""Start-up checks: whoever a lifecycle names to make a move has a rule."""

import rules
from django.apps import apps
from django.core.checks import Error, register

from foundation.core.models import Stateful

NOT_RULES = ("clock", "system")


def install() -> None:
    """Register the checks with `manage.py check`."""
    register(moves_have_rules)


def stateful_models() -> list[type[Stateful]]:
    """Every concrete model with a lifecycle, by label."""
    models = [model for model in apps.get_models() if issubclass(model, Stateful) and not model._meta.proxy]
    return sorted(models, key=lambda model: model._meta.label)


def moves_have_rules(app_configs, **kwargs) -> list[Error]:
    """``by`` names a rule "<app>.<by>", the clock or the system; anything else could never be asked."""
    found = []
    for model in stateful_models():
        for move in model.LIFECYCLE.moves:
            for by in move.by:
                name = f"{model._meta.app_label}.{by}"
                if by not in NOT_RULES and not rules.rule_exists(name):
                    found.append(Error(f"{model._meta.label}: {move.name} is made by {name}, which is no rule",
                                       id="audit.E001"))  # fmt: skip
    return found
