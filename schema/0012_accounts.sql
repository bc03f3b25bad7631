-- Accounts: roles with a term, a second administrator's word, sign-ins as they were and the waits they
-- bring, the second factor, tokens that may do less than their owner.
ALTER TABLE account ADD COLUMN failed_at @int;
ALTER TABLE account ADD COLUMN email @text;
ALTER TABLE account_role ADD COLUMN since @int;
ALTER TABLE account_role ADD COLUMN until @int;
ALTER TABLE account_role ADD COLUMN used_at @int;
-- role: the account_role that the token acts in, empty = the first; scope: read or write; kinds: words of
-- the API's addresses with a space between, empty = all.
ALTER TABLE api_token ADD COLUMN role @int;
ALTER TABLE api_token ADD COLUMN scope @text NOT NULL DEFAULT 'write';
ALTER TABLE api_token ADD COLUMN kinds @text;

-- A role that waits for another administrator; given = the account_role that came of it.
CREATE TABLE role_request (id @id, account @int NOT NULL REFERENCES account (id), role @text NOT NULL, body @int,
  since @int, until @int, asked_at @int NOT NULL, asked_by @int NOT NULL, expires_at @int NOT NULL, state @text NOT NULL,
  decided_at @int, decided_by @int, given @int) @strict;
CREATE INDEX role_request_account ON role_request (account);
CREATE INDEX role_request_open ON role_request (asked_at) WHERE state = 'open';

-- Sign-ins, good and bad; place = keyed hash of the client's address, device = a kind of device in words.
CREATE TABLE sign_in (id @id, account @int NOT NULL REFERENCES account (id), at @int NOT NULL, outcome @text NOT NULL,
  how @text NOT NULL, device @text NOT NULL, place @text NOT NULL) @strict;
CREATE INDEX sign_in_account ON sign_in (account, id);
CREATE INDEX sign_in_at ON sign_in (at);
-- Failures in a row of one account at one place.
CREATE TABLE sign_in_wait (account @int NOT NULL REFERENCES account (id), place @text NOT NULL, failures @int NOT NULL,
  failed_at @int NOT NULL, until @int, PRIMARY KEY (account, place)) @strict;
CREATE INDEX sign_in_wait_at ON sign_in_wait (failed_at);

-- The second factor: a shared secret, sealed; on_at empty = not proved yet; step = the newest 30 s used.
CREATE TABLE account_totp (account @int PRIMARY KEY REFERENCES account (id), secret @blob NOT NULL, made_at @int NOT NULL,
  on_at @int, step @int NOT NULL) @strict;
CREATE TABLE account_recovery (id @id, account @int NOT NULL REFERENCES account (id), digest @text NOT NULL,
  made_at @int NOT NULL, used_at @int) @strict;
CREATE INDEX account_recovery_account ON account_recovery (account);

-- Letters on their way: sealed until they are sent, then without their text. state: open, sent, failed, none
-- (nobody to send it to: written all the same, so that both take as long).
CREATE TABLE outbox (id @id, account @int, letter @blob, made_at @int NOT NULL, due_at @int NOT NULL,
  ends_at @int NOT NULL, tries @int NOT NULL, state @text NOT NULL, done_at @int, error @text) @strict;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'open';
CREATE INDEX outbox_account ON outbox (account, made_at);
