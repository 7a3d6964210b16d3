"""The journal's tables in PostgreSQL, in numbered steps. Their numbers are those of the file's (`schema.py`).

They hold the same rows as the file's, value for value: times as microseconds, amounts as decimal text, flags as 0 or
1. So the rules are the same, and a journal can be moved either way. Text is compared byte by byte, as in a file.
"""

from specter_tui.journal.schema_version_5 import FOR_A_SERVER

STEPS: tuple[tuple[int, str], ...] = (
    (
        4,
        """
        CREATE TABLE journal (
          shop BIGINT NOT NULL PRIMARY KEY,
          id TEXT NOT NULL,
          made_at BIGINT NOT NULL
        );

        CREATE TABLE orders (
          shop BIGINT NOT NULL,
          uid BIGINT NOT NULL,
          order_number TEXT COLLATE "C" NOT NULL,
          external_no TEXT,
          state TEXT COLLATE "C" NOT NULL CHECK (
            state IN ('sending', 'retry_later', 'unknown', 'refused', 'exists', 'exported', 'closed')),
          step TEXT CHECK (step IN ('customer', 'order')),
          customer_number TEXT,
          specter_number TEXT COLLATE "C" CHECK (specter_number <> ''),
          seen_number TEXT,
          form_hash TEXT,
          total TEXT,
          currency TEXT,
          ordered BIGINT,
          attempts BIGINT NOT NULL DEFAULT 0,
          refusals BIGINT NOT NULL DEFAULT 0,
          repeats BIGINT NOT NULL DEFAULT 0,
          retry_at BIGINT,
          write_back TEXT NOT NULL DEFAULT 'none' CHECK (write_back IN ('none', 'due', 'done', 'conflict')),
          drift BIGINT NOT NULL DEFAULT 0,
          cancelled_in_shop BIGINT NOT NULL DEFAULT 0,
          reason TEXT NOT NULL DEFAULT '',
          message TEXT NOT NULL DEFAULT '',
          holder TEXT NOT NULL DEFAULT '',
          claimed_at BIGINT,
          changed_at BIGINT NOT NULL,
          exported_at BIGINT,
          rates TEXT,
          token TEXT,
          lease_process TEXT,
          lease_until BIGINT,
          before TEXT,
          PRIMARY KEY (shop, uid),
          CHECK ((state = 'sending') = (token IS NOT NULL)),
          CHECK ((state = 'exported') = (specter_number IS NOT NULL))
        );
        CREATE INDEX orders_by_state ON orders (shop, state, uid);
        CREATE INDEX orders_by_number ON orders (shop, order_number);
        CREATE INDEX orders_by_time ON orders (shop, ordered);
        CREATE INDEX orders_to_write_back ON orders (shop, exported_at) WHERE write_back = 'due';
        CREATE UNIQUE INDEX orders_by_specter_number ON orders (shop, specter_number) WHERE state = 'exported';

        CREATE TABLE sent_rows (
          shop BIGINT NOT NULL,
          uid BIGINT NOT NULL,
          position BIGINT NOT NULL,
          article_number TEXT COLLATE "C" NOT NULL,
          quantity TEXT NOT NULL,
          unit_price TEXT NOT NULL,
          vat_percent BIGINT NOT NULL,
          PRIMARY KEY (shop, uid, position),
          FOREIGN KEY (shop, uid) REFERENCES orders (shop, uid) ON DELETE CASCADE
        );
        CREATE INDEX sent_rows_by_article ON sent_rows (shop, article_number);

        CREATE TABLE events (
          shop BIGINT NOT NULL,
          id BIGINT NOT NULL,
          uid BIGINT NOT NULL,
          order_number TEXT COLLATE "C" NOT NULL,
          at BIGINT NOT NULL,
          operator TEXT NOT NULL,
          host TEXT NOT NULL,
          verb TEXT NOT NULL,
          from_state TEXT,
          to_state TEXT,
          step TEXT,
          reason TEXT NOT NULL,
          message TEXT NOT NULL,
          specter_number TEXT,
          duration_ms BIGINT,
          PRIMARY KEY (shop, id)
        );
        CREATE INDEX events_by_order ON events (shop, uid, id);
        CREATE INDEX events_of_exports ON events (shop, id) WHERE verb IN ('exported', 'number_entered', 'recovered');

        CREATE TABLE calls (
          shop BIGINT NOT NULL,
          id BIGINT NOT NULL,
          uid BIGINT NOT NULL,
          at BIGINT NOT NULL,
          action TEXT NOT NULL,
          endpoint TEXT NOT NULL,
          sent TEXT NOT NULL,
          status BIGINT,
          answer TEXT NOT NULL,
          duration_ms BIGINT NOT NULL,
          PRIMARY KEY (shop, id)
        );
        CREATE INDEX calls_by_order ON calls (shop, uid, id);

        CREATE TABLE leases (
          shop BIGINT NOT NULL,
          name TEXT COLLATE "C" NOT NULL,
          process TEXT NOT NULL,
          until BIGINT NOT NULL,
          holder TEXT NOT NULL,
          PRIMARY KEY (shop, name)
        );

        CREATE TABLE cursors (
          shop BIGINT NOT NULL,
          name TEXT COLLATE "C" NOT NULL,
          value TEXT NOT NULL,
          PRIMARY KEY (shop, name)
        );

        CREATE TABLE sent_articles (
          shop BIGINT NOT NULL,
          number TEXT COLLATE "C" NOT NULL,
          digest TEXT NOT NULL,
          with_stock BIGINT NOT NULL,
          sent_at BIGINT NOT NULL,
          PRIMARY KEY (shop, number)
        );

        CREATE TABLE refused_articles (
          shop BIGINT NOT NULL,
          number TEXT COLLATE "C" NOT NULL,
          digest TEXT NOT NULL,
          message TEXT NOT NULL,
          refused_at BIGINT NOT NULL,
          PRIMARY KEY (shop, number)
        );

        CREATE TABLE batches (
          shop BIGINT NOT NULL,
          kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('stock', 'orders')),
          batch_no TEXT COLLATE "C" NOT NULL,
          begun_at BIGINT NOT NULL,
          after_event BIGINT NOT NULL,
          stored_at BIGINT,
          rows BIGINT NOT NULL DEFAULT 0,
          PRIMARY KEY (shop, kind, batch_no)
        );

        CREATE TABLE stock (
          shop BIGINT NOT NULL,
          article_number TEXT COLLATE "C" NOT NULL,
          site TEXT COLLATE "C" NOT NULL,
          quantity TEXT NOT NULL,
          fetched_at BIGINT NOT NULL,
          after_event BIGINT NOT NULL,
          batch_no TEXT NOT NULL,
          PRIMARY KEY (shop, article_number, site)
        );

        CREATE TABLE stock_to_write (
          shop BIGINT NOT NULL,
          article_number TEXT COLLATE "C" NOT NULL,
          mark BIGINT NOT NULL,
          PRIMARY KEY (shop, article_number)
        );
        CREATE INDEX stock_to_write_by_mark ON stock_to_write (shop, mark);

        CREATE TABLE written_stock (
          shop BIGINT NOT NULL,
          article_number TEXT COLLATE "C" NOT NULL,
          quantity BIGINT NOT NULL,
          article_uid BIGINT NOT NULL,
          variant_uid BIGINT,
          written_at BIGINT NOT NULL,
          PRIMARY KEY (shop, article_number)
        );

        CREATE TABLE unknown_stock (
          shop BIGINT NOT NULL,
          article_number TEXT COLLATE "C" NOT NULL,
          why TEXT NOT NULL,
          seen_at BIGINT NOT NULL,
          PRIMARY KEY (shop, article_number)
        );

        CREATE TABLE deliveries (
          shop BIGINT NOT NULL,
          specter_number TEXT COLLATE "C" NOT NULL,
          delivered BIGINT NOT NULL,
          cancelled BIGINT NOT NULL,
          tracking TEXT NOT NULL,
          seen_at BIGINT NOT NULL,
          marked_at BIGINT,
          problem TEXT NOT NULL DEFAULT '',
          PRIMARY KEY (shop, specter_number)
        );
        CREATE INDEX deliveries_to_mark ON deliveries (shop, seen_at)
          WHERE delivered = 1 AND cancelled = 0 AND marked_at IS NULL AND problem = '';

        CREATE TABLE drift_lines (
          shop BIGINT NOT NULL,
          id BIGINT NOT NULL,
          uid BIGINT NOT NULL,
          article_number TEXT COLLATE "C" NOT NULL,
          sent TEXT NOT NULL,
          now TEXT NOT NULL,
          seen_at BIGINT NOT NULL,
          ticked_by TEXT,
          ticked_at BIGINT,
          PRIMARY KEY (shop, id)
        );
        CREATE INDEX drift_lines_by_order ON drift_lines (shop, uid, article_number, id);
        CREATE UNIQUE INDEX drift_lines_open ON drift_lines (shop, uid, article_number) WHERE ticked_at IS NULL;

        CREATE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND current_setting('specter_tui.erasing', true) = 'on' THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION 'events are never altered or removed';
        END $$;
        CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION events_stay();

        CREATE FUNCTION events_told() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_notify('specter_tui', NEW.shop::text);
          RETURN NULL;
        END $$;
        CREATE TRIGGER events_told AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION events_told();
        """,
    ),
    (5, FOR_A_SERVER),
)
