"""Several shops at once: one settings file for each, and no setting of one shop in the environment."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from specter_tui.config.setting_problems import SettingsProblem, notes_on_sources
from specter_tui.config.settings import MetricsSettings, Settings, find_settings_file, load_settings
from specter_tui.config.sources import PREFIX, ChosenFile, Named, are_several, given_in
from specter_tui.errors import ErrorText

SUFFIX = ".env"
OF_ONE_SHOP = ("ABICART", "SPECTER", "CUSTOMER", "ORDER", "ARTICLE", "STOCK", "DELIVERY")
"""Sections about one shop. In the environment they would apply to every shop at once."""


@dataclass(frozen=True, slots=True)
class ShopFile:
    """One shop, and the file of its settings (None: all are from the environment)."""

    settings: Settings
    file: Path | None = None

    @property
    def number(self) -> int:
        """The shop's number."""
        return self.settings.abicart.webshop

    @property
    def name(self) -> str:
        """The name that people use: the file's name without its ending."""
        return self.file.stem if self.file else ""

    @property
    def account(self) -> tuple[str, int]:
        """The Specter account: address and number."""
        return self.settings.specter.url, self.settings.specter.sbm_id


@dataclass(frozen=True, slots=True)
class RefusedSettings:
    """A file that cannot be used, with sentences that name the file and its setting."""

    file: Path
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shops:
    """The shops and the unusable files, by file name."""

    found: tuple[ShopFile, ...]
    refused: tuple[RefusedSettings, ...] = ()
    notes: tuple[str, ...] = ()
    """Notes for a person: where settings come from, and shops that share something."""


def load_shops(named: Named, config_folder: Path, environment: Mapping[str, str]) -> Shops:
    """Read the shops that `--settings` names. Raises SettingsProblem where there are none.

    With one file or none named, the environment takes precedence over the file, as for every command. In a folder or
    several files each file is a shop and is refused separately, and the environment may set nothing that belongs to one
    shop.
    """
    given = given_in(environment)
    if not are_several(named):
        chosen = find_settings_file(named[0] if named else None, config_folder)
        notes = tuple(notes_on_sources(environment, chosen))
        return Shops((ShopFile(load_settings(chosen.file, given), chosen.file),), notes=notes)
    _refuse_shops_in(given)
    read: list[ShopFile] = []
    refused: list[RefusedSettings] = []
    for file in dict.fromkeys(_files(named)):
        try:
            read.append(ShopFile(_load(file, given), file))
        except SettingsProblem as problem:
            lines = tuple(
                line if line.startswith(str(file)) else ErrorText("about", what=file, why=line)
                for line in problem.problems
            )
            refused.append(RefusedSettings(file, lines))
    clashes = _clashes(read)
    found = tuple(_with_own_figures([shop for shop in read if shop.file not in clashes]))
    refused += [RefusedSettings(file, tuple(lines)) for file, lines in clashes.items()]
    if not found:
        raise SettingsProblem(*(line for refusal in refused for line in refusal.sentences))
    notes = (*notes_on_sources(environment, ChosenFile()), *_shared_accounts(found))
    return Shops(found, tuple(refused), notes)


def _with_own_figures(shops: Sequence[ShopFile]) -> Iterator[ShopFile]:
    """Give shops with the same METRICS__FILE a file each, with the shop's number before the ending."""
    files = Counter(shop.settings.metrics.file for shop in shops)
    for shop in shops:
        file = shop.settings.metrics.file
        if file is None or files[file] == 1:
            yield shop
            continue
        path = Path(file)
        own = MetricsSettings(file=str(path.with_name(f"{path.stem}-{shop.number}{path.suffix}")))
        yield replace(shop, settings=shop.settings.model_copy(update={"metrics": own}))


def _files(named: Iterable[Path]) -> Iterator[Path]:
    for one in named:
        if not one.is_dir():
            yield one
            continue
        try:
            inside = sorted(file for file in one.iterdir() if file.suffix == SUFFIX and not file.name.startswith("."))
        except OSError as error:
            raise SettingsProblem(ErrorText("setting_unreadable", path=one, why=error.strerror)) from None
        if not inside:
            raise SettingsProblem(ErrorText("shops_no_file", path=one, suffix=SUFFIX))
        yield from inside


def _load(file: Path, given: Mapping[str, str]) -> Settings:
    if not file.exists():
        raise SettingsProblem(ErrorText("setting_no_file", path=file))
    try:
        return load_settings(file, given)
    except OSError as error:
        raise SettingsProblem(ErrorText("setting_unreadable", path=file, why=error.strerror)) from None


def _refuse_shops_in(given: Mapping[str, str]) -> None:
    found = sorted(PREFIX + name for name in given if name.split("__")[0] in OF_ONE_SHOP)
    if found:
        raise SettingsProblem(ErrorText("setting_for_all", names=", ".join(found)))


def _clashes(shops: Sequence[ShopFile]) -> dict[Path, list[str]]:
    """Return files with values that must differ between shops. All of them are refused: the right one is unknown."""
    told: dict[Path, list[str]] = {}
    for one, other in combinations(shops, 2):
        if one.number == other.number:
            code = "shops_same_number"
        elif _file_of(one) and _file_of(one) == _file_of(other):
            code = "shops_same_journal"
        else:
            continue
        for this, that in ((one.file, other.file), (other.file, one.file)):
            if this is not None:
                told.setdefault(this, []).append(ErrorText(code, path=this, other=that, number=one.number))
    return told


def _file_of(shop: ShopFile) -> str:
    """Return the journal's URL if it is a file, else an empty text."""
    url = shop.settings.journal.address or ""
    return url if url.startswith("sqlite:") else ""


def _shared_accounts(shops: Sequence[ShopFile]) -> Iterator[str]:
    by_account: dict[tuple[str, int], list[ShopFile]] = {}
    for shop in shops:
        by_account.setdefault(shop.account, []).append(shop)
    for (_, account), sharing in by_account.items():
        if len(sharing) == 1:
            continue
        numbers = ", ".join(str(shop.number) for shop in sharing)
        yield ErrorText("shops_limits", numbers=numbers, account=account)
        if len({shop.settings.order.number_prefix for shop in sharing}) < len(sharing):
            yield ErrorText("shops_prefix", numbers=numbers, account=account)
