"""The commands and their options; each does its work in a module of its own."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from platformdirs import user_config_path

from specter_tui import __version__
from specter_tui.cli.commands.articles import check_articles, export_articles, fix_articles, service_articles
from specter_tui.cli.commands.check import check_setup
from specter_tui.cli.commands.demo import run_demo, run_sandbox
from specter_tui.cli.commands.drift import list_drift, tick_line
from specter_tui.cli.commands.journal import import_numbers, show_journal, write_csv
from specter_tui.cli.commands.journal_backup import back_up_journal, erase_traces, upgrade_journal
from specter_tui.cli.commands.move_journal import copy_journal
from specter_tui.cli.commands.orders import (
    Decide,
    close_before,
    export_orders,
    list_orders,
    preview_order,
    resolve_order,
)
from specter_tui.cli.commands.report import CsvTable, report_day
from specter_tui.cli.commands.setup import set_up
from specter_tui.cli.commands.stock import list_stock_rows, pull_stock, settle_stock_rows
from specter_tui.cli.commands.stop import resume_sending, stop_sending
from specter_tui.cli.commands.support import write_support
from specter_tui.cli.commands.watch import watch_shops
from specter_tui.cli.each_shop import Named, each_shop
from specter_tui.cli.session import guarded
from specter_tui.config.settings import Settings
from specter_tui.config.shops import are_several
from specter_tui.engine.events import OrderState

T = TypeVar("T")

SettingsFile = Annotated[
    list[Path] | None, typer.Option("--settings", help="Settings file of the shop.", metavar="FILE")
]
SettingsFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--settings", help="Settings file, or folder with a NAME.env a shop. May be said again.", metavar="FILE"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


def _not_empty(named: T) -> T:
    """Refuse a name of nothing: what a script's empty variable leaves, and fits everything that has no number."""
    for name in (named,) if isinstance(named, str) else named if isinstance(named, list) else ():
        if not name.removeprefix("uid:").strip():
            raise typer.BadParameter("an empty name is none")
    return named


Order = Annotated[
    str, typer.Argument(help="Order number, else uid; uid:N says uid.", metavar="ORDER", callback=_not_empty)
]
Reason = Annotated[str, typer.Option(help="Why; kept in the journal.")]

AllShops = Annotated[bool, typer.Option("--all-shops", help="Every shop of the folder of settings.")]
Item = Annotated[
    str, typer.Argument(help="Article number, or address, method, fee, vat.", metavar="ITEM", callback=_not_empty)
]

_CONTEXT = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    name="specter-tui",
    help="Operator console between an Abicart shop and Specter. Without a command the console opens.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings=_CONTEXT,
    rich_markup_mode=None,
)
journal_app = typer.Typer(help="What the journal holds.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(journal_app, name="journal")
articles_app = typer.Typer(
    help="Article numbers, and articles to Specter.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(articles_app, name="articles")
stock_app = typer.Typer(help="Stock from Specter to the shop.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(stock_app, name="stock")
drift_app = typer.Typer(help="What is to be changed in Specter by hand.", no_args_is_help=False, rich_markup_mode=None)
app.add_typer(drift_app, name="drift")


def _for_one(settings: list[Path] | None, context: typer.Context, command: Callable[[Path | None], int]) -> None:
    file = _one(settings, context)
    _end(lambda: command(file))


def _end(command: Callable[[], int]) -> None:
    raise typer.Exit(guarded(command))


def _named(settings: list[Path] | None, context: typer.Context) -> Named:
    """What `--settings` said, after the command or before it."""
    return settings or context.obj or ()


def _one(settings: list[Path] | None, context: typer.Context) -> Path | None:
    """The one file of a command that works for one shop."""
    named = _named(settings, context)
    if are_several(named):
        raise typer.BadParameter("this command works for one shop; name its file", param_hint="--settings")
    return next(iter(named), None)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"specter-tui {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def console(
    context: typer.Context,
    settings: SettingsFiles = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Operator console between an Abicart shop and Specter. Without a command the console opens.

    Exit status: 0 done, 1 something was blocked, refused or left unknown, 2 bad usage or settings,
    3 shop or Specter out of reach, 130 interrupted.
    """
    context.obj = settings
    if context.invoked_subcommand is None:
        from specter_tui.cli.commands.console import open_console

        raise typer.Exit(open_console(settings or ()))


@app.command()
def setup(context: typer.Context, settings: SettingsFiles = None) -> None:
    """Ask for what is needed, test both connections, and write the settings; then the console opens."""
    named = _named(settings, context)
    if are_several(named):
        raise typer.BadParameter("name one file, the one to write", param_hint="--settings")
    _end(lambda: set_up(named))


@app.command()
def demo() -> None:
    """Open the console on a sandbox shop and Specter; reads none of your settings."""
    _end(run_demo)


@app.command()
def sandbox(
    orders: Annotated[int, typer.Option(min=0, help="Orders placed at the start.")] = 40,
    pace: Annotated[float, typer.Option(min=0, help="New orders a minute.")] = 6.0,
    shop_port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 0,
    specter_port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 0,
) -> None:
    """Run only the sandbox's two servers, and print the settings that point to them."""
    _end(lambda: run_sandbox(orders=orders, pace=pace, shop_port=shop_port, specter_port=specter_port))


@app.command()
def check(context: typer.Context, settings: SettingsFiles = None, as_json: AsJson = False) -> None:
    """Test both connections and keys, and everything that would block orders later."""
    _end(lambda: each_shop(_named(settings, context), lambda shop: check_setup(shop, as_json=as_json)))


@app.command()
def orders(
    context: typer.Context,
    state: Annotated[str | None, typer.Option(help="Only orders in this state.", metavar="STATE")] = None,
    accept_count: Annotated[
        bool, typer.Option("--accept-count", help="The shop's count is wrong, and what three looks found is all.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why the count is accepted; kept with your name.")] = "",
    settings: SettingsFiles = None,
    as_json: AsJson = False,
) -> None:
    """Print the orders in scope that are not done, each with its state and reason."""
    if accept_count and not reason.strip():
        raise typer.BadParameter("--accept-count needs a reason", param_hint="--reason")
    if state is not None and state not in _arguments_of(OrderState):
        raise typer.BadParameter(f"is none of {', '.join(_arguments_of(OrderState))}", param_hint="--state")
    _end(
        lambda: each_shop(
            _named(settings, context),
            lambda shop: list_orders(shop, state, accept_count=reason if accept_count else None, as_json=as_json),
        )
    )


def _arguments_of(literal: Any) -> tuple[str, ...]:
    return tuple(literal.__args__)


@app.command()
def preview(context: typer.Context, order: Order, settings: SettingsFile = None, as_json: AsJson = False) -> None:
    """Print exactly what would be sent for an order: customer, rows, totals, problems. Sends nothing."""
    _for_one(settings, context, lambda own: preview_order(own, order, as_json=as_json))


@app.command()
def export(
    context: typer.Context,
    orders: Annotated[
        list[str] | None, typer.Argument(help="Order numbers, else uids.", metavar="ORDER...", callback=_not_empty)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every order that is ready or due again.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be sent.")] = False,
    settings: SettingsFiles = None,
    as_json: AsJson = False,
) -> None:
    """Export orders to Specter; prints one line for each order in scope that was not done before."""
    if bool(orders) == everything:
        raise typer.BadParameter("name orders, or say --all", param_hint="ORDER")
    if not everything:
        _one(settings, context)

    def work(shop: Settings) -> int:
        return export_orders(shop, orders or (), everything=everything, dry_run=dry_run, as_json=as_json)

    _end(lambda: each_shop(_named(settings, context), work))


@app.command()
def resolve(
    context: typer.Context,
    order: Annotated[
        str | None, typer.Argument(help="Order number, else uid.", metavar="ORDER", callback=_not_empty)
    ] = None,
    number: Annotated[str | None, typer.Option(help="The number that the order has in Specter.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Send it again; needs --reason.")] = False,
    close: Annotated[bool, typer.Option("--close", help="Never export it; needs --reason.")] = False,
    reopen: Annotated[
        bool, typer.Option("--reopen", help="Take back a closing, or a number that a person entered; needs --reason.")
    ] = False,
    before: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="With --close: all placed before this date.")
    ] = None,
    reason: Reason = "",
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Settle an order that is unknown, refused or known to Specter, put that right, or close old ones in bulk.

    --number on an order that has one corrects it, with --reason. What changed nothing says why, and ends with 1.
    """
    said: dict[Decide, bool] = {"number": number is not None, "retry": retry, "close": close, "reopen": reopen}
    chosen = [name for name, is_said in said.items() if is_said]
    if len(chosen) != 1:
        raise typer.BadParameter("say one of --number, --retry, --close, --reopen")
    if number is None and not reason.strip():
        raise typer.BadParameter("needs a reason", param_hint="--reason")
    file = _one(settings, context)
    if before is not None:
        if not close or order is not None:
            raise typer.BadParameter("goes with --close and without an ORDER", param_hint="--before")
        day = _day(before, "--before")
        _end(lambda: close_before(file, day, reason=reason, as_json=as_json))
    if order is None:
        raise typer.BadParameter("name the order", param_hint="ORDER")
    _end(lambda: resolve_order(file, order, chosen[0], number=number or "", reason=reason, as_json=as_json))


@app.command()
def stop(
    context: typer.Context,
    reason: Reason = "",
    all_shops: AllShops = False,
    settings: SettingsFiles = None,
) -> None:
    """Stop everything now: no program on the shop's journal, on any host, sends or writes anything until resume."""
    _each_to_stop(context, settings, reason, stop_sending, all_shops=all_shops)


@app.command()
def resume(
    context: typer.Context,
    reason: Reason = "",
    all_shops: AllShops = False,
    settings: SettingsFiles = None,
) -> None:
    """Let sending go on after a stop, or after a halt that waits for a person."""
    _each_to_stop(context, settings, reason, resume_sending, all_shops=all_shops)


def _each_to_stop(
    context: typer.Context,
    settings: list[Path] | None,
    reason: str,
    command: Callable[[Settings, str], int],
    *,
    all_shops: bool,
) -> None:
    if not reason.strip():
        raise typer.BadParameter("needs a reason", param_hint="--reason")
    named = _named(settings, context)
    if all_shops:
        named = named or (user_config_path("specter-tui"),)
    elif are_several(named):
        raise typer.BadParameter("name the file of one shop, or say --all-shops", param_hint="--settings")
    _end(lambda: each_shop(named, lambda shop: command(shop, reason)))


@drift_app.callback(invoke_without_command=True)
def drift(context: typer.Context, settings: SettingsFile = None, as_json: AsJson = False) -> None:
    """Print what is to be changed in Specter by hand, since an order was edited in the shop after its export."""
    if context.invoked_subcommand is None:
        _for_one(settings, context, lambda own: list_drift(own, as_json=as_json))
    context.obj = settings or context.obj


@drift_app.command("tick")
def drift_tick(
    context: typer.Context,
    order: Order,
    item: Item,
    reason: Reason = "",
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Note that you have changed it in Specter; prints what the order has left."""
    _for_one(settings, context, lambda own: tick_line(own, order, item, reason, done=True, as_json=as_json))


@drift_app.command("untick")
def drift_untick(
    context: typer.Context,
    order: Order,
    item: Item,
    reason: Reason = "",
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Take the last tick of an item back; prints what the order has to be changed."""
    _for_one(settings, context, lambda own: tick_line(own, order, item, reason, done=False, as_json=as_json))


@app.command()
def support(context: typer.Context, order: Order, settings: SettingsFile = None, as_json: AsJson = False) -> None:
    """Print what was sent for one order and what came, without persons and keys: fit to mail to Specter's support."""
    _for_one(settings, context, lambda own: write_support(own, order, as_json=as_json))


@app.command()
def watch(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="One pass, then end.")] = False,
    count: Annotated[
        int | None,
        typer.Option("--yes", help="At the first start: let this many ready orders go.", metavar="COUNT", min=0),
    ] = None,
    settings: SettingsFiles = None,
    as_json: AsJson = False,
) -> None:
    """Auto mode without a screen, for a service."""
    _end(lambda: watch_shops(_named(settings, context), once=once, count=count, as_json=as_json))


@app.command()
def report(
    context: typer.Context,
    day: Annotated[datetime, typer.Option("--date", formats=["%Y-%m-%d"], help="The day, where you are.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    settings: SettingsFiles = None,
    as_json: AsJson = False,
) -> None:
    """Print a day for the bookkeeper: shop = exported + held, per VAT rate, each held order with its reason."""
    if as_csv and as_json:
        raise typer.BadParameter("say one of --csv, --json")
    table, on = CsvTable() if as_csv else None, _day(day, "--date")
    _end(lambda: each_shop(_named(settings, context), lambda shop: report_day(shop, on, table, as_json=as_json)))


def _day(moment: datetime, option: str) -> date:
    """The day said; the first and last years of the calendar have days without a day before or after them."""
    if moment.year in (date.min.year, date.max.year):
        raise typer.BadParameter("no shop had orders then", param_hint=option)
    return moment.date()


@journal_app.command("show")
def journal_show(
    context: typer.Context,
    order: Annotated[
        str | None, typer.Argument(help="All that happened to this order.", metavar="ORDER", callback=_not_empty)
    ] = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Print every order in the journal, or all that happened to one."""
    _for_one(settings, context, lambda own: show_journal(own, order, as_json=as_json))


@journal_app.command("csv")
def journal_csv(context: typer.Context, settings: SettingsFile = None) -> None:
    """Print the journal's orders as CSV."""
    _for_one(settings, context, write_csv)


@journal_app.command("backup")
def journal_backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A new file.", metavar="FILE")],
    settings: SettingsFile = None,
) -> None:
    """Copy the journal into a new file, whole and checked; also while orders are exported."""
    _for_one(settings, context, lambda own: back_up_journal(own, file))


@journal_app.command("upgrade")
def journal_upgrade(context: typer.Context, settings: SettingsFile = None) -> None:
    """Bring a journal of an older version up to date; a copy of it as it was is made first."""
    _for_one(settings, context, upgrade_journal)


@journal_app.command("copy")
def journal_copy(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="A JOURNAL__URL, or a settings file with it.", metavar="FROM")],
    target: Annotated[str, typer.Argument(help="Another one, still empty.", metavar="TO")],
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Move the shop's journal from a file to a server, or back, and compare; run it again to go on with it.

    Stop every program on it first. A password is not taken from here, where others could read it, but from the file.
    """
    _for_one(settings, context, lambda own: copy_journal(own, source, target, as_json=as_json))


@journal_app.command("erase")
def journal_erase(
    context: typer.Context,
    orders: Annotated[
        list[str] | None, typer.Argument(help="Order numbers, else uids.", metavar="ORDER...", callback=_not_empty)
    ] = None,
    customer: Annotated[
        str | None, typer.Option(help="All orders of this customer number of Specter's.", callback=_not_empty)
    ] = None,
    settings: SettingsFile = None,
) -> None:
    """Erase what the journal tells of settled orders, but for the keys that keep them from being sent again."""
    if bool(orders) == (customer is not None):
        raise typer.BadParameter("name orders, or a --customer", param_hint="ORDER")
    _for_one(settings, context, lambda own: erase_traces(own, orders or [], customer))


@journal_app.command("import")
def journal_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV with specter_number, and order or uid.", metavar="FILE")],
    settings: SettingsFile = None,
) -> None:
    """Take in Specter numbers of orders that another link, or a person, has exported."""
    _for_one(settings, context, lambda own: import_numbers(own, file))


@articles_app.command("check")
def articles_check(context: typer.Context, settings: SettingsFile = None, as_json: AsJson = False) -> None:
    """Print the article numbers that Specter cannot take, each with a suggestion; packages; what has no stock."""
    _for_one(settings, context, lambda own: check_articles(own, as_json=as_json))


@articles_app.command("export")
def articles_export(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also what has not changed since it was sent.")] = False,
    retry_orders: Annotated[
        bool, typer.Option("--retry-orders", help="Then send orders again that were refused for want of an article.")
    ] = False,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Send new and changed articles to Specter; prints what was refused or cannot be sent."""

    def work(file: Path | None) -> int:
        return export_articles(file, everything=everything, retry_orders=retry_orders, as_json=as_json)

    _for_one(settings, context, work)


@articles_app.command("service")
def articles_service(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which are set.")] = False,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Make the service articles that are set in Specter, without stock; one that exists is left as it is."""
    _for_one(settings, context, lambda own: service_articles(own, dry_run=dry_run, as_json=as_json))


@articles_app.command("fix")
def articles_fix(
    context: typer.Context,
    numbers: Annotated[
        list[str] | None,
        typer.Argument(
            help="Bad numbers as they stand; uid:N for one without.", metavar="NUMBER...", callback=_not_empty
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every bad number.")] = False,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Write the suggested numbers to the shop; prints old number, new number and what became of it."""
    if bool(numbers) == everything:
        raise typer.BadParameter("name numbers, or say --all", param_hint="NUMBER")
    _for_one(settings, context, lambda own: fix_articles(own, numbers or (), everything=everything, as_json=as_json))


@stock_app.callback()
def stock() -> None:
    """Stock from Specter to the shop."""


@stock_app.command("pull")
def stock_pull(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="One pass; what changes meanwhile is left.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Ask Specter to tell all its stock anew, as for the first time.")
    ] = False,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Write what changed of Specter's stock to the shop; prints the numbers that have no place there."""
    _for_one(settings, context, lambda own: pull_stock(own, once=once, everything=everything, as_json=as_json))


@stock_app.command("rows")
def stock_rows(context: typer.Context, settings: SettingsFile = None, as_json: AsJson = False) -> None:
    """Print the rows of Specter's batches that only a person can settle, each with what to do."""
    _for_one(settings, context, lambda own: list_stock_rows(own, as_json=as_json))


@stock_app.command("done")
def stock_done(
    context: typer.Context,
    rows: Annotated[
        list[str], typer.Argument(help="Rows as `stock rows` names them.", metavar="ROW...", callback=_not_empty)
    ],
    reason: Annotated[str, typer.Option(help="What was done about it.")],
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Note that you have seen to rows that only a person can settle."""
    _for_one(settings, context, lambda own: settle_stock_rows(own, rows, reason, as_json=as_json))
