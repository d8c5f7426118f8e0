"""No proposal came: the deadline is moved out and there is another opening, or the challenge is begun anew."""

import pytest
from django.urls import reverse

from challenges.models import Attachment, Challenge
from challenges.services import bounty, publishing, republishing
from foundation.core import clock
from foundation.core.errors import NotAllowed, NotPossibleNow
from foundation.documents import services as documents
from tests.factories import accounts
from tests.factories import challenges as make
from tests.journeys.cast import paper
from tests.patents.portfolio import upload
from tests.settlement.calling import Caller, refused, wrong_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make.Cast()


@pytest.fixture
def owner():
    return accounts.member("owner")


@pytest.fixture
def challenge(cast, owner):
    """Published, with an annex; nobody proposed."""
    made = make.published(cast, owner)
    file = documents.accept_upload(upload=upload(paper(), "annex.png"), actor=owner)
    Attachment.objects.create(challenge=made, file=file, title="附件", is_confidential=True)
    return made


def none_came(cast, challenge) -> Challenge:
    with clock.at(challenge.closes_at):
        return make.opened(cast, challenge)


def test_after_an_extension_the_same_openers_open_what_came(cast, owner, challenge):
    found = none_came(cast, challenge)
    with clock.at(found.closes_at):
        last_day = found.deadline_date + 40 * make.DAY
        longer = publishing.extend(challenge=found, last_day=last_day, reason="延长征集。", actor=owner)
        make.submitted(longer, accounts.patentee())
    with clock.at(longer.closes_at):
        assert make.opened(cast, longer).state == "reviewing"
    assert [one.proposals for one in longer.openings.order_by("pk")] == [0, 1]


def test_over_http_it_is_begun_anew_once(cast, owner, challenge, settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    path, season = f"challenges/{challenge.number}/republications/", {"season": cast.season.code}
    firm = Caller(owner)
    assert refused(firm.post(path, season))[0] == 409  # it is open
    found = none_came(cast, challenge)
    assert Caller(accounts.member("owner")).post(path, season).status_code == 403
    assert wrong_fields(firm.post(path, {"season": "1899A"})) == {"season"}
    answers = [firm.post(path, season, key="once").json() for _click in range(2)]
    new = Challenge.objects.get(republished_from=found)
    assert answers[0] == answers[1] and (answers[0]["id"], answers[0]["state"]) == (new.pk, "draft")
    assert refused(firm.post(path, season)) == (409, "already_republished")
    assert Challenge.objects.get(pk=found.pk).state == "cancelled"


def test_a_challenge_that_found_nobody_is_begun_anew_in_one_step(cast, owner, challenge, client, settings):
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    with pytest.raises(NotPossibleNow):
        republishing.republish(challenge=challenge, season=cast.season, actor=owner)
    found, address = none_came(cast, challenge), reverse("challenges:challenge_republish", args=[challenge.number])
    with pytest.raises(NotAllowed):
        republishing.republish(challenge=found, season=cast.season, actor=accounts.member("owner"))
    client.force_login(owner.user)
    page = client.get(challenge.get_absolute_url())
    assert address in [one["url"] for one in page.context["actions"]]
    token = client.get(address).context["form"]["form_token"].value()
    again = [client.post(address, {"form_token": token}) for _click in range(2)]
    new = Challenge.objects.get(republished_from=found)
    assert again[0].url == new.get_absolute_url()
    assert (new.state, new.deadline_date, new.bounty, new.ipc) == ("draft", None, found.bounty, found.ipc)
    for related in ("indicators", "payments", "criteria", "attachments"):
        assert getattr(new, related).count() == getattr(found, related).count() > 0, related
    assert Challenge.objects.get(pk=found.pk).state == "cancelled" and not bounty.holds_of(found)
    with pytest.raises(republishing.AlreadyRepublished):
        republishing.republish(challenge=found, season=cast.season, actor=owner)

    assert "Published again" not in str(
        client.get(found.get_absolute_url()).context["facts"]
    )  # a draft is nobody's business
    client.logout()
    new.deadline_date = found.deadline_date + 60 * make.DAY
    new.save(update_fields=["deadline_date"])
    make.through_the_checks(cast, owner, new)
    new.refresh_from_db()
    for one, other in ((found, new), (new, found)):
        shown = client.get(one.get_absolute_url()).context["facts"]
        assert other.number in [row["value"] for row in shown]
