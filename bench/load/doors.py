"""How a bid comes in by HTTP: whole requests with @YUAN@ and @KEY@ to be filled in, for `bench.load.clients`."""

import json
import re
import time
from typing import Any

import requests

from local import ports
from tests.factories.accounts import PASSWORD

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
YUAN, KEY = len("100000000.00"), len("000000-00000000")  # characters, once filled in
AGAIN = 5.0  # seconds until somebody who was told to wait signs in
FIRST = 10_000_000_000  # fen; amounts keep their length


def signed_in(port: int, email: str) -> dict[str, str]:
    """The cookies of somebody who signed in by the page; waits where the site wants it (30 a minute and address)."""
    with requests.Session() as browser:
        address = f"http://{ports.HOST}:{port}/user/login/"
        token = TOKEN.search(browser.get(address, timeout=30).text)[1]
        said = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        while True:
            answer = browser.post(address, data=said, timeout=30, allow_redirects=False)
            if answer.status_code != requests.codes.too_many_requests:
                break
            time.sleep(AGAIN)
        if answer.status_code != requests.codes.found:
            raise RuntimeError(f"{email} cannot sign in: {answer.status_code}")
        return dict(browser.cookies)


def page_bid(port: int, number: str, cookies: dict[str, str]) -> str:
    """The second step of the room's form, as the script of the room sends it."""
    body = f"amount=@YUAN@&key=@KEY@&seen_seq=&csrfmiddlewaretoken={cookies['csrftoken']}"
    kept = "; ".join(f"{name}={value}" for name, value in cookies.items())
    header = f"HX-Request: true\r\nCookie: {kept}"
    return _request(f"/auctions/lots/{number}/bids/", body, "application/x-www-form-urlencoded", header)


def api_bid(number: str, token: str, **more: Any) -> str:
    """A bid by the API."""
    body = json.dumps({"amount": "@YUAN@", "key": "@KEY@", **more})
    return _request(f"/api/v1/lots/{number}/bids/", body, "application/json", f"Authorization: Token {token}")


def live_part(number: str) -> str:
    """The changing part of a room, as a page without a stream asks for it every two seconds."""
    return f"GET /auctions/lots/{number}/room/live/ HTTP/1.1\r\nHost: {ports.HOST}\r\nAccept-Language: en\r\n\r\n"


def _request(path: str, body: str, kind: str, header: str) -> str:
    length = len(body) - len("@YUAN@") - len("@KEY@") + YUAN + KEY
    lines = [
        f"POST {path} HTTP/1.1", f"Host: {ports.HOST}", f"Content-Type: {kind}", f"Content-Length: {length}", header,
    ]  # fmt: skip
    return "\r\n".join([*lines, "", body])
