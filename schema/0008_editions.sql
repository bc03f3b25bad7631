-- Editions: a report's figures as they were frozen, with the ids of the records behind them.
CREATE TABLE edition (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  number @int NOT NULL UNIQUE, name_kk @text NOT NULL, name_ru @text, name_en @text, from_day @int NOT NULL, to_day @int NOT NULL, on_day @int NOT NULL,
  body @int REFERENCES body (id), district @int REFERENCES district (id), known_at @int NOT NULL,
  state @text NOT NULL, document @text, document_day @int, signer @text, signed_at @int, reason @text,
  sha256 @text NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
-- What was frozen, byte for byte: its digest is edition.sha256.
CREATE TABLE edition_text (edition @int PRIMARY KEY REFERENCES edition (id), content @text NOT NULL) @strict;
-- The records behind each undimensioned figure: never names. dim: key of the figure's dimension.
CREATE TABLE edition_record (edition @int NOT NULL REFERENCES edition (id), figure @text NOT NULL, rec @int NOT NULL,
  amount @int, dim @text, PRIMARY KEY (edition, figure, rec)) @strict;
