"""The settings as a page for people (docs/settings.md).

`python -m flows.settings_page` writes the page; a test fails while it is not up to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from flows.settings import Settings

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"

INTRODUCTION = """# Settings

Made from `flows/settings.py`. Each can stand in `gongkai.toml` of the working folder (`$GONGKAI_CONFIG` names
another file) or in the environment, which goes first; an option of the command line goes before both. A list
in the environment is JSON: `GONGKAI_PATHS='["/reports"]'`. Nothing else is configured anywhere; Prefect's own
settings (`PREFECT_…`) are left as you set them.

```toml
# gongkai.toml
home = "/srv/gongkai"
paths = ["/srv/reports"]

[server]
port = 4300
```

| in the file | in the environment | default | meaning |
|---|---|---|---|
"""


def settings_page() -> str:
    """The page as Markdown."""
    return INTRODUCTION + "\n".join(_rows(Settings, ())) + "\n"


def _rows(model: type[BaseModel], group: tuple[str, ...]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        place = (*group, name)
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _rows(kind, place)
            continue
        default = "" if field.default is None else f"`{field.default}`"
        variable = f"GONGKAI_{'__'.join(place)}".upper()
        yield f"| `{'.'.join(place)}` | `{variable}` | {default} | {field.description} |"


if __name__ == "__main__":
    PAGE.write_text(settings_page(), "utf-8")
