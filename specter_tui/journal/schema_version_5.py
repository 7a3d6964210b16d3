"""The fifth step of the tables, for both databases: `{integer}` is the type of a whole number, `{end}` ends a table.

- `orders.call` is the call in flight of a claim; `step` never goes back. `customer_hash` is the hash of the customer
  form that made an order's own customer. `number_by` tells where the Specter number came from. `shown_number` is the
  number of ours that the shop's order is known to show. The four `..._hash` columns are salted digests of what was
  exported, so that a later change shows without the person being kept.
- `sent_rows.vat_percent` is a decimal text, since a rate can be 25.5.
- `buyer_locks` keeps the customer call and the order call of one buyer together, in all processes on this journal.
- `halts` and `stops` hold for every process on this journal and survive a restart; those that ended stay as records.
  `halts.statuses` counts the HTTP statuses that opened and lengthened it; `next_at` is when one order may be tried.
- `stock_rows` keeps rows of Specter's stock that only a person can settle.
- `shop_numbers` is the list of the shop's article numbers, `folded` each without case, so that it shows which number
  several share. `sent_articles` has the article or variant that was sent under the number.
- `journal.specter` names the Specter account that the journal belongs to.
"""

_STEP = """
    ALTER TABLE journal ADD COLUMN specter TEXT;

    ALTER TABLE orders ADD COLUMN call TEXT CHECK (call IN ('customer', 'order'));
    ALTER TABLE orders ADD COLUMN customer_hash TEXT;
    ALTER TABLE orders ADD COLUMN by_hand {integer} NOT NULL DEFAULT 0;
    ALTER TABLE orders ADD COLUMN number_by TEXT NOT NULL DEFAULT ''
      CHECK (number_by IN ('', 'answer', 'person', 'text', 'import'));
    ALTER TABLE orders ADD COLUMN shown_number TEXT;
    ALTER TABLE orders ADD COLUMN address_hash TEXT;
    ALTER TABLE orders ADD COLUMN method_hash TEXT;
    ALTER TABLE orders ADD COLUMN fee_hash TEXT;
    ALTER TABLE orders ADD COLUMN vat_hash TEXT;
    ALTER TABLE orders ADD COLUMN resends {integer} NOT NULL DEFAULT 0;
    ALTER TABLE orders ADD COLUMN resent_for {integer};
    CREATE INDEX orders_in_conflict ON orders (shop, uid) WHERE write_back = 'conflict';

    ALTER TABLE sent_rows ADD COLUMN rate TEXT NOT NULL DEFAULT '';
    UPDATE sent_rows SET rate = CAST(vat_percent AS TEXT);
    ALTER TABLE sent_rows DROP COLUMN vat_percent;
    ALTER TABLE sent_rows RENAME COLUMN rate TO vat_percent;

    CREATE TABLE buyer_locks (
      shop {integer} NOT NULL,
      key {text} NOT NULL,
      token TEXT NOT NULL,
      uid {integer} NOT NULL,
      locked_at {integer} NOT NULL,
      PRIMARY KEY (shop, key)
    ) {end};
    CREATE INDEX buyer_locks_by_order ON buyer_locks (shop, uid);

    CREATE TABLE halts (
      shop {integer} NOT NULL,
      id {integer} NOT NULL,
      status {integer} NOT NULL,
      message TEXT NOT NULL,
      uid {integer} NOT NULL,
      begun_at {integer} NOT NULL,
      statuses {integer} NOT NULL,
      next_at {integer},
      ended_at {integer},
      ended_by TEXT,
      ended_reason TEXT,
      PRIMARY KEY (shop, id)
    ) {end};
    CREATE UNIQUE INDEX halts_open ON halts (shop) WHERE ended_at IS NULL;

    CREATE TABLE stops (
      shop {integer} NOT NULL,
      id {integer} NOT NULL,
      reason TEXT NOT NULL,
      operator TEXT NOT NULL,
      host TEXT NOT NULL,
      begun_at {integer} NOT NULL,
      ended_at {integer},
      ended_by TEXT,
      ended_reason TEXT,
      PRIMARY KEY (shop, id)
    ) {end};
    CREATE UNIQUE INDEX stops_open ON stops (shop) WHERE ended_at IS NULL;

    CREATE TABLE stock_rows (
      shop {integer} NOT NULL,
      batch_no {text} NOT NULL,
      position {integer} NOT NULL,
      article_number TEXT NOT NULL,
      site TEXT NOT NULL,
      quantity TEXT NOT NULL,
      reason TEXT NOT NULL,
      seen_at {integer} NOT NULL,
      done_at {integer},
      done_by TEXT,
      done_reason TEXT,
      PRIMARY KEY (shop, batch_no, position)
    ) {end};

    CREATE TABLE shop_numbers (
      shop {integer} NOT NULL,
      article_uid {integer} NOT NULL,
      variant_uid {integer} NOT NULL,
      number TEXT NOT NULL,
      folded {text} NOT NULL,
      PRIMARY KEY (shop, article_uid, variant_uid)
    ) {end};
    CREATE INDEX shop_numbers_by_number ON shop_numbers (shop, folded, article_uid, variant_uid);

    ALTER TABLE sent_articles ADD COLUMN article_uid {integer};
    ALTER TABLE sent_articles ADD COLUMN variant_uid {integer};

    ALTER TABLE stock_to_write ADD COLUMN since {integer} NOT NULL DEFAULT 0;
    UPDATE stock_to_write SET since = mark;

    ALTER TABLE drift_lines ADD COLUMN kind {text} NOT NULL DEFAULT 'article'
      CHECK (kind IN ('article', 'address', 'method', 'fee', 'vat'));
    DROP INDEX drift_lines_open;
    CREATE UNIQUE INDEX drift_lines_open ON drift_lines (shop, uid, kind, article_number) WHERE ticked_at IS NULL;
"""


def _rendered(integer: str, text: str, end: str) -> str:
    return _STEP.replace("{integer}", integer).replace("{text}", text).replace("{end}", end)


FOR_A_FILE = _rendered("INTEGER", "TEXT", "STRICT, WITHOUT ROWID") + "PRAGMA user_version = 5;\n"
_TOLD = """
    CREATE TRIGGER stops_told AFTER INSERT OR UPDATE ON stops FOR EACH ROW EXECUTE FUNCTION events_told();
"""
FOR_A_SERVER = _rendered("BIGINT", 'TEXT COLLATE "C"', "") + _TOLD
