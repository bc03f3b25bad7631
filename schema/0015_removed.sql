-- Records that were removed are read as known before out of history.
CREATE INDEX history_removed ON history (kind, at) WHERE action = 'delete';
