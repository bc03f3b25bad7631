-- Imported pages: where an article came from, and the bytes as they were given (a content of the files' folder).
CREATE TABLE article_source (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  article @int REFERENCES article (id), body @int REFERENCES body (id), name @text NOT NULL, address @text,
  fetched_on @int, sha256 @text NOT NULL, media @text NOT NULL, size @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX article_source_article ON article_source (article);
CREATE INDEX article_source_sha256 ON article_source (sha256);
