"""Names a business object without importing its app."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Ref:
    """``kind`` is "app.model" in lower case, ``id`` the primary key, ``number`` the public number if it has one."""

    kind: str
    id: int
    number: str = ""

    @classmethod
    def of(cls, obj: Any) -> "Ref":
        """The Ref of a model instance; a Ref is returned as it is."""
        if isinstance(obj, cls):
            return obj
        return cls(obj._meta.label_lower, obj.pk, str(getattr(obj, "number", "") or ""))

    def __str__(self) -> str:
        return self.number or f"{self.kind}:{self.id}"
