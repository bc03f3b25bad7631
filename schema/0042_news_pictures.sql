-- Photographs of articles: made new when they come, the small one beside; what they show in words, and whether those in them agreed.
CREATE TABLE article_picture (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  article @int NOT NULL REFERENCES article (id), sha256 @text NOT NULL, thumb @text NOT NULL, size @int NOT NULL,
  width @int NOT NULL, height @int NOT NULL, small_width @int NOT NULL, small_height @int NOT NULL,
  alt_kk @text, alt_ru @text, alt_en @text, caption_kk @text, caption_ru @text, caption_en @text,
  credit @text, consent @text NOT NULL, rank @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX article_picture_article ON article_picture (article, rank);
CREATE INDEX article_body ON article (body, published_on);
