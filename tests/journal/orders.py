"""Orders to store in a journal, and a lease clock that the test sets."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from specter_tui.journal.models import Claim, Intent, RateAmount, SentRow
from specter_tui.journal.safety.lease_clock import LeaseClock
from specter_tui.journal.safety.operators import Operator

SHOP = 4711
ALMA = Operator("alma", "till")
BO = Operator("bo", "till")
LEASE = timedelta(minutes=2)
SOON = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
SPENT = timedelta(milliseconds=345)


def intent(uid: int = 150001, **changes) -> Intent:
    plain = Intent(
        uid=uid,
        order_number=str(uid - 149000),
        external_no=f"A-{uid - 149000}",
        form_hash="hash-1",
        total=Decimal("487.50"),
        currency="SEK",
        ordered=datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC),
        rates=(
            RateAmount(Decimal(25), Decimal("350.00"), Decimal("87.50")),
            RateAmount(Decimal("25.5"), Decimal("50.00"), Decimal(0)),
        ),
        rows=(
            SentRow("TAJ-1", Decimal(2), Decimal("175.00"), Decimal(25)),
            SentRow("FRAKT", Decimal("1.5"), Decimal("33.333333"), Decimal("25.5")),
        ),
    )
    return replace(plain, **changes)


def claimed(journal, uid: int = 150001, **changes) -> Claim:
    claim = journal.claims.claim(intent(uid, **changes), LEASE)
    assert isinstance(claim, Claim)
    return claim


def exported(journal, uid: int = 150001, number: str = "90001", **changes) -> None:
    claim = claimed(journal, uid, **changes)
    assert journal.results.customer_known(claim, "77")
    assert journal.results.exported(claim, number, SPENT)


class TurnedClock(LeaseClock):
    """A lease clock that the test sets; its process is this one, or another that counts as running."""

    def __init__(self, started: str | None = None) -> None:
        super().__init__()
        self.ahead = 0
        if started is not None:
            self.process = replace(self.process, started=started)
            self.me = str(self.process)

    def now(self) -> int:
        return 1_000_000 + self.ahead

    def turn(self, by: timedelta) -> None:
        self.ahead += by // timedelta(milliseconds=1)
