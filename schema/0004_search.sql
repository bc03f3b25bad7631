-- Search: one index for both engines, written with the record (src/search/).
-- A space is a kind and an audience; a term is the hash of a space and a key; search_doc remembers what a
-- record posted (terms: 8 bytes each, the impact in 2 more) and its words as keys, for ranking.
CREATE TABLE search_doc (space @int NOT NULL, rec @int NOT NULL, keys @text NOT NULL, terms @blob NOT NULL,
  PRIMARY KEY (space, rec)) @strict;
-- only sqlite:
CREATE TABLE search_posting (term @int NOT NULL, rec @int NOT NULL, impact @int NOT NULL,
  PRIMARY KEY (term, rec)) STRICT, WITHOUT ROWID;
CREATE TABLE search_word (scope @int NOT NULL, word @text NOT NULL, PRIMARY KEY (scope, word)) STRICT, WITHOUT ROWID;
CREATE TABLE search_gram (gram @int NOT NULL, word @text NOT NULL, PRIMARY KEY (gram, word)) STRICT, WITHOUT ROWID;

-- only pg:
CREATE TABLE search_posting (term @int NOT NULL, rec @int NOT NULL, impact @int NOT NULL,
  PRIMARY KEY (term, rec) INCLUDE (impact));
CREATE TABLE search_word (scope @int NOT NULL, word @text NOT NULL, PRIMARY KEY (scope, word));
CREATE TABLE search_gram (gram @int NOT NULL, word @text NOT NULL, PRIMARY KEY (gram, word));

-- With which versions of the key functions the stored keys were made; empty = never.
CREATE TABLE key_version (name @text PRIMARY KEY, version @int NOT NULL) @strict;
