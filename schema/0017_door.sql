-- The door: scans as devices told them and what follows from them. mod/door, ADR 0020.
-- The first columns are the fact and never change (digest is of them; guest and shown go with their term); then
-- what the house added when it came; what a human decided; what follows from the set of all scans of the event.
CREATE TABLE scan (event @int NOT NULL REFERENCES event (id), nonce @blob NOT NULL, copy @int NOT NULL,
  kind @text NOT NULL, at @int NOT NULL, device @text NOT NULL, ticket @int, person @int, guest @text, shown @text,
  undoes @blob, digest @blob NOT NULL,
  batch @int NOT NULL, received_at @int NOT NULL, account @int NOT NULL, subject @text, fact @text,
  decision @text, decided_at @int, decided_by @int,
  result @text NOT NULL, reason @text, undone @int NOT NULL, since @int, PRIMARY KEY (event, nonce, copy)) @strict;
CREATE INDEX scan_subject ON scan (event, subject);
CREATE INDEX scan_special ON scan (event) WHERE copy > 0 OR undoes IS NOT NULL;
CREATE INDEX scan_odd ON scan (event, at) WHERE result <> 'done' OR decision IS NOT NULL;
-- Who came and who is inside: kept, verify counts it again. seq: rises with every change in the event.
CREATE TABLE door_pass (event @int NOT NULL REFERENCES event (id), subject @text NOT NULL, ticket @int, person @int,
  guest @text, came @int, inside @int NOT NULL, attendance @int REFERENCES attendance (id), seq @int NOT NULL,
  PRIMARY KEY (event, subject)) @strict;
CREATE INDEX door_pass_seq ON door_pass (event, seq);
CREATE TABLE door_device (event @int NOT NULL REFERENCES event (id), device @text NOT NULL, account @int NOT NULL,
  seen_at @int NOT NULL, scans @int NOT NULL, queued @int, PRIMARY KEY (event, device)) @strict;
-- Hash of the signature of a ticket that this house wrote: comparing it is cheaper than checking the signature.
CREATE TABLE ticket_mark (ticket @int PRIMARY KEY, event @int NOT NULL, mark @blob NOT NULL) @strict;
CREATE INDEX ticket_mark_event ON ticket_mark (event);
