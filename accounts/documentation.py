"""The page of docs/ that is made from the table of roles."""

from django.utils import translation

from accounts import roles
from foundation.audit import documentation

PAGE = "domain/roles.md"
KINDS = {roles.BUSINESS: "firms, universities, institutes", roles.PERSON: "natural persons"}
OFFICE = "the administration"


@translation.override("en")
def roles_page() -> str:
    """Roles with what they may, and capabilities with who has them."""
    rows = [
        "# Roles and capabilities",
        "",
        "A membership ties one person to one organization with one role. Code asks for capabilities, never for roles;",
        "what a capability means for one object is a rule.",
        "",
        "| role | name | in | may | gives | second factor | one city |",
        "|---|---|---|---|---|---|---|",
    ]
    for role in roles.ROLES.values():
        cells = (
            f"`{role.key}`",
            role.label,
            KINDS.get(role.kinds, OFFICE),
            ", ".join(sorted(role.may)),
            ", ".join(sorted(role.grants)),
            "yes" if role.needs_mfa else "",
            "yes" if role.city_scoped else "",
        )
        rows.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    rows += ["", "| capability | in words | roles |", "|---|---|---|"]
    for key, label in roles.CAPABILITIES.items():
        rows.append(f"| `{key}` | {label} | {', '.join(roles.with_capability(key))} |")
    return "\n".join(rows)


def install() -> None:
    """Let `manage.py write_docs` make the page."""
    documentation.register(PAGE, roles_page)
