"""The commands and their options; each command's work is in a module of its own, imported when it is run."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from specter_tui import __version__
from specter_tui.cli import commands
from specter_tui.cli.groups import articles_app, config_app, drift_app, journal_app, service_app, stock_app
from specter_tui.cli.help import FullHelp, help_of
from specter_tui.cli.options import (
    AsJson,
    Order,
    Orders,
    Reason,
    SettingsFile,
    SettingsFiles,
    end,
    for_each,
    for_one,
    named_files,
    not_empty,
    one_file,
)
from specter_tui.config.sources import are_several, config_folder
from specter_tui.engine.order_states import OrderState
from specter_tui.i18n import t
from specter_tui.planning.report_period import Basis, Span

if TYPE_CHECKING:
    from specter_tui.cli.commands.orders import Decide
    from specter_tui.config.settings import Settings

AllShops = Annotated[bool, typer.Option("--all-shops", help="Every shop of the folder of settings.")]
_DATE = "YYYY-MM-DD"
_CONTEXT = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    name="specter-tui",
    help="Operator console between an Abicart shop and Specter. Without a command the console opens.",
    no_args_is_help=False,
    cls=FullHelp,
    pretty_exceptions_enable=False,
    context_settings=_CONTEXT,
    rich_markup_mode=None,
)
app.add_typer(journal_app, name="journal")
app.add_typer(articles_app, name="articles")
app.add_typer(stock_app, name="stock")
app.add_typer(drift_app, name="drift")
app.add_typer(config_app, name="config")
app.add_typer(service_app, name="service")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"specter-tui {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def console(
    context: typer.Context,
    settings: SettingsFiles = None,
    _version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="The console only shows; it sends, decides and writes nothing.")
    ] = False,
) -> None:
    """Operator console between an Abicart shop and Specter. Without a command the console opens.

    Exit status: 0 done, 1 something was blocked, refused or left unknown, 2 bad usage or settings,
    3 shop or Specter out of reach, 130 interrupted.
    """
    context.obj = settings
    if context.invoked_subcommand is None:
        raise typer.Exit(commands.console.open_console(settings or (), read_only=read_only))
    if read_only:
        raise typer.BadParameter(t("only the console can be opened so"), param_hint="--read-only")


@app.command("help")
def help_command(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="A command.", metavar="COMMAND...")] = None,
) -> None:
    """Print the help of a command, or of all."""
    typer.echo(help_of(context, words or []))


@app.command()
def setup(context: typer.Context, settings: SettingsFiles = None) -> None:
    """Ask for what is needed, test both connections, and write the settings; then the console opens."""
    named = named_files(settings, context)
    if are_several(named):
        raise typer.BadParameter(t("name one file, the one to write"), param_hint="--settings")
    end(lambda: commands.console.set_up_first(named))


@app.command()
def demo() -> None:
    """Open the console on a sandbox shop and Specter; reads none of your settings."""
    end(commands.demo.run_demo)


@app.command()
def sandbox(
    orders: Annotated[int, typer.Option(min=0, help="Orders placed at the start.")] = 40,
    pace: Annotated[float, typer.Option(min=0, help="New orders a minute.")] = 6.0,
    shop_port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 0,
    specter_port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 0,
    switch: Annotated[
        list[str] | None,
        typer.Option(
            help="Differ from what is assumed of both, such as count=refused; docs/wires.md lists all of them.",
            metavar="NAME=VALUE",
        ),
    ] = None,
) -> None:
    """Run only the sandbox's two servers, and print the settings that point to them."""
    end(
        lambda: commands.demo.run_sandbox(
            orders=orders, pace=pace, shop_port=shop_port, specter_port=specter_port, switches=switch or ()
        )
    )


@app.command()
def check(context: typer.Context, settings: SettingsFiles = None, as_json: AsJson = False) -> None:
    """Test both connections and keys, and everything that would block orders later."""
    end(lambda: commands.check.check_shops(named_files(settings, context), as_json=as_json))


@app.command()
def orders(
    context: typer.Context,
    state: Annotated[OrderState | None, typer.Option(help="Only orders in this state.")] = None,
    accept_count: Annotated[
        bool, typer.Option("--accept-count", help="The shop's count is wrong, and what three looks found is all.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why the count is accepted; kept with your name.", metavar="TEXT")] = "",
    settings: SettingsFiles = None,
    as_json: AsJson = False,
) -> None:
    """Print the orders in scope that are not done, each with its state and reason."""
    if accept_count and not reason.strip():
        raise typer.BadParameter(t("--accept-count needs a reason"), param_hint="--reason")
    for_each(
        named_files(settings, context),
        lambda shop: commands.orders.list_orders(
            shop, state, accept_count=reason if accept_count else None, as_json=as_json
        ),
    )


@app.command()
def todo(context: typer.Context, settings: SettingsFiles = None, as_json: AsJson = False) -> None:
    """Print what waits for a person, the most urgent first, each with what to do; exit status 1 if there is any."""
    for_each(named_files(settings, context), lambda shop: commands.todo.list_todo(shop, as_json=as_json))


@app.command()
def preview(context: typer.Context, order: Order, settings: SettingsFile = None, as_json: AsJson = False) -> None:
    """Print exactly what would be sent for an order: customer, rows, totals, problems. Sends nothing."""
    for_one(settings, context, lambda own: commands.orders.preview_order(own, order, as_json=as_json))


@app.command()
def export(
    context: typer.Context,
    orders: Orders = None,
    everything: Annotated[bool, typer.Option("--all", help="Every order that is ready or due again.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be sent.")] = False,
    settings: SettingsFiles = None,
    as_json: AsJson = False,
) -> None:
    """Export orders to Specter; prints one line for each order in scope that was not done before."""
    if bool(orders) == everything:
        raise typer.BadParameter(t("name orders, or say --all"), param_hint="ORDER")
    if not everything:
        one_file(settings, context)

    def work(shop: "Settings") -> int:
        return commands.orders.export_orders(
            shop, orders or (), everything=everything, dry_run=dry_run, as_json=as_json
        )

    for_each(named_files(settings, context), work)


@app.command()
def resolve(
    context: typer.Context,
    order: Annotated[
        str | None, typer.Argument(help="Order number, else uid.", metavar="ORDER", callback=not_empty)
    ] = None,
    compare: Annotated[
        tuple[str, str, str] | None,
        typer.Option(help="The amounts that Specter shows for it: say how Specter rounds.", metavar="NET VAT TOTAL"),
    ] = None,
    number: Annotated[str | None, typer.Option(help="The number that the order has in Specter.", metavar="N")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Send it again; needs --reason.")] = False,
    close: Annotated[bool, typer.Option("--close", help="Never export it; needs --reason.")] = False,
    reopen: Annotated[
        bool, typer.Option("--reopen", help="Take back a closing, or a number that a person entered; needs --reason.")
    ] = False,
    before: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="With --close: all placed before this date.", metavar=_DATE),
    ] = None,
    reason: Reason = "",
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Settle an order that is unknown, refused or known to Specter, put that right, or close old ones in bulk.

    --number on an order that has one corrects it, with --reason. What changed nothing says why, and ends with 1.
    --compare looks at an exported order, and tells by Specter's amounts whether SPECTER__ROUNDING is right.
    """
    said: dict[Decide, bool] = {"number": number is not None, "retry": retry, "close": close, "reopen": reopen}
    chosen = [name for name, is_said in said.items() if is_said]
    if compare is not None:
        if chosen or before is not None or reason:
            raise typer.BadParameter(t("goes alone with an ORDER"), param_hint="--compare")
        _compare(context, settings, order, compare, as_json=as_json)
    if len(chosen) != 1:
        raise typer.BadParameter(t("say one of --number, --retry, --close, --reopen, --compare"))
    if number is None and not reason.strip():
        raise typer.BadParameter(t("needs a reason"), param_hint="--reason")
    file = one_file(settings, context)
    if before is not None:
        if not close or order is not None:
            raise typer.BadParameter(t("goes with --close and without an ORDER"), param_hint="--before")
        day = _day(before, "--before")
        end(lambda: commands.orders.close_before(file, day, reason=reason, as_json=as_json))
    if order is None:
        raise typer.BadParameter(t("name the order"), param_hint="ORDER")
    end(
        lambda: commands.orders.resolve_order(
            file, order, chosen[0], number=number or "", reason=reason, as_json=as_json
        )
    )


def _compare(
    context: typer.Context,
    settings: list[Path] | None,
    order: str | None,
    amounts: tuple[str, str, str],
    *,
    as_json: bool,
) -> None:
    if order is None:
        raise typer.BadParameter(t("name the order"), param_hint="ORDER")
    for_one(settings, context, lambda own: commands.compare.compare_order(own, order, amounts, as_json=as_json))


@app.command()
def stop(
    context: typer.Context,
    reason: Reason = "",
    all_shops: AllShops = False,
    settings: SettingsFiles = None,
) -> None:
    """Stop everything now: no program on the shop's journal, on any host, sends or writes anything until resume."""
    _each_to_stop(context, settings, reason, commands.stop.stop_sending, all_shops=all_shops)


@app.command()
def resume(
    context: typer.Context,
    reason: Reason = "",
    all_shops: AllShops = False,
    settings: SettingsFiles = None,
) -> None:
    """Let sending go on after a stop, or after a halt that waits for a person."""
    _each_to_stop(context, settings, reason, commands.stop.resume_sending, all_shops=all_shops)


def _each_to_stop(
    context: typer.Context,
    settings: list[Path] | None,
    reason: str,
    command: "Callable[[Settings, str], int]",
    *,
    all_shops: bool,
) -> None:
    if not reason.strip():
        raise typer.BadParameter(t("needs a reason"), param_hint="--reason")
    named = named_files(settings, context)
    if all_shops:
        named = named or (config_folder(),)
    elif are_several(named):
        raise typer.BadParameter(t("name the file of one shop, or say --all-shops"), param_hint="--settings")
    for_each(named, lambda shop: command(shop, reason))


@app.command()
def support(context: typer.Context, order: Order, settings: SettingsFile = None, as_json: AsJson = False) -> None:
    """Print what was sent for one order and what came, without persons and keys: fit to mail to Specter's support."""
    for_one(settings, context, lambda own: commands.support.write_support(own, order, as_json=as_json))


@app.command()
def probe(
    context: typer.Context,
    again: Annotated[
        list[str] | None, typer.Option("--again", help="Repeat a step that only reads, then go on.", metavar="STEP")
    ] = None,
    account: Annotated[
        bool, typer.Option("--account", help="Also test Specter's account, and a wrong key once.")
    ] = False,
    batches: Annotated[bool, typer.Option("--batches", help="Also fetch a batch of each of Specter's queues.")] = False,
    order: Annotated[
        str | None, typer.Option("--order", help="Also export this order, with tests.", metavar="N", callback=not_empty)
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Then write what it proposes into the settings file.")] = False,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Find out what the shop and the account do, step by step; writes a protocol that can be mailed.

    It only reads, unless --account, --batches or --order asks for more; each such step then asks for itself.
    """
    options = commands.probe.ProbeOptions(account, batches, order or "", apply)
    for_one(settings, context, lambda own: commands.probe.begin(own, again or [], options, as_json=as_json))


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
    end(lambda: commands.watch.watch_shops(named_files(settings, context), once=once, count=count, as_json=as_json))


@app.command()
def report(
    context: typer.Context,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="A day, where you are; else today.", metavar=_DATE),
    ] = None,
    week: Annotated[bool, typer.Option("--week", help="The week of that day.")] = False,
    month: Annotated[bool, typer.Option("--month", help="The month of that day.")] = False,
    by: Annotated[
        str,
        typer.Option("--by", help="Count orders by the day they were placed or exported.", metavar="placed|exported"),
    ] = "placed",
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    settings: SettingsFiles = None,
    as_json: AsJson = False,
) -> None:
    """Print a day, week or month for the bookkeeper: shop = in Specter + held, per VAT rate and payment method."""
    if as_csv and as_json:
        raise typer.BadParameter(t("say one of --csv, --json"))
    if week and month:
        raise typer.BadParameter(t("say one of --week, --month"))
    if by not in get_args(Basis):
        raise typer.BadParameter(t("is none of {names}").format(names=", ".join(get_args(Basis))), param_hint="--by")
    table, on = commands.report.CsvTable() if as_csv else None, None if day is None else _day(day, "--date")
    span: Span = "week" if week else "month" if month else "day"
    wanted = commands.report.ReportWanted(on, span, cast("Basis", by))
    for_each(
        named_files(settings, context), lambda shop: commands.report.report_for(shop, wanted, table, as_json=as_json)
    )


def _day(moment: datetime, option: str) -> date:
    """Return the date. The calendar's first and last years are refused, since a day beside them may not exist."""
    if moment.year in (date.min.year, date.max.year):
        raise typer.BadParameter(t("no shop had orders then"), param_hint=option)
    return moment.date()
