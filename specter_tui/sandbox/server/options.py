"""The options of a sandbox."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOptions:
    """The data of a sandbox's shop and Specter, and their strictness."""

    seed: int = 1
    """The same seed gives the same shop."""
    webshop: int = 22033
    """The shop's number."""
    sbm_id: str = "1234"
    """The Specter account."""
    orders: int = 40
    """Placed orders at the start."""
    articles: int = 64
    """Articles in the shop; above the number of realistic ones they are generated."""
    variants_per_article: int | None = None
    """Variants of each article that is not a package, 0 to 9; None uses the table of wares."""
    pace: float = 0.0
    """New orders a minute; each comes with changes of stock and deliveries at Specter."""
    second_thoughts: bool = False
    """With a pace, a buyer sometimes has an order changed that Specter has already; five orders at most."""
    lost_answers: int = 0
    """This many orders reach Specter without an answer, one out of three."""
    rounding: str = "order"
    """Specter's rounding: `order` (only the end), `row` (each row's gross), `rate` (row net, then VAT per rate) or
    `krona` (the end, to whole kronor)."""
    price_decimals: int | None = None
    """Decimals of a unit price that Specter keeps, 2 to 6; None keeps all."""
    refuses_duplicates: bool = True
    """True if Specter's duplicate check of externalOrderNo is on."""
    duplicate_names_number: bool = False
    """True if the refusal of a duplicate contains the first order's number."""
    duplicate_text: str = ""
    """Another text for the refusal of a duplicate; {external} is the number sent, {number} the order that has it,
    {other} one that has not."""
    known_articles_only: bool = False
    """True if a row with an unknown article number is refused."""
    refused_articles: tuple[str, ...] = ()
    """Article numbers that Specter refuses for reasons of its own."""
    names_bad_article: bool = False
    """True if Specter names the bad article when it refuses a call with several."""
    address_on: str = "order"
    """The source of a parcel's address: `order` (as it was when the order was made) or `card` (as it is now)."""
    batch_limit: int = 100
    """The most articles or orders that one batch of changes holds."""
    largest_page: int = 500
    """The most entries of one list, whatever limit is asked for."""
    refused_filters: tuple[str, ...] = ()
    """Pointers, such as `/changed`, that the shop cannot filter on."""
    ignored_filters: tuple[str, ...] = ()
    """Pointers that the shop accepts as a filter and then ignores."""
    read_only: tuple[str, ...] = ()
    """Keys that are read-only, such as `Order.externalOrderNumber`."""
    gift_card_type: str = "giftcard"
    """The shop's type of the gift card payment method; another known one is `giftcertificate`."""
    stock_queued: bool = False
    """True if all stock is queued at the start, as for a new API user."""
    delay: float = 0.0
    """Seconds added to each request to either server."""
    shop_port: int = 0
    """Port of the shop; 0 takes a free one."""
    specter_port: int = 0
    """Port of Specter; 0 takes a free one."""
    version: int = 2
    """Version of Specter's signing: 2 requires apiUserId, 1 does not have it."""
    plain: bool = False
    """Only orders that can be exported: no traps."""

    def __post_init__(self) -> None:
        if self.rounding not in ("order", "row", "rate", "krona"):
            raise ValueError(f"rounding is order, row, rate or krona, not {self.rounding!r}")
        if self.price_decimals is not None and not 2 <= self.price_decimals <= 6:
            raise ValueError(f"price_decimals is from 2 to 6, not {self.price_decimals}")
        if self.address_on not in ("order", "card"):
            raise ValueError(f"address_on is order or card, not {self.address_on!r}")
        if self.version not in (1, 2):
            raise ValueError(f"version is 1 or 2, not {self.version!r}")
        if self.variants_per_article is not None and not 0 <= self.variants_per_article <= 9:
            raise ValueError(f"variants_per_article is from 0 to 9, not {self.variants_per_article}")
        if self.batch_limit < 1:
            raise ValueError(f"batch_limit is at least 1, not {self.batch_limit}")
