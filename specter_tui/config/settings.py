"""All settings with their meaning.

Names are SECTION__NAME: with the prefix SPECTER_TUI_ from the environment first, then from one settings file.
`docs/settings.md`, `settings.env.example` and `setting_names.py` are made from this file.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings.exceptions import SettingsError

from specter_tui.config.setting_names import NAMES
from specter_tui.config.setting_problems import (
    SettingsProblem,
    in_words,
    placed,
    refuse_readable_by_others,
    undecodable,
)
from specter_tui.config.setting_values import (
    Certificates,
    CodeMap,
    Duration,
    OptionalNumber,
    OptionalRate,
    OptionalSecret,
    OptionalText,
    Pattern,
    Pause,
    ProxyUrl,
    SafeUrl,
    SecretWords,
    ShopOrderPage,
    SpecterOrderPage,
    SpokenLanguage,
    Words,
    Zone,
    spoken_language,
)
from specter_tui.config.sources import ChosenFile, choose_file
from specter_tui.errors import ErrorText

_USUAL_PORTS = {"https": 443, "http": 80}


class Section(BaseModel):
    """One section of the settings. An unknown name is refused: it is nearly always a typing error."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True)


class AbicartSettings(Section):
    """The shop."""

    url: SafeUrl = "https://shop.textalk.se/backend/jsonrpc/v1/"
    """Address of the shop's JSON-RPC API."""
    webshop: int = Field(gt=0)
    """The shop's number."""
    auth: SecretStr = Field(min_length=1)
    """API key from the shop's admin: Settings, External connections, API keys."""
    language: str = Field("sv", pattern="^[a-z]{2}$")
    """Language in which article and method names are read from the shop."""
    order_page: ShopOrderPage = None
    """Address of an order in the shop's admin, with `{uid}` for its uid: a link in the detail, and `y` copies it."""


class SpecterSettings(Section):
    """Specter Business Management."""

    url: SafeUrl = "https://api.specter.se/"
    """Address of Specter's API."""
    sbm_id: int = Field(gt=0)
    """The Specter account, smbID."""
    api_user_id: OptionalText = None
    """API user id of version 2; empty for version 1."""
    api_user_key: SecretStr = Field(min_length=1)
    """API user key of version 2, or MD5 key 1 of version 1."""
    integration_key: SecretStr = Field(min_length=1)
    """Integration key of version 2, or MD5 key 2 of version 1."""
    order_page: SpecterOrderPage = None
    """Address of an order in Specter, with `{number}` for its number: a link in the detail, and `y` copies it."""
    webshop_id: OptionalNumber = None
    """The shop's number in a multishop account."""
    stock_site_id: OptionalNumber = None
    """The warehouse that orders are taken from; empty: the account's own."""
    customer_group_id: OptionalNumber = None
    """Customer group of the customers made; empty: the account's own."""
    rounding: Literal["order", "row", "rate"] = "order"
    """Specter's rounding: `order` (only the end), `row` (each row's gross) or `rate` (row net, VAT per rate)."""
    price_decimals: int = Field(6, ge=2, le=6)
    """Decimals that Specter keeps of a unit price, 2 to 6; no more are sent."""
    duplicate_answer: Pattern = (
        "finns redan|redan finns|används redan|redan (använ[dt]|registrera[dt])|upptaget"
        "|already (exists|in use|used|been used|registered)|dubblett|duplicate"
    )
    """Pattern over `code;text` of the refusal that means: this external number exists; one set by you decides alone."""
    text_length: int = Field(255, ge=50, le=2000)
    """Longest row text and comment; a longer article name, note or checkout field is cut at a word and marked."""
    refuses_duplicates: bool = False
    """True once the account has been seen to refuse a known external number; allows automatic repeats."""

    @property
    def account(self) -> str:
        """The account as people name it and as its journal stores it: number and normalised address."""
        parts = urlsplit(self.url)
        port = "" if parts.port in (None, _USUAL_PORTS.get(parts.scheme)) else f":{parts.port}"
        return f"{self.sbm_id} at {parts.scheme}://{parts.hostname}{port}{parts.path.rstrip('/')}"

    @property
    def api_user(self) -> str:
        """The API user, who owns Specter's queues."""
        return f"{self.account} as {self.api_user_id or ''}"


def queue_user(settings: "Settings") -> str:
    """Return the Specter API user whose queues the settings empty; empty where stock and deliveries are not fetched."""
    if not settings.stock.sync and not settings.delivery.sync:
        return ""
    return settings.specter.api_user


class CustomerSettings(Section):
    """Matching and writing of customers in Specter."""

    ignore_email: bool = False
    """Match by organisation or personal number only."""
    ignore_org_no: bool = False
    """Match by e-mail only. Both boxes: always a new customer."""
    company_in_address_row_1: bool = False
    """Company name in address row 1; the street moves to row 2."""


class OrderSettings(Section):
    """Export of orders."""

    since: date
    """Orders placed before this date (local time) are out of scope."""
    export: Literal["inactive", "registered", "manual"] = "manual"
    """`inactive`: nothing sends; `registered`: as soon as placed; `manual`: by key or command."""
    export_run: Literal["direct", "inactive"] = "direct"
    """`inactive` stops all sending of orders."""
    confirm_customer: bool = False
    """Specter mails the order confirmation to the customer. Switch the shop's own mail off by hand."""
    confirm_admin: bool = False
    """Specter mails a copy to the administrator. Switch the shop's own mail off by hand."""
    zero_delivery_row: bool = False
    """Send the delivery row also when it is 0."""
    zero_payment_fee_row: bool = False
    """Send the payment fee row also when it is 0."""
    zero_cod_row: bool = False
    """Send the cash-on-delivery row also when it is 0, if the shop has an active cash-on-delivery method."""
    customer_fields: bool = False
    """The checkout's own fields follow in the internal comment as `label: value`."""
    discount_percent_per_row: bool = False
    """Row discounts as per cent where that gives the shop's amount exactly; else, and otherwise, as rows."""
    article_delivery: OptionalText = None
    """Service article for delivery."""
    article_payment_fee: OptionalText = None
    """Service article for the payment fee."""
    article_cod: OptionalText = None
    """Service article for cash on delivery."""
    article_discount: OptionalText = None
    """Service article for discounts."""
    article_gift_card: OptionalText = None
    """Service article for gift cards used as payment."""
    article_rounding: OptionalText = None
    """Service article for rounding; without it an order that needs a rounding row is blocked."""
    krona_rounding: bool = False
    """True: what the shop rounds its total by, to whole kronor, goes on the service article for rounding."""
    number_prefix: str = Field("", max_length=20)
    """Put before the shop's order number in Specter; for several shops on one account."""
    payment_status: Literal["any", "reserved", "paid"] = "any"
    """The payment that an order needs: `any`, `reserved` (reserved or paid) or `paid`."""
    payment_types: CodeMap = Field(default_factory=dict)
    """JSON: the shop's payment method (uid or type) to Specter's payment type; empty: none is sent."""
    gift_card_methods: Words = ("giftcard", "giftcertificate", "presentkort", "voucher")
    """Payment methods (type or uid, comma between) that are gift cards; types are compared without case, spaces and
    signs."""
    cod_methods: Words = ("cod", "postforskott", "postförskott", "cashondelivery")
    """Payment methods (type or uid, comma between) that are cash on delivery; compared in the same way."""
    package_types: Words = ("package",)
    """Article types (comma between) that are packages, besides every article that has others in it."""
    foreign_currency: bool = False
    """True: an order in another currency than SEK is sent in its own; false: it is blocked."""


class ArticleSettings(Section):
    """Article export."""

    export: Literal["inactive", "changed"] = "inactive"
    """`changed`: all at first, then what changed."""
    export_run: Literal["direct", "inactive"] = "direct"
    """`inactive` stops all sending of articles."""


class StockSettings(Section):
    """Stock from Specter to the shop."""

    sync: bool = False
    """Fetch stock from Specter and write it to the shop."""
    sites: Words = ("all",)
    """`all` (the sum), or the stock sites to count, comma between."""


class DeliverySettings(Section):
    """Deliveries from Specter to the shop."""

    sync: bool = False
    """Fetch deliveries and cancellations from Specter and apply them to the shop."""


class WatchSettings(Section):
    """Auto mode."""

    interval: Pause = timedelta(seconds=30)
    """Pause between two polls of the shop."""


class LimitSettings(Section):
    """The load on Specter."""

    concurrency: int = Field(4, ge=1, le=32)
    """Orders sent at once."""
    per_second: OptionalRate = None
    """Calls a second at most; empty: no limit."""
    timeout: Pause = timedelta(seconds=30)
    """Longest time of one call."""


class HttpSettings(Section):
    """The connections to the shop and to Specter."""

    proxy: ProxyUrl = None
    """Proxy to connect through: http://HOST:PORT or https://HOST:PORT, also with USER:PASSWORD@; empty: none. It
    sees the hosts, and nothing of what is sent. Variables such as HTTPS_PROXY are not read."""
    ca_file: Certificates = None
    """File of certificates (PEM) that are trusted in addition to the machine's own; empty: none."""

    @property
    def proxy_url(self) -> str:
        """The proxy's address with its password; use it only to connect."""
        return self.proxy.get_secret_value() if self.proxy else ""

    @property
    def passwords(self) -> tuple[str, ...]:
        """The proxy's password, as written in its address and decoded, and the address."""
        written = urlsplit(self.proxy_url).password
        return (written, unquote(written), self.proxy_url) if written else ()


class JournalSettings(Section):
    """The journal."""

    url: OptionalSecret = None
    """sqlite:///PATH, or postgresql://USER:PASSWORD@HOST/DATABASE (needs the extra `postgres`); empty: journal.db in
    the user's data folder, one folder for each shop."""
    seen: OptionalText = None
    """Folder where this machine notes what it sent, so that an older copy of the journal is noticed, and keeps numbers
    that the journal's full disk, or its server, cannot take; empty: in the user's state folder. Never the journal's own
    folder."""

    @property
    def address(self) -> str | None:
        """The URL with its password; use it only to open the journal."""
        return self.url.get_secret_value() if self.url else None

    @property
    def passwords(self) -> tuple[str, ...]:
        """The URL's password, as written and decoded."""
        try:
            written = urlsplit(self.address or "").password
        except ValueError:
            return ()
        return (written, unquote(written)) if written else ()


class AlertSettings(Section):
    """Alerts."""

    urls: SecretWords = ()
    """Addresses for alerts: Apprise's, such as mailtos://user:key@host, comma between; needs the extra `alerts`."""
    after: Duration = timedelta(minutes=15)
    """The time that an order may stay unknown, refused or unexported before an alert."""


class MetricsSettings(Section):
    """Metrics."""

    file: OptionalText = None
    """Text file for Prometheus' node-exporter (textfile collector, a name that ends in .prom); empty: none. Several
    shops that name the same file have one each: NAME-SHOP.prom."""


class LogSettings(Section):
    """Logs."""

    format: Literal["text", "json"] = "text"
    """Form of the log lines."""
    file: OptionalText = None
    """Log file; empty: none (commands log to stderr)."""


class UiSettings(Section):
    """The screen."""

    language: SpokenLanguage = Field(default_factory=spoken_language)
    """sv or en; from LANG if not set."""
    theme: OptionalText = None
    """dark, light, contrast, terminal or terminal-light (the terminal's own 16 colours), or any theme of Textual's.
    Empty: dark; the terminal's own over SSH, with NO_COLOR, and where there are no more than 16 colours."""
    time_zone: Zone = "Europe/Stockholm"
    """For times on the screen and dates sent to Specter."""
    lean: Literal["auto", "on", "off"] = "auto"
    """Send less to the terminal, for slow connections: `auto` is on over SSH."""
    bell: bool = True
    """Ring the bell, and show it in the window's title, when work ends or fails while the window has no focus."""
    hide_after: Duration = timedelta(minutes=10)
    """Personal data is hidden after this long without a key."""


class Settings(BaseSettings):
    """All settings of one shop and its Specter account."""

    model_config = SettingsConfigDict(
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=False,
    )

    abicart: AbicartSettings
    specter: SpecterSettings
    customer: CustomerSettings = Field(default_factory=CustomerSettings)
    order: OrderSettings
    article: ArticleSettings = Field(default_factory=ArticleSettings)
    stock: StockSettings = Field(default_factory=StockSettings)
    delivery: DeliverySettings = Field(default_factory=DeliverySettings)
    watch: WatchSettings = Field(default_factory=WatchSettings)
    limits: LimitSettings = Field(default_factory=LimitSettings)
    http: HttpSettings = Field(default_factory=HttpSettings)
    journal: JournalSettings = Field(default_factory=JournalSettings)
    alert: AlertSettings = Field(default_factory=AlertSettings)
    metrics: MetricsSettings = Field(default_factory=MetricsSettings)
    log: LogSettings = Field(default_factory=LogSettings)
    ui: UiSettings = Field(default_factory=UiSettings)

    @property
    def accounts(self) -> str:
        """The shop and the Specter API user, for which facts found by the probe are valid."""
        return f"{self.abicart.webshop} at {self.abicart.url}; {self.specter.api_user}"

    def secrets(self) -> tuple[str, ...]:
        """Return the values that must never be shown."""
        held = (self.abicart.auth, self.specter.api_user_key, self.specter.integration_key, *self.alert.urls)
        return (*(secret.get_secret_value() for secret in held), *self.journal.passwords, *self.http.passwords)


def fits(name: str, text: str) -> bool:
    """Return whether a text is valid for a setting in a settings file."""
    section, _, field = name.lower().partition("__")
    kind = Settings.model_fields[section].annotation
    assert isinstance(kind, type)  # noqa: S101 - every section is one
    about = kind.model_fields[field]
    if not text and about.is_required():
        return False
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(Annotated[about.annotation, Field(), *about.metadata])  # type: ignore[arg-type]
        adapter.validate_python(text)
    except ValidationError:
        return False
    return True


def load_settings(file: Path | None, given: Mapping[str, str]) -> Settings:
    """Read the settings from `given`, by their names, then from `file`. Raises SettingsProblem.

    `given` are those of the environment (see `sources.given_in`).
    """
    if file is not None:
        refuse_readable_by_others(file)
    known = {name: value for name, value in given.items() if name in NAMES}

    class Loaded(Settings):
        @classmethod
        def settings_customise_sources(
            cls, settings_cls: type[BaseSettings], *_: PydanticBaseSettingsSource, **_unused: PydanticBaseSettingsSource
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return _Given(settings_cls, known), DotEnvSettingsSource(settings_cls, env_file=file)

    problems: list[str] = [ErrorText("setting_none", name=name) for name in given if name not in NAMES]
    try:
        settings = Loaded()
    except ValidationError as error:
        problems += [problem for found in error.errors() for problem in in_words(found, Settings)]
    except SettingsError as error:
        problems.append(undecodable(error))
    except UnicodeDecodeError:
        raise SettingsProblem(ErrorText("setting_no_text", path=file)) from None
    if problems:
        raise SettingsProblem(*placed(dict.fromkeys(problems), file, given))
    return settings


def find_settings_file(named: Path | None, config_folder: Path) -> ChosenFile:
    """Return the file that the user named, else the one that is chosen. Raises SettingsProblem."""
    if named is None:
        return choose_file(config_folder)
    if not named.exists():
        raise SettingsProblem(ErrorText("setting_no_file", path=named))
    return ChosenFile(named)


class _Given(EnvSettingsSource):
    """Reads these values instead of the process's environment."""

    def __init__(self, settings_cls: type[BaseSettings], given: Mapping[str, str]) -> None:
        self._given = given
        super().__init__(settings_cls)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return {name.lower(): value for name, value in self._given.items()}
