"""The tables of the second migration: articles, stock, batches, deliveries, drift, and finding orders by their time."""

GOODS_TABLES = """
    CREATE TABLE sent_articles (
      shop INTEGER NOT NULL,
      number TEXT NOT NULL,
      digest TEXT NOT NULL,
      with_stock INTEGER NOT NULL,
      sent_at INTEGER NOT NULL,
      PRIMARY KEY (shop, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE refused_articles (
      shop INTEGER NOT NULL,
      number TEXT NOT NULL,
      digest TEXT NOT NULL,
      message TEXT NOT NULL,
      refused_at INTEGER NOT NULL,
      PRIMARY KEY (shop, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE batches (
      shop INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('stock', 'orders')),
      batch_no TEXT NOT NULL,
      begun_at INTEGER NOT NULL,
      after_event INTEGER NOT NULL,
      stored_at INTEGER,
      rows INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (shop, kind, batch_no)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stock (
      shop INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      site TEXT NOT NULL,
      quantity TEXT NOT NULL,
      fetched_at INTEGER NOT NULL,
      after_event INTEGER NOT NULL,
      batch_no TEXT NOT NULL,
      PRIMARY KEY (shop, article_number, site)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stock_to_write (
      shop INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      mark INTEGER NOT NULL,
      PRIMARY KEY (shop, article_number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stock_to_write_by_mark ON stock_to_write (shop, mark);

    CREATE TABLE written_stock (
      shop INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      quantity INTEGER NOT NULL,
      article_uid INTEGER NOT NULL,
      variant_uid INTEGER,
      written_at INTEGER NOT NULL,
      PRIMARY KEY (shop, article_number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE unknown_stock (
      shop INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      why TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      PRIMARY KEY (shop, article_number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE deliveries (
      shop INTEGER NOT NULL,
      specter_number TEXT NOT NULL,
      delivered INTEGER NOT NULL,
      cancelled INTEGER NOT NULL,
      tracking TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      marked_at INTEGER,
      problem TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (shop, specter_number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX deliveries_to_mark ON deliveries (shop, seen_at)
      WHERE delivered AND NOT cancelled AND marked_at IS NULL AND problem = '';

    CREATE TABLE drift_lines (
      id INTEGER PRIMARY KEY,
      shop INTEGER NOT NULL,
      uid INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      sent TEXT NOT NULL,
      now TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      ticked_by TEXT,
      ticked_at INTEGER
    ) STRICT;
    CREATE INDEX drift_lines_by_order ON drift_lines (shop, uid, article_number, id);
    CREATE UNIQUE INDEX drift_lines_open ON drift_lines (shop, uid, article_number) WHERE ticked_at IS NULL;

    CREATE INDEX orders_by_time ON orders (shop, ordered);
    CREATE INDEX events_of_exports ON events (shop, id) WHERE verb IN ('exported', 'number_entered', 'recovered');

    PRAGMA user_version = 2;
"""
