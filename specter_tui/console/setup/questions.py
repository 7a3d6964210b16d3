"""The questions of the set-up, their order and their suggestions."""

from dataclasses import dataclass
from typing import Literal

from specter_tui.console.setup.setup_ports import Side

StepName = Literal["shop", "specter", "orders"]
Kind = Literal["number", "date", "url", "text"]


@dataclass(frozen=True, slots=True)
class SetupField:
    """One setting."""

    name: str
    kind: Kind = "text"
    secret: bool = False
    optional: bool = False
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class SetupStep:
    """The questions on one screen; `side` is tested when all are answered."""

    name: StepName
    questions: tuple[SetupField, ...]
    side: Side | None = None


def steps(today: str) -> tuple[SetupStep, ...]:
    """Return all steps; `today` is a date as it is typed."""
    return (
        SetupStep(
            "shop",
            (
                SetupField("ABICART__WEBSHOP", "number"),
                SetupField("ABICART__AUTH", secret=True),
                SetupField("ABICART__URL", "url", suggested="https://shop.textalk.se/backend/jsonrpc/v1/"),
            ),
            "shop",
        ),
        SetupStep(
            "specter",
            (
                SetupField("SPECTER__SBM_ID", "number"),
                SetupField("SPECTER__API_USER_ID", optional=True),
                SetupField("SPECTER__API_USER_KEY", secret=True),
                SetupField("SPECTER__INTEGRATION_KEY", secret=True),
                SetupField("SPECTER__URL", "url", suggested="https://api.specter.se/"),
            ),
            "specter",
        ),
        SetupStep(
            "orders",
            (
                SetupField("ORDER__SINCE", "date", suggested=today),
                SetupField("ORDER__ARTICLE_DELIVERY", optional=True, suggested="FRAKT"),
                SetupField("ORDER__ARTICLE_PAYMENT_FEE", optional=True, suggested="AVGIFT"),
                SetupField("ORDER__ARTICLE_COD", optional=True, suggested="POSTFORSKOTT"),
                SetupField("ORDER__ARTICLE_DISCOUNT", optional=True, suggested="RABATT"),
                SetupField("ORDER__ARTICLE_GIFT_CARD", optional=True, suggested="PRESENTKORT"),
                SetupField("ORDER__ARTICLE_ROUNDING", optional=True, suggested="ORESAVR"),
            ),
        ),
    )


SECRETS = frozenset(question.name for step in steps("") for question in step.questions if question.secret)
