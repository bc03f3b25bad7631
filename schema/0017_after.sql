-- After an event: what its photographs show and who agreed, its costs.
ALTER TABLE file ADD COLUMN thumb @text;
ALTER TABLE file ADD COLUMN consent @text;
ALTER TABLE event ADD COLUMN well @text;
ALTER TABLE event ADD COLUMN badly @text;
CREATE TABLE cost (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), item @text NOT NULL, planned @int, spent @int, source @text NOT NULL,
  document @text, withdrawn @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX cost_event ON cost (event);
