"""Short prose around the forms: headings of the generation and a few sentences that state figures plainly.

The wording is the project's own. Each clause carries the facts it states; a clause is the evidence.
"""

from __future__ import annotations

import random

from tests.generate.forms import Figures
from tests.generate.model import Block, Clause, words
from tests.generate.places import Issuer
from tests.generate.plan import Plan

Fact = tuple[str, float, str, str]
PUT_DOWN = (
    "坚持把公开的要求落实到办文办事的各个环节，明确分工，压实责任，各项任务有序推进。",
    "围绕群众关心的事项梳理目录，规范发布流程，公开的质量和时效有所改善。",
    "把公开工作列入年度重点任务，定期通报，逐项整改，形成上下联动的局面。",
)
PROBLEMS = "主要不足是解读形式不够丰富，部分栏目更新不够及时。今后将加强统筹，充实内容，提升服务水平。"
OTHERS = "没有其他需要报告的事项。"
OLD_HEADS = (
    "概述",
    "主动公开政府信息情况",
    "依申请公开政府信息情况",
    "行政复议、行政诉讼情况",
    "人员和培训情况",
    "存在的主要问题和改进措施",
)
NEW_HEADS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
CHINESE = "一二三四五六七八九十"


class ProseMaker:
    """Writes the sentences of one page from the figures its forms print."""

    def __init__(self, plan: Plan, issuer: Issuer, figures: Figures, rng: random.Random) -> None:
        self.plan, self.issuer, self.figures, self.rng = plan, issuer, figures, rng

    def figure(self, indicator: str, top: int) -> int | None:
        """What the form prints; another number where prose and form disagree; random without a form."""
        if (indicator, None, None) not in self.figures:
            return self.rng.randint(1, top)
        printed = self.figures[(indicator, None, None)]
        if printed is None or printed != int(printed):
            return None
        return int(printed) + (self.rng.randint(1, 9) if self.plan.has("prose-disagrees") else 0)

    def disclosed(self) -> list[Clause]:
        """主动公开: the total and two channels."""
        total = self.figure("proactive_total", 9000)
        if not total:
            return [Clause("各类信息均按目录要求及时发布。")]
        opening = f"{self.plan.year}年，{self.issuer.whole}"
        out = [
            Clause(opening),
            Clause(f"主动公开政府信息{total}条", [("proactive_total", total, "条", "narrative")]),
        ]
        for code, name in (("proactive_website", "政府网站"), ("proactive_wechat", "政务微信")):
            value = self.figure(code, total)
            if value and self.rng.random() < 0.6:
                lead = "，其中" if len(out) == 2 else "，"
                out += [Clause(lead), Clause(f"通过{name}公开{value}条", [(code, value, "条", "narrative")])]
        return [*out, Clause("。")]

    def received(self) -> list[Clause]:
        """Applications: a number, or a sentence of absence."""
        value = self.figure("applications_received", 300)
        if value is None:
            return [Clause("申请的受理渠道保持畅通。")]
        if value == 0:
            text = self.rng.choice(("全年未收到政府信息公开申请", "本年度没有收到政府信息公开申请"))
            return [Clause(text, [("applications_received", 0, "件", "statement")]), Clause("。")]
        verb = self.rng.choice(("共收到", "共受理", "收到"))
        text = f"全年{verb}政府信息公开申请{value}件"
        return [Clause(text, [("applications_received", value, "件", "narrative")]), Clause("。")]

    def fees(self) -> list[Clause]:
        """No fees were charged, when the form does not say otherwise."""
        if self.figures.get(("application_fees", None, None)) or self.rng.random() < 0.5:
            return []
        return [
            Clause("依申请提供政府信息未收取任何费用", [("application_fees", 0, "万元", "statement")]),
            Clause("。"),
        ]

    def disputes(self) -> list[Clause]:
        """复议 and 诉讼: both none, or each with its number."""
        recon = self.figure("reconsiderations", 20)
        suits: int | None = None
        if ("lawsuits", None, None) in self.figures or self.plan.generation in ("2014", "local"):
            suits = self.figure("lawsuits", 9)
        else:
            parts = [
                self.figures.get((f"lawsuits_{k}", None, None)) for k in ("direct", "after_reconsideration")
            ]
            suits = int(sum(p or 0 for p in parts)) if None not in parts else None
        if recon is None or suits is None:
            return [Clause("相关工作依法办理。")]
        if recon == 0 and suits == 0:
            facts: list[Fact] = [(c, 0, "件", "statement") for c in ("reconsiderations", "lawsuits")]
            return [Clause("本年度没有发生因政府信息公开引起的行政复议和行政诉讼", facts), Clause("。")]
        return [
            Clause("全年因政府信息公开引起的"),
            Clause(f"行政复议{recon}件", [("reconsiderations", recon, "件", "narrative")]),
            Clause("，"),
            Clause(f"行政诉讼{suits}件", [("lawsuits", suits, "件", "narrative")]),
            Clause("。"),
        ]

    def people(self) -> list[Clause]:
        """Staff and trainings."""
        out: list[Clause] = []
        staff = self.figure("staff_total", 60)
        if staff:
            text = f"从事政府信息公开工作的人员共{staff}人"
            out += [Clause(text, [("staff_total", staff, "人", "narrative")]), Clause("。")]
        runs, heads = self.figure("trainings", 9), self.figure("trainees", 400)
        if runs and heads:
            out += [
                Clause("全年"),
                Clause(f"举办政府信息公开培训班{runs}次", [("trainings", runs, "次", "narrative")]),
                Clause("，"),
                Clause(f"培训{heads}人次", [("trainees", heads, "人次", "narrative")]),
                Clause("。"),
            ]
        return out or [Clause("工作人员保持稳定。")]

    def explained(self) -> list[Clause]:
        """Interpretations and press conferences, sometimes."""
        out: list[Clause] = []
        for code, text, unit, top in (
            ("policy_interpretations", "发布政策解读稿件{}篇", "篇", 90),
            ("press_conferences", "召开新闻发布会{}次", "次", 12),
        ):
            value = self.figure(code, top)
            if value and self.rng.random() < 0.5:
                out += [
                    Clause("全年" if not out else "，"),
                    Clause(text.format(value), [(code, value, unit, "narrative")]),
                ]
        return [*out, Clause("。")] if out else []

    def aside(self) -> list[Clause]:
        """Business of the body: figures, but no facts."""
        n, m = self.rng.randint(20, 9000), self.rng.randint(20, 900)
        return [
            Clause(
                self.rng.choice(
                    (
                        f"全年发放就业补贴{n}万元，惠及企业{m}家。",
                        f"全年办理行政审批事项{n}件，按时办结率{m % 10 + 90}%。",
                        f"12345热线受理群众诉求{n}件。",
                        f"新建学校{m % 30 + 1}所，增加学位{n}个。",
                        "",
                    )
                )
            )
        ]


def heading(number: int, text: str, plan: Plan) -> Block:
    """A level-1 heading."""
    return words(
        "heading", f"{CHINESE[number - 1]}、{text}" if plan.seed % 11 else f"{CHINESE[number - 1]}.{text}"
    )


def old_prose(maker: ProseMaker) -> list[Block]:
    """Sections of a report on 2018 and before (prose first, form as an attachment)."""
    rng, plan = maker.rng, maker.plan
    parts: list[list[Clause]] = [
        [Clause(rng.choice(PUT_DOWN)), *maker.aside()],
        [*maker.disclosed(), *maker.explained()],
        [*maker.received(), *maker.fees()],
        maker.disputes(),
        maker.people(),
        [Clause(PROBLEMS)],
    ]
    if plan.has("no-prose"):
        parts = [[Clause(rng.choice(PUT_DOWN))]] * 5 + [[Clause(PROBLEMS)]]
    blocks: list[Block] = []
    for n, (head, clauses) in enumerate(zip(OLD_HEADS, parts, strict=True), 1):
        blocks += [heading(n, head, plan), Block("para", clauses)]
    return blocks


def new_prose(maker: ProseMaker, tables: list[list[Block]]) -> list[Block]:
    """The six sections since 2019; `tables` are what stands in sections 二, 三 and 四."""
    rng, plan = maker.rng, maker.plan
    first: list[Block] = [Block("para", [Clause(rng.choice(PUT_DOWN)), *maker.aside()])]
    if not plan.has("no-prose"):
        first.append(Block("para", [*maker.disclosed(), *maker.explained()]))
        first.append(Block("para", [*maker.received(), *maker.fees()]))
        if rng.random() < 0.5:
            first.append(Block("para", maker.disputes()))
    contents = [first, *tables, [words("para", PROBLEMS)], [words("para", OTHERS)]]
    blocks: list[Block] = []
    for n, (head, inside) in enumerate(zip(NEW_HEADS, contents, strict=True), 1):
        blocks += [heading(n, head, plan), *inside]
    return blocks
