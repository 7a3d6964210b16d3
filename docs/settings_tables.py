"""Make what is made from config/settings.py: settings.env.example, the pages of settings, config/setting_names.py.

Run `python -m docs.settings_tables`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import get_args

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from specter_tui.config.settings import Section, Settings
from specter_tui.i18n import Language, translated

ROOT = Path(__file__).parent.parent
EXAMPLES = {"ABICART__WEBSHOP": "12345", "SPECTER__SBM_ID": "1234", "ORDER__SINCE": "2026-01-01"}


@dataclass(frozen=True)
class Row:
    name: str
    default: str
    meaning: str
    required: bool


def sections() -> Iterator[tuple[str, str, list[Row]]]:
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if not (isinstance(section, type) and issubclass(section, Section)):
            raise TypeError(f"{name} is no section")
        rows = [row(f"{name}__{key}".upper(), about) for key, about in section.model_fields.items()]
        yield name.upper(), (section.__doc__ or "").strip(), rows


def row(name: str, about: FieldInfo) -> Row:
    meaning = re.sub(r"\s+", " ", about.description or "")
    if name == "UI__LANGUAGE":
        return Row(name, "", meaning, required=False)
    if about.is_required():
        return Row(name, EXAMPLES.get(name, ""), meaning, required=True)
    return Row(name, written(about.get_default(call_default_factory=True, validated_data={})), meaning, required=False)


def written(value: object) -> str:
    match value:
        case None | ():
            return ""
        case bool():
            return str(value).lower()
        case timedelta():
            seconds = int(value.total_seconds())
            return f"{seconds // 60} min" if seconds % 60 == 0 and seconds >= 120 else f"{seconds} s"
        case tuple():
            return ",".join(value)
        case dict():
            return json.dumps(value)
        case SecretStr():
            return ""
        case _:
            return str(value)


def example() -> str:
    lines = [
        "# Settings of specter-tui. Copy to settings.env, fill in what has no default, and run: chmod 600 settings.env",
        "# A line that begins with # shows a default. Environment variables override this file.",
    ]
    for name, title, rows in sections():
        lines += ["", f"# --- {name}: {title}"]
        for one in rows:
            lines.append(f"# {one.meaning}")
            lines.append(f"{one.name}={one.default}" if one.required else f"#{one.name}={one.default}")
    return "\n".join(lines) + "\n"


INTRODUCTION: dict[Language, str] = {
    "en": """# Settings

Made from `specter_tui/config/settings.py` by `python -m docs.settings_tables`.
Each is read from the environment, where its name has the prefix `SPECTER_TUI_` (`SPECTER_TUI_ORDER__SINCE`), then
from one file, where it has none: the file named by `--settings`, else `./settings.env`, else `settings.env` in the
user's config folder. A `./settings.env` that names no setting of specter-tui is another program's: it is passed
over, and a warning says so. A variable that is named like a setting without the prefix sets nothing; one warning
names it. An unknown name with the prefix is refused. The file holds keys: it must be a plain file of yours that nobody
else can read (`chmod 600`), or it is refused. Times are written `30 s`, `15 min`
or `2 h`; lists with commas; maps as JSON.

**Several shops.** `--settings` may be given several times, or name a folder: each `NAME.env` in it is a
shop. The console, `watch`, `check`, `orders`, `report`, `export --all` and `stock pull` then work for all,
each line with its shop (`"shop"` in JSON); every other command works for one shop and asks for its file.
A file that cannot be used is refused by itself, with its name and setting; two files of one shop, or of
one SQLite journal, are both refused. Shops with one `SPECTER__API_USER_ID` and a `SYNC` setting on are
served by one program, which fetches for all of them; another program with one of them is refused.
The environment may then hold settings of the process only (`WATCH__`,
`LIMITS__`, `JOURNAL__`, `ALERT__`, `METRICS__`, `LOG__`, `UI__`). If it holds a setting of a shop
(`ABICART__`, `SPECTER__`, `CUSTOMER__`, `ORDER__`, `ARTICLE__`, `STOCK__`, `DELIVERY__`), which would
override every file, the program does not start.""",
    "sv": """# Inställningar

Gjord ur `specter_tui/config/settings.py` av `python -m docs.settings_tables`.
Varje inställning läses från miljön, där namnet har prefixet `SPECTER_TUI_` (`SPECTER_TUI_ORDER__SINCE`), sedan från
en enda fil, där det inte har något: den som anges med `--settings`, annars `./settings.env`, annars `settings.env` i
användarens konfigurationsmapp (`~/.config/specter-tui`). En `./settings.env` utan någon av specter-tuis
inställningar hör till ett annat program: den läses inte, och en varning säger det. En variabel som heter som en
inställning men saknar prefixet gör ingenting; en varning nämner den. Ett okänt namn med prefixet nekas. Filen
innehåller nycklar: den måste vara en vanlig fil som är din och som ingen annan kan läsa (`chmod 600`), annars
nekas den. Tider skrivs `30 s`, `15 min` eller `2 h`, listor med kommatecken, översättningar som JSON. `true` är
på, `false` är av.

**Flera butiker.** `--settings` kan anges flera gånger, eller vara en mapp: varje `NAMN.env` i den är en butik.
Konsolen, `watch`, `check`, `orders`, `report`, `export --all` och `stock pull` gäller då alla, med butiken på
varje rad (`"shop"` i JSON). Övriga kommandon gäller en butik och frågar efter dess fil. En fil som inte går att
använda nekas för sig, med namn och inställning; två filer för samma butik, eller för samma SQLite-journal, nekas
båda. Butiker med samma `SPECTER__API_USER_ID` och en `SYNC`-inställning på sköts av ett program, som hämtar åt alla;
ett annat program med någon av dem nekas. Miljön får då bara innehålla inställningar för programmet (`WATCH__`,
`LIMITS__`, `JOURNAL__`, `ALERT__`, `METRICS__`, `LOG__`, `UI__`). Innehåller den en inställning för en butik
(`ABICART__`, `SPECTER__`, `CUSTOMER__`, `ORDER__`, `ARTICLE__`, `STOCK__`, `DELIVERY__`), som skulle gälla före
varje fil, startar programmet inte.""",
}
HEADS: dict[Language, tuple[str, str]] = {
    "en": ("| name | default | meaning |", "required"),
    "sv": ("| namn | förval | betydelse |", "krävs"),
}


def page_of(language: Language) -> Path:
    return ROOT / "docs" / ("settings.md" if language == "en" else f"settings.{language}.md")


def texts() -> Iterator[tuple[str, str]]:
    """Yield the name and the English of each text that the tables translate."""
    for name, title, rows in sections():
        yield f"section.{name}", title
        yield from ((f"setting.{one.name}", one.meaning) for one in rows)


def table(language: Language = "en") -> str:
    head, required = HEADS[language]
    lines = [INTRODUCTION[language]]
    for name, title, rows in sections():
        lines += ["", f"## {name}", "", translated(language, f"section.{name}", title), "", head, "| --- | --- | --- |"]
        for one in rows:
            default = required if one.required else f"`{one.default}`" if one.default else "-"
            meaning = translated(language, f"setting.{one.name}", one.meaning)
            lines.append(f"| {one.name} | {in_cell(default)} | {in_cell(meaning)} |")
    return "\n".join(lines) + "\n"


def names() -> str:
    lines = [f'        "{one.name}",' for _, _, rows in sections() for one in rows]
    head = '"""The names of all settings, for the first frame; made by `python -m docs.settings_tables`."""'
    return "\n".join([head, "", "NAMES = frozenset(", "    {", *lines, "    }", ")", ""])


def in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    (ROOT / "specter_tui" / "config" / "setting_names.py").write_text(names(), encoding="utf-8")
    (ROOT / "settings.env.example").write_text(example(), encoding="utf-8")
    for language in get_args(Language):
        page_of(language).write_text(table(language), encoding="utf-8")


if __name__ == "__main__":
    main()
