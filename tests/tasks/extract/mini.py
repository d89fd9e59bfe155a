"""Invented short report pages for the tests of metadata, issuer and kind.

Here: the text of a whole report, to be framed by a test. Not here: expectations.
"""

from tasks.extract.metadata import read_metadata
from tasks.extract.sections import find_sections
from tasks.values import Metadata
from tests.tasks.extract.reports import document

TEXT = (
    "根据《中华人民共和国政府信息公开条例》的规定，编制本报告。全文包括概述、主动公开情况等部分。",
    "一、概述",
    "一年来，我局认真贯彻条例要求，把公开作为转变作风的抓手，不断完善制度、充实内容、拓宽渠道。",
    "二、主动公开情况",
    "全年主动公开政府信息231条，其中机构职能类12条，业务工作类219条，全部通过门户网站发布。",
    "三、依申请公开情况",
    "全年未收到政府信息公开申请，也未发生行政复议和行政诉讼案件。",
    "四、存在的问题和改进措施",
    "一是公开内容不够丰富；二是更新不够及时。下一步，将加强学习，改进工作。",
)


def report(*above: str, below: tuple[str, ...] = (), speaker: str = "我局") -> str:
    """A report in plain text between the lines above and below it; `speaker`: how it calls its issuer."""
    return "\n".join([*above, *TEXT, *below]).replace("我局", speaker)


def html_report(above: str, below: str = "", speaker: str = "我局", head: str = "") -> str:
    """The same report as a page with paragraphs."""
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT).replace("我局", speaker)
    return f"<html><head>{head}</head><body>{above}{paragraphs}{below}</body></html>"


def metadata(text: str) -> Metadata:
    """The metadata of a page given as text or HTML."""
    page = document(text, "page.html" if text.startswith("<html") else "page.txt")
    return read_metadata(page, find_sections(page))
