"""Two owners putting each other out at once; one invitation accepted twice at once. Each with its lock-off twin."""

import threading
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection

from accounts import services
from accounts.models import Invitation, Membership
from accounts.services import members as module
from accounts.services.members import LastOwner
from foundation import audit
from foundation.core import locking
from foundation.core.errors import DomainError, NotAllowed
from tests.factories import accounts as cast

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts in threads of their own; what each raised, in order of the acts."""
    outcomes = [None] * len(acts)

    def run(index, act):
        try:
            act()
        except (DomainError, DatabaseError) as error:
            outcomes[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return outcomes


def owners_leave_together(monkeypatch):
    """Both owners leave; each waits after the check for the other to have checked too (or for the lock)."""
    first = cast.member("owner")
    second = cast.member("owner", organization=first.organization)
    both_checked = threading.Barrier(2)
    check = module.require_another

    def checked(membership, *role):
        check(membership, *role)
        with suppress(threading.BrokenBarrierError):  # with the lock on, the other one cannot get here
            both_checked.wait(1)

    monkeypatch.setattr(module, "require_another", checked)
    outcomes = at_once(
        lambda: services.leave(membership=Membership.objects.get(pk=first.pk)),
        lambda: services.leave(membership=Membership.objects.get(pk=second.pk)),
    )
    return outcomes, Membership.objects.filter(role="owner", is_active=True).count()


def test_when_both_owners_leave_at_once_one_stays(monkeypatch):
    outcomes, left = owners_leave_together(monkeypatch)
    assert left == 1
    assert sorted(type(outcome) for outcome in outcomes if outcome) == [LastOwner]


def test_without_the_lock_nobody_would_stay(monkeypatch):
    with locking.without_locks():
        outcomes, left = owners_leave_together(monkeypatch)
    assert (outcomes, left) == ([None, None], 0)


def accepted_together(monkeypatch):
    """The same invitation accepted in two tabs at once."""
    owner = cast.member("owner")
    invitation = services.invite(organization=owner.organization, email="new@example.org", role="bidder", actor=owner)
    user = cast.UserFactory(email="new@example.org")
    # Already a former member, so that the unique membership does not stand in for the lock.
    cast.MembershipFactory(user=user, organization=owner.organization, role="bidder", is_active=False)
    both_read = threading.Barrier(2)
    expires = Invitation.expires_at
    wait = {"on": True}

    class Slow:
        def __get__(self, instance, owner_class):
            is_test = threading.current_thread() is threading.main_thread()
            if instance is not None and wait["on"] and not is_test:
                with suppress(threading.BrokenBarrierError):
                    both_read.wait(1)
            return expires.__get__(instance, owner_class)

        def __set__(self, instance, value):
            instance.__dict__["expires_at"] = value

    monkeypatch.setattr(Invitation, "expires_at", Slow())
    outcomes = at_once(*[lambda: services.accept_invitation(token=invitation.token, user=user)] * 2)
    wait["on"] = False
    events = audit.timeline(owner.organization, owner)
    return outcomes, events.filter(name="accounts.membership.accepted").count()


def test_an_invitation_accepted_in_two_tabs_has_one_effect(monkeypatch):
    outcomes, accepted = accepted_together(monkeypatch)
    assert (outcomes, accepted) == ([None, None], 1)


def test_without_the_lock_it_would_have_two(monkeypatch):
    with locking.without_locks():
        outcomes, accepted = accepted_together(monkeypatch)
    assert (outcomes, accepted) == ([None, None], 2)


def test_a_right_taken_away_between_page_and_click_is_refused(client):
    owner = cast.member("owner")
    member = cast.member("owner", organization=owner.organization)
    victim = cast.member("bidder", organization=owner.organization)
    client.force_login(member.user)
    page = client.get(f"/organization/members/{victim.pk}/")
    assert page.status_code == 200
    services.change_role(membership=member, role="inventor", actor=owner)
    answer = client.post(f"/organization/members/{victim.pk}/", {"role": "owner"})
    assert answer.status_code == 403
    services.deactivate_member(membership=member, actor=owner)
    answer = client.post(f"/organization/members/{victim.pk}/", {"role": "owner"})
    assert answer.status_code == 302 and answer["Location"] == "/register/"
    assert Membership.objects.get(pk=victim.pk).role == "bidder"
    with pytest.raises(NotAllowed):
        services.deactivate_member(membership=victim, actor=Membership.objects.get(pk=member.pk))
