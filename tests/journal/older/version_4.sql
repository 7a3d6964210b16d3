PRAGMA application_id = 1399878771;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'journal','0001_orders_and_events','2026-11-30 14:28:46.889522+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'journal','0002_goods','2026-11-30 14:28:46.918346+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'journal','0003_calls','2026-11-30 14:28:46.923820+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'journal','0004_shop_first','2026-11-30 14:28:46.986073+00:00');
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
INSERT INTO "batches" VALUES(4711,'orders','o-1',1796048927337823,46,1796048927338827,3);
INSERT INTO "batches" VALUES(4711,'stock','b-1',1796048927328891,46,1796048927329491,3);
INSERT INTO "batches" VALUES(4711,'stock','b-2',1796048927332197,46,NULL,0);
CREATE TABLE "calls" (
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
INSERT INTO "calls" VALUES(4711,1,150001,1795428000000000,'newOrderSubmit','/order','{"orderNo": "A-1"}',200,'answer',345);
INSERT INTO "calls" VALUES(4711,2,150009,1795428000000000,'newOrderSubmit','/order','{"orderNo": "A-1"}',200,'answer',345);
INSERT INTO "calls" VALUES(4711,3,150014,1795428000000000,'newOrderSubmit','/order','{"orderNo": "A-1"}',200,'answer',345);
INSERT INTO "calls" VALUES(4711,4,150015,1795428000000000,'newOrderSubmit','/order','{"orderNo": "A-1"}',200,'answer',345);
CREATE TABLE cursors (
          shop INTEGER NOT NULL,
          name TEXT NOT NULL,
          value TEXT NOT NULL,
          PRIMARY KEY (shop, name)
        ) STRICT, WITHOUT ROWID;
INSERT INTO "cursors" VALUES(4711,'orders_seen_until','2026-11-29T10:00:00+00:00');
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
INSERT INTO "deliveries" VALUES(4711,'4',1,0,'',1796048927339245,NULL,'');
INSERT INTO "deliveries" VALUES(4711,'90001',1,0,'T-1',1796048927338897,NULL,'');
INSERT INTO "deliveries" VALUES(4711,'90009',0,1,'',1796048927339160,NULL,'');
INSERT INTO "deliveries" VALUES(4711,'90015',1,0,'T-2',1796048927342725,1796048927344595,'');
CREATE TABLE "drift_lines" (
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
INSERT INTO "drift_lines" VALUES(4711,1,150001,'NY-1','0','1',1796048927346261,'alma@till',1796048927348643);
INSERT INTO "drift_lines" VALUES(4711,2,150001,'TAJ-1','2','3',1796048927346338,NULL,NULL);
CREATE TABLE "events" (
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
INSERT INTO "events" VALUES(4711,1,150001,'1001',1796048927037872,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,2,150001,'1001',1796048927045074,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,3,150001,'1001',1796048927056718,'alma','till','exported','sending','exported','order','','','90001',1000);
INSERT INTO "events" VALUES(4711,4,150001,'1001',1796048927059382,'alma','till','write_back_done','exported','exported','order','','','90001',NULL);
INSERT INTO "events" VALUES(4711,5,150002,'1002',1796048927071401,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,6,150002,'1002',1796048927074982,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,7,150002,'1002',1796048927076609,'alma','till','unknown','sending','unknown','order','','the answer never came',NULL,NULL);
INSERT INTO "events" VALUES(4711,8,150003,'1003',1796048927086258,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,9,150003,'1003',1796048927087270,'alma','till','unknown','sending','unknown','customer','','customer call lost',NULL,NULL);
INSERT INTO "events" VALUES(4711,10,150004,'1004',1796048927096128,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,11,150004,'1004',1796048927100645,'alma','till','retry_later','sending','retry_later','customer','','Specter cannot be reached',NULL,NULL);
INSERT INTO "events" VALUES(4711,12,150005,'1005',1796048927103986,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,13,150005,'1005',1796048927112701,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,14,150005,'1005',1796048927120760,'alma','till','refused','sending','refused','order','4','article S-1 is not known',NULL,NULL);
INSERT INTO "events" VALUES(4711,15,150006,'1006',1796048927126072,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,16,150006,'1006',1796048927136663,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,17,150006,'1006',1796048927140233,'alma','till','exists','sending','exists','order','','exists already','90006',NULL);
INSERT INTO "events" VALUES(4711,18,150007,'1007',1796048927144624,'alma','till','closed',NULL,'closed',NULL,'done by hand','',NULL,NULL);
INSERT INTO "events" VALUES(4711,19,150008,'1008',1796048927151185,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,20,150008,'1008',1796048927166947,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,21,150009,'1009',1796048927171411,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,22,150009,'1009',1796048927181512,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,23,150009,'1009',1796048927184744,'alma','till','exported','sending','exported','order','','','90009',1000);
INSERT INTO "events" VALUES(4711,24,150010,'1010',1796048927194320,'alma','till','imported',NULL,'exported',NULL,'','','90010',NULL);
INSERT INTO "events" VALUES(4711,25,150011,'1011',1796048927195623,'alma','till','number_entered',NULL,'exported',NULL,'','','90011',NULL);
INSERT INTO "events" VALUES(4711,26,150012,'1012',1796048927203343,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,27,150012,'1012',1796048927209302,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,28,150012,'1012',1796048927213515,'alma','till','unknown','sending','unknown','order','','lost',NULL,NULL);
INSERT INTO "events" VALUES(4711,29,150012,'1012',1796048927215920,'alma','till','closed','unknown','closed','order','found in Specter','',NULL,NULL);
INSERT INTO "events" VALUES(4711,30,150013,'1013',1796048927219966,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,31,150014,'1014',1796048927228749,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,32,150014,'1014',1796048927236652,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,33,150014,'1014',1796048927242504,'alma','till','exported','sending','exported','order','','','90014',1000);
INSERT INTO "events" VALUES(4711,34,150014,'1014',1796048927246168,'alma','till','write_back_conflict','exported','exported','order','','5555','90014',NULL);
INSERT INTO "events" VALUES(4711,35,150015,'1015',1796048927247916,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,36,150015,'1015',1796048927264802,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,37,150015,'1015',1796048927272833,'alma','till','exported','sending','exported','order','','','90015',1000);
INSERT INTO "events" VALUES(4711,38,150015,'1015',1796048927280626,'alma','till','write_back_done','exported','exported','order','','','90015',NULL);
INSERT INTO "events" VALUES(4711,39,150015,'1015',1796048927284210,'alma','till','cancel_seen','exported','exported','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,40,150016,'1016',1796048927290356,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,41,150016,'1016',1796048927292247,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,42,150016,'1016',1796048927301686,'alma','till','retry_later','sending','retry_later','order','halted','no room',NULL,NULL);
INSERT INTO "events" VALUES(4711,43,150017,'1017',1796048927304965,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,44,150017,'1017',1796048927307598,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,45,150017,'1017',1796048927316608,'alma','till','refused','sending','refused','order','2','bad',NULL,NULL);
INSERT INTO "events" VALUES(4711,46,150017,'1017',1796048927319408,'alma','till','reclaimed','refused','sending','order','again','',NULL,NULL);
INSERT INTO "events" VALUES(4711,47,150001,'1001',1796048927339067,'alma','till','delivered','exported','exported','order','','','90001',NULL);
INSERT INTO "events" VALUES(4711,48,150009,'1009',1796048927339207,'alma','till','cancelled_in_specter','exported','exported','order','','','90009',NULL);
INSERT INTO "events" VALUES(4711,49,150015,'1015',1796048927342818,'alma','till','delivered','exported','exported','order','','','90015',NULL);
INSERT INTO "events" VALUES(4711,50,150015,'1015',1796048927344758,'alma','till','delivery_marked','exported','exported','order','','','90015',NULL);
INSERT INTO "events" VALUES(4711,51,150001,'1001',1796048927346387,'alma','till','drift_seen','exported','exported','order','','NY-1: 0 > 1; TAJ-1: 2 > 3',NULL,NULL);
INSERT INTO "events" VALUES(4711,52,150001,'1001',1796048927348792,'alma','till','drift_ticked','exported','exported','order','','NY-1: 0 > 1',NULL,NULL);
CREATE TABLE journal (id TEXT NOT NULL, shop INTEGER NOT NULL PRIMARY KEY, made_at INTEGER NOT NULL) STRICT;
INSERT INTO "journal" VALUES('d8df2080d55d5e684c0a204f9c865561',4711,1796048927010707);
CREATE TABLE leases (
          shop INTEGER NOT NULL,
          name TEXT NOT NULL,
          process TEXT NOT NULL,
          until INTEGER NOT NULL,
          holder TEXT NOT NULL,
          PRIMARY KEY (shop, name)
        ) STRICT, WITHOUT ROWID;
INSERT INTO "leases" VALUES(4711,'sync','acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2637/2978419',29906155,'bo@lager');
INSERT INTO "leases" VALUES(4711,'watch','acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2637/2978419',29906145,'alma@till');
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
INSERT INTO "orders" VALUES(4711,150001,'1001','A-1001','exported','order','4711','90001',NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'done',1,0,'','','alma@till',1796048927037872,1796048927346387,1796048927056718,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150002,'1002','A-1002','unknown','order','4712',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'','the answer never came','alma@till',1796048927071401,1796048927076609,NULL,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150003,'1003','A-1003','unknown','customer',NULL,NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'','customer call lost','alma@till',1796048927086258,1796048927087270,NULL,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150004,'1004','A-1004','retry_later','customer',NULL,NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,1796022000000000,'none',0,0,'','Specter cannot be reached','alma@till',1796048927096128,1796048927100645,NULL,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150005,'1005','A-1005','refused','order','4713',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,1,0,NULL,'none',0,0,'4','article S-1 is not known','alma@till',1796048927103986,1796048927120760,NULL,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150006,'1006','A-1006','exists','order','4714',NULL,'90006','hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'','exists already','alma@till',1796048927126072,1796048927140233,NULL,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150007,'1007',NULL,'closed',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,NULL,'none',0,0,'done by hand','','',NULL,1796048927144624,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150008,'1008','A-1008','sending','order','4715',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'','','alma@till',1796048927151185,1796048927166947,NULL,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]','fa9428292a3fdf6be592afccbdcd4ae3','acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2637/2978419',29905946,NULL);
INSERT INTO "orders" VALUES(4711,150009,'1009','A-1009','exported','order','4716','90009',NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'due',0,0,'','','alma@till',1796048927171411,1796048927184744,1796048927184744,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150010,'1010',NULL,'exported',NULL,NULL,'90010',NULL,NULL,NULL,NULL,NULL,0,0,0,NULL,'none',0,0,'','','',NULL,1796048927194320,1796048927194320,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150011,'1011',NULL,'exported',NULL,NULL,'90011',NULL,NULL,NULL,NULL,NULL,0,0,0,NULL,'due',0,0,'','','',NULL,1796048927195623,1796048927195623,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150012,'1012','A-1012','closed','order','4717',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'found in Specter','','alma@till',1796048927203343,1796048927215920,NULL,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,'{"state": "unknown", "step": "order", "customer_number": "4717", "form_hash": "hash-1", "total": "487.50", "currency": "SEK", "ordered": 1795426215123456, "rates": "[[25, \"350.00\", \"87.50\"], [0, \"50.00\", \"0\"]]", "attempts": 1, "refusals": 0, "repeats": 0, "retry_at": null, "reason": "", "message": "lost", "rows": [[0, "TAJ-1", "2", "175.00", 25], [1, "FRAKT", "1.5", "33.333333", 0]]}');
INSERT INTO "orders" VALUES(4711,150013,'1013','A-1013','sending','customer',NULL,NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'','','alma@till',1796048927219966,1796048927219966,NULL,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]','fc28cb3783651f653fa434ca3a7211f7','acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2637/2978419',29906015,NULL);
INSERT INTO "orders" VALUES(4711,150014,'1014','A-1014','exported','order','4718','90014',NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'conflict',0,0,'write_back_conflict','5555','alma@till',1796048927228749,1796048927246168,1796048927242504,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150015,'1015','A-1015','exported','order','4719','90015',NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'done',0,1,'','','alma@till',1796048927247916,1796048927284210,1796048927272833,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150016,'1016','A-1016','retry_later','order','4720',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,1796048927301674,'none',0,0,'halted','no room','alma@till',1796048927290356,1796048927301686,NULL,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]',NULL,NULL,NULL,NULL);
INSERT INTO "orders" VALUES(4711,150017,'1017','A-1017','sending','order','4721',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,2,1,0,NULL,'none',0,0,'again','','alma@till',1796048927319408,1796048927319408,NULL,'[[25, "350.00", "87.50"], [0, "50.00", "0"]]','95132402e9098f4aefd130c376d10d40','acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2637/2978419',29906114,'{"state": "refused", "step": "order", "customer_number": "4721", "form_hash": "hash-1", "total": "487.50", "currency": "SEK", "ordered": 1795426215123456, "rates": "[[25, \"350.00\", \"87.50\"], [0, \"50.00\", \"0\"]]", "attempts": 1, "refusals": 1, "repeats": 0, "retry_at": null, "reason": "2", "message": "bad", "rows": [[0, "TAJ-1", "2", "175.00", 25], [1, "FRAKT", "1.5", "33.333333", 0]]}');
CREATE TABLE refused_articles (
      shop INTEGER NOT NULL,
      number TEXT NOT NULL,
      digest TEXT NOT NULL,
      message TEXT NOT NULL,
      refused_at INTEGER NOT NULL,
      PRIMARY KEY (shop, number)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "refused_articles" VALUES(4711,'A-9','digest-3','no such unit',1796048927328056);
CREATE TABLE sent_articles (
      shop INTEGER NOT NULL,
      number TEXT NOT NULL,
      digest TEXT NOT NULL,
      with_stock INTEGER NOT NULL,
      sent_at INTEGER NOT NULL,
      PRIMARY KEY (shop, number)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "sent_articles" VALUES(4711,'S-1','digest',1,1796048927326237);
INSERT INTO "sent_articles" VALUES(4711,'TAJ-1','digest-2',0,1796048927326237);
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
INSERT INTO "sent_rows" VALUES(4711,150003,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150003,1,'FRAKT','1.5','33.333333',0);
INSERT INTO "sent_rows" VALUES(4711,150004,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150004,1,'FRAKT','1.5','33.333333',0);
INSERT INTO "sent_rows" VALUES(4711,150005,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150005,1,'FRAKT','1.5','33.333333',0);
INSERT INTO "sent_rows" VALUES(4711,150006,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150006,1,'FRAKT','1.5','33.333333',0);
INSERT INTO "sent_rows" VALUES(4711,150008,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150008,1,'FRAKT','1.5','33.333333',0);
INSERT INTO "sent_rows" VALUES(4711,150009,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150009,1,'FRAKT','1.5','33.333333',0);
INSERT INTO "sent_rows" VALUES(4711,150012,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150012,1,'FRAKT','1.5','33.333333',0);
INSERT INTO "sent_rows" VALUES(4711,150013,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150013,1,'FRAKT','1.5','33.333333',0);
INSERT INTO "sent_rows" VALUES(4711,150014,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150014,1,'FRAKT','1.5','33.333333',0);
INSERT INTO "sent_rows" VALUES(4711,150015,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150015,1,'FRAKT','1.5','33.333333',0);
INSERT INTO "sent_rows" VALUES(4711,150016,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150016,1,'FRAKT','1.5','33.333333',0);
INSERT INTO "sent_rows" VALUES(4711,150017,0,'TAJ-1','2','175.00',25);
INSERT INTO "sent_rows" VALUES(4711,150017,1,'FRAKT','1.5','33.333333',0);
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
INSERT INTO "stock" VALUES(4711,'S-1','','2.5',1796048927329639,46,'b-1');
INSERT INTO "stock" VALUES(4711,'TAJ-1','1','5',1796048927329639,46,'b-1');
INSERT INTO "stock" VALUES(4711,'X-1','2','9',1796048927329639,46,'b-1');
CREATE TABLE stock_to_write (
      shop INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      mark INTEGER NOT NULL,
      PRIMARY KEY (shop, article_number)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "stock_to_write" VALUES(4711,'S-1',1796048927329773);
INSERT INTO "stock_to_write" VALUES(4711,'X-1',1796048927329773);
INSERT INTO "stock_to_write" VALUES(4711,'TAJ-1',1796048927337334);
CREATE TABLE unknown_stock (
      shop INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      why TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      PRIMARY KEY (shop, article_number)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "unknown_stock" VALUES(4711,'X-1','no such article',1796048927335502);
CREATE TABLE written_stock (
      shop INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      quantity INTEGER NOT NULL,
      article_uid INTEGER NOT NULL,
      variant_uid INTEGER,
      written_at INTEGER NOT NULL,
      PRIMARY KEY (shop, article_number)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "written_stock" VALUES(4711,'S-1',2,77,NULL,1796048927334947);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX orders_by_state ON orders (shop, state);
CREATE INDEX orders_by_number ON orders (shop, order_number);
CREATE INDEX orders_to_write_back ON orders (shop, exported_at) WHERE write_back = 'due';
CREATE UNIQUE INDEX orders_by_specter_number ON orders (shop, specter_number) WHERE state = 'exported';
CREATE INDEX sent_rows_by_article ON sent_rows (shop, article_number);
CREATE INDEX stock_to_write_by_mark ON stock_to_write (shop, mark);
CREATE INDEX orders_by_time ON orders (shop, ordered);
CREATE INDEX events_by_order ON events (shop, uid, id);
CREATE INDEX events_of_exports ON events (shop, id) WHERE verb IN ('exported', 'number_entered', 'recovered');
CREATE TRIGGER events_keep BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never altered'); END;
CREATE INDEX calls_by_order ON calls (shop, uid, id);
CREATE INDEX drift_lines_by_order ON drift_lines (shop, uid, article_number, id);
CREATE UNIQUE INDEX drift_lines_open ON drift_lines (shop, uid, article_number) WHERE ticked_at IS NULL;
CREATE INDEX deliveries_to_mark ON deliveries (shop, seen_at)
      WHERE delivered = 1 AND cancelled = 0 AND marked_at IS NULL AND problem = '';
COMMIT;
PRAGMA user_version = 4;
