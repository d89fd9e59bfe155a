"""How a figure and a blank are printed in a cell. Every form printed here means the same figure."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.generate.plan import Plan

FULL = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
BLANK_STYLES = {
    "blanks-slash": ("/",),
    "blanks-dash": ("-",),
    "blanks-emdash": ("—", "——"),
    "blanks-mixed": ("", "/", "—", "——", "-", ""),
}


def plain_money(value: float, rng: random.Random) -> str:
    """An amount with the decimals it needs, sometimes padded to two."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    decimals = len(text.partition(".")[2])
    return f"{value:.2f}" if decimals <= 2 and rng.random() < 0.4 else text


def with_commas(text: str, mark: str = ",") -> str:
    """Thousands separated in the whole part."""
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}".replace(",", mark) + dot + rest


@dataclass(slots=True)
class Printer:
    """Prints the cells of one page in the page's manner."""

    plan: Plan
    rng: random.Random

    def blank(self) -> str:
        """What stands in a cell without a figure."""
        for name, signs in BLANK_STYLES.items():
            if self.plan.has(name):
                return self.rng.choice(signs)
        return ""

    def dress(self, text: str) -> str:
        """Separators and widths, as the page's habit is."""
        if self.plan.has("sep-comma"):
            text = with_commas(text)
        elif self.plan.has("sep-fullwidth-comma"):
            text = with_commas(text, "，")
        elif self.plan.has("digits-fullwidth"):
            text = text.translate(FULL)
        elif self.plan.has("digits-spaced") and len(text) > 3 and text.isdigit():
            text = with_commas(text, " ")
        return text

    def count(self, value: float | None, unit: str) -> str:
        """A count; its unit behind it where the page does so."""
        if value is None:
            return self.blank()
        text = self.dress(str(int(value)))
        return text + unit if self.plan.has("unit-in-cell") and self.rng.random() < 0.5 else text

    def money(self, value: float | None, head_is_yuan: bool = False) -> str:
        """An amount of `value` 万元; in yuan when the header or unit column says yuan."""
        if value is None:
            return self.blank()
        yuan = f"{value * 10000:.0f}"
        if self.plan.has("money-yuan-cell"):
            return self.dress(yuan) + "元"
        if head_is_yuan:
            return self.dress(yuan)
        text = self.dress(plain_money(value, self.rng))
        return text + "万元" if self.plan.has("money-wan-cell") else text

    def change(self, value: float | None) -> str:
        """本年增/减: signed."""
        if value is None:
            return self.blank()
        digits = self.dress(str(abs(int(value))))
        if value == 0:
            return digits
        if self.plan.has("change-words"):
            return ("增加" if value > 0 else "减少") + digits
        if value > 0:
            return ("+" if self.plan.has("change-plus") else "") + digits
        return (self.rng.choice("－−") if self.plan.has("change-fullwidth-minus") else "-") + digits
