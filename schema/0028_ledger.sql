-- The ledger at work: recipes and kits, goods on the way, stock-taking, shortages that a merge brought.
CREATE TABLE recipe (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL, name_kk @text NOT NULL, name_ru @text, name_en @text, item @int NOT NULL REFERENCES stock_item (id),
  quantity @int NOT NULL, from_day @int NOT NULL, to_day @int, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX recipe_version ON recipe (code, from_day);
CREATE TABLE recipe_input (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  recipe @int NOT NULL REFERENCES recipe (id), item @int NOT NULL REFERENCES stock_item (id), quantity @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX recipe_input_once ON recipe_input (recipe, item);
CREATE TABLE stock_transfer (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  source @int NOT NULL REFERENCES stock_account (id), via @int NOT NULL REFERENCES stock_account (id),
  target @int NOT NULL REFERENCES stock_account (id), sent_at @int NOT NULL, state @text NOT NULL, document @text, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX stock_transfer_state ON stock_transfer (state, sent_at);
CREATE TABLE stock_count (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  account @int NOT NULL REFERENCES stock_account (id), at @int NOT NULL, state @text NOT NULL, counted_by @text,
  typed_by @int REFERENCES account (id), confirmed_by @int REFERENCES account (id), note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX stock_count_account ON stock_count (account, at);
CREATE TABLE stock_count_line (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  sheet @int NOT NULL REFERENCES stock_count (id), item @int NOT NULL REFERENCES stock_item (id), lot @int REFERENCES lot (id),
  counted @int, sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX stock_count_line_sheet ON stock_count_line (sheet, item);
CREATE TABLE stock_shortage (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  account @int NOT NULL REFERENCES stock_account (id), item @int NOT NULL REFERENCES stock_item (id), lot @int REFERENCES lot (id),
  day @int NOT NULL, quantity @int NOT NULL, explanation @text, state @text NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX stock_shortage_place ON stock_shortage (account, item, day);

-- Which recipe a set followed and by how much it did not (per mille of the input that lies furthest off); which
-- goods on the way it belongs to; which count it is the outcome of.
ALTER TABLE movement_set ADD COLUMN recipe @int REFERENCES recipe (id);
ALTER TABLE movement_set ADD COLUMN deviation @int;
ALTER TABLE movement_set ADD COLUMN transfer @int REFERENCES stock_transfer (id);
ALTER TABLE movement_set ADD COLUMN sheet @int REFERENCES stock_count (id);
CREATE INDEX movement_set_transfer ON movement_set (transfer) WHERE transfer IS NOT NULL;
CREATE INDEX movement_set_sheet ON movement_set (sheet) WHERE sheet IS NOT NULL;
CREATE INDEX lot_expires ON lot (expires);
