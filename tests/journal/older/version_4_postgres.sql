SET check_function_bodies = false;
CREATE SCHEMA specter_tui;
CREATE FUNCTION specter_tui.events_stay() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND current_setting('specter_tui.erasing', true) = 'on' THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION 'events are never altered or removed';
        END $$;
CREATE FUNCTION specter_tui.events_told() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
          PERFORM pg_notify('specter_tui', NEW.shop::text);
          RETURN NULL;
        END $$;
CREATE TABLE specter_tui.batches (
    shop bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    batch_no text NOT NULL COLLATE pg_catalog."C",
    begun_at bigint NOT NULL,
    after_event bigint NOT NULL,
    stored_at bigint,
    rows bigint DEFAULT 0 NOT NULL,
    CONSTRAINT batches_kind_check CHECK ((kind = ANY (ARRAY['stock'::text, 'orders'::text])))
);
CREATE TABLE specter_tui.calls (
    shop bigint NOT NULL,
    id bigint NOT NULL,
    uid bigint NOT NULL,
    at bigint NOT NULL,
    action text NOT NULL,
    endpoint text NOT NULL,
    sent text NOT NULL,
    status bigint,
    answer text NOT NULL,
    duration_ms bigint NOT NULL
);
CREATE TABLE specter_tui.cursors (
    shop bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL
);
CREATE TABLE specter_tui.deliveries (
    shop bigint NOT NULL,
    specter_number text NOT NULL COLLATE pg_catalog."C",
    delivered bigint NOT NULL,
    cancelled bigint NOT NULL,
    tracking text NOT NULL,
    seen_at bigint NOT NULL,
    marked_at bigint,
    problem text DEFAULT ''::text NOT NULL
);
CREATE TABLE specter_tui.drift_lines (
    shop bigint NOT NULL,
    id bigint NOT NULL,
    uid bigint NOT NULL,
    article_number text NOT NULL COLLATE pg_catalog."C",
    sent text NOT NULL,
    now text NOT NULL,
    seen_at bigint NOT NULL,
    ticked_by text,
    ticked_at bigint
);
CREATE TABLE specter_tui.events (
    shop bigint NOT NULL,
    id bigint NOT NULL,
    uid bigint NOT NULL,
    order_number text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    operator text NOT NULL,
    host text NOT NULL,
    verb text NOT NULL,
    from_state text,
    to_state text,
    step text,
    reason text NOT NULL,
    message text NOT NULL,
    specter_number text,
    duration_ms bigint
);
CREATE TABLE specter_tui.journal (
    shop bigint NOT NULL,
    id text NOT NULL,
    made_at bigint NOT NULL
);
CREATE TABLE specter_tui.leases (
    shop bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    process text NOT NULL,
    until bigint NOT NULL,
    holder text NOT NULL
);
CREATE TABLE specter_tui.migrations (
    number bigint NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE specter_tui.orders (
    shop bigint NOT NULL,
    uid bigint NOT NULL,
    order_number text NOT NULL COLLATE pg_catalog."C",
    external_no text,
    state text NOT NULL COLLATE pg_catalog."C",
    step text,
    customer_number text,
    specter_number text COLLATE pg_catalog."C",
    seen_number text,
    form_hash text,
    total text,
    currency text,
    ordered bigint,
    attempts bigint DEFAULT 0 NOT NULL,
    refusals bigint DEFAULT 0 NOT NULL,
    repeats bigint DEFAULT 0 NOT NULL,
    retry_at bigint,
    write_back text DEFAULT 'none'::text NOT NULL,
    drift bigint DEFAULT 0 NOT NULL,
    cancelled_in_shop bigint DEFAULT 0 NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    message text DEFAULT ''::text NOT NULL,
    holder text DEFAULT ''::text NOT NULL,
    claimed_at bigint,
    changed_at bigint NOT NULL,
    exported_at bigint,
    rates text,
    token text,
    lease_process text,
    lease_until bigint,
    before text,
    CONSTRAINT orders_check CHECK (((state = 'sending'::text) = (token IS NOT NULL))),
    CONSTRAINT orders_check1 CHECK (((state = 'exported'::text) = (specter_number IS NOT NULL))),
    CONSTRAINT orders_specter_number_check CHECK ((specter_number <> ''::text)),
    CONSTRAINT orders_state_check CHECK ((state = ANY (ARRAY['sending'::text, 'retry_later'::text, 'unknown'::text, 'refused'::text, 'exists'::text, 'exported'::text, 'closed'::text]))),
    CONSTRAINT orders_step_check CHECK ((step = ANY (ARRAY['customer'::text, 'order'::text]))),
    CONSTRAINT orders_write_back_check CHECK ((write_back = ANY (ARRAY['none'::text, 'due'::text, 'done'::text, 'conflict'::text])))
);
CREATE TABLE specter_tui.refused_articles (
    shop bigint NOT NULL,
    number text NOT NULL COLLATE pg_catalog."C",
    digest text NOT NULL,
    message text NOT NULL,
    refused_at bigint NOT NULL
);
CREATE TABLE specter_tui.sent_articles (
    shop bigint NOT NULL,
    number text NOT NULL COLLATE pg_catalog."C",
    digest text NOT NULL,
    with_stock bigint NOT NULL,
    sent_at bigint NOT NULL
);
CREATE TABLE specter_tui.sent_rows (
    shop bigint NOT NULL,
    uid bigint NOT NULL,
    "position" bigint NOT NULL,
    article_number text NOT NULL COLLATE pg_catalog."C",
    quantity text NOT NULL,
    unit_price text NOT NULL,
    vat_percent bigint NOT NULL
);
CREATE TABLE specter_tui.stock (
    shop bigint NOT NULL,
    article_number text NOT NULL COLLATE pg_catalog."C",
    site text NOT NULL COLLATE pg_catalog."C",
    quantity text NOT NULL,
    fetched_at bigint NOT NULL,
    after_event bigint NOT NULL,
    batch_no text NOT NULL
);
CREATE TABLE specter_tui.stock_to_write (
    shop bigint NOT NULL,
    article_number text NOT NULL COLLATE pg_catalog."C",
    mark bigint NOT NULL
);
CREATE TABLE specter_tui.unknown_stock (
    shop bigint NOT NULL,
    article_number text NOT NULL COLLATE pg_catalog."C",
    why text NOT NULL,
    seen_at bigint NOT NULL
);
CREATE TABLE specter_tui.written_stock (
    shop bigint NOT NULL,
    article_number text NOT NULL COLLATE pg_catalog."C",
    quantity bigint NOT NULL,
    article_uid bigint NOT NULL,
    variant_uid bigint,
    written_at bigint NOT NULL
);
INSERT INTO specter_tui.batches VALUES
	(4711, 'stock', 'b-1', 1796048930228942, 46, 1796048930240633, 3),
	(4711, 'stock', 'b-2', 1796048930258710, 46, NULL, 0),
	(4711, 'orders', 'o-1', 1796048930274981, 46, 1796048930281629, 3);
INSERT INTO specter_tui.calls VALUES
	(4711, 1, 150001, 1795428000000000, 'newOrderSubmit', '/order', '{"orderNo": "A-1"}', 200, 'answer', 345),
	(4711, 2, 150009, 1795428000000000, 'newOrderSubmit', '/order', '{"orderNo": "A-1"}', 200, 'answer', 345),
	(4711, 3, 150014, 1795428000000000, 'newOrderSubmit', '/order', '{"orderNo": "A-1"}', 200, 'answer', 345),
	(4711, 4, 150015, 1795428000000000, 'newOrderSubmit', '/order', '{"orderNo": "A-1"}', 200, 'answer', 345);
INSERT INTO specter_tui.cursors VALUES
	(4711, 'orders_seen_until', '2026-11-29T10:00:00+00:00');
INSERT INTO specter_tui.deliveries VALUES
	(4711, '90001', 1, 0, 'T-1', 1796048930281629, NULL, ''),
	(4711, '90009', 0, 1, '', 1796048930281629, NULL, ''),
	(4711, '4', 1, 0, '', 1796048930281629, NULL, ''),
	(4711, '90015', 1, 0, 'T-2', 1796048930321859, 1796048930332643, '');
INSERT INTO specter_tui.drift_lines VALUES
	(4711, 2, 150001, 'TAJ-1', '2', '3', 1796048930340752, NULL, NULL),
	(4711, 1, 150001, 'NY-1', '0', '1', 1796048930340752, 'alma@till', 1796048930361684);
INSERT INTO specter_tui.events VALUES
	(4711, 1, 150001, '1001', 1796048929787273, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 2, 150001, '1001', 1796048929799073, 'alma', 'till', 'customer_known', 'sending', 'sending', 'order', '', '', NULL, NULL),
	(4711, 3, 150001, '1001', 1796048929801882, 'alma', 'till', 'exported', 'sending', 'exported', 'order', '', '', '90001', 1000),
	(4711, 4, 150001, '1001', 1796048929807120, 'alma', 'till', 'write_back_done', 'exported', 'exported', 'order', '', '', '90001', NULL),
	(4711, 5, 150002, '1002', 1796048929814584, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 6, 150002, '1002', 1796048929822996, 'alma', 'till', 'customer_known', 'sending', 'sending', 'order', '', '', NULL, NULL),
	(4711, 7, 150002, '1002', 1796048929825527, 'alma', 'till', 'unknown', 'sending', 'unknown', 'order', '', 'the answer never came', NULL, NULL),
	(4711, 8, 150003, '1003', 1796048929833001, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 9, 150003, '1003', 1796048929836985, 'alma', 'till', 'unknown', 'sending', 'unknown', 'customer', '', 'customer call lost', NULL, NULL),
	(4711, 10, 150004, '1004', 1796048929839499, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 11, 150004, '1004', 1796048929842251, 'alma', 'till', 'retry_later', 'sending', 'retry_later', 'customer', '', 'Specter cannot be reached', NULL, NULL),
	(4711, 12, 150005, '1005', 1796048929845540, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 13, 150005, '1005', 1796048929850269, 'alma', 'till', 'customer_known', 'sending', 'sending', 'order', '', '', NULL, NULL),
	(4711, 14, 150005, '1005', 1796048929852178, 'alma', 'till', 'refused', 'sending', 'refused', 'order', '4', 'article S-1 is not known', NULL, NULL),
	(4711, 15, 150006, '1006', 1796048929854868, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 16, 150006, '1006', 1796048929864512, 'alma', 'till', 'customer_known', 'sending', 'sending', 'order', '', '', NULL, NULL),
	(4711, 17, 150006, '1006', 1796048929868489, 'alma', 'till', 'exists', 'sending', 'exists', 'order', '', 'exists already', '90006', NULL),
	(4711, 18, 150007, '1007', 1796048929871761, 'alma', 'till', 'closed', NULL, 'closed', NULL, 'done by hand', '', NULL, NULL),
	(4711, 19, 150008, '1008', 1796048929882985, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 20, 150008, '1008', 1796048929888437, 'alma', 'till', 'customer_known', 'sending', 'sending', 'order', '', '', NULL, NULL),
	(4711, 21, 150009, '1009', 1796048929896652, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 22, 150009, '1009', 1796048929901258, 'alma', 'till', 'customer_known', 'sending', 'sending', 'order', '', '', NULL, NULL),
	(4711, 23, 150009, '1009', 1796048929916614, 'alma', 'till', 'exported', 'sending', 'exported', 'order', '', '', '90009', 1000),
	(4711, 24, 150010, '1010', 1796048929928789, 'alma', 'till', 'imported', NULL, 'exported', NULL, '', '', '90010', NULL),
	(4711, 25, 150011, '1011', 1796048929941166, 'alma', 'till', 'number_entered', NULL, 'exported', NULL, '', '', '90011', NULL),
	(4711, 26, 150012, '1012', 1796048929958392, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 27, 150012, '1012', 1796048929960878, 'alma', 'till', 'customer_known', 'sending', 'sending', 'order', '', '', NULL, NULL),
	(4711, 28, 150012, '1012', 1796048929979822, 'alma', 'till', 'unknown', 'sending', 'unknown', 'order', '', 'lost', NULL, NULL),
	(4711, 29, 150012, '1012', 1796048929989640, 'alma', 'till', 'closed', 'unknown', 'closed', 'order', 'found in Specter', '', NULL, NULL),
	(4711, 30, 150013, '1013', 1796048930001484, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 31, 150014, '1014', 1796048930004260, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 32, 150014, '1014', 1796048930024376, 'alma', 'till', 'customer_known', 'sending', 'sending', 'order', '', '', NULL, NULL),
	(4711, 33, 150014, '1014', 1796048930027457, 'alma', 'till', 'exported', 'sending', 'exported', 'order', '', '', '90014', 1000),
	(4711, 34, 150014, '1014', 1796048930036440, 'alma', 'till', 'write_back_conflict', 'exported', 'exported', 'order', '', '5555', '90014', NULL),
	(4711, 35, 150015, '1015', 1796048930044456, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 36, 150015, '1015', 1796048930072326, 'alma', 'till', 'customer_known', 'sending', 'sending', 'order', '', '', NULL, NULL),
	(4711, 37, 150015, '1015', 1796048930081953, 'alma', 'till', 'exported', 'sending', 'exported', 'order', '', '', '90015', 1000),
	(4711, 38, 150015, '1015', 1796048930088179, 'alma', 'till', 'write_back_done', 'exported', 'exported', 'order', '', '', '90015', NULL),
	(4711, 39, 150015, '1015', 1796048930097524, 'alma', 'till', 'cancel_seen', 'exported', 'exported', 'order', '', '', NULL, NULL),
	(4711, 40, 150016, '1016', 1796048930104279, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 41, 150016, '1016', 1796048930114746, 'alma', 'till', 'customer_known', 'sending', 'sending', 'order', '', '', NULL, NULL),
	(4711, 42, 150016, '1016', 1796048930131400, 'alma', 'till', 'retry_later', 'sending', 'retry_later', 'order', 'halted', 'no room', NULL, NULL),
	(4711, 43, 150017, '1017', 1796048930144419, 'alma', 'till', 'claimed', NULL, 'sending', 'customer', '', '', NULL, NULL),
	(4711, 44, 150017, '1017', 1796048930147895, 'alma', 'till', 'customer_known', 'sending', 'sending', 'order', '', '', NULL, NULL),
	(4711, 45, 150017, '1017', 1796048930173570, 'alma', 'till', 'refused', 'sending', 'refused', 'order', '2', 'bad', NULL, NULL),
	(4711, 46, 150017, '1017', 1796048930192888, 'alma', 'till', 'reclaimed', 'refused', 'sending', 'order', 'again', '', NULL, NULL),
	(4711, 47, 150001, '1001', 1796048930281629, 'alma', 'till', 'delivered', 'exported', 'exported', 'order', '', '', '90001', NULL),
	(4711, 48, 150009, '1009', 1796048930281629, 'alma', 'till', 'cancelled_in_specter', 'exported', 'exported', 'order', '', '', '90009', NULL),
	(4711, 49, 150015, '1015', 1796048930321859, 'alma', 'till', 'delivered', 'exported', 'exported', 'order', '', '', '90015', NULL),
	(4711, 50, 150015, '1015', 1796048930332643, 'alma', 'till', 'delivery_marked', 'exported', 'exported', 'order', '', '', '90015', NULL),
	(4711, 51, 150001, '1001', 1796048930340752, 'alma', 'till', 'drift_seen', 'exported', 'exported', 'order', '', 'NY-1: 0 > 1; TAJ-1: 2 > 3', NULL, NULL),
	(4711, 52, 150001, '1001', 1796048930361684, 'alma', 'till', 'drift_ticked', 'exported', 'exported', 'order', '', 'NY-1: 0 > 1', NULL, NULL);
INSERT INTO specter_tui.journal VALUES
	(4711, '8f6c1c5605a5fb8f20b2c07d3339823c', 1796048929778330);
INSERT INTO specter_tui.leases VALUES
	(4711, 'watch', 'acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2637/2978419', 1796049050376, 'alma@till'),
	(4711, 'sync', 'acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2637/2978419', 1796049050441, 'bo@lager');
INSERT INTO specter_tui.migrations VALUES
	(4, '2026-11-30 14:28:49.630362+00');
INSERT INTO specter_tui.orders VALUES
	(4711, 150002, '1002', 'A-1002', 'unknown', 'order', '4712', NULL, NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 0, 0, NULL, 'none', 0, 0, '', 'the answer never came', 'alma@till', 1796048929814584, 1796048929825527, NULL, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', NULL, NULL, NULL, NULL),
	(4711, 150003, '1003', 'A-1003', 'unknown', 'customer', NULL, NULL, NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 0, 0, NULL, 'none', 0, 0, '', 'customer call lost', 'alma@till', 1796048929833001, 1796048929836985, NULL, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', NULL, NULL, NULL, NULL),
	(4711, 150004, '1004', 'A-1004', 'retry_later', 'customer', NULL, NULL, NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 0, 0, 1796022000000000, 'none', 0, 0, '', 'Specter cannot be reached', 'alma@till', 1796048929839499, 1796048929842251, NULL, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', NULL, NULL, NULL, NULL),
	(4711, 150015, '1015', 'A-1015', 'exported', 'order', '4719', '90015', NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 0, 0, NULL, 'done', 0, 1, '', '', 'alma@till', 1796048930044456, 1796048930097524, 1796048930081953, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', NULL, NULL, NULL, NULL),
	(4711, 150005, '1005', 'A-1005', 'refused', 'order', '4713', NULL, NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 1, 0, NULL, 'none', 0, 0, '4', 'article S-1 is not known', 'alma@till', 1796048929845540, 1796048929852178, NULL, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', NULL, NULL, NULL, NULL),
	(4711, 150012, '1012', 'A-1012', 'closed', 'order', '4717', NULL, NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 0, 0, NULL, 'none', 0, 0, 'found in Specter', '', 'alma@till', 1796048929958392, 1796048929989640, NULL, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', NULL, NULL, NULL, '{"state": "unknown", "step": "order", "customer_number": "4717", "form_hash": "hash-1", "total": "487.50", "currency": "SEK", "ordered": 1795426215123456, "rates": "[[25, \"350.00\", \"87.50\"], [0, \"50.00\", \"0\"]]", "attempts": 1, "refusals": 0, "repeats": 0, "retry_at": null, "reason": "", "message": "lost", "rows": [[0, "TAJ-1", "2", "175.00", 25], [1, "FRAKT", "1.5", "33.333333", 0]]}'),
	(4711, 150006, '1006', 'A-1006', 'exists', 'order', '4714', NULL, '90006', 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 0, 0, NULL, 'none', 0, 0, '', 'exists already', 'alma@till', 1796048929854868, 1796048929868489, NULL, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', NULL, NULL, NULL, NULL),
	(4711, 150007, '1007', NULL, 'closed', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, NULL, 'none', 0, 0, 'done by hand', '', '', NULL, 1796048929871761, NULL, NULL, NULL, NULL, NULL, NULL),
	(4711, 150008, '1008', 'A-1008', 'sending', 'order', '4715', NULL, NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 0, 0, NULL, 'none', 0, 0, '', '', 'alma@till', 1796048929882985, 1796048929888437, NULL, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', '3b4ef76ede1001d136a90bd8408a02cd', 'acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2637/2978419', 1796049049882, NULL),
	(4711, 150013, '1013', 'A-1013', 'sending', 'customer', NULL, NULL, NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 0, 0, NULL, 'none', 0, 0, '', '', 'alma@till', 1796048930001484, 1796048930001484, NULL, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', '482f33c449e08770adc4aa9994c1c084', 'acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2637/2978419', 1796049050001, NULL),
	(4711, 150009, '1009', 'A-1009', 'exported', 'order', '4716', '90009', NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 0, 0, NULL, 'due', 0, 0, '', '', 'alma@till', 1796048929896652, 1796048929916614, 1796048929916614, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', NULL, NULL, NULL, NULL),
	(4711, 150010, '1010', NULL, 'exported', NULL, NULL, '90010', NULL, NULL, NULL, NULL, NULL, 0, 0, 0, NULL, 'none', 0, 0, '', '', '', NULL, 1796048929928789, 1796048929928789, NULL, NULL, NULL, NULL, NULL),
	(4711, 150011, '1011', NULL, 'exported', NULL, NULL, '90011', NULL, NULL, NULL, NULL, NULL, 0, 0, 0, NULL, 'due', 0, 0, '', '', '', NULL, 1796048929941166, 1796048929941166, NULL, NULL, NULL, NULL, NULL),
	(4711, 150014, '1014', 'A-1014', 'exported', 'order', '4718', '90014', NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 0, 0, NULL, 'conflict', 0, 0, 'write_back_conflict', '5555', 'alma@till', 1796048930004260, 1796048930036440, 1796048930027457, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', NULL, NULL, NULL, NULL),
	(4711, 150001, '1001', 'A-1001', 'exported', 'order', '4711', '90001', NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 0, 0, NULL, 'done', 1, 0, '', '', 'alma@till', 1796048929787273, 1796048930340752, 1796048929801882, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', NULL, NULL, NULL, NULL),
	(4711, 150016, '1016', 'A-1016', 'retry_later', 'order', '4720', NULL, NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 1, 0, 0, 1796048930129079, 'none', 0, 0, 'halted', 'no room', 'alma@till', 1796048930104279, 1796048930131400, NULL, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', NULL, NULL, NULL, NULL),
	(4711, 150017, '1017', 'A-1017', 'sending', 'order', '4721', NULL, NULL, 'hash-1', '487.50', 'SEK', 1795426215123456, 2, 1, 0, NULL, 'none', 0, 0, 'again', '', 'alma@till', 1796048930192888, 1796048930192888, NULL, '[[25, "350.00", "87.50"], [0, "50.00", "0"]]', '6528b1e8f7452ccfed6b29df44e28903', 'acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2637/2978419', 1796049050192, '{"state": "refused", "step": "order", "customer_number": "4721", "form_hash": "hash-1", "total": "487.50", "currency": "SEK", "ordered": 1795426215123456, "rates": "[[25, \"350.00\", \"87.50\"], [0, \"50.00\", \"0\"]]", "attempts": 1, "refusals": 1, "repeats": 0, "retry_at": null, "reason": "2", "message": "bad", "rows": [[0, "TAJ-1", "2", "175.00", 25], [1, "FRAKT", "1.5", "33.333333", 0]]}');
INSERT INTO specter_tui.refused_articles VALUES
	(4711, 'A-9', 'digest-3', 'no such unit', 1796048930227042);
INSERT INTO specter_tui.sent_articles VALUES
	(4711, 'S-1', 'digest', 1, 1796048930217713),
	(4711, 'TAJ-1', 'digest-2', 0, 1796048930217713);
INSERT INTO specter_tui.sent_rows VALUES
	(4711, 150001, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150001, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150002, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150002, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150003, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150003, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150004, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150004, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150005, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150005, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150006, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150006, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150008, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150008, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150009, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150009, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150012, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150012, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150013, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150013, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150014, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150014, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150015, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150015, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150016, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150016, 1, 'FRAKT', '1.5', '33.333333', 0),
	(4711, 150017, 0, 'TAJ-1', '2', '175.00', 25),
	(4711, 150017, 1, 'FRAKT', '1.5', '33.333333', 0);
INSERT INTO specter_tui.stock VALUES
	(4711, 'TAJ-1', '1', '5', 1796048930240633, 46, 'b-1'),
	(4711, 'S-1', '', '2.5', 1796048930240633, 46, 'b-1'),
	(4711, 'X-1', '2', '9', 1796048930240633, 46, 'b-1');
INSERT INTO specter_tui.stock_to_write VALUES
	(4711, 'S-1', 1796048930240633),
	(4711, 'X-1', 1796048930240633),
	(4711, 'TAJ-1', 1796048930270062);
INSERT INTO specter_tui.unknown_stock VALUES
	(4711, 'X-1', 'no such article', 1796048930268084);
INSERT INTO specter_tui.written_stock VALUES
	(4711, 'S-1', 2, 77, NULL, 1796048930260528);
ALTER TABLE ONLY specter_tui.batches
    ADD CONSTRAINT batches_pkey PRIMARY KEY (shop, kind, batch_no);
ALTER TABLE ONLY specter_tui.calls
    ADD CONSTRAINT calls_pkey PRIMARY KEY (shop, id);
ALTER TABLE ONLY specter_tui.cursors
    ADD CONSTRAINT cursors_pkey PRIMARY KEY (shop, name);
ALTER TABLE ONLY specter_tui.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (shop, specter_number);
ALTER TABLE ONLY specter_tui.drift_lines
    ADD CONSTRAINT drift_lines_pkey PRIMARY KEY (shop, id);
ALTER TABLE ONLY specter_tui.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (shop, id);
ALTER TABLE ONLY specter_tui.journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY (shop);
ALTER TABLE ONLY specter_tui.leases
    ADD CONSTRAINT leases_pkey PRIMARY KEY (shop, name);
ALTER TABLE ONLY specter_tui.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (number);
ALTER TABLE ONLY specter_tui.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (shop, uid);
ALTER TABLE ONLY specter_tui.refused_articles
    ADD CONSTRAINT refused_articles_pkey PRIMARY KEY (shop, number);
ALTER TABLE ONLY specter_tui.sent_articles
    ADD CONSTRAINT sent_articles_pkey PRIMARY KEY (shop, number);
ALTER TABLE ONLY specter_tui.sent_rows
    ADD CONSTRAINT sent_rows_pkey PRIMARY KEY (shop, uid, "position");
ALTER TABLE ONLY specter_tui.stock
    ADD CONSTRAINT stock_pkey PRIMARY KEY (shop, article_number, site);
ALTER TABLE ONLY specter_tui.stock_to_write
    ADD CONSTRAINT stock_to_write_pkey PRIMARY KEY (shop, article_number);
ALTER TABLE ONLY specter_tui.unknown_stock
    ADD CONSTRAINT unknown_stock_pkey PRIMARY KEY (shop, article_number);
ALTER TABLE ONLY specter_tui.written_stock
    ADD CONSTRAINT written_stock_pkey PRIMARY KEY (shop, article_number);
CREATE INDEX calls_by_order ON specter_tui.calls USING btree (shop, uid, id);
CREATE INDEX deliveries_to_mark ON specter_tui.deliveries USING btree (shop, seen_at) WHERE ((delivered = 1) AND (cancelled = 0) AND (marked_at IS NULL) AND (problem = ''::text));
CREATE INDEX drift_lines_by_order ON specter_tui.drift_lines USING btree (shop, uid, article_number, id);
CREATE UNIQUE INDEX drift_lines_open ON specter_tui.drift_lines USING btree (shop, uid, article_number) WHERE (ticked_at IS NULL);
CREATE INDEX events_by_order ON specter_tui.events USING btree (shop, uid, id);
CREATE INDEX events_of_exports ON specter_tui.events USING btree (shop, id) WHERE (verb = ANY (ARRAY['exported'::text, 'number_entered'::text, 'recovered'::text]));
CREATE INDEX orders_by_number ON specter_tui.orders USING btree (shop, order_number);
CREATE UNIQUE INDEX orders_by_specter_number ON specter_tui.orders USING btree (shop, specter_number) WHERE (state = 'exported'::text);
CREATE INDEX orders_by_state ON specter_tui.orders USING btree (shop, state, uid);
CREATE INDEX orders_by_time ON specter_tui.orders USING btree (shop, ordered);
CREATE INDEX orders_to_write_back ON specter_tui.orders USING btree (shop, exported_at) WHERE (write_back = 'due'::text);
CREATE INDEX sent_rows_by_article ON specter_tui.sent_rows USING btree (shop, article_number);
CREATE INDEX stock_to_write_by_mark ON specter_tui.stock_to_write USING btree (shop, mark);
CREATE TRIGGER events_stay BEFORE DELETE OR UPDATE ON specter_tui.events FOR EACH ROW EXECUTE FUNCTION specter_tui.events_stay();
CREATE TRIGGER events_told AFTER INSERT ON specter_tui.events FOR EACH ROW EXECUTE FUNCTION specter_tui.events_told();
ALTER TABLE ONLY specter_tui.sent_rows
    ADD CONSTRAINT sent_rows_shop_uid_fkey FOREIGN KEY (shop, uid) REFERENCES specter_tui.orders(shop, uid) ON DELETE CASCADE;
