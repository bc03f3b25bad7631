-- Online challenges of an event or a programme, and the entries that people send as links.
CREATE TABLE challenge (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int REFERENCES event (id), programme @int REFERENCES programme (id), name_kk @text NOT NULL, name_ru @text,
  name_en @text, rules @text, from_day @int NOT NULL, to_day @int NOT NULL, asks_work @int NOT NULL, consent @text NOT NULL,
  consent_version @text NOT NULL, state @text NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX challenge_event ON challenge (event) WHERE event IS NOT NULL;
CREATE INDEX challenge_programme ON challenge (programme) WHERE programme IS NOT NULL;
-- Names, work and link go with the term or with the author's withdrawal; what is counted stays.
CREATE TABLE challenge_entry (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  challenge @int NOT NULL REFERENCES challenge (id), surname @text, given @text, minor @int NOT NULL, parent @text,
  link @text, network @text NOT NULL, lang @text NOT NULL, work @text, consent_version @text, consented_at @int,
  state @text NOT NULL, reason @text, moderator @int REFERENCES account (id), entered_on @int NOT NULL, decided_on @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX challenge_entry_state ON challenge_entry (challenge, state, id);
CREATE INDEX challenge_entry_waiting ON challenge_entry (id) WHERE state = 'waiting';
-- The number of each form that was sent: the same one again is the same entry. Goes with its term.
CREATE TABLE challenge_sent (challenge @int NOT NULL REFERENCES challenge (id), nonce @text NOT NULL,
  entry @int NOT NULL REFERENCES challenge_entry (id), PRIMARY KEY (challenge, nonce)) @strict;
CREATE INDEX challenge_sent_entry ON challenge_sent (entry);
