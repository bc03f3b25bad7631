-- The newsroom: rubrics, articles in three languages, what they link to, figures frozen at publication.
CREATE TABLE rubric (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL UNIQUE, name_kk @text NOT NULL, name_ru @text, name_en @text, rank @int, closed @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE TABLE article (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  title_kk @text, title_ru @text, title_en @text, rubric @int NOT NULL REFERENCES rubric (id),
  body @int REFERENCES body (id), original @text NOT NULL, lead_kk @text, lead_ru @text, lead_en @text,
  text_kk @text, text_ru @text, text_en @text, kk_state @text, ru_state @text, en_state @text,
  kk_from @text, ru_from @text, en_from @text, author @text, office @text, dated @int, publish_on @int,
  state @text NOT NULL, state_reason @text, correction @text, published_on @int, corrected_on @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX article_published ON article (state, published_on, id);
CREATE INDEX article_rubric ON article (rubric, published_on);
CREATE TABLE article_link (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  article @int NOT NULL REFERENCES article (id), event @int REFERENCES event (id), body @int REFERENCES body (id),
  programme @int REFERENCES programme (id),
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX article_link_article ON article_link (article);
CREATE UNIQUE INDEX article_link_event ON article_link (event, article);
CREATE UNIQUE INDEX article_link_body ON article_link (body, article);
CREATE UNIQUE INDEX article_link_programme ON article_link (programme, article);
-- What a figure in the text was when the article was published, and the moment at which it was known so.
CREATE TABLE article_figure (article @int NOT NULL REFERENCES article (id), spec @text NOT NULL,
  value @real, known @int NOT NULL, on_day @int NOT NULL, from_day @int NOT NULL, to_day @int NOT NULL,
  PRIMARY KEY (article, spec)) @strict;
