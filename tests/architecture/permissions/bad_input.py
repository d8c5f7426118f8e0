"""What is typed where: the fields of every endpoint by the API's own schema, of every page by the forms it makes."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any
from unittest import mock

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from drf_spectacular.generators import SchemaGenerator

from tests.faults import corpus

PARAMETER = re.compile(r"\{[^}]+\}|<[^>]+>")
# For every field at once, then for each alone: texts, numbers, dates and forms of JSON that none expects.
TYPED = {
    "nothing": "",
    "spaces": "   ",
    "nul": "a\x00b",
    "emoji": "👩‍🔬🎉",
    "script": "<script>alert(1)</script>",
    "percent": "%s %(x)s {0}",
    "negative": "-1",
    "infinite": "1e309",
    "2^63": str(2**63),
    "wrong day": "2027-02-30",
    "long": "长" * 20_000,
}
SENT = {
    **TYPED,
    "null": None,
    "list": [[]],
    "object": {"a": {"b": 1}},
    "number": 2**63,
    "yes": True,
}
MESSAGES = ("invalid-feedback", "alert")
ALONE = ("nul",)
ON_PAGES = {name: TYPED[name] for name in ("nothing", "nul", "infinite", "2^63", "wrong day", "long")}
BODIES = {
    name: corpus.WRONG_BODIES[name] for name in ("no JSON", "a list", "null", "broken UTF-8", "surrogate", "deep")
}

# Operations whose bodies are judged by their signature first, so that no field is looked at.
SIGNED: set[str] = set()
NO_FIELDS = {"form_token", "csrfmiddlewaretoken", "next", "page", "lang"}  # read everywhere; tried elsewhere
# Steps of the sign-in that lead back to their beginning, or to the password, before anything is read.
SIGN_IN = {
    "account_change_password", "account_confirm_email", "account_confirm_login_code", "account_logout",
    "account_set_password", "mfa_activate_totp", "mfa_add_webauthn", "mfa_authenticate", "mfa_deactivate_totp",
    "mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
    "usersessions_list",
}  # fmt: skip
# Buttons: they do one thing, and nothing is filled in.
BUTTONS = {
    "accounts:deactivate_member", "accounts:invitation", "accounts:leave", "accounts:reactivate_member",
    "accounts:revoke_invitation", "approvals:claim", "approvals:release", "jobs:cancel",
    "licenses:declaration_adopt", "licenses:declaration_begin_again", "licenses:declaration_check_answers",
    "licenses:declaration_discard", "licenses:declaration_take_back", "licenses:declaration_withdrawal_cancel",
    "licenses:inspection_agree", "licenses:royalty_accept", "licenses:royalty_line_remove",
    "licenses:royalty_nothing", "licenses:royalty_paper_remove", "licenses:royalty_report", "licenses:uptake_discard",
    "licenses:uptake_start", "notifications:delete_search", "notifications:mark_all_read",
    "notifications:unsubscribe", "patents:extract_confirm", "patents:import_discard", "patents:import_undo",
    "sandboxbank:order", "settlement:accept_share", "settlement:close_own_account", "settlement:compute_share",
    "settlement:confirm_own_account", "settlement:dispute_offer", "settlement:distribution_act",
    "settlement:request_fee_invoice", "settlement:send_invoice", "settlement:unpark_line",
    "settlement:withdraw_account", "settlement:withdraw_invoice",
    "auctions:lot_check", "auctions:lot_convert", "auctions:lot_discard", "auctions:lot_document_remove",
    "auctions:lot_holder_remove", "auctions:lot_patent_remove", "auctions:lot_return", "auctions:practice",
    "auctions:proxy_cancel", "auctions:season_lead", "auctions:session_publish", "auctions:talks_accept",
    "auctions:talks_end",
    "auctions:claim_answer", "auctions:sale_claim",  # of a defaulted sale: tests/auctions/test_claims_and_costs.py
    "challenges:challenge_attachment_remove", "challenges:challenge_check", "challenges:challenge_discard",
    "challenges:challenge_end_without", "challenges:challenge_republish", "challenges:milestone_begin",
    "challenges:notice_give",
    "challenges:proposal_file_remove", "challenges:proposal_new", "challenges:scoring_close",
    "challenges:season_lead",
}  # fmt: skip
WITHOUT_FIELDS = SIGN_IN | BUTTONS


@cache
def schema() -> dict[str, Any]:
    """The OpenAPI document."""
    return SchemaGenerator().get_schema(request=None, public=True)


def _resolved(part: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        part = schema()["components"]["schemas"][part["$ref"].rsplit("/", 1)[1]]
    return part


def operation(path: str, method: str) -> dict[str, Any]:
    """The operation of a route, its path as Django writes it; empty where the schema has none."""
    wanted = PARAMETER.sub("*", f"/{path}")
    paths = (methods for named, methods in schema()["paths"].items() if PARAMETER.sub("*", named) == wanted)
    return next((methods[method.lower()] for methods in paths if method.lower() in methods), {})


def fields_of(found: dict[str, Any]) -> set[str]:
    """The names in the body of an operation; of each variant where there are several."""
    content = found.get("requestBody", {}).get("content", {})
    names: set[str] = set()
    for media in content.values():
        body = _resolved(media["schema"])
        for variant in [body, *map(_resolved, body.get("oneOf", [])), *map(_resolved, body.get("allOf", []))]:
            names |= set(variant.get("properties", {}))
    return names


def with_body() -> set[tuple[str, str]]:
    """(path, method) of every operation that reads a body, its parameters as stars."""
    return {
        (PARAMETER.sub("*", named), method.upper())
        for named, methods in schema()["paths"].items()
        for method, found in methods.items()
        if isinstance(found, dict) and fields_of(found)
    }


def wrong_in_api(answer: Any, name: str) -> str:
    """What is wrong with the answer to a bad body, "" where it is a proper one."""
    status = answer.status_code
    if status >= 500 or (name.endswith("nul") and status < 400):
        return f"{status}"
    if status >= 400 and answer["Content-Type"] != "application/problem+json":
        return f"{status} is no problem+json"
    return "" if status < 400 or answer.json().get("detail") else f"{status} without a sentence"


def wrong_on_page(answer: Any, names: set[str]) -> str:
    """The same for a page: an error, or the form once more without a word."""
    status = answer.status_code
    if status >= 500 or status != 422:
        return f"{status}" if status >= 500 else ""
    page = answer.content.decode(errors="replace")
    shown = any(f'name="{name}"' in page for name in names)
    return "422 mute" if shown and not any(mark in page for mark in MESSAGES) else ""


@contextmanager
def recorded_fields() -> Iterator[set[str]]:
    """The names that are looked up meanwhile in what was sent: by the forms, or by a view itself."""
    names: set[str] = set()
    with ExitStack() as stack:
        for method in ("__getitem__", "__contains__", "getlist"):
            asked = getattr(MultiValueDict, method)

            def noting(self: MultiValueDict, key: Any, *args: Any, asked: Any = asked) -> Any:
                if isinstance(self, QueryDict):
                    names.add(str(key))
                return asked(self, key, *args)

            stack.enter_context(mock.patch.object(MultiValueDict, method, noting))
        yield names


def each(values: dict[str, Any], names: set[str], good: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Bodies with one value in every field, then the worst of them in each field alone."""
    for name, value in values.items():
        yield f"all {name}", dict.fromkeys(names, value)
    for field in sorted(names):
        for name in ALONE:
            yield f"{field} {name}", {**good, field: values[name]}
