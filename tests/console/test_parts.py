"""Parts without a screen: columns, spans, the command registry, the footer, the log, the status lines."""

import dataclasses
import re
from typing import get_args

import pytest
from rich.cells import cell_len
from rich.console import Console as RichConsole
from rich.text import Text
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from specter_tui.console.commands.conditions import CommandSituation
from specter_tui.console.commands.dispatch import CommandDispatcher
from specter_tui.console.commands.footer import MOST_IN_FOOTER, footer_line
from specter_tui.console.commands.registry import BY_NAME, COMMANDS
from specter_tui.console.terminal.theme import ANSI, CONTRAST, DARK, LIGHT, THEMES, wanted_theme
from specter_tui.console.viewmodel.detail.order_detail import describe, why_line
from specter_tui.console.viewmodel.display_context import DisplayContext
from specter_tui.console.viewmodel.export_log import MOST, ExportLog
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.state_styles import CURES, FLAG_TEXTS, STATE_STYLES, WHY
from specter_tui.console.viewmodel.styled_text import faint, span, text_of
from specter_tui.console.widgets.columns import Column, fit
from specter_tui.console.widgets.row_list import cell
from specter_tui.console.widgets.status_lines import counts_line, first_line, talk_line
from specter_tui.console.widgets.text_view import wrap_text
from specter_tui.engine import events as m
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.i18n import Language, set_locale, t
from specter_tui.planning.problems import Problem
from specter_tui.text.numbers import HARD_SPACE
from tests.console.scripted import event, plan_of, row, settings_of, view

BLOCKED = view(6, state="blocked", problems=(Problem("email", "email", (("case", "missing"),)),))


def plain(*lines: object) -> str:
    return text_of(lines).replace(HARD_SPACE, " ")  # type: ignore[arg-type]


def test_a_day_without_its_time_gives_the_names_room() -> None:
    columns = (Column("name", "Name", 10, flex=1), Column("placed", "Placed", 12, least=8))
    assert [size for _, size in fit(columns, 60)] == [47, 12]
    assert [size for _, size in fit(columns, 26)] == [17, 8]
    placed, size = fit(columns, 26)[1]
    assert [placed.shown(text, size) for text in ("22 Nov 21:48", "22/11 21:48", "21:48")] == [
        "22 Nov",
        "22/11",
        "21:48",
    ]


def test_columns_fill_the_width_and_the_least_needed_go_first() -> None:
    columns = (Column("a", "", 5), Column("b", "", 5, flex=1), Column("c", "", 5, drop=1), Column("d", "", 5, drop=2))
    assert [(column.key, size) for column, size in fit(columns, 40)] == [("a", 5), ("b", 22), ("c", 5), ("d", 5)]
    assert [column.key for column, _ in fit(columns, 20)] == ["a", "b", "c"]
    assert [column.key for column, _ in fit(columns, 3)] == ["a", "b"]


def test_the_column_that_a_list_is_sorted_by_stays() -> None:
    columns = (Column("a", "", 5), Column("b", "", 5, drop=1), Column("c", "", 5, drop=2))
    assert [column.key for column, _ in fit(columns, 11, 1)] == ["a", "b"]
    assert [column.key for column, _ in fit(columns, 11, 1, "c")] == ["a", "c"]


def test_a_column_that_fits_if_it_shrinks_is_not_dropped() -> None:
    columns = (Column("a", "", 5), Column("placed", "", 12, drop=1, least=8))
    assert [(column.key, size) for column, size in fit(columns, 14)] == [("a", 5), ("placed", 8)]
    assert [column.key for column, _ in fit(columns, 13)] == ["a"]


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("SEK 42.00", "SEK 42.00"),
        ("SEK 189,153.00", "SEK 189153.00"),
        ("SEK 1,189,153.00", "1189153.00"),
        (f"1{HARD_SPACE}189{HARD_SPACE}153,00{HARD_SPACE}kr", f"1189153,00{HARD_SPACE}kr"),
        (f"−12{HARD_SPACE}345{HARD_SPACE}678,90{HARD_SPACE}kr", "−12345678,90"),
    ],
)
def test_no_digit_of_an_amount_is_cut(amount: str, shown: str) -> None:
    column = Column("total", "", 13, align="right", amount=True)
    assert column.shown(amount, 13) == shown


@pytest.mark.parametrize("text", ["short", "a longer text than fits", "李小龙李小龙", "", "é́x"])
@pytest.mark.parametrize("align", ["left", "right"])
@pytest.mark.parametrize("size", [1, 2, 7])
def test_a_cell_is_as_wide_as_its_column(text: str, align: str, size: int) -> None:
    assert cell_len(cell(text, size, align)) == size


def test_spans_take_no_control_characters_and_keep_hard_spaces() -> None:
    assert span("a\x1b[31mb\u202ec\nd\x00")[0] == "a[31mbc d"
    assert span(f"1{HARD_SPACE}kr")[0] == f"1{HARD_SPACE}kr"


@pytest.mark.parametrize("width", range(12, 40))
def test_an_amount_is_never_divided_between_two_lines(width: int) -> None:
    amount = f"12{HARD_SPACE}350,20{HARD_SPACE}kr"
    lines = wrap_text(Text(f"Butiken minus Specter {amount} och {amount}", style="bold"), RichConsole(width=80), width)
    assert sum(line.plain.count(amount) for line in lines) == 2
    assert max(line.cell_len for line in lines) <= width


def test_every_state_has_a_sign_of_its_own_a_word_and_a_reason() -> None:
    assert len({look.sign for look in STATE_STYLES.values()}) == len(STATE_STYLES) == 11
    assert set(WHY) == set(STATE_STYLES)


def test_every_command_has_a_handler_and_each_key_does_one_thing() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    assert len(BY_NAME) == len(COMMANDS)
    assert [one.name for one in COMMANDS if getattr(CommandDispatcher, one.name, None) is not one.handler] == []
    assert all(command.sentence.endswith(".") for command in COMMANDS)


def test_the_footer_has_at_most_seven_keys_and_counts_the_others() -> None:
    for width in (40, 80, 120, 250):
        line = plain(footer_line(CommandSituation(), width))
        assert len(line) <= width
        shown = line.count("   ") + 1
        assert shown <= MOST_IN_FOOTER
        assert f"? {sum(bool(command.keys) for command in COMMANDS) - (shown - 1)} more" in line


def cure(state: str) -> str:
    return CURES[state].format(number="1001")


@pytest.mark.parametrize(
    ("name", "situation", "why"),
    [
        ("export", CommandSituation(started=False), t("The console is still starting.")),
        ("export", CommandSituation(leaving=True), t("The console is leaving.")),
        ("export", CommandSituation(front="log"), t("That is for orders: press 1 first.")),
        ("export", CommandSituation(), t("No order is chosen.")),
        (
            "export",
            CommandSituation(inactive=True, targets=(view(1),)),
            t("Sending is switched off by ORDER__EXPORT or ORDER__EXPORT_RUN; previews work."),
        ),
        ("export", CommandSituation(halted="Key refused.", targets=(view(1),)), "Nothing is sent: Key refused."),
        ("export", CommandSituation(targets=(view(1, state="unknown"),)), f"Order 1001 is unknown. {cure('unknown')}"),
        (
            "export",
            CommandSituation(targets=(BLOCKED,), marked=3),
            t("None of the {count} marked can be used for that.").format(count=3),
        ),
        ("export", CommandSituation(targets=(view(1),)), ""),
        ("export_all", CommandSituation(), t("No order is ready.")),
        ("export_all", CommandSituation(ready=2), ""),
        (
            "auto",
            CommandSituation(auto_by="service on HOST"),
            t("Auto mode is run by {by}. S stops all sending.").format(by="service on HOST"),
        ),
        (
            "auto",
            CommandSituation(inactive=True),
            t("Sending is switched off by ORDER__EXPORT or ORDER__EXPORT_RUN; previews work."),
        ),
        ("auto", CommandSituation(inactive=True, auto_on=True), ""),
        ("number", CommandSituation(current=view(1), targets=(view(1),)), f"Order 1001 is ready. {cure('ready')}"),
        ("number", CommandSituation(current=view(1, state="exists")), ""),
        ("repeat", CommandSituation(targets=(view(1, state="refused"),)), ""),
        ("repeat", CommandSituation(targets=(view(1, state="retry_later", problems=BLOCKED.problems),)), ""),
        (
            "repeat",
            CommandSituation(targets=(view(1, state="retry_later"),)),
            f"Order 1001 is retry later. {cure('retry_later')}",
        ),
        ("close", CommandSituation(targets=(view(1, state="exported"),)), "Order 1001 is exported."),
        ("close", CommandSituation(targets=(BLOCKED,)), ""),
        ("mark", CommandSituation(), t("No order is chosen.")),
        ("leave", CommandSituation(leaving=True), ""),
    ],
)
def test_an_action_says_why_it_is_not_possible(name: str, situation: CommandSituation, why: str) -> None:
    assert BY_NAME[name].why_not(situation) == why


def test_the_log_keeps_order_doubles_nothing_and_forgets_the_oldest() -> None:
    log = ExportLog()
    log.add([event(3), event(2)])
    log.add([event(4), event(3)])
    assert log.ids == [4, 3, 2]
    assert log.oldest == 2
    log.whole = True
    log.add([event(number) for number in range(5, MOST + 50)])
    log.trim()
    assert len(log.ids) == len(log.events) == MOST
    assert log.whole is False


def test_the_detail_says_why_not_and_the_cure() -> None:
    text = plain(*describe(BLOCKED, None, 60, DisplayContext()))
    assert "▲ 1006  blocked" in text
    assert "Why not" in text
    assert "→" in text
    assert t("Working out what Specter will get …") in text


def test_a_finding_without_words_is_named_by_its_code() -> None:
    odd = view(6, state="blocked", problems=(Problem("brand_new", "rows/1"),))
    assert "brand_new: rows/1" in plain(*describe(odd, None, 60, DisplayContext()))
    assert "brand_new: rows/1" in plain(why_line(odd, DisplayContext()))


@pytest.mark.parametrize("language", get_args(Language))
def test_what_to_do_about_an_unknown_order_is_not_cut_on_a_small_screen(language: Language) -> None:
    """Two lines of 80 columns; only the cause, which is last, may be cut."""
    cause = "the connection to Specter broke before the answer (RemoteProtocolError)"
    came = outcome_text("no_answer", language)
    message = outcome_text("unknown_order", language, came=came, external="20261040")
    set_locale(language)
    try:
        order = view(1040, state="unknown", message=message, cause=cause)
        line = plain(why_line(order, DisplayContext(language)))
        detail = plain(*describe(order, None, 60, DisplayContext(language)))
    finally:
        set_locale("en")
    assert re.search(r"20261040.*\bn: .*\bR: [^.]+\.", line[:158])
    assert line.endswith("(RemoteProtocolError))")
    assert f"{message} ({cause})" in detail


def test_the_detail_has_rows_and_totals_and_says_when_they_differ() -> None:
    order = view(1)
    plan = plan_of(order, row("KAFFE-1", discount_percent=row("x").unit_price), row("", kind="delivery"))
    plan = dataclasses.replace(plan, modelled=order.total - row("x").quantity)  # type: ignore[operator]
    text = plain(*describe(order, m.PreviewReady(1, plan, None), 90, DisplayContext()))
    assert "KAFFE-1" in text
    assert t("(none)") in text
    assert "79.2%" in text
    assert "VAT 25 %" in text
    assert "The shop's total" in text
    assert "differs by SEK −2.00" in text
    assert "equal to the öre" not in text


def test_the_whole_detail_has_the_fields_and_hides_names_when_asked() -> None:
    order = view(1, customer="Åsa Öberg")
    preview = m.PreviewReady(1, plan_of(order), None)
    assert "asa@example.se" in plain(*describe(order, preview, 90, DisplayContext(), whole=True))
    hidden = plain(*describe(order, preview, 90, DisplayContext(hide_names=True), whole=True))
    assert "Åsa" not in hidden
    assert "asa@" not in hidden
    assert "Storgatan" not in hidden
    assert t("•••••") in hidden


def test_why_there_is_no_form() -> None:
    assert "Not read." in plain(*describe(view(1), m.PreviewReady(1, None, None, "Not read."), 60, DisplayContext()))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"write_back": "conflict"}, FLAG_TEXTS["conflict"]),
        ({"drift": True}, FLAG_TEXTS["drift"]),
        ({"cancelled_in_shop": True}, FLAG_TEXTS["cancelled"]),
        ({"write_back": "due"}, FLAG_TEXTS["due"]),
    ],
)
def test_what_is_wrong_with_an_exported_order(more: dict[str, object], sentence: str) -> None:
    exported = view(1, state="exported", specter_number="90001", **more)
    assert sentence in plain(*describe(exported, None, 60, DisplayContext()))
    assert sentence in plain(why_line(exported, DisplayContext()))


def test_counts_lose_words_before_they_lose_numbers() -> None:
    model = ShopViewModel(settings=settings_of())
    for uid, state in enumerate(STATE_STYLES, start=1):
        model.orders.apply([view(uid, state=state)])
    for width in (60, 80, 120, 200):
        line = plain(counts_line(model, width))
        assert len(line) <= width
        assert all(f"{look.sign} 1" in line for look in STATE_STYLES.values())


def test_test_and_live_are_told_apart_by_a_word() -> None:
    live = ShopViewModel(settings=settings_of())
    test = ShopViewModel(settings=settings_of(SPECTER__URL="http://127.0.0.1:9/"))
    demo = ShopViewModel(settings=settings_of(), banner="DEMO – sandbox, nothing real")
    assert t("LIVE") in plain(first_line(live, 120)[0])
    assert t("TEST") in plain(first_line(test, 120)[0])
    assert "DEMO – sandbox" in plain(first_line(demo, 120)[0])


def test_the_mode_is_a_word() -> None:
    assert t("auto off") in plain(first_line(ShopViewModel(settings=settings_of()), 120)[0])
    assert t("AUTO ON") in plain(first_line(ShopViewModel(settings=settings_of(), auto_on=True), 120)[0])
    off = ShopViewModel(settings=settings_of(ORDER__EXPORT="inactive"))
    assert t("SENDING OFF") in plain(first_line(off, 120)[0])
    elsewhere = ShopViewModel(settings=settings_of(), auto_by="service on kassa")
    assert "auto: service on kassa" in plain(first_line(elsewhere, 120)[0])


def test_one_thing_is_said_at_a_time() -> None:
    model = ShopViewModel(settings=settings_of())
    model.orders.apply([BLOCKED])

    def said(**more: bool) -> str:
        rest = {"hidden": False, "unsent": 0} | more
        return plain(talk_line(model, grace=35.0, explained=why_line(BLOCKED, DisplayContext()), **rest))

    assert "1006" in said()
    model.reach["shop"] = m.ReachChanged("shop", "out_of_reach", "The shop does not answer.")
    assert "The shop does not answer." in said()
    model.progress["export"] = m.Progress("export", 3, 8, failed=1)
    assert "Exporting: 3 of 8" in said()
    assert "1 not done" in said()
    model.tell("Disk full.", "error")
    model.tell("Copied.")
    assert "Disk full." in said()
    assert t("Names are hidden; press any key to see them.") in said(hidden=True)
    model.leaving = True
    assert said().strip() == t("Leaving: no new work is taken …")
    model.reach["journal"] = m.ReachChanged("journal", "out_of_reach", "The journal's server does not answer.")
    assert said().strip() == t("Leaving: waits for the journal, which does not answer. At most {seconds} s.").format(
        seconds=35
    )
    model.in_flight = ("1001", "1002")
    assert "1001, 1002" in said()
    assert "35 s" in said()


@pytest.mark.parametrize(
    ("settings", "environment", "theme"),
    [
        ({}, {}, DARK.name),
        ({}, {"TERM": "screen"}, ANSI.name),
        ({}, {"TERM": "xterm", "COLORTERM": "truecolor"}, DARK.name),
        ({"UI__THEME": "light"}, {"TERM": "xterm"}, LIGHT.name),
        ({}, {"SSH_CONNECTION": "1"}, ANSI.name),
        ({}, {"NO_COLOR": ""}, ANSI.name),
        ({"UI__THEME": "nord"}, {"SSH_CONNECTION": "1"}, "nord"),
        ({"UI__THEME": "nord"}, {"NO_COLOR": "1"}, ANSI.name),
        ({"UI__THEME": "no such theme"}, {}, DARK.name),
        ({"UI__LEAN": "on"}, {}, ANSI.name),
        ({"UI__LEAN": "off"}, {"SSH_CONNECTION": "1"}, DARK.name),
    ],
)
def test_the_theme_by_settings_and_terminal(settings: dict[str, str], environment: dict[str, str], theme: str) -> None:
    known = {**BUILTIN_THEMES, **THEMES}
    terminal = {"TERM": "xterm-256color"} | environment
    ui = settings_of(**settings).ui
    assert wanted_theme(ui, terminal, known) == wanted_theme(ui, terminal, known, "no such theme") == theme
    chosen = CONTRAST.name
    assert wanted_theme(ui, terminal, known, chosen) == (theme if "NO_COLOR" in terminal else chosen)


@pytest.mark.parametrize(
    ("theme", "least"), [(DARK, 4.5), (LIGHT, 4.5), (CONTRAST, 7.0)], ids=lambda one: str(getattr(one, "name", one))
)
def test_every_ink_stands_out_from_its_ground(theme: Theme, least: float) -> None:
    """By WCAG's measure: 4.5 is AA, 7 is AAA."""
    names = ("foreground", "primary", "secondary", "accent", "success", "warning", "error")
    tones = [Color.parse(getattr(theme, name)) for name in names]

    def contrast(one: Color, other: Color) -> float:
        def light(colour: Color) -> float:
            parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

        darker, lighter = sorted((light(one), light(other)))
        return (lighter + 0.05) / (darker + 0.05)

    for ground in map(Color.parse, (theme.background, theme.surface, theme.panel)):
        assert min(contrast(ground, ink) for ink in tones) >= least
        assert contrast(ground, faint(ground, tones[0])) >= least
    cursor = Color.parse(theme.variables["block-cursor-background"])
    assert contrast(cursor, Color.parse(theme.variables["block-cursor-foreground"])) >= least
