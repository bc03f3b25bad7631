-- Two records of one person: keys to find them by, likely pairs, decisions, and joins that can be taken back.
ALTER TABLE person ADD COLUMN merged_into @int REFERENCES person (id);
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
-- A membership or a term of office that was folded into another one of the same person: it keeps no day.
ALTER TABLE membership ADD COLUMN joined_into @int REFERENCES membership (id);
ALTER TABLE office_holder ADD COLUMN joined_into @int REFERENCES office_holder (id);

-- What a person is found by: sort n = the parts of the name in order, t = a telephone, d = the day of birth
-- with a part of the name, y = the year of birth with a part of the name. Made from the person's row.
CREATE TABLE person_key (sort @text NOT NULL, name @text NOT NULL, person @int NOT NULL REFERENCES person (id),
  PRIMARY KEY (sort, name, person)) @strict;
CREATE INDEX person_key_person ON person_key (person);
-- People whose keys and pairs are to be looked at anew by the job.
CREATE TABLE person_due (person @int PRIMARY KEY REFERENCES person (id)) @strict;
-- Likely the same person: one < two; distance 0 = certainly, of 1000; reasons as bits (registry.h).
CREATE TABLE person_pair (one @int NOT NULL REFERENCES person (id), two @int NOT NULL REFERENCES person (id),
  distance @int NOT NULL, reasons @int NOT NULL, PRIMARY KEY (one, two)) @strict;
CREATE INDEX person_pair_two ON person_pair (two);
CREATE INDEX person_pair_order ON person_pair (distance, one, two);
-- Looked at, and not the same person: who said so and when.
CREATE TABLE person_distinct (one @int NOT NULL REFERENCES person (id), two @int NOT NULL REFERENCES person (id),
  at @int NOT NULL, account @int NOT NULL, PRIMARY KEY (one, two)) @strict;
-- A join and what it rewrote: versions before and after in history, names of the fields.
CREATE TABLE person_merge (id @id, stays @int NOT NULL REFERENCES person (id), leaves @int NOT NULL REFERENCES person (id),
  at @int NOT NULL, account @int NOT NULL, undone_at @int, undone_account @int) @strict;
CREATE INDEX person_merge_stays ON person_merge (stays);
CREATE UNIQUE INDEX person_merge_open ON person_merge (leaves) WHERE undone_at IS NULL;
CREATE TABLE person_merge_step (id @id, merge @int NOT NULL REFERENCES person_merge (id), kind @text NOT NULL, rec @int NOT NULL,
  before @int NOT NULL, after @int NOT NULL, fields @text NOT NULL) @strict;
CREATE INDEX person_merge_step_merge ON person_merge_step (merge, id);
INSERT INTO person_due (person) SELECT id FROM person;

-- Figures of a district: it and all beneath it, for events as for memberships. Kept sums of the districts above.
INSERT INTO figure_delta (figure, dim, dkey, day, amount)
  WITH RECURSIVE up (id, above) AS (SELECT id, parent FROM district WHERE parent IS NOT NULL
    UNION ALL SELECT u.id, d.parent FROM up u JOIN district d ON d.id = u.above WHERE d.parent IS NOT NULL)
  SELECT s.figure, s.dim, u.above, s.day, s.amount
    FROM (SELECT figure, dim, dkey, day, amount FROM figure_sum UNION ALL
          SELECT figure, dim, dkey, day, amount FROM figure_delta) s JOIN up u ON u.id = s.dkey
    WHERE s.dim IN ('district', '#district')
      AND s.figure IN ('events_total', 'events_without_count', 'participants_total');
