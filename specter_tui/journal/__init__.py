"""The journal: what was meant to be sent to Specter, what was done, and what came back.

It knows no HTTP and no rules and imports no other room: paths, shop and operator come as arguments.
The words are here, and in `protocol` all that a journal does. `opening` opens one wherever it is: `journal.Journal`
writes, on one thread, `reading.Reader` reads beside it. The rules know a database only by `store`: `sqlite` is a file,
`postgres` a server.
"""

from specter_tui.journal.errors import (
    JournalBusy,
    JournalCorrupt,
    JournalError,
    JournalFull,
    JournalNewer,
    JournalReadOnly,
    NotInJournal,
    NumberTaken,
)
from specter_tui.journal.models import (
    Claim,
    ClaimDenied,
    Entry,
    Event,
    Imported,
    Intent,
    KnownNumber,
    RateAmount,
    SentRow,
    ShopOrder,
    State,
    Step,
    Verb,
    WriteBack,
)
from specter_tui.journal.safety.operators import Operator, current_operator

__all__ = [
    "Claim",
    "ClaimDenied",
    "Entry",
    "Event",
    "Imported",
    "Intent",
    "JournalBusy",
    "JournalCorrupt",
    "JournalError",
    "JournalFull",
    "JournalNewer",
    "JournalReadOnly",
    "KnownNumber",
    "NotInJournal",
    "NumberTaken",
    "Operator",
    "RateAmount",
    "SentRow",
    "ShopOrder",
    "State",
    "Step",
    "Verb",
    "WriteBack",
    "current_operator",
]
