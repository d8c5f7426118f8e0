"""What a stranger who scans a certificate reads of the licensee's name."""

import pytest
from django.utils import translation

from foundation.core.refs import Ref
from foundation.documents import queries as documents
from licenses.presentation.certificate import certificate_view, masked
from tests.factories import accounts
from tests.factories.uptakes import paid_license


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("江海储能科技有限公司", "江海储＊＊＊有限公司"),
        ("测试大学", "测＊＊"),
        ("Jianghai Storage Technology Co., Ltd.", "Jia*** Ltd."),
        ("ABB AG", "A***"),
        ("Siemensstadt", "S***"),
    ],
)
def test_the_beginning_and_the_form_of_a_name_stay(name, shown):
    assert masked(name) == shown


@pytest.mark.parametrize(("name", "shown"), [("张三", "张＊＊"), ("John Smith", "J***")])
def test_of_a_person_only_the_first_character_stays(name, shown):
    assert masked(name, is_person=True) == shown


@pytest.mark.django_db
def test_the_name_is_masked_in_the_language_of_the_reader():
    firm = accounts.OrganizationFactory(name="江海储能科技有限公司", name_en="Jianghai Storage Co., Ltd.")
    license = paid_license(licensee=accounts.licensee(organization=firm))
    certificate = documents.certificate_of(Ref.of(license))
    for language, shown in (("zh-hans", "江海储＊＊＊有限公司"), ("en", "Jia*** Ltd.")):
        with translation.override(language):
            assert shown in [row.value for row in certificate_view(certificate).rows]
