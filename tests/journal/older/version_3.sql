PRAGMA application_id = 1399878771;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'journal','0001_orders_and_events','2026-11-23 22:43:34.115195+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'journal','0002_goods','2026-11-30 14:29:34.943054+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'journal','0003_calls','2026-11-30 14:29:34.944023+00:00');
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
CREATE TABLE calls (
          id INTEGER PRIMARY KEY,
          shop INTEGER NOT NULL,
          uid INTEGER NOT NULL,
          at INTEGER NOT NULL,
          action TEXT NOT NULL,
          endpoint TEXT NOT NULL,
          sent TEXT NOT NULL,
          status INTEGER,
          answer TEXT NOT NULL,
          duration_ms INTEGER NOT NULL
        ) STRICT;
INSERT INTO "calls" VALUES(1,4711,150001,1795426215123456,'newOrderSubmit','/order','{}',200,'answer',345);
CREATE TABLE cursors (
          shop INTEGER NOT NULL,
          name TEXT NOT NULL,
          value TEXT NOT NULL,
          PRIMARY KEY (shop, name)
        ) STRICT, WITHOUT ROWID;
INSERT INTO "cursors" VALUES(4711,'changed','2026-11-23T10:00:00');
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
INSERT INTO "deliveries" VALUES(4711,'90001',1,0,'T-1',1795426215123456,NULL,'');
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
INSERT INTO "drift_lines" VALUES(1,4711,150001,'TAJ-1','2','3',1795426215123456,NULL,NULL);
CREATE TABLE events (
          id INTEGER PRIMARY KEY,
          shop INTEGER NOT NULL,
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
          duration_ms INTEGER
        ) STRICT;
INSERT INTO "events" VALUES(1,4711,150001,'1001',1795473814125432,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(2,4711,150001,'1001',1795473814126198,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(3,4711,150001,'1001',1795473814131717,'alma','till','exported','sending','exported','order','','','90001',345);
INSERT INTO "events" VALUES(4,4711,150002,'1002',1795473814139505,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(5,4711,150002,'1002',1795473814140212,'alma','till','unknown','sending','unknown','customer','','no answer',NULL,NULL);
INSERT INTO "events" VALUES(6,4711,150003,'1003',1795473814142208,'alma','till','closed',NULL,'closed',NULL,'by hand','',NULL,NULL);
INSERT INTO "events" VALUES(7,4711,150001,'1001',1795473814143033,'alma','till','write_back_done','exported','exported','order','','','90001',NULL);
INSERT INTO "events" VALUES(8,4711,150004,'1004',1795473814151578,'alma','till','imported',NULL,'exported',NULL,'','','90004',NULL);
CREATE TABLE journal (id TEXT NOT NULL, shop INTEGER NOT NULL PRIMARY KEY, made_at INTEGER NOT NULL) STRICT;
INSERT INTO "journal" VALUES('850ceee6c8f080e3d85d4fdd8fe3563a',4711,1795473814124332);
CREATE TABLE leases (
          shop INTEGER NOT NULL,
          name TEXT NOT NULL,
          process TEXT NOT NULL,
          until INTEGER NOT NULL,
          holder TEXT NOT NULL,
          PRIMARY KEY (shop, name)
        ) STRICT, WITHOUT ROWID;
CREATE TABLE orders (
          shop INTEGER NOT NULL,
          uid INTEGER NOT NULL,
          order_number TEXT NOT NULL,
          external_no TEXT,
          state TEXT NOT NULL CHECK (
            state IN ('sending', 'retry_later', 'unknown', 'refused', 'exists', 'exported', 'closed')),
          step TEXT CHECK (step IN ('customer', 'order')),
          customer_number TEXT,
          specter_number TEXT CHECK (specter_number <> ''),
          seen_number TEXT,
          form_hash TEXT,
          total TEXT,
          currency TEXT,
          ordered INTEGER,
          attempts INTEGER NOT NULL DEFAULT 0,
          refusals INTEGER NOT NULL DEFAULT 0,
          repeats INTEGER NOT NULL DEFAULT 0,
          retry_at INTEGER,
          write_back TEXT NOT NULL DEFAULT 'none' CHECK (write_back IN ('none', 'due', 'done', 'conflict')),
          drift INTEGER NOT NULL DEFAULT 0,
          cancelled_in_shop INTEGER NOT NULL DEFAULT 0,
          reason TEXT NOT NULL DEFAULT '',
          message TEXT NOT NULL DEFAULT '',
          holder TEXT NOT NULL DEFAULT '',
          claimed_at INTEGER,
          changed_at INTEGER NOT NULL,
          exported_at INTEGER,
          rates TEXT,
          token TEXT,
          lease_process TEXT,
          lease_until INTEGER,
          before TEXT,
          PRIMARY KEY (shop, uid),
          CHECK ((state = 'sending') = (token IS NOT NULL)),
          CHECK ((state = 'exported') = (specter_number IS NOT NULL))
        ) STRICT, WITHOUT ROWID;
INSERT INTO "orders" VALUES(4711,150001,'1001','A-1001','exported','order','77','90001',NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'done',0,0,'','','alma@till',1795473814125432,1795473814143033,1795473814131717,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150002,'1002','A-1002','unknown','customer',NULL,NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'','no answer','alma@till',1795473814139505,1795473814140212,NULL,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150003,'1003',NULL,'closed',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,NULL,'none',0,0,'by hand','','',NULL,1795473814142208,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150004,'1004',NULL,'exported',NULL,NULL,'90004',NULL,NULL,NULL,NULL,NULL,0,0,0,NULL,'none',0,0,'','','',NULL,1795473814151578,1795473814151578,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE refused_articles (
      shop INTEGER NOT NULL,
      number TEXT NOT NULL,
      digest TEXT NOT NULL,
      message TEXT NOT NULL,
      refused_at INTEGER NOT NULL,
      PRIMARY KEY (shop, number)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE sent_articles (
      shop INTEGER NOT NULL,
      number TEXT NOT NULL,
      digest TEXT NOT NULL,
      with_stock INTEGER NOT NULL,
      sent_at INTEGER NOT NULL,
      PRIMARY KEY (shop, number)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE sent_rows (
          shop INTEGER NOT NULL,
          uid INTEGER NOT NULL,
          position INTEGER NOT NULL,
          article_number TEXT NOT NULL,
          quantity TEXT NOT NULL,
          unit_price TEXT NOT NULL,
          vat_percent INTEGER NOT NULL,
          PRIMARY KEY (shop, uid, position),
          FOREIGN KEY (shop, uid) REFERENCES orders (shop, uid) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
INSERT INTO "sent_rows" VALUES(4711,150001,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150001,1,'FRAKT','1.5','33.333333',0);
INSERT INTO "sent_rows" VALUES(4711,150002,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150002,1,'FRAKT','1.5','33.333333',0);
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
INSERT INTO "stock_to_write" VALUES(4711,'TAJ-1',1795426215123456);
CREATE TABLE unknown_stock (
      shop INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      why TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      PRIMARY KEY (shop, article_number)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE written_stock (
      shop INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      quantity INTEGER NOT NULL,
      article_uid INTEGER NOT NULL,
      variant_uid INTEGER,
      written_at INTEGER NOT NULL,
      PRIMARY KEY (shop, article_number)
    ) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX orders_by_state ON orders (shop, state);
CREATE INDEX orders_by_number ON orders (shop, order_number);
CREATE INDEX orders_to_write_back ON orders (shop, exported_at) WHERE write_back = 'due';
CREATE UNIQUE INDEX orders_by_specter_number ON orders (shop, specter_number) WHERE state = 'exported';
CREATE INDEX sent_rows_by_article ON sent_rows (shop, article_number);
CREATE INDEX events_by_order ON events (shop, uid);
CREATE TRIGGER events_keep BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never altered'); END;
CREATE INDEX stock_to_write_by_mark ON stock_to_write (shop, mark);
CREATE INDEX deliveries_to_mark ON deliveries (shop, seen_at)
      WHERE delivered AND NOT cancelled AND marked_at IS NULL AND problem = '';
CREATE INDEX drift_lines_by_order ON drift_lines (shop, uid, article_number, id);
CREATE UNIQUE INDEX drift_lines_open ON drift_lines (shop, uid, article_number) WHERE ticked_at IS NULL;
CREATE INDEX orders_by_time ON orders (shop, ordered);
CREATE INDEX events_of_exports ON events (shop, id) WHERE verb IN ('exported', 'number_entered', 'recovered');
CREATE INDEX calls_by_order ON calls (shop, uid);
COMMIT;
PRAGMA user_version = 3;
