-- The relief headquarters: one emergency, its districts, duties, log, places; who can help; what families need.
CREATE TABLE headquarters (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL UNIQUE, name_kk @text NOT NULL, name_ru @text, name_en @text, emergency @text NOT NULL,
  opened_on @int NOT NULL, act @text NOT NULL, chief @int REFERENCES person (id), hotline @text,
  hall @int REFERENCES hall (id), body @int REFERENCES body (id), state @text NOT NULL, closed_on @int, close_reason @text, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX headquarters_chief ON headquarters (chief) WHERE chief IS NOT NULL;
CREATE TABLE relief_area (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  headquarters @int NOT NULL REFERENCES headquarters (id), district @int NOT NULL REFERENCES district (id),
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX relief_area_district ON relief_area (headquarters, district);
CREATE TABLE relief_duty (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  headquarters @int NOT NULL REFERENCES headquarters (id), person @int REFERENCES person (id), name @text, task @text,
  starts_at @int NOT NULL, ends_at @int NOT NULL, phone @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX relief_duty_time ON relief_duty (headquarters, starts_at);
CREATE INDEX relief_duty_person ON relief_duty (person) WHERE person IS NOT NULL;
CREATE TABLE relief_log (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  headquarters @int NOT NULL REFERENCES headquarters (id), at @int NOT NULL, author @int REFERENCES account (id), text @text NOT NULL,
  corrects @int REFERENCES relief_log (id),
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX relief_log_at ON relief_log (headquarters, at);
-- code: also of its account in the ledger (stock_account.code): a store serves one headquarters after another.
CREATE TABLE relief_place (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  headquarters @int NOT NULL REFERENCES headquarters (id), code @text NOT NULL, name_kk @text NOT NULL, name_ru @text, name_en @text,
  purpose @text NOT NULL, hall @int REFERENCES hall (id), district @int REFERENCES district (id), address @text, capacity @int,
  services @text, hours @text, contact @text, phone @text, closed_on @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX relief_place_code ON relief_place (code, headquarters);
CREATE INDEX relief_place_of ON relief_place (headquarters, purpose);
-- What a person offered for an emergency, by that person's own word.
CREATE TABLE relief_offer (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  person @int REFERENCES person (id), skills @text, languages @text, vehicle @text, seats @int, availability @text,
  district @int REFERENCES district (id), phone @text, given_on @int NOT NULL, withdrawn_on @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX relief_offer_person ON relief_offer (person) WHERE person IS NOT NULL;
-- name, phone, note: sealed. phone_mac: keyed hash, for likely duplicates. place_key: folded, likewise.
CREATE TABLE need (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  headquarters @int NOT NULL REFERENCES headquarters (id), code @text NOT NULL UNIQUE, channel @text NOT NULL, paper @text, asked_at @int NOT NULL, asked_on @int NOT NULL,
  name @blob, phone @blob, phone_mac @text, district @int NOT NULL REFERENCES district (id), place @text, place_key @text, note @blob,
  people @int NOT NULL, children @int, infants @int, pregnant @int NOT NULL, disabled @int NOT NULL, insulin @int NOT NULL, livestock @int NOT NULL,
  urgency @text NOT NULL, state @text NOT NULL, state_reason @text, owner @int REFERENCES account (id),
  called_at @int, checked_at @int, checked_by @int REFERENCES account (id), assigned_at @int, started_at @int, ended_at @int, ended_on @int, hours @int,
  twin_of @int REFERENCES need (id), twin @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX need_board ON need (headquarters, state, asked_at);
CREATE INDEX need_phone ON need (headquarters, phone_mac) WHERE phone_mac IS NOT NULL;
CREATE INDEX need_place ON need (headquarters, district, place_key) WHERE place_key IS NOT NULL;
-- Of a quantity: base units of the item; of a free word: pieces.
CREATE TABLE need_line (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  need @int NOT NULL REFERENCES need (id), item @int REFERENCES stock_item (id), word @text, quantity @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX need_line_need ON need_line (need, id);
-- The number of each form that was sent: the same one again is the same need.
CREATE TABLE need_sent (nonce @text PRIMARY KEY, need @int NOT NULL REFERENCES need (id)) @strict;
CREATE INDEX need_sent_need ON need_sent (need);
-- Who opened the data of which family, how often a day; goes with the term of the log of sensitive reads.
CREATE TABLE family_read (day @int NOT NULL, account @int NOT NULL, need @int NOT NULL REFERENCES need (id), way @text NOT NULL,
  times @int NOT NULL, first_at @int NOT NULL, last_at @int NOT NULL, PRIMARY KEY (day, account, need, way)) @strict;
CREATE INDEX family_read_need ON family_read (need);
