-- Charity in peace: drives, what they need, donors, pledges, receipts, families and what was handed to them. Quantities of what
-- came and went stand in the ledger alone; these tables say who, for what and by which set.
CREATE TABLE drive (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  name_kk @text NOT NULL, name_ru @text, name_en @text, body @int NOT NULL REFERENCES body (id), programme @int REFERENCES programme (id),
  from_day @int NOT NULL, to_day @int, purpose_kk @text, purpose_ru @text, purpose_en @text, place @text, hours @text, phone @text,
  state @text NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX drive_body ON drive (body);
-- quantity: the goal in base units; NULL = without one.
CREATE TABLE drive_need (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  drive @int NOT NULL REFERENCES drive (id), item @int NOT NULL REFERENCES stock_item (id), quantity @int, state @text NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL, UNIQUE (drive, item)) @strict;
CREATE TABLE donor (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text UNIQUE, type @text NOT NULL, person @int REFERENCES person (id), body @int REFERENCES body (id),
  name @blob, company @text, bin @text, phone @blob, named @int NOT NULL, account @int NOT NULL REFERENCES stock_account (id), note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX donor_person ON donor (person) WHERE person IS NOT NULL;
CREATE TABLE pledge (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL UNIQUE, donor @int NOT NULL REFERENCES donor (id), drive @int NOT NULL REFERENCES drive (id),
  item @int NOT NULL REFERENCES stock_item (id), quantity @int NOT NULL, day @int NOT NULL, due @int, withdrawn_on @int, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX pledge_drive ON pledge (drive, item);
CREATE INDEX pledge_donor ON pledge (donor);
-- movement: the set of the ledger that this paper stands for.
CREATE TABLE charity_receipt (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  paper @text NOT NULL UNIQUE, code @text NOT NULL UNIQUE, movement @int NOT NULL UNIQUE REFERENCES movement_set (id),
  donor @int NOT NULL REFERENCES donor (id), drive @int NOT NULL REFERENCES drive (id), pledge @int REFERENCES pledge (id),
  year @int NOT NULL, number @int NOT NULL, day @int NOT NULL, cash @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL, UNIQUE (year, number)) @strict;
CREATE INDEX charity_receipt_day ON charity_receipt (day);
CREATE INDEX charity_receipt_drive ON charity_receipt (drive);
CREATE INDEX charity_receipt_donor ON charity_receipt (donor);
CREATE INDEX charity_receipt_pledge ON charity_receipt (pledge) WHERE pledge IS NOT NULL;
-- A family or a person who is helped; the code goes with the names when the term is over. name_mac: keyed hash of the name, to find a family that is registered twice.
CREATE TABLE recipient (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text UNIQUE, type @text NOT NULL, person @int REFERENCES person (id), name @blob, name_mac @text,
  body @int REFERENCES body (id), district @int REFERENCES district (id), people @int NOT NULL, children @int, reason @text NOT NULL,
  phone @blob, note @text, known_on @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX recipient_mac ON recipient (name_mac) WHERE name_mac IS NOT NULL;
CREATE INDEX recipient_person ON recipient (person) WHERE person IS NOT NULL;
CREATE INDEX recipient_body ON recipient (body);
CREATE TABLE charity_aid (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  paper @text NOT NULL UNIQUE, movement @int NOT NULL UNIQUE REFERENCES movement_set (id), recipient @int NOT NULL REFERENCES recipient (id),
  drive @int REFERENCES drive (id), year @int NOT NULL, number @int NOT NULL, day @int NOT NULL, people @int NOT NULL, cash @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL, UNIQUE (year, number)) @strict;
CREATE INDEX charity_aid_day ON charity_aid (day);
CREATE INDEX charity_aid_recipient ON charity_aid (recipient);
CREATE INDEX charity_aid_drive ON charity_aid (drive) WHERE drive IS NOT NULL;
-- Who opened which family's page or name: a row a day, account, family and way.
CREATE TABLE recipient_read (day @int NOT NULL, account @int NOT NULL, recipient @int NOT NULL, way @text NOT NULL, times @int NOT NULL,
  first_at @int NOT NULL, last_at @int NOT NULL, PRIMARY KEY (day, account, recipient, way)) @strict;
CREATE INDEX recipient_read_of ON recipient_read (recipient, day);
