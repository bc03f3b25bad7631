-- Situation reports of a headquarters: what was so, frozen with the ids behind each figure; and links to the wall.
CREATE TABLE sitrep (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  headquarters @int NOT NULL REFERENCES headquarters (id), number @int NOT NULL, name_kk @text NOT NULL, name_ru @text, name_en @text,
  from_at @int NOT NULL, to_at @int NOT NULL, known_at @int NOT NULL, way @text NOT NULL, sha256 @text NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX sitrep_number ON sitrep (headquarters, number);
-- What was frozen, byte for byte: its digest is sitrep.sha256.
CREATE TABLE sitrep_text (sitrep @int PRIMARY KEY REFERENCES sitrep (id), content @text NOT NULL) @strict;
-- The records behind each figure of a report, by its number: ids and amounts, never names.
CREATE TABLE sitrep_record (headquarters @int NOT NULL REFERENCES headquarters (id), number @int NOT NULL, figure @text NOT NULL,
  rec @int NOT NULL, dim @text NOT NULL, amount @int NOT NULL, PRIMARY KEY (headquarters, number, figure, rec, dim)) @strict;
CREATE INDEX sitrep_record_once ON sitrep_record (headquarters, figure, rec);
-- The address by which a screen without an account shows the wall: its digest alone. One a headquarters.
CREATE TABLE wall_link (headquarters @int PRIMARY KEY REFERENCES headquarters (id), digest @text NOT NULL UNIQUE, made_at @int NOT NULL,
  made_by @int NOT NULL REFERENCES account (id)) @strict;
