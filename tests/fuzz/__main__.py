"""Throws generated requests at the API of a running site, as several people: `bin/fuzz`.

The schema is read from the site. Its "default" answers are taken out, so that only statuses that are written down
count as documented. Fails on a 5xx, on an answer that the schema does not describe, and on an answer whose body is
not as described. Afterwards the invariants and the chain of history of that site are checked.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parent.parent.parent
ROLES = ["anonymous", "ip_manager", "licensing_user", "provincial_officer", "finance", "auditor"]
PASSWORD = "open-license-demo"
PHASES = "examples,coverage,fuzzing,stateful"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
KNOWN = 30  # existing objects a parameter is called with
SPARED = ["auth_token_destroy"]  # would end the session that asks
COMMANDS = (["check_invariants"], ["verify_audit"])


def token(url: str, role: str) -> str:
    """A token for a demo login."""
    body = {"email": f"{role}@demo.kaixu.example", "password": PASSWORD}
    answer = requests.post(f"{url}/api/v1/auth/token/", json=body, timeout=60)
    answer.raise_for_status()
    return answer.json()["token"]


def schema(url: str, headers: dict[str, str]) -> dict[str, Any]:
    """The schema of the site without its catch-all answers, and with what exists among the addresses to try."""
    found = requests.get(f"{url}/api/schema/", params={"format": "json"}, timeout=120).json()
    known: dict[str, list[dict[str, Any]]] = {}
    for path, methods in found["paths"].items():
        noun = path.split("{")[0]
        if noun != path and noun in found["paths"] and noun not in known:
            known[noun] = listed(url + noun, headers)
        for operation in methods.values():
            if isinstance(operation, dict):
                operation.get("responses", {}).pop("default", None)
                for parameter in operation.get("parameters", []):
                    if parameter["in"] == "path" and f"{noun}{{{parameter['name']}}}" in path:
                        add_known(parameter, known.get(noun, []))
    return found


def listed(address: str, headers: dict[str, str]) -> list[dict[str, Any]]:
    """The first page of a list, one's own first where the list knows that; nothing where it is closed."""
    rows = []
    for question in ({"mine": "true"}, {}):
        answer = requests.get(address, params=question, headers=headers, timeout=60)
        body = answer.json() if answer.ok else []
        rows += body["results"] if isinstance(body, dict) else body
    return rows


def add_known(parameter: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Let a parameter of the address also be what the list named: "key" is a number, or the id of a draft."""
    names = ("number", "id") if parameter["name"] == "key" else (parameter["name"],)
    values = [next((row[name] for name in names if row.get(name)), None) for row in rows]
    values = list(dict.fromkeys(str(v) if parameter["name"] == "key" else v for v in values if v))
    if values:
        parameter["schema"] = {"anyOf": [{"enum": values[:KNOWN]}, parameter["schema"]]}


def run(arguments: argparse.Namespace, role: str, folder: Path) -> int:
    """One role's run; the exit code."""
    headers = {} if role == "anonymous" else {"Authorization": f"Token {token(arguments.url, role)}"}
    document = folder / f"{role}.json"
    document.write_text(json.dumps(schema(arguments.url, headers)))
    command = [sys.executable, "-m", "schemathesis.cli", "run", str(document), "--url", arguments.url]
    command += ["--phases", arguments.phases, "-n", str(arguments.examples), "--checks", CHECKS]
    command += ["--continue-on-failure", "--suppress-health-check", "all", "--request-timeout", "30"]
    command += ["--seed", str(arguments.seed), "--no-shrink"]
    for operation in SPARED:
        command += ["--exclude-operation-id", operation]
    for operation in arguments.only:
        command += ["--include-operation-id", operation]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    begun = time.monotonic()
    code = subprocess.run(command, cwd=folder, check=False).returncode
    sys.stdout.write(f"{role}: exit {code}, {time.monotonic() - begun:.0f} s\n")
    return code


def main() -> int:
    """All roles, then the invariants."""
    parser = argparse.ArgumentParser(prog="bin/fuzz", description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="a running bin/dev with its demo province")
    parser.add_argument("--role", action="append", choices=[*ROLES, "bidder"], help="may be given several times")
    parser.add_argument("--only", action="append", default=[], help="an operation id; may be given several times")
    parser.add_argument("--examples", type=int, default=30, help="for each operation")
    parser.add_argument("--phases", default=PHASES)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        codes = [run(arguments, role, Path(folder)) for role in arguments.role or ROLES]
    for command in COMMANDS:
        done = subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=False)
        codes.append(done.returncode)
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
