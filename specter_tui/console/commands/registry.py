"""All commands, each registered once with its handler, keys and condition, in the order of help and palette.

Keys, footer, help, palette and guide read it.
"""

from specter_tui.console.commands.article_commands import ArticleCommands
from specter_tui.console.commands.command_spec import CommandSpec
from specter_tui.console.commands.conditions import (
    CLOSABLE,
    SENDABLE,
    all_of,
    at_work,
    fixable,
    in_list,
    in_marked_list,
    in_one_shop,
    in_states,
    markable,
    may_export_articles,
    may_make_services,
    may_send,
    may_turn_auto,
    numberable,
    on_orders,
    on_report,
    repeatable,
    several_shops,
    some_bad_number,
    some_ready,
    sortable,
    tickable,
    writable,
)
from specter_tui.console.commands.csv_commands import CsvCommands
from specter_tui.console.commands.dispatch import CommandDispatcher
from specter_tui.console.commands.list_commands import ListCommands
from specter_tui.console.commands.mark_commands import MarkCommands
from specter_tui.console.commands.order_commands import OrderCommands
from specter_tui.console.commands.stop_commands import StopCommands
from specter_tui.console.commands.todo_commands import TodoCommands
from specter_tui.console.commands.view_commands import ViewCommands

COMMANDS: tuple[CommandSpec[CommandDispatcher], ...] = (
    CommandSpec(
        OrderCommands.export, "orders", ("e",), all_of(in_one_shop, on_orders, may_send, in_states(SENDABLE)), footer=1
    ),
    CommandSpec(
        OrderCommands.export_all, "orders", ("E", "shift+e"), all_of(in_one_shop, may_send, some_ready), footer=2
    ),
    CommandSpec(OrderCommands.auto, "orders", ("a",), all_of(in_one_shop, may_turn_auto), footer=7),
    CommandSpec(OrderCommands.number, "orders", ("n",), all_of(in_one_shop, on_orders, numberable), opens_line=True),
    CommandSpec(
        OrderCommands.repeat, "orders", ("R", "shift+r"), all_of(in_one_shop, on_orders, repeatable), opens_line=True
    ),
    CommandSpec(
        OrderCommands.close, "orders", ("c",), all_of(in_one_shop, on_orders, in_states(CLOSABLE)), opens_line=True
    ),
    CommandSpec(StopCommands.stop, "orders", ("S", "shift+s"), at_work, opens_line=True),
    CommandSpec(TodoCommands.todo, "orders", (), at_work),
    CommandSpec(TodoCommands.morning, "orders", (), in_one_shop),
    CommandSpec(TodoCommands.next_todo, "orders", ("right_square_bracket",), at_work, shown="]"),
    CommandSpec(TodoCommands.previous_todo, "orders", ("left_square_bracket",), at_work, shown="["),
    CommandSpec(MarkCommands.mark, "orders", ("space",), markable, footer=4),
    CommandSpec(MarkCommands.mark_all, "orders", ("asterisk",), markable, shown="*"),
    CommandSpec(MarkCommands.mark_range, "orders", ("V", "shift+v"), in_marked_list),
    CommandSpec(MarkCommands.mark_up, "orders", ("shift+up",), in_marked_list, shown="shift+↑"),
    CommandSpec(MarkCommands.mark_down, "orders", ("shift+down",), in_marked_list, shown="shift+↓"),
    CommandSpec(MarkCommands.mark_shown, "orders", ("plus",), in_marked_list, shown="+"),
    CommandSpec(MarkCommands.invert_marks, "orders", ("minus",), in_marked_list, shown="-"),
    CommandSpec(ArticleCommands.fix, "goods", ("x",), all_of(in_one_shop, fixable)),
    CommandSpec(ArticleCommands.fix_all, "goods", ("X", "shift+x"), all_of(in_one_shop, some_bad_number)),
    CommandSpec(ViewCommands.drift, "goods", ("d",), in_one_shop),
    CommandSpec(ArticleCommands.tick, "goods", ("t",), all_of(in_one_shop, tickable), opens_line=True),
    CommandSpec(ViewCommands.methods, "goods", ("m",), in_one_shop),
    CommandSpec(ArticleCommands.export_articles, "goods", (), all_of(in_one_shop, may_export_articles)),
    CommandSpec(ArticleCommands.export_all_articles, "goods", (), all_of(in_one_shop, may_export_articles)),
    CommandSpec(ViewCommands.show_articles, "goods"),
    CommandSpec(ArticleCommands.pull_stock, "goods", (), in_one_shop),
    CommandSpec(ArticleCommands.pull_all_stock, "goods", (), in_one_shop),
    CommandSpec(ViewCommands.show_stock, "goods"),
    CommandSpec(ViewCommands.stock_rows, "goods", (), in_one_shop),
    CommandSpec(ArticleCommands.check_numbers, "goods", (), in_one_shop),
    CommandSpec(ArticleCommands.create_services, "goods", (), all_of(in_one_shop, may_make_services)),
    CommandSpec(ViewCommands.show_deliveries, "goods", ("l",)),
    CommandSpec(ViewCommands.today, "goods", ("i",)),
    CommandSpec(ViewCommands.report, "goods", ("b",), in_one_shop),
    CommandSpec(ViewCommands.day_before, "goods", ("left",), all_of(in_one_shop, on_report), shown="←"),
    CommandSpec(ViewCommands.day_after, "goods", ("right",), all_of(in_one_shop, on_report), shown="→"),
    CommandSpec(ViewCommands.report_span, "goods", (), all_of(in_one_shop, on_report), shown="z"),
    CommandSpec(ViewCommands.report_basis, "goods", (), all_of(in_one_shop, on_report), shown="s"),
    CommandSpec(CommandDispatcher.open, "find", ("enter",), footer=3),
    CommandSpec(ListCommands.filter, "find", ("slash",), in_list, shown="/", footer=5),
    CommandSpec(CommandDispatcher.sort, "find", ("s",), sortable),
    CommandSpec(ListCommands.views, "find", ("v",), in_list),
    CommandSpec(CsvCommands.write, "find", ("w",), writable),
    CommandSpec(ListCommands.go, "find", ("g",), in_one_shop, opens_line=True),
    CommandSpec(CommandDispatcher.copy, "find", ("y",)),
    CommandSpec(ViewCommands.messages, "find", ("exclamation_mark",), shown="!"),
    CommandSpec(CommandDispatcher.look, "find", ("r",), in_one_shop, footer=6),
    CommandSpec(CommandDispatcher.back, "find", ("escape",), shown="esc"),
    CommandSpec(CommandDispatcher.pane_orders, "panes", ("1",)),
    CommandSpec(CommandDispatcher.pane_log, "panes", ("2",)),
    CommandSpec(CommandDispatcher.pane_numbers, "panes", ("3",)),
    CommandSpec(CommandDispatcher.enlarge, "panes", ("z",)),
    CommandSpec(CommandDispatcher.theme, "console", (), at_work),
    CommandSpec(CommandDispatcher.redraw, "console", ("ctrl+l",)),
    CommandSpec(CommandDispatcher.help, "console", ("question_mark",), shown="?"),
    CommandSpec(CommandDispatcher.palette, "console", ("ctrl+p",)),
    CommandSpec(CommandDispatcher.overview, "console", ("o",), at_work),
    CommandSpec(
        CommandDispatcher.next_shop, "console", ("greater_than_sign",), all_of(at_work, several_shops), shown=">"
    ),
    CommandSpec(
        CommandDispatcher.previous_shop, "console", ("less_than_sign",), all_of(at_work, several_shops), shown="<"
    ),
    CommandSpec(CommandDispatcher.leave, "console", ("q",)),
)
BY_NAME = {command.name: command for command in COMMANDS}
