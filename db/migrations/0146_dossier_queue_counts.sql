-- The officer's queue counts what waits and what is late without visiting the table: at a million dossiers some thousand wait at one step of one unit.
-- The order of the columns before INCLUDE is that of 0070, so that the newest rows by promise are still read from the same index.
drop index dossier.dossier_holder_unit_id_step_due_at_id_idx;
create index on dossier.dossier (holder_unit_id, step, due_at, id) include (limit_unit, due_on, step_due_at) where open;
drop index dossier.dossier_holder_post_id_due_at_id_idx;
create index on dossier.dossier (holder_post_id, due_at, id) include (step, limit_unit, due_on, step_due_at) where open and holder_post_id is not null;
