"""The commands below `journal`, `articles`, `stock`, `drift`, `config` and `service`."""

from pathlib import Path
from typing import Annotated

import typer

from specter_tui.cli import commands
from specter_tui.cli.help import FullHelp
from specter_tui.cli.options import (
    AsJson,
    Item,
    Order,
    Orders,
    Reason,
    SettingsFile,
    SettingsFiles,
    end,
    for_one,
    named_files,
    not_empty,
)
from specter_tui.i18n import t


def _group(about: str, *, no_args_is_help: bool = True) -> typer.Typer:
    return typer.Typer(help=about, no_args_is_help=no_args_is_help, rich_markup_mode=None, cls=FullHelp)


journal_app = _group("What the journal holds.")
articles_app = _group("Article numbers, and articles to Specter.")
stock_app = _group("Stock from Specter to the shop.")
config_app = _group("The settings in use.")
service_app = _group("Run as a service of systemd.")
drift_app = _group("What is to be changed in Specter by hand.", no_args_is_help=False)


@config_app.callback()
def config() -> None:
    """The settings in use."""


@config_app.command("show")
def config_show(
    context: typer.Context,
    origins: Annotated[
        bool, typer.Option("--origins", help="Name the variable, or the file and line, of each setting.")
    ] = False,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Print every setting with where it comes from; keys are struck out."""
    for_one(settings, context, lambda own: commands.config.show_config(own, origins=origins, as_json=as_json))


@service_app.callback()
def service() -> None:
    """Run as a service of systemd."""


@service_app.command("show")
def service_show(context: typer.Context, settings: SettingsFiles = None) -> None:
    """Print the systemd unit with the paths of this installation, and the steps to set it up."""
    named = named_files(settings, context)
    end(lambda: commands.service.show_unit(named))


@drift_app.callback(invoke_without_command=True)
def drift(context: typer.Context, settings: SettingsFile = None, as_json: AsJson = False) -> None:
    """Print what is to be changed in Specter by hand, since an order was edited in the shop after its export."""
    if context.invoked_subcommand is None:
        for_one(settings, context, lambda own: commands.drift.list_drift(own, as_json=as_json))
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
    for_one(
        settings, context, lambda own: commands.drift.tick_line(own, order, item, reason, done=True, as_json=as_json)
    )


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
    for_one(
        settings, context, lambda own: commands.drift.tick_line(own, order, item, reason, done=False, as_json=as_json)
    )


@journal_app.command("show")
def journal_show(
    context: typer.Context,
    order: Annotated[
        str | None, typer.Argument(help="All that happened to this order.", metavar="ORDER", callback=not_empty)
    ] = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Print every order in the journal, or all that happened to one."""
    for_one(settings, context, lambda own: commands.journal.show_journal(own, order, as_json=as_json))


@journal_app.command("csv")
def journal_csv(context: typer.Context, settings: SettingsFile = None) -> None:
    """Print the journal's orders as CSV."""
    for_one(settings, context, commands.journal.write_csv)


@journal_app.command("backup")
def journal_backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A new file.", metavar="FILE")],
    settings: SettingsFile = None,
) -> None:
    """Copy the journal into a new file, whole and checked; also while orders are exported."""
    for_one(settings, context, lambda own: commands.journal_backup.back_up_journal(own, file))


@journal_app.command("upgrade")
def journal_upgrade(context: typer.Context, settings: SettingsFile = None) -> None:
    """Bring a journal of an older version up to date; a copy of it as it was is made first."""
    for_one(settings, context, commands.journal_backup.upgrade_journal)


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
    for_one(settings, context, lambda own: commands.move_journal.copy_journal(own, source, target, as_json=as_json))


@journal_app.command("erase")
def journal_erase(
    context: typer.Context,
    orders: Orders = None,
    customer: Annotated[
        str | None,
        typer.Option(help="All orders of this customer number of Specter's.", metavar="N", callback=not_empty),
    ] = None,
    settings: SettingsFile = None,
) -> None:
    """Erase what the journal tells of settled orders, but for the keys that keep them from being sent again."""
    if bool(orders) == (customer is not None):
        raise typer.BadParameter(t("name orders, or a --customer"), param_hint="ORDER")
    for_one(settings, context, lambda own: commands.journal_backup.erase_traces(own, orders or [], customer))


@journal_app.command("import")
def journal_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV with specter_number, and order or uid.", metavar="FILE")],
    settings: SettingsFile = None,
) -> None:
    """Take in Specter numbers of orders that another link, or a person, has exported."""
    for_one(settings, context, lambda own: commands.journal.import_numbers(own, file))


@articles_app.command("check")
def articles_check(context: typer.Context, settings: SettingsFile = None, as_json: AsJson = False) -> None:
    """Print the article numbers that Specter cannot take, each with a suggestion; packages; what has no stock."""
    for_one(settings, context, lambda own: commands.articles.check_articles(own, as_json=as_json))


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
        return commands.articles.export_articles(
            file, everything=everything, retry_orders=retry_orders, as_json=as_json
        )

    for_one(settings, context, work)


@articles_app.command("service")
def articles_service(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which are set.")] = False,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Make the service articles that are set in Specter, without stock; one that exists is left as it is."""
    for_one(settings, context, lambda own: commands.articles.service_articles(own, dry_run=dry_run, as_json=as_json))


@articles_app.command("fix")
def articles_fix(
    context: typer.Context,
    numbers: Annotated[
        list[str] | None,
        typer.Argument(
            help="Bad numbers as they stand; uid:N for one without.", metavar="NUMBER...", callback=not_empty
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every bad number.")] = False,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Write the suggested numbers to the shop; prints old number, new number and what became of it."""
    if bool(numbers) == everything:
        raise typer.BadParameter(t("name numbers, or say --all"), param_hint="NUMBER")
    for_one(
        settings,
        context,
        lambda own: commands.articles.fix_articles(own, numbers or (), everything=everything, as_json=as_json),
    )


@stock_app.callback()
def stock() -> None:
    """Stock from Specter to the shop."""


@stock_app.command("pull")
def stock_pull(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="One pass; what changes meanwhile is left.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Ask Specter for all its stock, as for the first time.")
    ] = False,
    settings: SettingsFiles = None,
    as_json: AsJson = False,
) -> None:
    """Write what changed of Specter's stock to the shop; prints the numbers that have no place there."""
    named = named_files(settings, context)
    end(lambda: commands.stock.pull_stock(named, once=once, everything=everything, as_json=as_json))


@stock_app.command("rows")
def stock_rows(context: typer.Context, settings: SettingsFile = None, as_json: AsJson = False) -> None:
    """Print the rows of Specter's batches that only a person can settle, each with what to do."""
    for_one(settings, context, lambda own: commands.stock.list_stock_rows(own, as_json=as_json))


@stock_app.command("done")
def stock_done(
    context: typer.Context,
    rows: Annotated[
        list[str], typer.Argument(help="Rows as `stock rows` names them.", metavar="ROW...", callback=not_empty)
    ],
    reason: Annotated[str, typer.Option(help="What was done about it.", metavar="TEXT")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="They were settled by mistake: they wait again.")] = False,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Note that you have seen to rows that only a person can settle."""
    if undo == bool(reason.strip()):
        raise typer.BadParameter(t("say --reason TEXT, or --undo, and not both"), param_hint="--reason")
    if undo:
        for_one(settings, context, lambda own: commands.stock.reopen_stock_rows(own, rows, as_json=as_json))
    for_one(settings, context, lambda own: commands.stock.settle_stock_rows(own, rows, reason, as_json=as_json))
