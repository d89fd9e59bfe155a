"""Single sentences of prose with the figures they state, each part in any of many words (`wordings`).

Here: the ways in which they are put together; a sentence's facts are known because it was built from
them. Not here: whole pages (`page`, `prose`), sentences seen to fail (tests/tasks/extract/prose_cases.txt).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from tests.generate.wordings import (
    ABOUT,
    AIM,
    AND_SO_ON,
    ANSWERED,
    ANSWERS,
    ASKED,
    BY,
    CARRIED_FORWARD,
    CARRIED_OVER,
    CASES,
    CHANNELS,
    COLUMN,
    COURT,
    DISCLOSE,
    FREE,
    HAVE,
    INFORMATION,
    ISSUED,
    MODES,
    NAMED_SITES,
    NEVER,
    NORMATIVE,
    NOT,
    NOT_ASKED,
    PIECE,
    PIECES,
    POST,
    RECEIVED,
    REMEDIES,
    REQUEST,
    REQUESTS,
    SUBJECTS,
    SUM,
    TAIL,
    WHEN,
    WHO,
    words,
)

YEARS = tuple(range(2009, 2026))
# The outcomes have other codes in reports from this year on.
RENAMED_SINCE = 2019


class Sentence(NamedTuple):
    """A sentence in its section (letters of prose_cases.txt) with the facts it states; those of `debatable`
    may come out or not."""

    section: str
    year: int
    text: str
    facts: dict[str, float]
    debatable: frozenset[str] = frozenset()


class Words:
    """Random choices of one sentence."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.year = self.random.choice(YEARS)

    def one(self, words: tuple[str, ...]) -> str:
        word = self.random.choice(words).replace("{y}", str(self.year))
        return word.replace("{p}", str(self.year - 1)).replace("{f}", str(self.year + 1))

    def number(self, top: int = 3000) -> int:
        return self.random.randint(3, self.random.choice((20, 300, top)))

    def print(self, number: int, units: tuple[str, ...]) -> str:
        """The number with its unit, sometimes approximate, sometimes with a separator."""
        digits = f"{number:,}" if number > 999 and self.random.random() < 0.2 else str(number)
        about = self.one(ABOUT) if number > 50 and self.random.random() < 0.1 else ""
        return digits + about + self.one(units)

    def opening(self) -> str:
        return self.one(WHEN) + self.one(WHO)

    def channels(self, count: int) -> list[tuple[str, str]]:
        """Different channels: (indicator, its words)."""
        codes = self.random.sample(sorted(CHANNELS), count)
        return [(code, self.one(CHANNELS[code])) for code in codes]


def total(w: Words) -> Sentence:
    """The year's disclosures, sometimes with their classes."""
    number = w.number()
    text = w.opening() + w.one(DISCLOSE) + w.one(INFORMATION) + w.one(SUM) + w.print(number, PIECES)
    if w.random.random() < 0.4:
        text += f"，其中工作动态类{number // 2}条，通知公告类{number - number // 2}条"
    elif w.random.random() < 0.3:
        text += f"，比上年增加{w.number(90)}条"
    return Sentence("P", w.year, text + "。", {"proactive_total": number})


def by_channel(w: Words) -> Sentence:
    """The number of one channel."""
    code, channel = w.channels(1)[0]
    number = w.print(value := w.number(), PIECES)
    information = w.one(INFORMATION[:-2])
    shape = w.random.randrange(6)
    if shape == 0:
        text = w.opening() + w.one(BY) + channel + w.one(POST) + information + number
    elif shape == 4:
        text = w.opening() + w.one(BY) + channel + w.one(POST) + w.one(PIECE) + number
    elif shape == 5:
        text = w.one(WHEN) + channel + w.one(POST) + w.one(PIECE) + number
    elif shape == 1:
        text = w.one(WHEN) + channel + w.one(POST) + information + w.one(SUM) + number
    elif shape == 2:
        text = w.opening() + "在" + channel + "上" + w.one(POST) + number + w.one(words("政府信息|信息"))
    else:
        text = w.one(WHEN) + channel + "公开政府信息数" + w.one(words("|为")) + number
    return Sentence("P", w.year, text + "。", {code: value}, frozenset({"proactive_total"}))


def total_by_channels(w: Words) -> Sentence:
    """The year's disclosures and their parts by channel."""
    channels = w.channels(w.random.randint(2, 3))
    values = [w.number(400) for _ in channels]
    all_of_it = sum(values) + w.random.choice((0, 0, w.number(50)))
    verb = w.one(POST[:3])
    shape = w.random.randrange(4)
    parts = []
    for (_, channel), value in zip(channels, values, strict=True):
        number = w.print(value, PIECES[:3])
        parts.append(
            (
                f"{w.one(BY[:3])}{channel}{verb}{number}",
                f"{channel}{verb}{number}",
                f"{channel}{number}",
                f"{number}{w.one(words('通过|在'))}{channel}{verb}",
            )[shape]
        )
    text = w.opening() + w.one(DISCLOSE[:6]) + w.one(INFORMATION) + w.print(all_of_it, PIECES[:3])
    joined = w.one(words("，|；|、")) if shape == 2 else w.one(words("，|；"))
    facts = {"proactive_total": float(all_of_it)}
    facts |= {code: float(value) for (code, _), value in zip(channels, values, strict=True)}
    return Sentence("P", w.year, f"{text}，其中{w.one(words('|：'))}{joined.join(parts)}。", facts)


def received(w: Words) -> Sentence:
    """Applications received, sometimes with the ways they came."""
    modes = w.random.sample(sorted(MODES), w.random.randint(1, 3)) if w.random.random() < 0.5 else []
    values = [w.number(40) for _ in modes]
    number = sum(values) or w.number(90)
    printed, request = w.print(number, REQUESTS), w.one(REQUEST)
    shape = w.random.randrange(3)
    if shape == 0:
        text = w.opening() + w.one(RECEIVED) + request + w.one(SUM[:5]) + printed
    elif shape == 1:
        text = w.opening() + w.one(RECEIVED) + printed + w.one(REQUEST[:3])
    else:
        text = (
            w.one(WHEN)
            + w.one(RECEIVED[:4])
            + w.one(REQUEST[:3])
            + w.one(words("数为|数量为|共|总数"))
            + printed
        )
    parts = [
        w.one(MODES[mode]) + w.print(value, REQUESTS[:1]) for mode, value in zip(modes, values, strict=True)
    ]
    if parts:
        text += "，其中" + w.one(words("，|、")).join(parts)
    facts = {"applications_received": float(number)}
    facts |= {mode: float(value) for mode, value in zip(modes, values, strict=True)}
    return Sentence("A", w.year, text + "。", facts)


def handled(w: Words) -> Sentence:
    """What became of the applications."""
    granted, partly, later = w.number(30), w.number(20), w.number(9)
    done = granted + partly
    new = done + later
    outcome = "outcome" if w.year >= RENAMED_SINCE else "answers"
    concluded = w.one(words("办结|已办结|当年办结|年内办结"))
    text = (
        f"{w.opening()}{w.one(RECEIVED)}政府信息公开申请{new}件，{concluded}{done}件，"
        f"其中{w.one(ANSWERS['granted'])}{granted}件，{w.one(ANSWERS['partially_granted'])}{partly}件，"
        f"{w.one(words('结转下年度|结转下年度继续办理|转入下一年度|结转至下年'))}{later}件。"
    )
    facts = {
        "applications_received": float(new),
        "applications_concluded": float(done),
        f"{outcome}_granted": float(granted),
        f"{outcome}_partially_granted": float(partly),
        "applications_carried_forward": float(later),
    }
    return Sentence("A", w.year, text, facts, frozenset({"applications_answered"}))


def no_application(w: Words) -> Sentence:
    """No application came."""
    shape = w.random.randrange(5)
    if shape < 3:
        text = w.opening() + w.one(NOT) + w.one(REQUEST) + w.one(words("||的情况"))
    elif shape == 3:
        who = w.one(words("公民、法人或其他组织|群众|任何公民和组织|自然人、法人"))
        text = w.opening() + w.one(words("没有|无|未有")) + who + w.one(words("向我局||向本机关"))
        text += w.one(words("提出|提交")) + w.one(words("政府信息公开申请|公开政府信息的申请|信息公开申请"))
    else:
        zero = w.one(words("0件|零件|0条|0宗"))
        text = w.opening() + w.one(RECEIVED) + w.one(REQUEST[:3]) + zero
    return Sentence("A", w.year, text + "。", {"applications_received": 0})


def no_remedy(w: Words) -> Sentence:
    """Nobody went to court."""
    remedies, codes = w.random.choice(REMEDIES)
    if w.random.random() < 0.3:
        names = "、".join(
            {"reconsiderations": "行政复议", "lawsuits": "行政诉讼", "appeals": "行政申诉"}.get(c, "投诉")
            for c in codes
        )
        zero = w.one(
            ("均为0", "均为零", "数量均为0件", "各0件")
            if len(codes) > 1
            else ("0件", "为0", "为零", "数为0件")
        )
        return Sentence("R", w.year, f"{w.one(WHEN)}{names}{zero}。", dict.fromkeys(codes, 0.0))
    because = w.one(
        ("", "因政府信息公开申请", "涉及政府信息公开的", "因政府信息公开引发的", "针对政府信息公开的")
    )
    case = w.one(CASES) if "提起" not in remedies else w.one(words("|的情况"))
    return Sentence(
        "R", w.year, f"{w.opening()}{w.one(NEVER)}{because}{remedies}{case}。", dict.fromkeys(codes, 0.0)
    )


def free(w: Words) -> Sentence:
    """Nothing was charged."""
    what = w.one(words("依申请公开政府信息|提供政府信息|对政府信息公开申请|依申请公开"))
    text = f"{w.opening()}{what}{w.one(FREE)}。"
    return Sentence("F", w.year, text, {"application_fees": 0})


def staff(w: Words) -> Sentence:
    """Those who work on it."""
    full, part = w.random.randint(1, 9), w.random.randint(1, 30)
    unit = w.one(words("名|人|名"))
    shape = w.random.randrange(3)
    if shape == 0:
        text = f"{w.one(HAVE)}专职工作人员{full}{unit}、兼职工作人员{part}{unit}"
    elif shape == 1:
        text = f"{w.one(HAVE)}{full}名专职人员{w.one(words('、|和|，'))}{part}名兼职人员"
    else:
        text = f"从事政府信息公开工作人员{full + part}{unit}，其中专职{full}{unit}，兼职{part}{unit}"
    facts = {"staff_full_time": float(full), "staff_part_time": float(part)}
    debatable = frozenset() if shape == 2 else frozenset({"staff_total"})
    if shape == 2:
        facts["staff_total"] = float(full + part)
    return Sentence("S", w.year, w.one(WHO[:8]) + text + "。", facts, debatable)


def training(w: Words) -> Sentence:
    """Courses and those who came."""
    times, people = w.random.randint(1, 12), w.number(400)
    course = w.one(words("政府信息公开培训|政务公开业务培训|政府信息公开培训班|信息公开专题培训"))
    text = f"{w.opening()}{w.one(words('举办|组织|开展|共举办'))}{course}{times}{w.one(words('次|期|场'))}"
    text += (
        f"，{w.one(words('培训|参训|参加培训|培训人员|共培训'))}{people}{w.one(words('人次|人|余人次'))}。"
    )
    return Sentence("T", w.year, text, {"trainings": float(times), "trainees": float(people)})


def interpretation(w: Words) -> Sentence:
    """Explaining, press conferences, interviews."""
    articles, conferences, talks = w.number(60), w.random.randint(1, 20), w.random.randint(1, 20)
    text = (
        f"{w.opening()}{w.one(words('发布|发布了|编发'))}{w.one(words('政策解读|政策解读稿件|政策解读材料|解读文章'))}"
        f"{articles}{w.one(words('篇|条|件'))}，{w.one(words('召开|举办|参加或举办'))}新闻发布会{conferences}{w.one(words('次|场'))}，"
        f"{w.one(words('开展|举办|组织'))}{w.one(words('在线访谈|网上访谈|政府网站在线访谈'))}{talks}{w.one(words('次|期'))}。"
    )
    facts = {"policy_interpretations": articles, "press_conferences": conferences, "online_interviews": talks}
    return Sentence("I", w.year, text, {code: float(value) for code, value in facts.items()})


def carried(w: Words) -> Sentence:
    """Applications that came from the year before and go on into the next."""
    year = w.year = w.random.randint(2019, YEARS[-1])
    new, over, done, later = w.number(60), w.number(9), w.number(60), w.number(9)
    said = (
        f"{w.opening()}新收政府信息公开申请{new}件，{w.one(CARRIED_OVER)}{over}件，"
        f"{w.one(words('办结|已办结|共办结'))}{done}件，{w.one(CARRIED_FORWARD)}{later}件。",
        f"{w.opening()}新收政府信息公开申请{new}件（含{w.one(CARRIED_OVER)}{over}件），"
        f"{w.one(words('办结|已办结'))}{done}件，{w.one(words('剩余|其余|尚有'))}{later}件{w.one(CARRIED_FORWARD[:8])}。",
    )
    facts = {
        "applications_received": new,
        "applications_carried_over": over,
        "applications_concluded": done,
        "applications_carried_forward": later,
    }
    answered = frozenset({"applications_answered"})
    return Sentence("A", year, w.random.choice(said), {code: float(v) for code, v in facts.items()}, answered)


def listed(w: Words) -> Sentence:
    """Channels as labels or as what was sent: 网站：12条、微信：30条; 发布微博12条."""
    a, b, c = w.number(), w.number(), w.number()
    mark, colon = w.one(words("、|，|；")), w.one(words("：|"))
    site, wechat, weibo = (w.one(CHANNELS[f"proactive_{name}"]) for name in ("website", "wechat", "weibo"))
    post = w.one(words("发布|推送|编发"))
    text = w.random.choice(
        (
            f"{w.one(words('公开渠道：|公开方式：|'))}{site}{colon}{a}条{mark}{wechat}{colon}{b}条{mark}{weibo}{colon}{c}条",
            f"{site}{w.one(words('信息发布量|发布信息数|更新信息数'))}{a}条，{wechat}推文数量{b}条，{weibo}信息发布数量{c}条",
            f"在{site}发布信息{a}条，{post}微信{w.one(words('推文|信息|'))}{b}条，{post}{c}条{w.one(words('微博|博文'))}",
        )
    )
    facts = {"proactive_website": float(a), "proactive_wechat": float(b), "proactive_weibo": float(c)}
    return Sentence("P", w.year, text + "。", facts, frozenset({"proactive_total"}))


def running(w: Words) -> Sentence:
    """The channel stands in the clause before: 开设微信公众号，年内编发稿件12篇."""
    code = w.one(words("proactive_website|proactive_wechat"))
    channel, number = w.one(CHANNELS[code]), w.number()
    if code == "proactive_website":
        kept = w.one(words("充分发挥{c}第一平台作用|用好{c}主渠道作用"))
    else:
        kept = w.one(words("开通{c}|开设{c}|运营{c}"))
    posted = w.one(words("全年发布|年内发布|累计更新|及时发布|共发布"))
    text = f"{kept.replace('{c}', channel)}，{posted}{w.one(PIECE[:8])}{number}条。"
    return Sentence("Z", w.year, text, {code: float(number)}, frozenset({"proactive_total"}))


def contents(w: Words) -> Sentence:
    """Disclosures by a list of what they were about, in a column, on a site called by its name."""
    number, adverb = w.number(), w.one(words("|主动|及时|依法"))
    listed = "、".join(w.random.sample(SUBJECTS, w.random.randint(3, 6))) + w.one(AND_SO_ON)
    site, wechat = w.one(CHANNELS["proactive_website"][:8]), w.one(CHANNELS["proactive_wechat"])
    opening = w.one(WHEN[:8]) + w.one(AIM)
    code, text = w.random.choice(
        (
            ("proactive_total", f"{opening}{w.one(words('主动公开|及时公开|公开'))}{listed}{number}条"),
            ("proactive_website", f"{opening}{w.one(BY)}{site}{adverb}公开{listed}{number}条"),
            ("proactive_website", f"{opening}通过{site}{w.one(COLUMN)}{adverb}发布信息{number}条"),
            (
                "proactive_website",
                f"{opening}{w.one(NAMED_SITES)}{adverb}{w.one(words('公开|发布'))}信息{number}条",
            ),
            ("proactive_wechat", f"{opening}{w.one(BY)}{wechat}{adverb}推送{listed}{number}篇"),
            ("proactive_wechat", f"{opening}依托{wechat}，推送工作动态及各类政务信息{number}条"),
        )
    )
    debatable = frozenset() if code == "proactive_total" else frozenset({"proactive_total"})
    return Sentence("Z", w.year, text + w.one(TAIL) + "。", {code: float(number)}, debatable)


def normative(w: Words) -> Sentence:
    """Normative documents made, repealed and in force."""
    year = w.year = w.random.randint(2021, YEARS[-1])
    made, gone, valid = w.number(40), w.number(20), w.number(90)
    text = (
        f"{w.opening()}{w.one(ISSUED)}{w.one(NORMATIVE)}{made}件，{w.one(words('废止|清理废止|废止失效'))}{gone}件，"
        f"{w.one(words('现行有效|目前现行有效|现行有效的规范性文件'))}{valid}件。"
    )
    codes = ("issued", "repealed", "in_force")
    facts = {
        f"normative_documents_{code}": float(v) for code, v in zip(codes, (made, gone, valid), strict=True)
    }
    return Sentence("Z", year, text, facts, frozenset({"proactive_normative_documents"}))


def consultation(w: Words) -> Sentence:
    """Questions, or that nobody asked."""
    if w.random.random() < 0.4:
        text = f"{w.one(WHEN)}{w.one(NOT_ASKED)}{w.one(ASKED)}{w.one(words('|的情况|事项'))}。"
        return Sentence("C", w.year, text, {"consultations_total": 0.0})
    number = w.number()
    text = f"{w.opening()}{w.one(ANSWERED)}{w.one(ASKED)}{w.one(SUM[:5])}{number}"
    text += w.one(words("人次|次|件|余人次")) + "。"
    return Sentence("C", w.year, text, {"consultations_total": float(number)})


def remedy(w: Words) -> Sentence:
    """Reconsiderations and lawsuits by their number."""
    first, second = w.number(30), w.number(30)
    about = w.one(("", "因政府信息公开引发的", "涉及信息公开的", "针对政府信息公开的"))
    unit = w.one(words("件|起|宗"))
    text = f"{w.opening()}{w.one(COURT)}{about}行政复议{w.one(words('案件|申请|'))}{first}{unit}，"
    text += f"行政诉讼{w.one(words('案件|'))}{second}{unit}。"
    return Sentence("R", w.year, text, {"reconsiderations": float(first), "lawsuits": float(second)})


def other_years(w: Words) -> Sentence:
    """This year's number between last year's and all years'."""
    this, last, all_years = w.number(), w.number(), w.number() + 4000
    text = (
        f"{w.year}年，{w.one(WHO)}主动公开政府信息{this}条",
        f"{w.year - 1}年主动公开政府信息{last}条，{w.year}年主动公开政府信息{this}条",
        f"主动公开政府信息{this}条，上年同期为{last}条",
        f"全年主动公开政府信息{this}条，自2008年《条例》实施以来累计公开{all_years}条",
        f"累计主动公开政府信息{all_years}条，其中{w.year}年新增{this}条",
    )[w.random.randrange(5)]
    return Sentence("P", w.year, text + "。", {"proactive_total": this}, frozenset({"proactive_cumulative"}))


KINDS: tuple[Callable[[Words], Sentence], ...] = (
    *(total, by_channel, total_by_channels, received, handled, no_application, no_remedy, free),
    *(staff, training, interpretation, other_years),
    *(carried, listed, running, contents, normative, consultation, remedy),
)


def sentence(seed: int) -> tuple[str, Sentence]:
    """The kind's name and the sentence of a seed."""
    kind = KINDS[seed % len(KINDS)]
    found = kind(Words(seed))
    if found.text.startswith("截至"):  # with 累计 it would be neither this year's number nor all years'
        found = found._replace(text=found.text.replace("累计", "", 1))
    return kind.__name__, found
