-- What a person in an evacuation centre needs of an item; the program proposes the first list.
-- per_person: base units; basis day = each day, once = for the whole stay.
CREATE TABLE centre_norm (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  item @int NOT NULL UNIQUE REFERENCES stock_item (id), per_person @int NOT NULL, basis @text NOT NULL, source @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
