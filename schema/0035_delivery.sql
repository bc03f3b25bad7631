-- Deliveries: vehicles (each with an account `vehicle-ID` in the ledger), waybills with their stops and lines, and what was done at the stops.
CREATE TABLE vehicle (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  plate @text NOT NULL UNIQUE, type @text NOT NULL, capacity_kg @int, body @int REFERENCES body (id), person @int REFERENCES person (id),
  company @text, driver @int REFERENCES account (id), closed_on @int, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX vehicle_person ON vehicle (person) WHERE person IS NOT NULL;
CREATE TABLE waybill (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  headquarters @int NOT NULL REFERENCES headquarters (id), year @int NOT NULL, number @int NOT NULL, code @text NOT NULL,
  vehicle @int NOT NULL REFERENCES vehicle (id), driver @int NOT NULL REFERENCES account (id), store @int NOT NULL REFERENCES stock_account (id),
  planned_at @int, state @text NOT NULL, movement @int REFERENCES movement_set (id), loaded_at @int, loaded_by @int REFERENCES account (id),
  started_at @int, ended_at @int, loaded_on @int, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX waybill_number ON waybill (headquarters, year, number);
CREATE INDEX waybill_driver ON waybill (driver, state);
CREATE INDEX waybill_vehicle ON waybill (vehicle, state);
CREATE INDEX waybill_movement ON waybill (movement) WHERE movement IS NOT NULL;
-- need, or a place of the headquarters with the name of who receives.
CREATE TABLE waybill_stop (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  waybill @int NOT NULL REFERENCES waybill (id), position @int NOT NULL, need @int REFERENCES need (id), place @int REFERENCES relief_place (id),
  receiver @text, state @text NOT NULL, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX waybill_stop_of ON waybill_stop (waybill, position);
CREATE INDEX waybill_stop_need ON waybill_stop (need) WHERE need IS NOT NULL;
-- lot: empty until it is loaded; a line whose goods come of two lots is two lines from then on.
CREATE TABLE waybill_line (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  stop @int NOT NULL REFERENCES waybill_stop (id), item @int NOT NULL REFERENCES stock_item (id), lot @int REFERENCES lot (id), quantity @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX waybill_line_stop ON waybill_line (stop, id);
-- What was done at a stop. day: the local one of `at`, for figures, as loaded_on of a waybill. at: by the server's clock; device_at: by the telephone's. fault: why it counts for
-- nothing. movement: its set in the ledger as it stands now; posted: how many sets it has had.
CREATE TABLE delivery_act (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  waybill @int NOT NULL REFERENCES waybill (id), stop @int NOT NULL REFERENCES waybill_stop (id), nonce @text NOT NULL UNIQUE, digest @text NOT NULL,
  result @text NOT NULL, reason @text, at @int NOT NULL, day @int NOT NULL, device_at @int NOT NULL, received_at @int NOT NULL, author @int REFERENCES account (id),
  receiver @blob, mark @text NOT NULL, fault @text, movement @int REFERENCES movement_set (id), posted @int NOT NULL,
  undone_at @int, undone_by @int REFERENCES account (id), undone_why @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX delivery_act_stop ON delivery_act (stop, at);
CREATE INDEX waybill_loaded ON waybill (loaded_on) WHERE loaded_on IS NOT NULL;
CREATE INDEX delivery_act_day ON delivery_act (day);
CREATE INDEX delivery_act_waybill ON delivery_act (waybill, at);
CREATE INDEX delivery_act_movement ON delivery_act (movement) WHERE movement IS NOT NULL;
CREATE TABLE delivery_act_line (act @int NOT NULL REFERENCES delivery_act (id), n @int NOT NULL, item @int NOT NULL REFERENCES stock_item (id),
  lot @int NOT NULL, quantity @int NOT NULL, PRIMARY KEY (act, n)) @strict;
-- The signature or the photograph of the signed paper, made new and sealed; goes with the term of families' data.
CREATE TABLE delivery_mark (act @int PRIMARY KEY REFERENCES delivery_act (id), media @text NOT NULL, box @blob NOT NULL) @strict;
-- The same number with other content: kept, sealed, for a human to look at.
CREATE TABLE delivery_clash (id @id, act @int NOT NULL REFERENCES delivery_act (id), digest @text NOT NULL, received_at @int NOT NULL,
  account @int NOT NULL, box @blob NOT NULL) @strict;
CREATE UNIQUE INDEX delivery_clash_once ON delivery_clash (act, digest);
