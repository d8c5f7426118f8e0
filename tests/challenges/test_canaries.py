"""Random markers in everything sealed or secret; nobody meets one who must not, before the opening and after it.

Before the opening the test asks for more than silence: a submission changes no byte of any answer to anybody else.
"""

import json
import secrets

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection

from challenges import texts
from challenges.models import Attachment, Conflict, Proposal, Seat
from challenges.services import panels, proposal_drafts, proposing, scores, seats
from foundation import audit
from foundation.core import clock, crypto
from foundation.documents import services as documents
from foundation.documents.models import File
from notifications import services as notifications
from tests.challenges.crawling import IS_LONG, addresses, answers
from tests.factories import accounts
from tests.factories import challenges as make
from tests.journeys.cast import paper
from tests.patents.portfolio import upload

pytestmark = pytest.mark.django_db
PARTS = ("solution", "plan", "conflicts", "member", "unit", "promise", "deliverable", "file")


def new() -> str:
    """A marker that stays itself in HTML, JSON, addresses and mails."""
    return f"cnry{secrets.token_hex(6)}"


@pytest.fixture
def cast():
    return make.Cast()


@pytest.fixture
def challenge(cast):
    made = make.published(cast, accounts.member("owner"))
    file = documents.accept_upload(upload=upload(paper(), f"{new()}.png"), actor=cast.officer)
    Attachment.objects.create(challenge=made, file=file, title=new(), is_confidential=True)
    return made


@pytest.fixture
def solver():
    return accounts.patentee(organization=accounts.UniversityFactory(name=new(), name_en=new()))


def written(challenge, solver) -> tuple[Proposal, dict[str, str]]:
    """A draft with a marker in each of its parts."""
    marks = {part: new() for part in PARTS}
    content = make.content(
        team=solver,
        solution=marks["solution"], plan=marks["plan"], conflicts=marks["conflicts"], promises={"1": marks["promise"]},
        members=[{"name": marks["member"], "unit": marks["unit"], "consent": True}],
    )  # fmt: skip
    content["milestones"][0]["deliverable"] = marks["deliverable"]
    made = proposing.start(challenge=challenge, actor=solver)
    made = proposal_drafts.save_draft(proposal=made, content=content, version=0, actor=solver)
    proposal_drafts.add_file(proposal=made, upload=upload(paper(), f"{marks['file']}.png"), actor=solver)
    make.consented(made, solver)
    return made, marks


def submit(proposal, solver) -> proposing.Submitted:
    pinned = texts.sha256_of(proposal.challenge.season, texts.COMMITMENT)
    return proposing.submit(proposal=proposal, commitment_sha256=pinned, actor=solver)


def others(cast, challenge) -> dict:
    """Everybody who is no member of the team."""
    made = {role: accounts.member(role) for role in ("city_officer", "superuser") if IS_LONG}
    return made | {
        "visitor": None, "officer": cast.officer, "auditor": cast.auditor, "finance": cast.finance,
        "firm": accounts.member("owner", organization=challenge.owner), "rival": accounts.patentee(),
    }  # fmt: skip


def known(challenge, keys=()) -> dict:
    """What stands in addresses: numbers, keys, codes, and ids (all in a long run, else last files and all seats)."""
    numbers = [challenge.number, *Proposal.objects.exclude(number=None).values_list("number", flat=True)]
    files, seated = (sorted(model.objects.values_list("pk", flat=True)) for model in (File, Seat))
    ids = {1, 2, *files, *seated} if IS_LONG else {*files[-2:], *seated}
    return {"number": numbers, "key": keys, "code": [challenge.season.code], "pk": sorted(ids),
            "part": ["plan"], "form": ["csv", "xlsx"], "position": [1], "attachment": [1]}  # fmt: skip


def told_by_mail() -> dict[str, str]:
    """Everything that is sent now, by who gets it."""
    while audit.deliver_pending():
        pass
    notifications.send_waiting()
    told: dict[str, str] = {}
    for message in mail.outbox:
        for to in message.to:
            told[to] = told.get(to, "") + message.subject + message.body + message.message().as_string()
    return told


def test_a_sealed_proposal_changes_no_byte_of_any_answer_to_others(cast, challenge, solver, caplog):
    caplog.set_level("DEBUG")
    watching = ("visitor", "firm", "officer", "rival")
    everybody, at = others(cast, challenge), challenge.published_at
    people = {name: everybody[name] for name in watching}
    key = "k" * 12  # of nothing yet
    with clock.at(at):
        told_by_mail()  # what came before
        mail.outbox.clear()
        where = [a for a in addresses(known(challenge, [key]), []) if not a.startswith("/notifications/")]
        where = [a for a in where if "/files/" not in a]  # readings of files and of notices are written down
        before = {name: answers(member, where) for name, member in people.items()}
        proposal, marks = written(challenge, solver)
        Proposal.objects.filter(pk=proposal.pk).update(key=key)
        sealed = submit(proposal, solver)
        mails = told_by_mail()
        after = {name: answers(member, where) for name, member in people.items()}
        own = answers(solver, where)
    changed = {
        (name, a) for name in people for a in where if before[name].get(a) != after[name].get(a)
    }  # fmt: skip
    assert not changed, sorted({address for _name, address in changed})
    assert [(name, a) for name in people for a, (status, _body) in after[name].items() if status >= 500] == []
    assert own[proposal.get_absolute_url().replace(proposal.key, key)][0] == 200  # the team's own page is there
    assert len(where) > 60 and len([a for a, (status, _body) in after["firm"].items() if status == 200]) > 30
    assert set(mails) == {solver.user.email} and challenge.number in mails[solver.user.email]
    secret = [*marks.values(), sealed.receipt, sealed.copy.ciphertext_sha256]
    assert [one for one in secret if one in caplog.text] == []


def test_a_dump_media_and_all_settings_read_nothing_before_the_opening(challenge, solver):
    proposal, marks = written(challenge, solver)
    assert all(mark in readable() for mark in marks.values())  # a draft is the team's own, under the platform's key
    sealed = submit(proposal, solver)
    found = readable()
    assert [one for one in [*marks.values(), sealed.receipt] if one in found] == []
    assert solver.organization.name in found


def readable() -> str:
    """What a dump of every table and every file give to somebody who has the settings: decrypted where that works."""
    rows = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{model._meta.db_table}" t')
            rows += [row[0] for row in cursor.fetchall()]
    rows += [file.content.read().hex() for file in File.objects.all()]
    return "\n".join(rows + [text for row in rows for text in _decrypted(row)])


def _decrypted(row: str) -> list[str]:
    values = json.loads(row).values() if row.startswith("{") else []
    return [crypto.decrypt(one) for one in values if isinstance(one, str) and one.startswith(crypto.VERSION)]


def opened_and_seated(cast, challenge) -> dict:
    """Everything is opened and eligible, the panel drawn; its experts, all of whom accepted."""
    make.opened(cast, challenge)
    for one in challenge.proposals.filter(state="opened"):
        panels.judge_eligibility(proposal=one, eligible=True, reason="", actor=cast.officer)
    panels.draw_panel(challenge=challenge, actor=cast.officer)
    seated = {}
    for seat in challenge.seats.select_related("expert__user"):
        actor = make.member_of(seat.expert)
        seats.accept(seat=seat, actor=actor)
        seated[f"expert {seat.alias}"] = actor
    return seated


def test_after_the_opening_everybody_reads_what_is_theirs_and_nothing_else(cast, challenge, solver):
    proposal, marks = written(challenge, solver)
    submit(proposal, solver)
    rival = accounts.patentee(organization=accounts.UniversityFactory(name=new(), name_en=new()))
    submit(written(challenge, rival)[0], rival)
    for _n in range(3):
        make.expert()
    outside = make.expert(is_active=False)
    people = others(cast, challenge) | {"solver": solver, "rival": rival, "unseated": make.member_of(outside)}
    with clock.at(challenge.closes_at):
        people |= opened_and_seated(cast, challenge)
        proposal.refresh_from_db()
        panel = list(challenge.seats.order_by("pk"))
        conflicted = panel[0]
        Conflict.objects.create(expert=conflicted.expert, challenge=challenge, proposal=proposal, kind="declared")
        scorer, said = panel[1], {one.pk: new() for one in challenge.criteria.all()}
        given = {pk: (70, comment) for pk, comment in said.items()}
        actor = people[f"expert {scorer.alias}"]
        scores.save(seat=scorer, proposal=proposal, given=given, actor=actor)
        scores.hand_in(seat=scorer, proposal=proposal, actor=actor)
        where = addresses(known(challenge, [proposal.key, proposal.number]), [marks["solution"], marks["member"]])
        shown = {name: answers(member, where) for name, member in people.items()}
        mails = told_by_mail()

    def met(name: str, mark: str) -> list[str]:
        """Where somebody reads a marker; what was asked may be repeated."""
        return [a for a, (_status, body) in shown[name].items() if mark.encode() in body and mark not in a]

    marks["team"] = solver.organization.name_en
    readers = {"officer", "auditor", "superuser", "firm", "solver"} & set(people)
    seated = {f"expert {one.alias}" for one in panel}
    reviewers = seated - {f"expert {conflicted.alias}"}
    assert [(name, part) for name in readers for part, mark in marks.items() if not met(name, mark)] == []
    strangers = set(people) - readers - reviewers
    assert [(name, part, at) for name in strangers for part, mark in marks.items() if (at := met(name, mark))] == []
    hidden = [marks[part] for part in ("member", "unit", "team")]  # the season is blind
    assert [(name, at) for name in reviewers for mark in hidden if (at := met(name, mark))] == []
    assert [name for name in reviewers if not met(name, marks["solution"])] == []
    by = f"expert {scorer.alias}"
    assert [(n, at) for n in set(people) - {by} for comment in said.values() if (at := met(n, comment))] == []
    annex = Attachment.objects.get(challenge=challenge)
    shut_out = set(people) - readers - seated
    secret = (annex.file.original_name,)  # that there is an annex, and its title, is public
    assert [(n, at) for n in shut_out | {"solver"} for mark in secret if (at := met(n, mark))] == []
    told = [*marks.values(), *said.values(), *secret]
    assert [(to, mark) for to, text in mails.items() for mark in told if mark in text and mark != marks["team"]] == []
