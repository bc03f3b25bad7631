-- Goods and money as double entry, part two: what moved, and what is kept beside it.

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
