"""A filter of the whole export log: the database's search omits nothing that the filter accepts."""

from collections.abc import Iterator
from datetime import UTC

import pytest

from specter_tui.config.settings import Settings
from specter_tui.console.loaders import log_search
from specter_tui.console.loaders.log_search import search_for, searched_pages
from specter_tui.console.viewmodel.filtering.filter_text import filter_of
from specter_tui.console.viewmodel.filtering.list_filter import Filter
from specter_tui.console.widgets.row_sources.log_rows import FIELDS
from specter_tui.errors import ErrorText
from specter_tui.journal.journal import Journal
from specter_tui.journal.location import journal_place
from specter_tui.journal.models import Event, KnownNumber, ShopOrder
from specter_tui.journal.opening import open_journal
from specter_tui.journal.safety.operators import Operator
from tests.console.scripted import settings_of
from tests.journal.orders import LEASE, claimed, exported, intent

SHOP = 22222
END = 2**62
LOOKED_FOR = (
    "s-3", "S-10", "70003", "90001", "asa", "åsa", "Åsa@kassa", "kassa", "testköp", "är en", "→ 90001", "saknas",
    "e17", "imported", "refused", "exported", "state:unknown", "state:refused", "status:nekad", "state:exported s-1",
    "number=å-1", "by:kassa", "note:annan", "what:closed", "state:refused state:exported", "took>100 exported",
    "imported 7000", "no such", "_", "s_3", "s-39", "a@k", "å-1", "%", "ss", "number:s-1?", "!imported", "!kassa",
    "took>100", "å", "edited", "since it",
)  # fmt: skip


@pytest.fixture(params=["file", "server"])
def settings(request, tmp_path) -> Settings:
    url = request.getfixturevalue("server_url") if request.param == "server" else f"sqlite:///{tmp_path / 'j' / 'j.db'}"
    return settings_of(JOURNAL__URL=url)


@pytest.fixture
def journal(settings: Settings) -> Iterator[Journal]:
    place = journal_place(settings.journal.address, SHOP, settings.journal.seen)
    with open_journal(place, SHOP, Operator("Åsa", "kassa")) as journal:
        journal.decisions.import_known([KnownNumber(uid, f"S-{uid}", str(70000 + uid)) for uid in range(1, 40)])
        exported(journal, 101, "90001", order_number="Å-1")
        for uid in range(102, 106):
            journal.results.refused(claimed(journal, uid, order_number=f"s-{uid}"), "E17", "Artikeln saknas")
        edited = intent(105, order_number="s-105")
        journal.claims.reclaim(edited, LEASE, ErrorText("edited_since"), automatic=True)
        journal.decisions.close_many([ShopOrder(106, "S-106")], "Testköp av ÅSA, 70003 är en annan")
        yield journal


def shown_otherwise(event: Event) -> bool:
    return bool(event.message) or isinstance(event.reason, ErrorText)


def filter_for(typed: str) -> Filter:
    wanted = filter_of(typed, FIELDS, UTC)
    assert not wanted.bad, typed
    return wanted


def test_a_search_finds_what_the_filter_lets_through(settings, journal, monkeypatch):
    monkeypatch.setattr(log_search, "_SPAN", 7)
    monkeypatch.setattr(log_search, "MANY", 3)
    every = journal.events.page(limit=1000, newest_first=True)
    assert len(every) > 40
    for typed in LOOKED_FOR:
        wanted = filter_for(typed)
        pages = list(searched_pages(settings, END, wanted))
        found = [event.id for events, _ in pages for event in events if wanted.passes(event)]
        assert found == [event.id for event in every if wanted.passes(event)], typed
        reached = [oldest.id for _, oldest in pages]
        assert reached == sorted(set(reached), reverse=True), typed
        assert reached[-1] == every[-1].id, f"{typed}: not all of it was looked at"


def test_what_the_filter_does_not_ask_for_is_not_read(settings, journal):
    for typed in ("90001", "state:refused", "by:nobody", "closed"):
        wanted = filter_for(typed)
        read = [event for events, _ in searched_pages(settings, END, wanted) for event in events]
        assert [event for event in read if not (shown_otherwise(event) or wanted.passes(event))] == [], typed


@pytest.mark.parametrize("typed", ["took>100", "!imported", "å", "number:s-*"])
def test_what_no_database_can_look_for_is_left_to_the_filter(typed):
    assert search_for(filter_for(typed)) is None
