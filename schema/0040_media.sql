-- The register of media: outlets and their feeds, publications, columns in networks with posts, press at events.
CREATE TABLE outlet (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  name @text NOT NULL, type @text NOT NULL, lang @text NOT NULL, district @int REFERENCES district (id), site @text,
  host @text, editor @text, phone @text, email @text, address @text, feed @text, polled @int NOT NULL, keywords @text,
  note @text, closed @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX outlet_host ON outlet (host);
CREATE TABLE publication (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  title @text NOT NULL, outlet @int NOT NULL REFERENCES outlet (id), author @text, lang @text NOT NULL,
  day @int NOT NULL, link @text, link_key @text, tone @text, reach @int, event @int REFERENCES event (id),
  body @int REFERENCES body (id), programme @int REFERENCES programme (id), article @int REFERENCES article (id),
  origin @int REFERENCES publication (id), archive @int REFERENCES file (id), note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX publication_link ON publication (link_key);
CREATE INDEX publication_day ON publication (day, id);
CREATE INDEX publication_outlet ON publication (outlet, day);
CREATE INDEX publication_event ON publication (event);
CREATE INDEX publication_origin ON publication (origin);
CREATE TABLE social_column (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  name_kk @text NOT NULL, name_ru @text, name_en @text, network @text NOT NULL, address @text,
  body @int REFERENCES body (id), since @int, closed @int NOT NULL, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE TABLE social_post (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  title @text NOT NULL, social_column @int NOT NULL REFERENCES social_column (id), day @int NOT NULL, link @text,
  link_key @text, views @int, views_on @int, event @int REFERENCES event (id),
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX social_post_link ON social_post (link_key);
CREATE INDEX social_post_column ON social_post (social_column, day);
CREATE INDEX social_post_event ON social_post (event);
CREATE TABLE press_accreditation (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), outlet @int NOT NULL REFERENCES outlet (id),
  person @int REFERENCES person (id), name @text, state @text NOT NULL, valid_on @int, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX press_accreditation_event ON press_accreditation (event, state);
CREATE INDEX press_accreditation_person ON press_accreditation (person);
-- What is remembered of a feed between two looks, and what was found in feeds: nothing of it counts.
CREATE TABLE media_feed (outlet @int PRIMARY KEY REFERENCES outlet (id), address @text NOT NULL, etag @text,
  modified @text, asked_at @int, next_at @int NOT NULL, fails @int NOT NULL, said @text) @strict;
CREATE TABLE media_found (id @id, outlet @int NOT NULL REFERENCES outlet (id), item @text NOT NULL,
  link @text NOT NULL, title @text NOT NULL, author @text, day @int NOT NULL, words @text NOT NULL,
  state @text NOT NULL, found_at @int NOT NULL) @strict;
CREATE UNIQUE INDEX media_found_item ON media_found (outlet, item);
CREATE INDEX media_found_state ON media_found (state, id);
