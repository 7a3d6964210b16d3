PRAGMA application_id = 1399878771;
BEGIN TRANSACTION;
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
INSERT INTO "batches" VALUES(4711,'orders','o-1',1796048932635110,46,1796048932641151,3);
INSERT INTO "batches" VALUES(4711,'stock','b-1',1796048932612668,46,1796048932616267,3);
INSERT INTO "batches" VALUES(4711,'stock','b-2',1796048932620847,46,1796048932676001,1);
CREATE TABLE buyer_locks (
      shop INTEGER NOT NULL,
      key TEXT NOT NULL,
      token TEXT NOT NULL,
      uid INTEGER NOT NULL,
      locked_at INTEGER NOT NULL,
      PRIMARY KEY (shop, key)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "buyer_locks" VALUES(4711,'b1','bb4e1b1b4aeec75c2299e8f690e69260',150018,1796048932670549);
INSERT INTO "buyer_locks" VALUES(4711,'b2','bb4e1b1b4aeec75c2299e8f690e69260',150018,1796048932670549);
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
INSERT INTO "deliveries" VALUES(4711,'4',1,0,'',1796048932641623,NULL,'');
INSERT INTO "deliveries" VALUES(4711,'90001',1,0,'T-1',1796048932641271,NULL,'');
INSERT INTO "deliveries" VALUES(4711,'90009',0,1,'',1796048932641541,NULL,'');
INSERT INTO "deliveries" VALUES(4711,'90015',1,0,'T-2',1796048932644214,1796048932649516,'');
CREATE TABLE "drift_lines" (
      shop INTEGER NOT NULL,
      id INTEGER NOT NULL,
      uid INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      sent TEXT NOT NULL,
      now TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      ticked_by TEXT,
      ticked_at INTEGER, kind TEXT NOT NULL DEFAULT 'article'
      CHECK (kind IN ('article', 'address', 'method', 'fee', 'vat')),
      PRIMARY KEY (shop, id)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "drift_lines" VALUES(4711,1,150001,'NY-1','0','1',1796048932655195,'alma@till',1796048932656647,'article');
INSERT INTO "drift_lines" VALUES(4711,2,150001,'TAJ-1','2','3',1796048932655296,NULL,NULL,'article');
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
INSERT INTO "events" VALUES(4711,1,150001,'1001',1796048932195331,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,2,150001,'1001',1796048932251764,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,3,150001,'1001',1796048932264257,'alma','till','exported','sending','exported','order','','','90001',1000);
INSERT INTO "events" VALUES(4711,4,150001,'1001',1796048932270739,'alma','till','write_back_done','exported','exported','order','','','90001',NULL);
INSERT INTO "events" VALUES(4711,5,150002,'1002',1796048932276977,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,6,150002,'1002',1796048932281052,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,7,150002,'1002',1796048932282986,'alma','till','unknown','sending','unknown','order','','the answer never came',NULL,NULL);
INSERT INTO "events" VALUES(4711,8,150003,'1003',1796048932284857,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,9,150003,'1003',1796048932295179,'alma','till','unknown','sending','unknown','customer','','customer call lost',NULL,NULL);
INSERT INTO "events" VALUES(4711,10,150004,'1004',1796048932373991,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,11,150004,'1004',1796048932384785,'alma','till','retry_later','sending','retry_later','customer','','Specter cannot be reached',NULL,NULL);
INSERT INTO "events" VALUES(4711,12,150005,'1005',1796048932387019,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,13,150005,'1005',1796048932390807,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,14,150005,'1005',1796048932396707,'alma','till','refused','sending','refused','order','4','article S-1 is not known',NULL,NULL);
INSERT INTO "events" VALUES(4711,15,150006,'1006',1796048932401151,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,16,150006,'1006',1796048932402024,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,17,150006,'1006',1796048932404748,'alma','till','exists','sending','exists','order','','exists already','90006',NULL);
INSERT INTO "events" VALUES(4711,18,150007,'1007',1796048932408899,'alma','till','closed',NULL,'closed',NULL,'done by hand','',NULL,NULL);
INSERT INTO "events" VALUES(4711,19,150008,'1008',1796048932412858,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,20,150008,'1008',1796048932416683,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,21,150009,'1009',1796048932420844,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,22,150009,'1009',1796048932432749,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,23,150009,'1009',1796048932442929,'alma','till','exported','sending','exported','order','','','90009',1000);
INSERT INTO "events" VALUES(4711,24,150010,'1010',1796048932450423,'alma','till','imported',NULL,'exported',NULL,'','','90010',NULL);
INSERT INTO "events" VALUES(4711,25,150011,'1011',1796048932461250,'alma','till','number_entered',NULL,'exported',NULL,'','','90011',NULL);
INSERT INTO "events" VALUES(4711,26,150012,'1012',1796048932470453,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,27,150012,'1012',1796048932472639,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,28,150012,'1012',1796048932480697,'alma','till','unknown','sending','unknown','order','','lost',NULL,NULL);
INSERT INTO "events" VALUES(4711,29,150012,'1012',1796048932488691,'alma','till','closed','unknown','closed','order','found in Specter','',NULL,NULL);
INSERT INTO "events" VALUES(4711,30,150013,'1013',1796048932494580,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,31,150014,'1014',1796048932505410,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,32,150014,'1014',1796048932512254,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,33,150014,'1014',1796048932516060,'alma','till','exported','sending','exported','order','','','90014',1000);
INSERT INTO "events" VALUES(4711,34,150014,'1014',1796048932520711,'alma','till','write_back_conflict','exported','exported','order','','5555','90014',NULL);
INSERT INTO "events" VALUES(4711,35,150015,'1015',1796048932522469,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,36,150015,'1015',1796048932524685,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,37,150015,'1015',1796048932528731,'alma','till','exported','sending','exported','order','','','90015',1000);
INSERT INTO "events" VALUES(4711,38,150015,'1015',1796048932533661,'alma','till','write_back_done','exported','exported','order','','','90015',NULL);
INSERT INTO "events" VALUES(4711,39,150015,'1015',1796048932551743,'alma','till','cancel_seen','exported','exported','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,40,150016,'1016',1796048932556153,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,41,150016,'1016',1796048932566113,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,42,150016,'1016',1796048932572019,'alma','till','retry_later','sending','retry_later','order','halted','no room',NULL,NULL);
INSERT INTO "events" VALUES(4711,43,150017,'1017',1796048932573655,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,44,150017,'1017',1796048932581839,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,45,150017,'1017',1796048932584677,'alma','till','refused','sending','refused','order','2','bad',NULL,NULL);
INSERT INTO "events" VALUES(4711,46,150017,'1017',1796048932593042,'alma','till','reclaimed','refused','sending','order','again','',NULL,NULL);
INSERT INTO "events" VALUES(4711,47,150001,'1001',1796048932641470,'alma','till','delivered','exported','exported','order','','','90001',NULL);
INSERT INTO "events" VALUES(4711,48,150009,'1009',1796048932641588,'alma','till','cancelled_in_specter','exported','exported','order','','','90009',NULL);
INSERT INTO "events" VALUES(4711,49,150015,'1015',1796048932644290,'alma','till','delivered','exported','exported','order','','','90015',NULL);
INSERT INTO "events" VALUES(4711,50,150015,'1015',1796048932649734,'alma','till','delivery_marked','exported','exported','order','','','90015',NULL);
INSERT INTO "events" VALUES(4711,51,150001,'1001',1796048932655472,'alma','till','drift_seen','exported','exported','order','','NY-1: 0 > 1; TAJ-1: 2 > 3',NULL,NULL);
INSERT INTO "events" VALUES(4711,52,150001,'1001',1796048932656806,'alma','till','drift_ticked','exported','exported','order','','NY-1: 0 > 1',NULL,NULL);
INSERT INTO "events" VALUES(4711,53,150018,'1018',1796048932666450,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,54,150018,'1018',1796048932668648,'alma','till','customer_known','sending','sending','order','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,55,150018,'1018',1796048932670549,'alma','till','unknown','sending','unknown','order','http_status','HTTP 403',NULL,NULL);
INSERT INTO "events" VALUES(4711,56,150019,'1019',1796048932672139,'alma','till','claimed',NULL,'sending','customer','','',NULL,NULL);
INSERT INTO "events" VALUES(4711,57,150019,'1019',1796048932672932,'alma','till','unknown','sending','unknown','customer','http_status','HTTP 403',NULL,NULL);
INSERT INTO "events" VALUES(4711,58,150007,'1007',1796048932673997,'alma','till','reopened','closed','retry_later',NULL,'a mistake','',NULL,NULL);
INSERT INTO "events" VALUES(4711,59,150011,'1011',1796048932674550,'alma','till','number_corrected','exported','exported',NULL,'typed wrong','90011','90111',NULL);
CREATE TABLE halts (
      shop INTEGER NOT NULL,
      id INTEGER NOT NULL,
      status INTEGER NOT NULL,
      message TEXT NOT NULL,
      uid INTEGER NOT NULL,
      begun_at INTEGER NOT NULL,
      statuses INTEGER NOT NULL,
      next_at INTEGER,
      ended_at INTEGER,
      ended_by TEXT,
      ended_reason TEXT,
      PRIMARY KEY (shop, id)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "halts" VALUES(4711,1,403,'HTTP 403',150018,1796048932670549,1,NULL,1796048932671542,'alma@till','key changed');
INSERT INTO "halts" VALUES(4711,2,403,'HTTP 403',150019,1796048932672932,1,1796048992672932,NULL,NULL,NULL);
CREATE TABLE journal (id TEXT NOT NULL, shop INTEGER NOT NULL PRIMARY KEY, made_at INTEGER NOT NULL, specter TEXT) STRICT;
INSERT INTO "journal" VALUES('556b3a4ec186b5b81b4b39a30e179329',4711,1796048932161255,'https://specter.test 42 api');
CREATE TABLE leases (
          shop INTEGER NOT NULL,
          name TEXT NOT NULL,
          process TEXT NOT NULL,
          until INTEGER NOT NULL,
          holder TEXT NOT NULL,
          PRIMARY KEY (shop, name)
        ) STRICT, WITHOUT ROWID;
INSERT INTO "leases" VALUES(4711,'sync','acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2796/2978976',29911494,'bo@lager');
INSERT INTO "leases" VALUES(4711,'watch','acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2796/2978976',29911456,'alma@till');
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
          before TEXT, call TEXT CHECK (call IN ('customer', 'order')), customer_hash TEXT, by_hand INTEGER NOT NULL DEFAULT 0, number_by TEXT NOT NULL DEFAULT ''
      CHECK (number_by IN ('', 'answer', 'person', 'text', 'import')), shown_number TEXT, address_hash TEXT, method_hash TEXT, fee_hash TEXT, vat_hash TEXT, resends INTEGER NOT NULL DEFAULT 0, resent_for INTEGER,
          PRIMARY KEY (shop, uid),
          CHECK ((state = 'sending') = (token IS NOT NULL)),
          CHECK ((state = 'exported') = (specter_number IS NOT NULL))
        ) STRICT, WITHOUT ROWID;
INSERT INTO "orders" VALUES(4711,150001,'1001','A-1001','exported','order','4711','90001',NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'done',1,0,'','','alma@till',1796048932195331,1796048932655472,1796048932264257,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,NULL,NULL,'',0,'answer','90001',NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150002,'1002','A-1002','unknown','order','4712',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'','the answer never came','alma@till',1796048932276977,1796048932282986,NULL,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,NULL,NULL,'',0,'',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150003,'1003','A-1003','unknown','customer',NULL,NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'','customer call lost','alma@till',1796048932284857,1796048932295179,NULL,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,NULL,NULL,'',0,'',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150004,'1004','A-1004','retry_later','customer',NULL,NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,1796022000000000,'none',0,0,'','Specter cannot be reached','alma@till',1796048932373991,1796048932384785,NULL,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,NULL,NULL,'',0,'',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150005,'1005','A-1005','refused','order','4713',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,1,0,NULL,'none',0,0,'4','article S-1 is not known','alma@till',1796048932387019,1796048932396707,NULL,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,NULL,NULL,'',0,'',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150006,'1006','A-1006','exists','order','4714',NULL,'90006','hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'','exists already','alma@till',1796048932401151,1796048932404748,NULL,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,NULL,NULL,'',0,'',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150007,'1007',NULL,'retry_later',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,NULL,'none',0,0,'','','',NULL,1796048932673792,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150008,'1008','A-1008','sending','order','4715',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'','','alma@till',1796048932412858,1796048932416683,NULL,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]','7fb0af78f3a9e360f15022742387073b','acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2796/2978976',29911208,NULL,'order','',0,'',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150009,'1009','A-1009','exported','order','4716','90009',NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'due',0,0,'','','alma@till',1796048932420844,1796048932442929,1796048932442929,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,NULL,NULL,'',0,'answer',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150010,'1010',NULL,'exported',NULL,NULL,'90010',NULL,NULL,NULL,NULL,NULL,0,0,0,NULL,'none',0,0,'','','',NULL,1796048932450423,1796048932450423,NULL,NULL,NULL,NULL,'{}',NULL,NULL,0,'import',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150011,'1011',NULL,'exported',NULL,NULL,'90111',NULL,NULL,NULL,NULL,NULL,0,0,0,NULL,'due',0,0,'','','',NULL,1796048932674550,1796048932461250,NULL,NULL,NULL,NULL,'{}',NULL,NULL,0,'person','90011',NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150012,'1012','A-1012','closed','order','4717',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'found in Specter','','alma@till',1796048932470453,1796048932488691,NULL,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,'{"state": "unknown", "step": "order", "customer_number": "4717", "customer_hash": "", "form_hash": "hash-1", "total": "487.50", "currency": "SEK", "ordered": 1795426215123456, "rates": "[[\"25\", \"350.00\", \"87.50\"], [\"0\", \"50.00\", \"0\"]]", "address_hash": null, "method_hash": null, "fee_hash": null, "vat_hash": null, "attempts": 1, "refusals": 0, "repeats": 0, "retry_at": null, "reason": "", "message": "lost", "by_hand": 0, "before": null, "rows": [[0, "TAJ-1", "2", "175.00", "25"], [1, "FRAKT", "1.5", "33.333333", "25.5"]]}',NULL,'',0,'',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150013,'1013','A-1013','sending','customer',NULL,NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'','','alma@till',1796048932494580,1796048932494580,NULL,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]','0b83b4e279317a158dfd276468ea8d4d','acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2796/2978976',29911290,NULL,'customer','',0,'',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150014,'1014','A-1014','exported','order','4718','90014',NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'conflict',0,0,'write_back_conflict','5555','alma@till',1796048932505410,1796048932520711,1796048932516060,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,NULL,NULL,'',0,'answer',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150015,'1015','A-1015','exported','order','4719','90015',NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'done',0,1,'','','alma@till',1796048932522469,1796048932551743,1796048932528731,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,NULL,NULL,'',0,'answer','90015',NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150016,'1016','A-1016','retry_later','order','4720',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,1796048932571998,'none',0,0,'halted','no room','alma@till',1796048932556153,1796048932572019,NULL,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,NULL,NULL,'',0,'',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150017,'1017','A-1017','sending','order','4721',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,2,1,0,NULL,'none',0,0,'again','','alma@till',1796048932593042,1796048932593042,NULL,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]','8d07bfd7a01726dd1f1e2c1799aa392d','acba4ab6-328a-4d5c-9c81-7ded9477061c/pid:[4026531836]/2796/2978976',29911388,'{"state": "refused", "step": "order", "customer_number": "4721", "customer_hash": "", "form_hash": "hash-1", "total": "487.50", "currency": "SEK", "ordered": 1795426215123456, "rates": "[[\"25\", \"350.00\", \"87.50\"], [\"0\", \"50.00\", \"0\"]]", "address_hash": null, "method_hash": null, "fee_hash": null, "vat_hash": null, "attempts": 1, "refusals": 1, "repeats": 0, "retry_at": null, "reason": "2", "message": "bad", "by_hand": 0, "before": null, "rows": [[0, "TAJ-1", "2", "175.00", "25"], [1, "FRAKT", "1.5", "33.333333", "25.5"]]}','order','',0,'',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(4711,150018,'1018','A-1018','unknown','order','4722',NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'http_status','HTTP 403','alma@till',1796048932666450,1796048932670549,NULL,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,NULL,NULL,'c1',0,'',NULL,'d1','d2','d3','d4',0,NULL);
INSERT INTO "orders" VALUES(4711,150019,'1019','A-1019','unknown','customer',NULL,NULL,NULL,'hash-1','487.50','SEK',1795426215123456,1,0,0,NULL,'none',0,0,'http_status','HTTP 403','alma@till',1796048932672139,1796048932672932,NULL,'[["25", "350.00", "87.50"], ["0", "50.00", "0"]]',NULL,NULL,NULL,NULL,NULL,'',0,'',NULL,NULL,NULL,NULL,NULL,0,NULL);
CREATE TABLE refused_articles (
      shop INTEGER NOT NULL,
      number TEXT NOT NULL,
      digest TEXT NOT NULL,
      message TEXT NOT NULL,
      refused_at INTEGER NOT NULL,
      PRIMARY KEY (shop, number)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "refused_articles" VALUES(4711,'A-9','digest-3','no such unit',1796048932608699);
CREATE TABLE sent_articles (
      shop INTEGER NOT NULL,
      number TEXT NOT NULL,
      digest TEXT NOT NULL,
      with_stock INTEGER NOT NULL,
      sent_at INTEGER NOT NULL, article_uid INTEGER, variant_uid INTEGER,
      PRIMARY KEY (shop, number)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "sent_articles" VALUES(4711,'S-1','digest',1,1796048932602415,77,NULL);
INSERT INTO "sent_articles" VALUES(4711,'TAJ-1','digest-2',0,1796048932602415,77,NULL);
CREATE TABLE sent_rows (
          shop INTEGER NOT NULL,
          uid INTEGER NOT NULL,
          position INTEGER NOT NULL,
          article_number TEXT NOT NULL,
          quantity TEXT NOT NULL,
          unit_price TEXT NOT NULL,
          vat_percent TEXT NOT NULL DEFAULT '',
          PRIMARY KEY (shop, uid, position),
          FOREIGN KEY (shop, uid) REFERENCES orders (shop, uid) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
INSERT INTO "sent_rows" VALUES(4711,150001,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150001,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150002,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150002,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150003,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150003,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150004,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150004,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150005,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150005,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150006,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150006,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150008,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150008,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150009,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150009,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150012,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150012,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150013,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150013,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150014,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150014,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150015,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150015,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150016,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150016,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150017,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150017,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150018,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150018,1,'FRAKT','1.5','33.333333','25.5');
INSERT INTO "sent_rows" VALUES(4711,150019,0,'TAJ-1','2','175.00','25');
INSERT INTO "sent_rows" VALUES(4711,150019,1,'FRAKT','1.5','33.333333','25.5');
CREATE TABLE shop_numbers (
      shop INTEGER NOT NULL,
      article_uid INTEGER NOT NULL,
      variant_uid INTEGER NOT NULL,
      number TEXT NOT NULL,
      folded TEXT NOT NULL,
      PRIMARY KEY (shop, article_uid, variant_uid)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "shop_numbers" VALUES(4711,77,0,'S-1','s-1');
INSERT INTO "shop_numbers" VALUES(4711,78,1,'s-1','s-1');
INSERT INTO "shop_numbers" VALUES(4711,78,2,'TAJ-1','taj-1');
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
INSERT INTO "stock" VALUES(4711,'S-1','','2.5',1796048932616444,46,'b-1');
INSERT INTO "stock" VALUES(4711,'TAJ-1','1','5',1796048932616444,46,'b-1');
INSERT INTO "stock" VALUES(4711,'X-1','2','9',1796048932616444,46,'b-1');
CREATE TABLE stock_rows (
      shop INTEGER NOT NULL,
      batch_no TEXT NOT NULL,
      position INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      site TEXT NOT NULL,
      quantity TEXT NOT NULL,
      reason TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      done_at INTEGER,
      done_by TEXT,
      done_reason TEXT,
      PRIMARY KEY (shop, batch_no, position)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "stock_rows" VALUES(4711,'b-2',3,'TAJ-9','1','many','quantity',1796048932676022,NULL,NULL,NULL);
CREATE TABLE stock_to_write (
      shop INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      mark INTEGER NOT NULL, since INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (shop, article_number)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "stock_to_write" VALUES(4711,'S-1',1796048932616632,1796048932616632);
INSERT INTO "stock_to_write" VALUES(4711,'TAJ-1',1796048932632807,1796048932616632);
INSERT INTO "stock_to_write" VALUES(4711,'X-1',1796048932616632,1796048932616632);
CREATE TABLE stops (
      shop INTEGER NOT NULL,
      id INTEGER NOT NULL,
      reason TEXT NOT NULL,
      operator TEXT NOT NULL,
      host TEXT NOT NULL,
      begun_at INTEGER NOT NULL,
      ended_at INTEGER,
      ended_by TEXT,
      ended_reason TEXT,
      PRIMARY KEY (shop, id)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "stops" VALUES(4711,1,'first','alma','till',1796048932676705,1796048932677176,'alma@till','over');
INSERT INTO "stops" VALUES(4711,2,'inventory','alma','till',1796048932677628,NULL,NULL,NULL);
CREATE TABLE unknown_stock (
      shop INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      why TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      PRIMARY KEY (shop, article_number)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "unknown_stock" VALUES(4711,'X-1','no such article',1796048932624612);
CREATE TABLE written_stock (
      shop INTEGER NOT NULL,
      article_number TEXT NOT NULL,
      quantity INTEGER NOT NULL,
      article_uid INTEGER NOT NULL,
      variant_uid INTEGER,
      written_at INTEGER NOT NULL,
      PRIMARY KEY (shop, article_number)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "written_stock" VALUES(4711,'S-1',2,77,NULL,1796048932622185);
CREATE INDEX orders_by_state ON orders (shop, state, uid);
CREATE INDEX orders_by_number ON orders (shop, order_number);
CREATE INDEX orders_to_write_back ON orders (shop, exported_at) WHERE write_back = 'due';
CREATE INDEX orders_in_conflict ON orders (shop, uid) WHERE write_back = 'conflict';
CREATE UNIQUE INDEX orders_by_specter_number ON orders (shop, specter_number) WHERE state = 'exported';
CREATE INDEX sent_rows_by_article ON sent_rows (shop, article_number);
CREATE INDEX events_by_order ON events (shop, uid, id);
CREATE INDEX events_of_exports ON events (shop, id) WHERE verb IN ('exported', 'number_entered', 'recovered');
CREATE TRIGGER events_keep BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never altered'); END;
CREATE INDEX calls_by_order ON calls (shop, uid, id);
CREATE INDEX buyer_locks_by_order ON buyer_locks (shop, uid);
CREATE UNIQUE INDEX halts_open ON halts (shop) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX stops_open ON stops (shop) WHERE ended_at IS NULL;
CREATE INDEX shop_numbers_by_number ON shop_numbers (shop, folded, article_uid, variant_uid);
CREATE INDEX stock_to_write_by_mark ON stock_to_write (shop, mark);
CREATE INDEX deliveries_to_mark ON deliveries (shop, seen_at) WHERE delivered = 1 AND cancelled = 0 AND marked_at IS NULL AND problem = '';
CREATE INDEX deliveries_by_time ON deliveries (shop, seen_at);
CREATE INDEX deliveries_for_person ON deliveries (shop, seen_at) WHERE cancelled = 1 OR problem <> '';
CREATE INDEX drift_lines_by_order ON drift_lines (shop, uid, article_number, id);
CREATE UNIQUE INDEX drift_lines_open ON drift_lines (shop, uid, kind, article_number) WHERE ticked_at IS NULL;
COMMIT;
PRAGMA user_version = 6;
