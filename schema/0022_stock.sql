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
