-- Register, search and unit board over a million dossiers. What one may see is a desk, a division, an agency or the city: each is read newest first by
-- an index of its own ending in the id, which carries the time (decision 11). The desk's stands in 0070, the city's is the primary key.
create index on dossier.dossier (division_id, id);
create index on dossier.dossier (agency_id, id);
-- By procedure, and the words of its name beside those of a person's: both are bitmaps then.
create index on dossier.dossier (procedure_code, id);

-- The board reads open rows only, and what it counts by stands in the index: an agency or a division without a visit to the table.
create index on dossier.dossier (agency_id, division_id) include (step, holder_post_id, status, limit_unit, due_at, due_on) where open;
