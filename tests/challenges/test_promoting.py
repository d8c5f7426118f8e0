"""A winner that never signs: the reserve follows, under a public notice of its own."""

import pytest
from django.urls import reverse

from challenges.models import Award, Challenge
from challenges.services import bounty, ending, noticing, promoting, selecting
from foundation import audit
from foundation.audit import invariants
from foundation.core import clock
from foundation.core.errors import Invalid, NotAllowed, NotPossibleNow
from foundation.core.money import Money
from notifications import rendering
from notifications.models import Dispatch
from tests.factories import accounts, challenge_work
from tests.factories import challenges as make
from tests.settlement.calling import Caller, refused, wrong_fields

pytestmark = pytest.mark.django_db
WHY = "中选团队逾期未签约。"


@pytest.fixture
def made(settings):
    """The cast, the firm, the winner, the one in reserve, and the award that waits for its contract."""
    settings.KAIXU_SECOND_FACTOR_REQUIRED = False
    cast, owner, team, reserve = make.Cast(), accounts.member("owner"), accounts.patentee(), accounts.patentee()
    challenge = challenge_work.awarded(cast, owner, [team, reserve], reserve=reserve)
    return cast, owner, team, reserve, challenge.awards.get()


def states(challenge: Challenge) -> tuple[str, list[str], list[str]]:
    """Of the challenge, of its awards, of its proposals by place."""
    fresh = Challenge.objects.get(pk=challenge.pk)
    proposals = fresh.proposals.order_by("pk").values_list("state", flat=True)
    return fresh.state, [one.state for one in fresh.awards.order_by("pk")], list(proposals)


def test_when_its_time_is_over_the_firm_lets_the_reserve_follow_to_the_contract(made, client):
    cast, owner, team, reserve, award = made
    said = {"award": award, "amount": Money(4_000_000_00), "reason": WHY}
    for nobody in (team, reserve, accounts.patentee()):
        with pytest.raises(NotAllowed):
            promoting.promote(actor=nobody, **said)
    with pytest.raises(promoting.TimeToSign):
        promoting.promote(actor=owner, **said)
    address = reverse("challenges:contract_promote", args=[award.number])
    client.force_login(owner.user)
    assert client.get(address).status_code == 303  # not yet
    with clock.at(award.sign_by_at):
        for wrong in ({"reason": " "}, {"amount": make.BOUNTY + Money(1)}):
            with pytest.raises(Invalid):
                promoting.promote(actor=owner, **said | wrong)
        page = client.get(address)
        assert reserve.organization.display_name in page.content.decode()
        token = page.context["form"]["form_token"].value()
        body = {"form_token": token, "amount": "4000000.00", "reason": WHY}
        assert client.post(address, body).status_code == 303
    assert states(award.challenge) == ("public_notice", ["terminated", "noticed"], ["fell_through", "winner"])
    challenge, follower = Challenge.objects.get(pk=award.challenge_id), Award.objects.get(state="noticed")
    assert (follower.solver_id, follower.amount) == (reserve.organization_id, Money(4_000_000_00))
    notice = client.get(reverse("challenges:selection_notice", args=[challenge.number]))
    assert [row["award"] for row in notice.context["winners"]] == [follower] and WHY in notice.content.decode()
    with clock.at(challenge.notice_until_at):
        assert noticing.confirm_due(challenge=challenge)
        follower = Award.objects.get(pk=follower.pk)
        with pytest.raises(promoting.NoReserve):  # nobody is left to follow the follower
            promoting.promote(**said | {"award": follower}, actor=cast.officer)
        challenge_work.signed(challenge_work.agreed(follower, owner), owner, reserve)
    assert states(challenge) == ("in_progress", ["terminated", "running"], ["fell_through", "contracted"])
    assert bounty.holds_of(challenge)  # nothing of the escrow went back in between
    assert [one.key for one in invariants.check() if one.rows] == []


def test_over_http_the_reserve_follows_by_the_same_rules(made):
    _cast, owner, team, reserve, award = made
    said, path = {"amount": "4000000.00", "reason": WHY}, f"challenge-contracts/{award.number}/reserves/"
    firm = Caller(owner)
    others = [Caller(one).post(path, said).status_code for one in (team, reserve, accounts.member("owner"))]
    assert others == [403, 403, 404]
    assert refused(firm.post(path, said)) == (409, "time_to_sign")
    with clock.at(award.sign_by_at):
        assert wrong_fields(firm.post(path, said | {"amount": "99999999.00"})) == {"amount"}
        assert wrong_fields(firm.post(path, {"amount": "1.00"})) == {"reason"}
        answers = [firm.post(path, said, key="once").json() for _click in range(2)]
    assert answers[0] == answers[1] and (answers[0]["state"], answers[0]["ended_reason"]) == ("terminated", WHY)
    assert states(award.challenge) == ("public_notice", ["terminated", "noticed"], ["fell_through", "winner"])
    assert Award.objects.get(state="noticed").amount == Money(4_000_000_00)


def mails(member) -> list[str]:
    """The words of the mails to somebody in reserve about standing down."""
    while audit.deliver_pending():
        pass
    rows = Dispatch.objects.filter(user=member.user, event__name="challenges.proposal.stand_down")
    return [rendering.notice_mail(one).text for one in rows]


@pytest.mark.parametrize("signed", [True, False])
def test_who_was_in_reserve_is_told_when_nobody_follows_any_more(made, client, signed):
    _cast, owner, team, reserve, award = made
    with clock.at(award.challenge.notice_until_at):
        if signed:
            challenge_work.signed(challenge_work.agreed(award, owner), owner, team)
        else:
            ending.terminate(award=award, reason="需求取消。", actor=owner)
    proposal = award.challenge.proposals.get(organization=reserve.organization)
    assert (proposal.state, promoting.next_reserve(award.challenge)) == ("stood_down", None)
    client.force_login(reserve.user)
    why = "signed with another team" if signed else "ended without a contract"
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert why in page and "Art. 501" in page
    [words] = mails(reserve)
    assert why in words and proposal.get_absolute_url() in words
    selecting.give_feedback(proposal=proposal, text="差距很小。", actor=owner)
    assert "差距很小。" in client.get(proposal.get_absolute_url()).content.decode()


def test_an_officer_need_not_wait_and_an_upheld_objection_selects_again_without_who_gave_way(made):
    cast, owner, team, _reserve, award = made
    said = {"award": award, "amount": award.amount, "reason": WHY}
    ending.ask_end(award=award, reason="无法承担", actor=team)
    follower = promoting.promote(actor=owner, **said)  # the team gave up
    objection = noticing.object_to(challenge=follower.challenge, reason="评分有误", actor=team)
    noticing.decide_objection(objection=objection, upheld=True, answer="重新评定。", actor=cast.officer)
    assert states(award.challenge) == ("shortlisted", ["terminated", "set_aside"], ["fell_through", "shortlisted"])
    with pytest.raises(NotPossibleNow):
        promoting.promote(actor=cast.officer, **said)
