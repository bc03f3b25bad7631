-- Goods and money as double entry: immutable sets of signed lines over accounts; balances follow from them.
CREATE TABLE stock_item (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL UNIQUE, name_kk @text NOT NULL, name_ru @text, name_en @text, category @text NOT NULL,
  base @text NOT NULL, pack @int NOT NULL, unit_kk @text NOT NULL, unit_ru @text, unit_en @text, perishable @int NOT NULL,
  returnable @int NOT NULL, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE TABLE stock_account (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL UNIQUE, type @text NOT NULL, name_kk @text NOT NULL, name_ru @text, name_en @text,
  body @int REFERENCES body (id), district @int REFERENCES district (id), place @text, closed @int, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE TABLE lot (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL UNIQUE, item @int NOT NULL REFERENCES stock_item (id), expires @int, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX lot_item ON lot (item);

-- One set of lines that moves goods or money. digest: BLAKE2b-256 of what was asked; the audit vouches for it.
CREATE TABLE movement_set (id @id, nonce @text NOT NULL UNIQUE, digest @text NOT NULL, at @int NOT NULL, recorded_at @int NOT NULL,
  author @int NOT NULL, type @text NOT NULL, document @text, note @text, reverses @int REFERENCES movement_set (id)) @strict;
CREATE INDEX movement_set_at ON movement_set (at, id);
CREATE INDEX movement_set_recorded ON movement_set (recorded_at);
CREATE UNIQUE INDEX movement_set_reversed ON movement_set (reverses) WHERE reverses IS NOT NULL;
-- Quantities are whole numbers of the item's base unit; lot 0 = none. `at` is the set's, for the index.
-- Kept beside the lines: what each account holds now, and at the end of each day on which it
-- moved; a day is its number since 1970.
-- only sqlite:
CREATE TABLE movement_line (movement @int NOT NULL REFERENCES movement_set (id), n @int NOT NULL, account @int NOT NULL REFERENCES stock_account (id),
  item @int NOT NULL REFERENCES stock_item (id), lot @int NOT NULL, quantity @int NOT NULL, at @int NOT NULL, PRIMARY KEY (movement, n)) STRICT, WITHOUT ROWID;
CREATE TABLE stock_now (account @int NOT NULL REFERENCES stock_account (id), item @int NOT NULL REFERENCES stock_item (id), lot @int NOT NULL,
  balance @int NOT NULL, last_day @int NOT NULL, PRIMARY KEY (account, item, lot)) STRICT, WITHOUT ROWID;
CREATE TABLE stock_day (account @int NOT NULL REFERENCES stock_account (id), item @int NOT NULL REFERENCES stock_item (id), lot @int NOT NULL,
  day @int NOT NULL, balance @int NOT NULL, PRIMARY KEY (account, item, lot, day)) STRICT, WITHOUT ROWID;

-- only pg:
CREATE TABLE movement_line (movement @int NOT NULL REFERENCES movement_set (id), n @int NOT NULL, account @int NOT NULL REFERENCES stock_account (id),
  item @int NOT NULL REFERENCES stock_item (id), lot @int NOT NULL, quantity @int NOT NULL, at @int NOT NULL, PRIMARY KEY (movement, n));
CREATE TABLE stock_now (account @int NOT NULL REFERENCES stock_account (id), item @int NOT NULL REFERENCES stock_item (id), lot @int NOT NULL,
  balance @int NOT NULL, last_day @int NOT NULL, PRIMARY KEY (account, item, lot));
CREATE TABLE stock_day (account @int NOT NULL REFERENCES stock_account (id), item @int NOT NULL REFERENCES stock_item (id), lot @int NOT NULL,
  day @int NOT NULL, balance @int NOT NULL, PRIMARY KEY (account, item, lot, day));

CREATE INDEX movement_line_place ON movement_line (account, item, lot, at, quantity);
CREATE INDEX movement_line_item ON movement_line (item, lot);
