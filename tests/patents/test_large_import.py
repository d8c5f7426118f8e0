"""A portfolio of 5,000 real rows in every form people send. How long it takes says `bin/bench import_portfolio`.

The forms that differ from another by their encoding alone take a tenth of the rows, unless KAIXU_LONG is set.
"""

import json
import os

import pytest

from bench.import_portfolio import HEADER, Stopwatch, portfolio, report
from foundation import audit
from foundation.jobs import services as jobs
from foundation.jobs.models import Job
from patents import services
from patents.models import Patent
from tests.factories.accounts import UniversityFactory, member
from tests.patents.portfolio import as_csv, as_xlsx, upload

ROWS = 5_000
SHORT = () if os.environ.get("KAIXU_LONG") else ("UTF-8", "UTF-8 with mark")
FORMS = {
    "UTF-8": lambda rows: as_csv(rows, header=HEADER),
    "UTF-8 with mark": lambda rows: as_csv(rows, header=HEADER, encoding="utf-8-sig"),
    "GB18030": lambda rows: as_csv(rows, header=HEADER, encoding="gb18030"),
    "XLSX": lambda rows: as_xlsx(rows, header=HEADER),
}


@pytest.mark.slow
@pytest.mark.real_data
@pytest.mark.parametrize("form", FORMS)
def test_five_thousand_rows_are_imported_each_once(real_data, db, form):
    rows = ROWS // 10 if form in SHORT else ROWS
    content = FORMS[form](portfolio(real_data, rows))
    keeper = member("ip_manager", organization=UniversityFactory())
    watch = Stopwatch()
    batch = services.start_import(upload=upload(content), actor=keeper)
    jobs.run(batch.job_id)
    batch.refresh_from_db()
    checked = watch.seconds
    assert (batch.state, batch.rows_foreign, batch.rows_wrong) == ("preview", rows, 0)
    services.confirm_import(batch=batch, sha256=batch.sha256, actor=keeper, include_foreign=True)
    batch.refresh_from_db()
    jobs.run(batch.job_id)
    batch.refresh_from_db()
    print(json.dumps(report(form, rows, checked, watch.seconds - checked), ensure_ascii=False))  # noqa: T201
    assert (batch.state, batch.rows_written, Patent.objects.count()) == ("imported", rows, rows)
    assert audit.models.Event.objects.filter(name="patents.patent.imported").count() == rows
    assert Job.objects.get(pk=batch.job_id).done == rows
