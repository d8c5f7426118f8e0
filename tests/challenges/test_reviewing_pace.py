"""The reviewer's desk leaves the hour to reading: what the site itself takes of a review, from page to hand-in."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from foundation.core import clock
from tests.factories import judging

pytestmark = pytest.mark.django_db
REVIEWS_AN_HOUR = 50
SHARE = 10  # at most a tenth of a review is waiting for the site


def test_fifty_reviews_an_hour_wait_for_the_site_less_than_a_tenth_of_the_time(judged):
    (seat, actor), *_rest = judged.seated()
    client, criteria = Client(), list(judged.challenge.criteria.all())
    client.force_login(actor.user)
    address = reverse("challenges:seat_score", args=[seat.pk, judged.proposals[0].number])
    began, reviews = time.monotonic(), 0
    while "/reviews/" in address and address != reverse("challenges:seat_detail", args=[seat.pk]):
        values = {"version": client.get(address).context["form"]["version"].value()}
        for one in criteria:  # the desk saves while one types
            values |= {f"points_{one.pk}": "80", f"comment_{one.pk}": "指标可信，成本测算偏乐观。"}
            values["version"] = client.post(f"{address}autosave/", values).json()["version"]
        address = client.post(address, values | {"act": "hand_in"})["Location"]
        reviews += 1
    took = (time.monotonic() - began) / reviews
    assert reviews == len(judged.proposals)
    assert took < 3600 / REVIEWS_AN_HOUR / SHARE, f"{took:.2f} s a review"


@pytest.fixture
def judged():
    found = judging.opened(4)
    with clock.at(found.challenge.closes_at):
        yield judging.read(found)
