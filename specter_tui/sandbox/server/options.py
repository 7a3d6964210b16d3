"""What can be asked of a sandbox before it starts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOptions:
    """How the shop and the Specter of a sandbox are made, and how strict they are."""

    seed: int = 1
    """The same seed gives the same shop."""
    webshop: int = 22033
    """The shop's number."""
    sbm_id: str = "1234"
    """The Specter account."""
    orders: int = 40
    """Placed orders at the start."""
    articles: int = 64
    """Articles in the shop; beyond the believable ones they are generated."""
    variants_per_article: int | None = None
    """Variants of each article but packages; 0 to 9, None as the wares have them."""
    pace: float = 0.0
    """New orders a minute; with them come changes of stock, and deliveries, at Specter."""
    second_thoughts: bool = False
    """With a pace, now and then a buyer has an order changed that Specter has already; five at most."""
    lost_answers: int = 0
    """So many orders reach Specter without that the answer comes back, one out of three."""
    rounding: str = "order"
    """Where Specter rounds: `order` (only the end), `row` (each row's gross), `rate` (row net, then VAT per rate) or
    `krona` (the end, to whole kronor)."""
    price_decimals: int | None = None
    """How many decimals of a unit price Specter keeps, 2 to 6; None keeps all."""
    refuses_duplicates: bool = True
    """Whether Specter's control of externalOrderNo is on."""
    duplicate_names_number: bool = False
    """Whether the refusal of a duplicate names the first order's number."""
    duplicate_text: str = ""
    """The refusal of a duplicate in other words; {external} is the number sent, {number} the order that has it,
    {other} one that has not."""
    known_articles_only: bool = False
    """Whether a row with an unknown article number is refused."""
    refused_articles: tuple[str, ...] = ()
    """Article numbers that Specter will not take, for reasons of its own."""
    names_bad_article: bool = False
    """Whether Specter names the article for which it refuses a call with many."""
    address_on: str = "order"
    """Where Specter looks a parcel's address up: `order` (kept when the order was made) or `card` (as it is now)."""
    batch_limit: int = 100
    """The most articles or orders that one batch of changes holds."""
    largest_page: int = 500
    """The most entries that the shop gives in one list, whatever was asked for."""
    refused_filters: tuple[str, ...] = ()
    """Pointers, such as `/changed`, that the shop cannot filter on."""
    ignored_filters: tuple[str, ...] = ()
    """Pointers that the shop takes as a filter, and does not filter on."""
    read_only: tuple[str, ...] = ()
    """Keys that nobody may write, such as `Order.externalOrderNumber`."""
    gift_card_type: str = "giftcard"
    """The shop's word for a gift card among its ways to pay; another known one is `giftcertificate`."""
    stock_queued: bool = False
    """Whether all stock waits to be fetched at the start, as it does for a new API user."""
    delay: float = 0.0
    """Seconds added to each request to either server."""
    shop_port: int = 0
    """Port of the shop; 0 takes a free one."""
    specter_port: int = 0
    """Port of Specter; 0 takes a free one."""
    version: int = 2
    """Version of Specter's signing: 2 wants apiUserId, 1 does not know it."""
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
