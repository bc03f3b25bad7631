-- Lists of series: of one body, and by name.
CREATE INDEX event_series_body ON event_series (body);
CREATE INDEX event_series_sort ON event_series (sort_kk, id);
