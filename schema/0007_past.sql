-- Figures as known at an earlier moment: what each second, and each day, of recording added to a cell.
-- grain 0: what was there when this began (bucket 0); 1: bucket = days since 1970 (UTC); 2: bucket =
-- seconds since 1970. Known at second S of day D = grain 0 + grain 1 before D + grain 2 from D's first
-- second up to S + open deltas up to S. Before figure_since.at (µs; no row: from the beginning) figures are counted from history.
ALTER TABLE figure_delta ADD COLUMN at @int NOT NULL DEFAULT 0;
CREATE TABLE figure_past (figure @text NOT NULL, dim @text NOT NULL, dkey @int NOT NULL, grain @int NOT NULL,
  bucket @int NOT NULL, day @int NOT NULL, amount @int NOT NULL,
  PRIMARY KEY (figure, dim, dkey, grain, bucket, day)) @strict;
CREATE TABLE figure_since (id @int PRIMARY KEY, at @int NOT NULL) @strict;
INSERT INTO figure_past (figure, dim, dkey, grain, bucket, day, amount)
  SELECT figure, dim, dkey, 0, 0, day, amount FROM figure_sum WHERE amount <> 0;
INSERT INTO figure_since (id, at) SELECT 1, max(at) + 1 FROM history HAVING count(*) > 0;
