"""Who can sign in to the demo province, and with what."""

import os

DOMAIN = "demo.kaixu.example"
PASSWORD = os.environ.get("KAIXU_DEMO_PASSWORD") or "open-license-demo"
ROLES = [
    "ip_manager",
    "licensing_user",
    "bidder",
    "provincial_officer",
    "city_officer",
    "finance",
    "expert",
    "auditor",
]


def table() -> str:
    """The logins as bin/dev prints them."""
    addresses = "\n".join(f"  {role}@{DOMAIN}" for role in ROLES)
    return f"demo logins, all with the password {PASSWORD}\n{addresses}"
