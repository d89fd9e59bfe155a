import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.contacts import find_contacts
from tests.tasks.extract.gold import ALL, fold, reports
from tests.tasks.extract.mini import html_report, report
from tests.tasks.extract.reports import document

TITLE = "梁山县审计局2011年政府信息公开年度报告"


def contacts(sentence: str) -> list[tuple[str, str]]:
    return [(c.kind, c.value) for c in find_contacts(document(report(TITLE, sentence)))]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("kind", "field"), [("phone", "phones"), ("fax", "faxes"), ("email", "emails")])
def test_numbers_and_mail_equal_the_labels(name: str, kind: str, field: str) -> None:
    for page in reports(name):
        wanted = {fold(value) for value in page.gold[field]}
        found = {fold(c.value) for c in find_contacts(page.document) if c.kind == kind}
        assert wanted <= found, page.gold["page"]
        assert found <= wanted | {fold(value) for value in page.gold.get(f"{field}_optional") or []}, (
            page.gold["page"]
        )


@pytest.mark.shared
def test_addresses_postcodes_and_web_addresses_equal_the_labels_on_the_real_reports() -> None:
    kinds = {"address": "addresses", "postcode": "postcodes", "url": "websites"}
    for page in reports("real"):
        for kind, field in kinds.items():
            found = {c.value for c in find_contacts(page.document) if c.kind == kind}
            assert found == set(page.gold["contacts"][field]), page.gold["page"]


@pytest.mark.parametrize("name", ALL)
def test_the_evidence_holds_the_value_as_printed(name: str) -> None:
    for page in reports(name):
        for contact in find_contacts(page.document):
            evidence = page.document.text[contact.evidence_start : contact.evidence_end]
            assert evidence.rstrip(".") == contact.value


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("如有疑问请联系，电话：0349-2100388。", [("phone", "0349-2100388")]),
        ("联系电 话：(0356)5221890，邮 编：048400。", [("phone", "(0356)5221890"), ("postcode", "048400")]),
        ("电话/传真：0591-23165370。", [("phone", "0591-23165370"), ("fax", "0591-23165370")]),
        ("电话（传真）：24336240。", [("phone", "24336240"), ("fax", "24336240")]),
        ("联系电话：0591-23165370、23165371；", [("phone", "0591-23165370"), ("phone", "23165371")]),
        (
            "请拨打0898-00008809，或传真至0898-00008810。",
            [("phone", "0898-00008809"), ("fax", "0898-00008810")],
        ),
        ("联系人：张三　13900001234。", []),
        ("电话：０８９８－００００８８０９。", [("phone", "０８９８－００００８８０９")]),
        ("电子邮箱：pzxxgkb＠163.com。", [("email", "pzxxgkb＠163.com")]),
        ("通讯地址：高平市长平西街46号（原二中）315室；", [("address", "高平市长平西街46号（原二中）315室")]),
        ("（地址：高平市长平西街46号）。", [("address", "高平市长平西街46号")]),
        ("可在网站（http://www.example.gov.cn/）下载。", [("url", "http://www.example.gov.cn/")]),
        ("与办公室联系（0755-00001234）。", [("phone", "0755-00001234")]),
    ],
)
def test_contacts_are_found_as_printed(sentence: str, found: list[tuple[str, str]]) -> None:
    assert contacts(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "12345热线受理诉求23418件，12312举报投诉平台受理6起。",
        "监督举报电话：0349-2100388。",
        "电话咨询3126人次，网上咨询164人次，传真申请0件。",
        "通过电话12人次、来访8人次答复，网站公开12000000条。",
    ],
)
def test_hotlines_complaints_and_counts_are_no_contacts(sentence: str) -> None:
    assert contacts(sentence) == []


def test_the_sites_own_contacts_and_hidden_links_are_left_out() -> None:
    mail = '<p>如有疑问请联系，邮箱：<a href="mailto:other@example.com">gk@example.com</a></p>'
    below = (
        f"{mail}<p>2012年1月5日</p><div>主办：梁山县政府　网站联系电话：0537-0000000　ICP备00000000号</div>"
    )
    page = document(html_report(f"<h1>{TITLE}</h1>", below), "page.html")
    assert [(c.kind, c.value) for c in find_contacts(page)] == [("email", "gk@example.com")]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="电话传真：0591-2316、/（）@a.com地址邮编；\n 0０", max_size=120))
def test_evidence_holds_on_any_text(text: str) -> None:
    page = document(report(TITLE, text))
    for contact in find_contacts(page):
        assert page.text[contact.evidence_start : contact.evidence_end].startswith(contact.value)


@pytest.mark.parametrize(
    "worst", ["电话：0" * 200_000, "地址：" * 300_000, "a@" * 400_000, "0349-2100388" * 80_000]
)
def test_a_megabyte_of_half_contacts_is_read_quickly(worst: str, stopwatch) -> None:  # type: ignore[no-untyped-def]
    page = document(worst)
    with stopwatch(4):
        find_contacts(page)
