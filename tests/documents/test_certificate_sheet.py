"""The certificate is one page, however long names, title and price are, in both languages."""

import io

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from foundation.core.refs import Ref
from foundation.documents import queries as documents
from foundation.documents import rendering
from licenses.certificates import certificate_data
from tests.documents.test_rendering import MADE_AT
from tests.factories.licenses import price, published_declaration
from tests.factories.uptakes import paid_license

pytestmark = pytest.mark.django_db
CHINESE, ENGLISH = "江海省新能源材料与智能装备联合研究院", "Jianghai Joint Institute of Energy Materials, "
DEAREST = {"entry_fee_fen": 1_999_999_999, "royalty_minimum_fen": 999_999_999, "royalty_cap_fen": 1_999_999_999}


def longest(obj, field, text):
    """The text repeated until the field holds no more."""
    most = obj._meta.get_field(field).max_length
    setattr(obj, field, (text * most)[:most].strip())


def pages(data) -> int:
    pdf = rendering.render(template="licenses/certificate", data=data, made_at=MADE_AT)
    return PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Count"]


@pytest.fixture
def sheet():
    """A license with the dearest price there is, and what its certificate prints."""
    license = paid_license(published_declaration(price=price("entry_plus_royalty", **DEAREST)))

    def data():
        return {**certificate_data(license, documents.certificate_of(Ref.of(license))), "demo": True}

    return license, data


def test_an_ordinary_certificate_is_one_page(sheet):
    _license, data = sheet
    assert pages(data()) == 1


def test_the_longest_names_title_and_price_stay_on_one_page(sheet):
    license, data = sheet
    for party in (license.licensor, license.licensee):
        longest(party, "name", CHINESE)
        longest(party, "name_en", ENGLISH)
    longest(license.patent, "title_zh_hans", "一种高镍三元正极材料的低温水相包覆与连续烧结一体化制备方法及其装置")
    longest(license.patent, "title_en", "Method and device for continuous low-temperature aqueous coating of cathodes ")
    said = data()
    fee = next(row for row in said["facts"] if row["en"] == "Fee")
    assert "拾" in fee["value"] and "at most" in fee["value_en"]
    assert pages(said) == 1
