"""The options of a sandbox."""

from dataclasses import dataclass

from specter_tui.sandbox.server.switches import Switches


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOptions(Switches):
    """The data of a sandbox's shop and Specter, and how they differ from what is assumed."""

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
    refused_articles: tuple[str, ...] = ()
    """Article numbers that Specter refuses for reasons of its own."""
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
        Switches.__post_init__(self)
        if self.version not in (1, 2):
            raise ValueError(f"version is 1 or 2, not {self.version!r}")
        if self.variants_per_article is not None and not 0 <= self.variants_per_article <= 9:
            raise ValueError(f"variants_per_article is from 0 to 9, not {self.variants_per_article}")
