"""Forms of money, dates and durations. A space here becomes one at which no line breaks."""

MONEY = "{unit} {amount}"
KRONOR = "SEK"

WEEKDAYS: tuple[str, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: tuple[str, ...] = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Of a day: `day`, `month` (its name), `number` (of the month, with two digits), `padded` (the day, too), `year`.
DATE = "{day} {month} {year}"
DAY_OF_YEAR = "{day} {month}"
DAY_IN_FULL = "{weekday} {day} {month} {year}"

SECONDS = "{count} s"
MINUTES = "{count} min"
HOURS = "{count} h"
DAYS = "{count} d"
MILLISECONDS = "{count} ms"
