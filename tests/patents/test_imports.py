"""Importing a portfolio: preview, confirm, errors, undo, resume."""

import hashlib

import pytest
from django.utils import translation

from foundation import audit
from foundation.core.actors import SYSTEM
from foundation.core.errors import NotAllowed, NotPossibleNow
from foundation.jobs import services as jobs
from foundation.jobs.models import ImportBatch
from patents import encumbrances, services
from patents.importing import writing
from patents.importing.shown import shown_errors
from patents.models import LegalEvent, Ownership, Patent
from patents.services.imports import FileChanged, NothingToImport
from tests.factories.accounts import UniversityFactory, licensee, member
from tests.factories.patents import basis, make_number, make_patent
from tests.patents.portfolio import as_csv, as_xlsx, checked, imported, row, undone, upload


@pytest.fixture(autouse=True)
def english():
    """The sentences compared here are the source texts."""
    with translation.override("en"):
        yield


@pytest.fixture
def keeper(db):
    return member("ip_manager", organization=UniversityFactory(name="江南测试大学"))


def errors_of(batch):
    return [
        (error["cell"], error["column"], error["reason"])
        for line in batch.rows.order_by("line")
        for error in shown_errors(line)
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("UTF-8", lambda rows: as_csv(rows)),  # noqa: PLW0108
        ("UTF-8 with mark", lambda rows: as_csv(rows, encoding="utf-8-sig")),
        ("GB18030", lambda rows: as_csv(rows, encoding="gb18030")),
        ("UTF-16", lambda rows: as_csv(rows, encoding="utf-16")),
        (
            "semicolons",
            lambda rows: as_csv([[str(cell).replace(";", "；") for cell in line] for line in rows], separator=";"),
        ),
        ("TAB", lambda rows: as_csv(rows, separator="\t")),
        ("XLSX", as_xlsx),
    ],
)
def test_every_usual_form_of_a_table_is_imported_alike(keeper, name, content):
    batch = imported(content([row(1), row(2)]), keeper)
    assert (batch.state, batch.rows_written, batch.rows_wrong) == ("imported", 2, 0)
    patent = Patent.objects.get(number=make_number(1))
    assert patent.title_zh_hans == "一种石墨烯散热膜的制备方法1"
    assert (patent.ipc, patent.inventors) == (["H01M 10/0525", "C01B 32/184"], ["张三", "李四"])
    assert (str(patent.expiry_date), patent.legal_status, patent.annual_fee_status) == ("2041-03-14", "granted", "paid")
    assert patent.owner_ids() == {keeper.organization_id}


def test_nothing_is_written_before_the_confirmation(keeper):
    batch = checked(as_csv([row(1), row(2)]), keeper)
    assert (batch.state, batch.rows_valid, Patent.objects.count()) == ("preview", 2, 0)


def test_errors_name_row_cell_column_and_reason(keeper):
    batch = checked(
        as_csv([row(1), row(2, 专利号="ZL 2021 1 0123456.8"), row(3, 申请日="2021-02-30", 名称="")]), keeper
    )
    assert (batch.rows_valid, batch.rows_wrong) == (1, 2)
    assert errors_of(batch) == [
        ("A3", "Patent number", "The last character does not agree with the rest: a digit is mistyped, or the number is invented."),  # noqa: E501
        ("H4", "Filing date", "There is no such day: 2021-02-30."),
        ("B4", "Title (Chinese)", "This cell must not be empty."),
    ]  # fmt: skip


def test_rows_without_errors_are_imported_and_the_others_are_left_out(keeper):
    batch = imported(as_csv([row(1), row(2, 专利号="nonsense"), row(3)]), keeper)
    assert (batch.rows_written, batch.rows_wrong, Patent.objects.count()) == (2, 1, 2)


def test_the_same_number_twice_in_a_file_is_an_error_of_the_second_row(keeper):
    batch = checked(as_csv([row(1), row(1)]), keeper)
    assert errors_of(batch) == [("A3", "Patent number", "The same number stands in row 2 already.")]


def test_a_patent_that_is_registered_already_is_an_error(keeper):
    make_patent(keeper.organization, number=make_number(1))
    assert errors_of(checked(as_csv([row(1)]), keeper)) == [
        ("A2", "Patent number", "This patent is in the register already.")
    ]


def test_a_patent_registered_since_the_preview_is_left_out(keeper):
    batch = checked(as_csv([row(1), row(2)]), keeper)
    make_patent(keeper.organization, number=make_number(1))
    services.confirm_import(batch=batch, sha256=batch.sha256, actor=keeper)
    batch.refresh_from_db()
    jobs.run(batch.job_id)
    batch.refresh_from_db()
    assert (batch.rows_written, batch.rows_wrong) == (1, 1)


def test_rows_of_another_patentee_are_left_out_unless_they_are_said_to_be_ours(keeper):
    content = as_csv(
        [row(1, 专利权人="江南测试大学"), row(2, 专利权人="别的公司; 江南测试大学"), row(3, 专利权人="别的公司")]
    )
    batch = checked(content, keeper)
    assert (batch.rows_valid, batch.rows_foreign, batch.rows_wrong) == (2, 1, 0)
    services.confirm_import(batch=batch, sha256=batch.sha256, actor=keeper, include_foreign=True)
    batch.refresh_from_db()
    jobs.run(batch.job_id)
    owners = Ownership.objects.order_by("patent__number", "position").values_list("name", "organization_id")
    own = keeper.organization_id
    assert sorted(owners, key=str) == sorted(
        [("江南测试大学", own), ("别的公司", None), ("江南测试大学", own), ("别的公司", own)], key=str
    )


def test_a_co_owner_known_here_by_name_becomes_an_owner_with_its_share(keeper):
    partner = licensee().organization
    header = ["专利号", "名称", "申请日", "专利权人", "权属份额"]
    content = as_csv([[make_number(1), "甲", "2021-03-15", f"江南测试大学；{partner.name}", "2:1"]], header=header)
    imported(content, keeper)
    shares = Ownership.objects.order_by("position").values_list("organization_id", "share_weight")
    assert list(shares) == [(keeper.organization_id, 2), (partner.pk, 1)]


def test_facts_nobody_stated_stay_unknown(keeper):
    imported(as_csv([row(1)]), keeper)
    patent = Patent.objects.get()
    assert sorted(patent.register_facts) == ["annual_fee", "status"]


def test_every_imported_patent_begins_its_timeline(keeper):
    imported(as_csv([row(1), row(2)]), keeper)
    for patent in Patent.objects.all():
        assert [event.name for event in audit.timeline(patent, None)] == ["patents.patent.imported"]
    assert LegalEvent.objects.count() == 4


def test_a_file_swapped_between_preview_and_confirmation_is_refused(keeper):
    batch = checked(as_csv([row(1)]), keeper)
    with pytest.raises(FileChanged):
        services.confirm_import(batch=batch, sha256=hashlib.sha256(b"other").hexdigest(), actor=keeper)
    assert ImportBatch.objects.get().state == "preview"


def test_stored_bytes_that_changed_before_the_check_are_refused(keeper):
    batch = services.start_import(upload=upload(as_csv([row(1)])), actor=keeper)
    with batch.file.storage.open(batch.file.name, "wb") as file:
        file.write(as_csv([row(2)]))
    jobs.run(batch.job_id)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == ("refused", 0)


def test_a_preview_without_a_good_row_cannot_be_confirmed(keeper):
    batch = checked(as_csv([row(1, 专利号="x")]), keeper)
    with pytest.raises(NothingToImport):
        services.confirm_import(batch=batch, sha256=batch.sha256, actor=keeper)


def test_confirming_twice_has_one_effect(keeper):
    batch = imported(as_csv([row(1)]), keeper)
    with pytest.raises(NotPossibleNow):
        services.confirm_import(batch=batch, sha256=batch.sha256, actor=keeper)
    assert Patent.objects.count() == 1


def test_only_who_keeps_the_portfolio_may_import(db):
    with pytest.raises(NotAllowed):
        services.start_import(upload=None, actor=member("licensing_user"))


def test_an_import_is_undone_except_for_patents_in_use(keeper):
    batch = imported(as_csv([row(1), row(2), row(3)]), keeper)
    used = Patent.objects.get(number=make_number(2))
    encumbrances.place(used, "open_declaration", basis=basis(), actor=SYSTEM)
    undone(batch, keeper)
    assert (batch.state, batch.rows_undone) == ("undone", 2)
    assert list(Patent.objects.values_list("number", flat=True)) == [used.number]
    assert list(batch.rows.order_by("line").values_list("decision", flat=True)) == ["undone", "kept", "undone"]


def test_an_import_that_was_undone_can_be_sent_again(keeper):
    content = as_csv([row(1)])
    undone(imported(content, keeper), keeper)
    assert imported(content, keeper).rows_written == 1


def test_a_write_that_died_between_chunks_goes_on_without_a_row_twice(keeper, monkeypatch):
    monkeypatch.setattr(writing, "CHUNK", 2)
    batch = checked(as_csv([row(number) for number in range(1, 8)]), keeper)
    services.confirm_import(batch=batch, sha256=batch.sha256, actor=keeper)
    batch.refresh_from_db()

    class Killed(BaseException):
        """As if the process had been killed: nothing of ours runs any more."""

    def die(name, calls=[]):  # noqa: B006, counts the calls
        if name == "import-chunk-inserted":
            calls.append(1)
            if len(calls) == 3:
                raise Killed

    monkeypatch.setattr(writing, "crash_point", die)
    with pytest.raises(Killed):
        jobs.run(batch.job_id)
    assert (Patent.objects.count(), batch.rows.filter(decision="written").count()) == (4, 4)
    monkeypatch.setattr(writing, "crash_point", lambda name: None)
    batch.job.refresh_from_db()
    assert jobs.take_up_lost(now=batch.job.heartbeat_at + 2 * jobs.HEARTBEAT_LOST_AFTER) == [batch.job_id]
    jobs.run(batch.job_id)
    batch.refresh_from_db()
    assert (batch.state, batch.rows_written, Patent.objects.count(), Ownership.objects.count()) == ("imported", 7, 7, 7)
