"""The commands: one module a group, imported when one of its commands is run, so that `--help` imports none."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

from specter_tui.cli.importing import before_work, begin_work

if TYPE_CHECKING:
    from specter_tui.cli.commands import (
        articles as articles,
    )
    from specter_tui.cli.commands import (
        check as check,
    )
    from specter_tui.cli.commands import (
        compare as compare,
    )
    from specter_tui.cli.commands import (
        config as config,
    )
    from specter_tui.cli.commands import (
        console as console,
    )
    from specter_tui.cli.commands import (
        demo as demo,
    )
    from specter_tui.cli.commands import (
        drift as drift,
    )
    from specter_tui.cli.commands import (
        journal as journal,
    )
    from specter_tui.cli.commands import (
        journal_backup as journal_backup,
    )
    from specter_tui.cli.commands import (
        move_journal as move_journal,
    )
    from specter_tui.cli.commands import (
        orders as orders,
    )
    from specter_tui.cli.commands import (
        probe as probe,
    )
    from specter_tui.cli.commands import (
        report as report,
    )
    from specter_tui.cli.commands import (
        service as service,
    )
    from specter_tui.cli.commands import (
        setup as setup,
    )
    from specter_tui.cli.commands import (
        stock as stock,
    )
    from specter_tui.cli.commands import (
        stop as stop,
    )
    from specter_tui.cli.commands import (
        support as support,
    )
    from specter_tui.cli.commands import (
        todo as todo,
    )
    from specter_tui.cli.commands import (
        watch as watch,
    )
else:

    def __getattr__(name: str) -> ModuleType:
        module = f"{__name__}.{name}"
        if find_spec(module) is None:
            raise AttributeError(name)
        before_work()
        try:
            return import_module(module)
        finally:
            begin_work()
