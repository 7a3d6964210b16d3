"""The journal's tables: the one place for a table, a column or an index. `schema_sql.py` renders them as SQL.

A table has a name, its key, and a line for each column: name, type, and further SQL that both databases accept. Every
table, key and index begins with the shop, so that journals can share a server; the shop is not repeated here. A type is
INTEGER (64 bits), TEXT, or KEY: text that is looked up or sorted, and compared byte by byte. Times are microseconds
since 1970 UTC, amounts and rates are decimal text, flags are 0 or 1, in both databases, so that a journal can be copied
between them.

A change needs the next VERSION. A new column comes last, with a DEFAULT if it is NOT NULL: the upgrade adds it to older
tables by the same line, and `filled` gives older rows values that a DEFAULT cannot.
"""

from specter_tui.journal.schema_sql import Index, Table

VERSION = 7
"""The version of these tables; it only increases."""

OLDEST = 4
"""The oldest version that is upgraded; files of older versions can only be read."""

TABLES = (
    # `specter` is the Specter account that the journal belongs to.
    Table(
        "journal",
        (),
        """
        id TEXT NOT NULL
        made_at INTEGER NOT NULL
        specter TEXT
        """,
    ),
    # `step` never goes back; `call` is the call of a claim that is in flight. `customer_hash` is of the customer form
    # that made an order's own customer. `number_by` is the source of the Specter number, `shown_number` the number of
    # this journal that the shop's order is known to show, `before` the values that a person's decision replaced. The
    # last four hashes are salted digests of the exported order, which reveal a later change without storing personal
    # data.
    Table(
        "orders",
        ("uid",),
        """
        uid INTEGER NOT NULL
        order_number KEY NOT NULL
        external_no TEXT
        state KEY NOT NULL
        step TEXT CHECK (step IN ('customer', 'order'))
        customer_number TEXT
        specter_number KEY CHECK (specter_number <> '')
        seen_number TEXT
        form_hash TEXT
        total TEXT
        currency TEXT
        ordered INTEGER
        attempts INTEGER NOT NULL DEFAULT 0
        refusals INTEGER NOT NULL DEFAULT 0
        repeats INTEGER NOT NULL DEFAULT 0
        retry_at INTEGER
        write_back TEXT NOT NULL DEFAULT 'none' CHECK (write_back IN ('none', 'due', 'done', 'conflict'))
        drift INTEGER NOT NULL DEFAULT 0
        cancelled_in_shop INTEGER NOT NULL DEFAULT 0
        reason TEXT NOT NULL DEFAULT ''
        message TEXT NOT NULL DEFAULT ''
        holder TEXT NOT NULL DEFAULT ''
        claimed_at INTEGER
        changed_at INTEGER NOT NULL
        exported_at INTEGER
        rates TEXT
        token TEXT
        lease_process TEXT
        lease_until INTEGER
        before TEXT
        call TEXT CHECK (call IN ('customer', 'order'))
        customer_hash TEXT
        by_hand INTEGER NOT NULL DEFAULT 0
        number_by TEXT NOT NULL DEFAULT '' CHECK (number_by IN ('', 'answer', 'person', 'text', 'import'))
        shown_number TEXT
        address_hash TEXT
        method_hash TEXT
        fee_hash TEXT
        vat_hash TEXT
        resends INTEGER NOT NULL DEFAULT 0
        resent_for INTEGER
        """,
        constraints=(
            "CHECK (state IN ('sending', 'retry_later', 'unknown', 'refused', 'exists', 'exported', 'closed'))",
            "CHECK ((state = 'sending') = (token IS NOT NULL))",
            "CHECK ((state = 'exported') = (specter_number IS NOT NULL))",
        ),
        indexes=(
            Index("orders_by_state", ("state", "uid")),
            Index("orders_by_number", ("order_number",)),
            Index("orders_to_write_back", ("exported_at",), where="write_back = 'due'"),
            Index("orders_in_conflict", ("uid",), where="write_back = 'conflict'"),
            Index("orders_by_specter_number", ("specter_number",), where="state = 'exported'", is_unique=True),
        ),
        retired_indexes=("orders_by_time",),
    ),
    Table(
        "sent_rows",
        ("uid", "position"),
        """
        uid INTEGER NOT NULL
        position INTEGER NOT NULL
        article_number KEY NOT NULL
        quantity TEXT NOT NULL
        unit_price TEXT NOT NULL
        vat_percent TEXT NOT NULL DEFAULT ''
        """,
        constraints=("FOREIGN KEY (shop, uid) REFERENCES orders (shop, uid) ON DELETE CASCADE",),
        indexes=(Index("sent_rows_by_article", ("article_number",)),),
    ),
    Table(
        "events",
        ("id",),
        """
        id INTEGER NOT NULL
        uid INTEGER NOT NULL
        order_number KEY NOT NULL
        at INTEGER NOT NULL
        operator TEXT NOT NULL
        host TEXT NOT NULL
        verb TEXT NOT NULL
        from_state TEXT
        to_state TEXT
        step TEXT
        reason TEXT NOT NULL
        message TEXT NOT NULL
        specter_number TEXT
        duration_ms INTEGER
        """,
        indexes=(
            Index("events_by_order", ("uid", "id")),
            Index("events_of_exports", ("id",), where="verb IN ('exported', 'number_entered', 'recovered')"),
            Index(
                "events_to_report",
                ("at", "id"),
                where="verb IN ('exported', 'number_entered', 'recovered', 'number_corrected', 'closed', 'reopened', "
                "'cancel_seen', 'cancel_withdrawn', 'cancelled_in_specter')",
            ),
        ),
        is_append_only=True,
        notifies="INSERT",
    ),
    Table(
        "calls",
        ("id",),
        """
        id INTEGER NOT NULL
        uid INTEGER NOT NULL
        at INTEGER NOT NULL
        action TEXT NOT NULL
        endpoint TEXT NOT NULL
        sent TEXT NOT NULL
        status INTEGER
        answer TEXT NOT NULL
        duration_ms INTEGER NOT NULL
        """,
        indexes=(Index("calls_by_order", ("uid", "id")),),
    ),
    Table(
        "leases",
        ("name",),
        """
        name KEY NOT NULL
        process TEXT NOT NULL
        until INTEGER NOT NULL
        holder TEXT NOT NULL
        """,
    ),
    # Locks that keep the customer call and the order call of one buyer together, in all programs on the journal.
    Table(
        "buyer_locks",
        ("key",),
        """
        key KEY NOT NULL
        token TEXT NOT NULL
        uid INTEGER NOT NULL
        locked_at INTEGER NOT NULL
        """,
        indexes=(Index("buyer_locks_by_order", ("uid",)),),
    ),
    Table(
        "cursors",
        ("name",),
        """
        name KEY NOT NULL
        value TEXT NOT NULL
        """,
    ),
    # Halts and stops apply to every program on the journal; ended ones stay as records. `statuses` counts the HTTP
    # statuses that opened and lengthened a halt; from `next_at` on one order may be tried. A stop with a `process` is a
    # program's own: it exempts that program, and ends with it.
    Table(
        "halts",
        ("id",),
        """
        id INTEGER NOT NULL
        status INTEGER NOT NULL
        message TEXT NOT NULL
        uid INTEGER NOT NULL
        begun_at INTEGER NOT NULL
        statuses INTEGER NOT NULL
        next_at INTEGER
        ended_at INTEGER
        ended_by TEXT
        ended_reason TEXT
        """,
        indexes=(Index("halts_open", where="ended_at IS NULL", is_unique=True),),
    ),
    Table(
        "stops",
        ("id",),
        """
        id INTEGER NOT NULL
        reason TEXT NOT NULL
        operator TEXT NOT NULL
        host TEXT NOT NULL
        begun_at INTEGER NOT NULL
        ended_at INTEGER
        ended_by TEXT
        ended_reason TEXT
        process TEXT
        until INTEGER
        """,
        indexes=(Index("stops_open", where="ended_at IS NULL", is_unique=True),),
        notifies="INSERT OR UPDATE",
    ),
    Table(
        "sent_articles",
        ("number",),
        """
        number KEY NOT NULL
        digest TEXT NOT NULL
        with_stock INTEGER NOT NULL
        sent_at INTEGER NOT NULL
        article_uid INTEGER
        variant_uid INTEGER
        """,
    ),
    Table(
        "refused_articles",
        ("number",),
        """
        number KEY NOT NULL
        digest TEXT NOT NULL
        message TEXT NOT NULL
        refused_at INTEGER NOT NULL
        """,
    ),
    # The shop's article numbers; `folded` is case-folded, to find numbers that several articles share.
    Table(
        "shop_numbers",
        ("article_uid", "variant_uid"),
        """
        article_uid INTEGER NOT NULL
        variant_uid INTEGER NOT NULL
        number TEXT NOT NULL
        folded KEY NOT NULL
        """,
        indexes=(Index("shop_numbers_by_number", ("folded", "article_uid", "variant_uid")),),
    ),
    Table(
        "batches",
        ("kind", "batch_no"),
        """
        kind KEY NOT NULL CHECK (kind IN ('stock', 'orders'))
        batch_no KEY NOT NULL
        begun_at INTEGER NOT NULL
        after_event INTEGER NOT NULL
        stored_at INTEGER
        rows INTEGER NOT NULL DEFAULT 0
        """,
    ),
    Table(
        "stock",
        ("article_number", "site"),
        """
        article_number KEY NOT NULL
        site KEY NOT NULL
        quantity TEXT NOT NULL
        fetched_at INTEGER NOT NULL
        after_event INTEGER NOT NULL
        batch_no TEXT NOT NULL
        """,
    ),
    # Rows of Specter's stock that only a person can settle.
    Table(
        "stock_rows",
        ("batch_no", "position"),
        """
        batch_no KEY NOT NULL
        position INTEGER NOT NULL
        article_number TEXT NOT NULL
        site TEXT NOT NULL
        quantity TEXT NOT NULL
        reason TEXT NOT NULL
        seen_at INTEGER NOT NULL
        done_at INTEGER
        done_by TEXT
        done_reason TEXT
        """,
    ),
    Table(
        "stock_to_write",
        ("article_number",),
        """
        article_number KEY NOT NULL
        mark INTEGER NOT NULL
        since INTEGER NOT NULL DEFAULT 0
        """,
        indexes=(Index("stock_to_write_by_mark", ("mark",)),),
        filled={"since": "mark"},
    ),
    Table(
        "written_stock",
        ("article_number",),
        """
        article_number KEY NOT NULL
        quantity INTEGER NOT NULL
        article_uid INTEGER NOT NULL
        variant_uid INTEGER
        written_at INTEGER NOT NULL
        """,
    ),
    Table(
        "unknown_stock",
        ("article_number",),
        """
        article_number KEY NOT NULL
        why TEXT NOT NULL
        seen_at INTEGER NOT NULL
        """,
    ),
    # `differs`: Specter has another total than was sent, and no person has looked at it.
    Table(
        "deliveries",
        ("specter_number",),
        """
        specter_number KEY NOT NULL
        delivered INTEGER NOT NULL
        cancelled INTEGER NOT NULL
        tracking TEXT NOT NULL
        seen_at INTEGER NOT NULL
        marked_at INTEGER
        problem TEXT NOT NULL DEFAULT ''
        total TEXT
        differs INTEGER NOT NULL DEFAULT 0
        """,
        indexes=(
            Index(
                "deliveries_to_mark",
                ("seen_at",),
                where="delivered = 1 AND cancelled = 0 AND marked_at IS NULL AND problem = ''",
            ),
            Index("deliveries_by_time", ("seen_at",)),
            Index("deliveries_that_differ", ("seen_at",), where="differs = 1"),
            Index("deliveries_for_person", ("seen_at",), where="cancelled = 1 OR problem <> ''"),
        ),
    ),
    Table(
        "drift_lines",
        ("id",),
        """
        id INTEGER NOT NULL
        uid INTEGER NOT NULL
        article_number KEY NOT NULL
        sent TEXT NOT NULL
        now TEXT NOT NULL
        seen_at INTEGER NOT NULL
        ticked_by TEXT
        ticked_at INTEGER
        kind KEY NOT NULL DEFAULT 'article' CHECK (kind IN ('article', 'address', 'method', 'fee', 'vat'))
        """,
        indexes=(
            Index("drift_lines_by_order", ("uid", "article_number", "id")),
            Index("drift_lines_open", ("uid", "kind", "article_number"), where="ticked_at IS NULL", is_unique=True),
        ),
    ),
    # Facts that the probe found; `accounts` names the shop and the Specter account for which each is valid.
    Table(
        "facts",
        ("name",),
        """
        name KEY NOT NULL
        accounts TEXT NOT NULL
        value TEXT NOT NULL
        step TEXT NOT NULL
        at INTEGER NOT NULL
        operator TEXT NOT NULL
        """,
    ),
    # The steps of the probe, each written before its first call; `subject` is the order that a step is about.
    Table(
        "probe_steps",
        ("step", "subject"),
        """
        step KEY NOT NULL
        subject KEY NOT NULL
        accounts TEXT NOT NULL
        begun_at INTEGER NOT NULL
        operator TEXT NOT NULL
        calls INTEGER NOT NULL DEFAULT 0
        ended_at INTEGER
        result TEXT
        record TEXT NOT NULL DEFAULT ''
        """,
    ),
)
