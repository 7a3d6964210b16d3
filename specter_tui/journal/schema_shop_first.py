"""The tables of the fourth migration: what was numbered by file is numbered within its shop."""

SHOP_FIRST = """
    CREATE TABLE events_of_shop (
      shop INTEGER NOT NULL,
      id INTEGER NOT NULL,
      uid INTEGER NOT NULL,
      order_number TEXT NOT NULL,
      at INTEGER NOT NULL,
      operator TEXT NOT NULL,
      host TEXT NOT NULL,
      verb TEXT NOT NULL,
      from_state TEXT,
      to_state TEXT,
      step TEXT,
      reason TEXT NOT NULL,
      message TEXT NOT NULL,
      specter_number TEXT,
      duration_ms INTEGER,
      PRIMARY KEY (shop, id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO events_of_shop SELECT shop, id, uid, order_number, at, operator, host, verb, from_state, to_state, step,
      reason, message, specter_number, duration_ms FROM events ORDER BY id;
    DROP TABLE events;
    ALTER TABLE events_of_shop RENAME TO events;
    CREATE INDEX events_by_order ON events (shop, uid, id);
    CREATE INDEX events_of_exports ON events (shop, id) WHERE verb IN ('exported', 'number_entered', 'recovered');
    CREATE TRIGGER events_keep BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
    CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never altered'); END;

    CREATE TABLE calls_of_shop (
      shop INTEGER NOT NULL,
      id INTEGER NOT NULL,
      uid INTEGER NOT NULL,
      at INTEGER NOT NULL,
      action TEXT NOT NULL,
      endpoint TEXT NOT NULL,
      sent TEXT NOT NULL,
      status INTEGER,
      answer TEXT NOT NULL,
      duration_ms INTEGER NOT NULL,
      PRIMARY KEY (shop, id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO calls_of_shop SELECT shop, id, uid, at, action, endpoint, sent, status, answer, duration_ms FROM calls
      ORDER BY id;
    DROP TABLE calls;
    ALTER TABLE calls_of_shop RENAME TO calls;
    CREATE INDEX calls_by_order ON calls (shop, uid, id);

    CREATE TABLE drift_of_shop (
      shop INTEGER NOT NULL,
      id INTEGER NOT NULL,
      uid INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      sent TEXT NOT NULL,
      now TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      ticked_by TEXT,
      ticked_at INTEGER,
      PRIMARY KEY (shop, id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO drift_of_shop SELECT shop, id, uid, article_number, sent, now, seen_at, ticked_by, ticked_at
      FROM drift_lines ORDER BY id;
    DROP TABLE drift_lines;
    ALTER TABLE drift_of_shop RENAME TO drift_lines;
    CREATE INDEX drift_lines_by_order ON drift_lines (shop, uid, article_number, id);
    CREATE UNIQUE INDEX drift_lines_open ON drift_lines (shop, uid, article_number) WHERE ticked_at IS NULL;

    DROP INDEX deliveries_to_mark;
    CREATE INDEX deliveries_to_mark ON deliveries (shop, seen_at)
      WHERE delivered = 1 AND cancelled = 0 AND marked_at IS NULL AND problem = '';

    PRAGMA user_version = 4;
"""
