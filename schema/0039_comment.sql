-- Comments under articles. What may name the sender beside the name that is shown (e-mail, address) lies apart.
CREATE TABLE comment (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  article @int NOT NULL REFERENCES article (id), first @int REFERENCES comment (id), name @text, text @text, marks @text,
  state @text NOT NULL, reason @text, moderator @int REFERENCES account (id), standing @int NOT NULL, reply @text,
  replier @int REFERENCES account (id), entered_on @int NOT NULL, decided_on @int, replied_on @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX comment_article ON comment (article, state, id);
CREATE INDEX comment_waiting ON comment (id) WHERE state = 'waiting';
CREATE INDEX comment_first ON comment (first) WHERE first IS NOT NULL;
CREATE INDEX comment_decided ON comment (state, decided_on);
-- mail: sealed under a key of the house; the two keyed hashes tell the same sender again. Goes by a term of its own.
CREATE TABLE comment_origin (comment @int NOT NULL PRIMARY KEY REFERENCES comment (id), lang @text NOT NULL, mail @blob,
  mail_mac @text, address_mac @text, entered_on @int NOT NULL, shown_at @int, replied_at @int) @strict;
CREATE INDEX comment_origin_address ON comment_origin (address_mac, entered_on) WHERE address_mac IS NOT NULL;
CREATE INDEX comment_origin_entered ON comment_origin (entered_on);
-- A form is one comment, however often it is sent.
CREATE TABLE comment_sent (article @int NOT NULL REFERENCES article (id), nonce @text NOT NULL,
  comment @int NOT NULL REFERENCES comment (id), PRIMARY KEY (article, nonce)) @strict;
CREATE INDEX comment_sent_comment ON comment_sent (comment);
-- What a moderator said of a sender once for all: trusted (a standing yes) or banned until a day.
CREATE TABLE comment_rule (id @id, verdict @text NOT NULL, basis @text NOT NULL, mac @text NOT NULL,
  comment @int NOT NULL REFERENCES comment (id), moderator @int REFERENCES account (id), made_on @int NOT NULL,
  until_day @int, ended_on @int, ended_by @int REFERENCES account (id)) @strict;
CREATE INDEX comment_rule_mac ON comment_rule (mac, verdict);
CREATE INDEX comment_rule_comment ON comment_rule (comment);
CREATE TABLE comment_closed (article @int NOT NULL PRIMARY KEY REFERENCES article (id), moderator @int REFERENCES account (id),
  closed_on @int NOT NULL) @strict;
