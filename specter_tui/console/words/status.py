"""The status lines, work in progress, and leaving."""

from specter_tui.i18n import Count

NAME = "specter-tui"
BANNER = "DEMO: sandbox, nothing real"

# Status line.
SHOP = "Shop"
SPECTER = "Specter"
JOURNAL = "Journal"
REACH: dict[str, str] = {
    "not_tried": "not tried",
    "ok": "answers",
    "out_of_reach": "out of reach",
    "refused": "refuses",
}
HALTED = "halted"
AUTO_ON = "AUTO ON"
AUTO_OFF = "auto off"
AUTO_ELSEWHERE = "auto: {by}"
MODE_STOPPED = "STOPPED by {by}"
SENDING_OFF = "SENDING OFF"
TEST = "TEST"
PRODUCTION = "LIVE"
STARTING = "starting …"
LAST_LOOK = "looked {at}"
NEXT_LOOK = "next {at}"
LOOKS_EVERY = "looks every {pause}"
NOT_LOOKED = "not looked yet"
NO_ORDERS = "no orders"
HIDDEN = "Names are hidden; press any key to see them."

TASKS: dict[str, str] = {
    "look": "Looking at the shop",
    "export": "Exporting",
    "articles": "Reading article numbers",
    "write_back": "Writing numbers to the shop",
    "article_export": "Exporting articles",
    "numbers": "Writing article numbers",
    "stock": "Writing stock to the shop",
}
PROGRESS = "{task}: {done}"
PROGRESS_OF = "{task}: {done} of {total}"
PROGRESS_RATE = "{rate}/s"
PROGRESS_LEFT = "{left} left"
PROGRESS_FAILED = Count("{count} not done", "{count} not done")
EXPORT_OUTCOME = "Exported {good} of {all}."
EXPORT_FAILED = Count(
    "{count} not exported, and says why: * marks it.", "{count} not exported, each says why: * marks them."
)
EXPORT_FAILED_ONE = "Order {number}: {why}"
EXPORTED_ONE = "Order {number} is in Specter as {specter}."

# Leaving.
LEAVING = "Leaving: no new work is taken …"
LEAVING_WITH = "Leaving when these are finished: {orders}. At most {seconds} s."
LEAVING_AWAY = "Leaving: waits for the journal, which does not answer. At most {seconds} s."
LEAVING_STILL = "Still finishing {orders}; cutting it off would leave it unknown. Please wait."
UNSENT = Count(
    "{count} order that was to be sent was not: it stands as before, and waits for the next key or for auto mode.",
    "{count} orders that were to be sent were not: they stand as before, and wait for the next key or for auto mode.",
)
LEAVING_UNSENT = Count("{count} that was asked for is not sent.", "{count} that were asked for are not sent.")
LEFT_EARLY = "Left while calls were in flight ({orders}). They are shown as unknown at the next start."
LEFT_WAITING = "Left without waiting longer for what was under way. No order was being sent from here."
ENGINE_ENDED = "specter-tui ended: {error}"
CRASHED = "specter-tui ended by an error of its own ({kind}). The report is in {file}"
CRASHED_UNSAVED = "specter-tui ended by an error of its own ({kind}); no report could be written"
NO_TERMINAL = "specter-tui: the console needs a terminal; `specter-tui --help` lists the commands that do not"
DUMB_TERMINAL = "specter-tui: this terminal (TERM={term}) cannot draw a screen; use one such as xterm-256color"

TOO_SMALL = (
    "This window is {width}x{height}. specter-tui needs {least}: make it larger. Work in flight goes on; q leaves."
)
CUT_OFF = "The window is {width}x{height}; below {least} something is cut off."
THEME_IS = "Colours: {theme}. UI__THEME={theme} keeps them."
NO_SUCH_THEME = "UI__THEME: there is no theme {theme}. There are: {known}."
