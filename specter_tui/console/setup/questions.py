"""What is asked, in which order, and what is suggested."""

from dataclasses import dataclass
from typing import Literal

from specter_tui.console.setup.setup_ports import Side

StepName = Literal["shop", "specter", "orders"]
Kind = Literal["number", "date", "url", "text"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One setting."""

    name: str
    kind: Kind = "text"
    secret: bool = False
    optional: bool = False
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked on one screen; `side` is tried when all is there."""

    name: StepName
    questions: tuple[Asked, ...]
    side: Side | None = None


def steps(today: str) -> tuple[Step, ...]:
    """All of it; `today` is a date as it is typed."""
    return (
        Step(
            "shop",
            (
                Asked("ABICART__WEBSHOP", "number"),
                Asked("ABICART__AUTH", secret=True),
                Asked("ABICART__URL", "url", suggested="https://shop.textalk.se/backend/jsonrpc/v1/"),
            ),
            "shop",
        ),
        Step(
            "specter",
            (
                Asked("SPECTER__SBM_ID", "number"),
                Asked("SPECTER__API_USER_ID", optional=True),
                Asked("SPECTER__API_USER_KEY", secret=True),
                Asked("SPECTER__INTEGRATION_KEY", secret=True),
                Asked("SPECTER__URL", "url", suggested="https://api.specter.se/"),
            ),
            "specter",
        ),
        Step(
            "orders",
            (
                Asked("ORDER__SINCE", "date", suggested=today),
                Asked("ORDER__ARTICLE_DELIVERY", optional=True, suggested="FRAKT"),
                Asked("ORDER__ARTICLE_PAYMENT_FEE", optional=True, suggested="AVGIFT"),
                Asked("ORDER__ARTICLE_COD", optional=True, suggested="POSTFORSKOTT"),
                Asked("ORDER__ARTICLE_DISCOUNT", optional=True, suggested="RABATT"),
                Asked("ORDER__ARTICLE_GIFT_CARD", optional=True, suggested="PRESENTKORT"),
                Asked("ORDER__ARTICLE_ROUNDING", optional=True, suggested="ORESAVR"),
            ),
        ),
    )


SECRETS = frozenset(question.name for step in steps("") for question in step.questions if question.secret)
